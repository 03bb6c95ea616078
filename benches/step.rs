//! Time of a training step in either representation, of a spectrum, of the activations, and of products
//! with matrices of two values.
//!
//! The sizes are those of Chen et al. 2022, App. I.3: n = 600 points, width m = D.

use std::path::Path;

use criterion::{BatchSize, BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use ndarray::Array2;
use widescope::data;
use widescope::experiment::ArmRun;
use widescope::linalg::symmetric_eigenvalues;
use widescope::network::{Activation, Real};
use widescope::preset::{Experiment, library};
use widescope::simd::{SubsetPart, SubsetProduct, SubsetSums};
use widescope::task::Cancel;
use widescope::train::{BLOCK, step_flops};

/// A run of one arm that measures nothing.
fn experiment(representation: &str, width: usize) -> Experiment {
    let sets = [
        ("axes", "[]".to_owned()),
        ("claims", "[]".to_owned()),
        ("data", "SignedPairs(d: 50, n: 600, n_test: 0)".to_owned()),
        ("network.width", width.to_string()),
        (
            "network.embedding",
            "RandomFeatures(width: SameAsNetwork)".to_owned(),
        ),
        ("train.representation", representation.to_owned()),
        ("train.stop.steps", "1000000000".to_owned()),
        ("observe.schedule", "Every(1000000000)".to_owned()),
        ("observe.observables", "[]".to_owned()),
    ];
    let sets = sets.map(|(path, value)| (path.to_owned(), value));
    library::load_with(library::DEFAULT, &sets).expect("the sizes are allowed")
}

fn start(experiment: &Experiment) -> ArmRun {
    let arm = &experiment.arms[0];
    let data =
        data::load(&arm.preset.data, arm.preset.seed, Path::new(".")).expect("synthetic data");
    let cancel = Cancel::new();
    ArmRun::start(arm, &data, Path::new("."), &cancel, &mut Vec::new()).expect("the run starts")
}

fn steps(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("step");
    for representation in ["SampleSpace", "WeightSpace"] {
        for width in [1024, 4096] {
            let experiment = experiment(representation, width);
            let mut run = start(&experiment);
            let facts = run.facts();
            let layers = experiment.preset.train.layers;
            let flops = step_flops(facts.sample_space, layers, width, facts.n, facts.embedding);
            group.throughput(Throughput::Elements(flops as u64));
            group.bench_function(BenchmarkId::new(representation, width), |bencher| {
                let cancel = Cancel::new();
                bencher.iter(|| {
                    let next = run.step() + 1;
                    run.advance(next, &cancel, &mut Vec::new())
                        .expect("the step is done");
                });
            });
        }
    }
    group.finish();
}

fn spectrum(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("eigenvalues");
    group.sample_size(20);
    for n in [200, 600] {
        let a = Array2::from_shape_fn((n, 2 * n), |(i, j)| ((i * j + i) as f64).sin());
        let kernel = a.dot(&a.t());
        group.bench_function(BenchmarkId::from_parameter(n), |bencher| {
            let cancel = Cancel::new();
            let solve =
                |kernel| symmetric_eigenvalues(kernel, &cancel).expect("it is not cancelled");
            bencher.iter_batched(|| kernel.clone(), solve, BatchSize::LargeInput);
        });
    }
    group.finish();
}

/// σ and σ' of a row of features, at either float width.
fn activations(criterion: &mut Criterion) {
    activations_of::<f32>(criterion, "activation/f32");
    activations_of::<f64>(criterion, "activation/f64");
}

fn activations_of<R: Real>(criterion: &mut Criterion, name: &str) {
    /// Points of a row: it stays in the first cache.
    const POINTS: usize = 1024;
    let z: Vec<R> = (0..POINTS)
        .map(|i| R::of(8.0 * i as f64 / POINTS as f64 - 4.0))
        .collect();
    let (mut value, mut slope) = (z.clone(), z.clone());
    let mut group = criterion.benchmark_group(name);
    group.throughput(Throughput::Elements(POINTS as u64));
    for activation in Activation::ALL {
        group.bench_function(activation.name(), |bencher| {
            bencher.iter(|| activation.map(std::hint::black_box(&z), &mut value, &mut slope));
        });
    }
    group.finish();
}

/// The product of ReLU's features that evolve, of a block of neurons, and the sums it is made of.
fn subset_sums(criterion: &mut Criterion) {
    const SIDE: usize = 600;
    let entry = |i: usize| (i * 7919 % 1000) as f32 * 1e-3;
    let x: Vec<f32> = (0..SIDE * SIDE).map(entry).collect();
    let w: Vec<f32> = (0..SIDE).map(entry).collect();
    let s: Vec<f32> = (0..SIDE * BLOCK)
        .map(|i| f32::from(i * 7919 % 1000 < 500))
        .collect();
    let mut sums = SubsetSums::new(SIDE, SIDE, 0.0);
    let mut group = criterion.benchmark_group("subset sums");
    group.bench_function("made", |bencher| bencher.iter(|| sums.update(&x, &w)));
    let (mut sum, mut lost) = (vec![0.0; s.len()], vec![0.0; s.len()]);
    group.throughput(Throughput::Elements((2 * SIDE * SIDE * BLOCK) as u64));
    group.bench_function("product", |bencher| {
        bencher.iter(|| {
            let part = SubsetPart {
                s: &s,
                factors: vec![1e-6; BLOCK],
                sum: &mut sum,
                lost: &mut lost,
            };
            SubsetProduct {
                x: &sums,
                parts: vec![part],
            }
            .run(&|| false);
        });
    });
    group.finish();
}

criterion_group!(benches, steps, spectrum, activations, subset_sums);
criterion_main!(benches);
