//! The memory estimate against the memory that runs take, counted by the allocator.
//!
//! A program of its own, because the allocator counts for the whole of it.

#![expect(unsafe_code, reason = "an allocator that counts has no safe form")]

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use widescope::experiment::{Estimate, InitialForm, Progress, initial_state, run_all};
use widescope::preset::{Experiment, parse};
use widescope::spec::Preset;
use widescope::task::Cancel;

static NOW: AtomicUsize = AtomicUsize::new(0);
static PEAK: AtomicUsize = AtomicUsize::new(0);

/// The eigensolver reserves a slab of this size or more for each new thread and touches little of
/// it, so it takes addresses but no memory. No array of the runs below is as large.
const SLAB: usize = 16 << 20;

/// Bytes by which the estimate of a small run may be further off.
const SLACK: usize = 8 << 20;

/// The system's allocator, counting.
struct Counting;

fn grown(bytes: usize) {
    if bytes >= SLAB {
        return;
    }
    let now = NOW.fetch_add(bytes, Ordering::Relaxed) + bytes;
    PEAK.fetch_max(now, Ordering::Relaxed);
}

// SAFETY: every call is passed on to the system's allocator unchanged.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        grown(layout.size());
        // SAFETY: the caller keeps the contract of `alloc`.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        if layout.size() < SLAB {
            NOW.fetch_sub(layout.size(), Ordering::Relaxed);
        }
        // SAFETY: the caller keeps the contract of `dealloc`.
        unsafe { System.dealloc(pointer, layout) }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        grown(layout.size());
        // SAFETY: the caller keeps the contract of `alloc_zeroed`.
        unsafe { System.alloc_zeroed(layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// Only one run is measured at a time.
static MEASURING: Mutex<()> = Mutex::new(());

/// Most bytes a run held beyond what was held before it.
fn peak_of(experiment: &Experiment) -> usize {
    let before = NOW.load(Ordering::Relaxed);
    PEAK.store(before, Ordering::Relaxed);
    let mut events = Vec::new();
    let mut keep = |progress: Progress| {
        if let Progress::Event(event) = progress {
            events.push(event);
        }
    };
    let ends = run_all(experiment, &Cancel::new(), &mut keep).expect("the run can be carried out");
    assert_eq!(ends.len(), experiment.arms.len());
    // As `run` writes its files: what an arm began with, an arm after the other.
    for arm in 0..ends.len() {
        initial_state(experiment, arm, InitialForm::AsRun, &Cancel::new()).expect("its beginning");
    }
    PEAK.load(Ordering::Relaxed) - before
}

const EMBEDDINGS: [&str; 3] = [
    "Identity",
    "RandomFeatures(width: AtMost(700))",
    "RandomLayers(width: Fixed(500), depth: 3)",
];

const AXES: [&str; 3] = [
    "",
    "(field: \"scaling\", values: [Ours, Ntk, MeanField])",
    "(field: \"seed\", values: [1, 2, 3, 4, 5])",
];

const OBSERVABLES: [&str; 4] = [
    "Loss",
    "Loss, LazyGap",
    "Loss, NtkChange, JacobianSpectrum",
    "Loss, TestLoss, LazyGap, NtkChange, NtkSpectrum, FeatureMap(x1: Train(0), x2: Test(0))",
];

const METHODS: [&str; 3] = [
    "GradientDescent(step: 1e-3)",
    "Sgd(step: 1e-3, batch: 17)",
    "GradientFlow(step: 1e-3, tolerance: 1e-3)",
];

fn random_preset(rng: &mut ChaCha8Rng) -> Preset {
    let pick = |rng: &mut ChaCha8Rng, choices: &[&str]| {
        choices[rng.random_range(0..choices.len())].to_owned()
    };
    let (n, n_test) = (rng.random_range(20..400), rng.random_range(1..600));
    let (d, m) = (rng.random_range(2..200), rng.random_range(1..2000));
    let embedding = pick(rng, &EMBEDDINGS);
    let axes = pick(rng, &AXES);
    let observables = pick(rng, &OBSERVABLES);
    let text = format!(
        "(precision: {}, data: SignedPairs(d: {d}, n: {n}, n_test: {n_test}), \
         network: (width: {m}, embedding: {embedding}, bias: {}), axes: [{axes}], \
         loss: (over: Mean), train: (layers: {}, representation: {}, \
         method: {}, stop: (steps: 3)), observe: (schedule: Every(1), observables: [{observables}]))",
        pick(rng, &["F32", "F64"]),
        rng.random::<bool>(),
        pick(rng, &["Hidden", "Output", "Both"]),
        pick(rng, &["Auto", "WeightSpace", "SampleSpace"]),
        pick(rng, &METHODS),
    );
    parse(&text).unwrap_or_else(|e| panic!("{e}: {text}"))
}

/// A linear network that is reduced, or is not.
fn linear_preset(width: usize, n: usize, representation: &str, observables: &str) -> Preset {
    let text = format!(
        "(precision: F64, data: SignedPairs(d: 150, n: {n}, n_test: 40), \
         network: (width: {width}, activation: Identity), scaling: Standard, loss: (over: Average), \
         init: (w_std: 0.01, output: Gaussian(0.01)), \
         train: (layers: Both, representation: {representation}, \
         method: GradientDescent(step: 1e-4), stop: (steps: 3)), \
         observe: (schedule: Every(1), observables: [{observables}]))"
    );
    parse(&text).unwrap_or_else(|e| panic!("{e}: {text}"))
}

/// Holds the estimates of random experiments against their peaks.
fn try_cases(cases: std::ops::Range<u64>) {
    let random = |case| random_preset(&mut ChaCha8Rng::seed_from_u64(case));
    try_presets(cases.map(random));
}

fn try_presets(presets: impl Iterator<Item = Preset>) {
    let _alone = MEASURING.lock();
    for (case, preset) in presets.enumerate() {
        let experiment = Experiment::check(preset, "random", ".".into()).expect("a valid preset");
        let estimate = Estimate::of(&experiment).expect("an estimate");
        let estimate = estimate.keeping_everything().bytes as usize;
        let peak = peak_of(&experiment);
        // Arms on few threads seldom reach their peaks together, which shows in small runs.
        let most = peak + peak / 2 + SLACK;
        assert!(
            (peak..=most).contains(&estimate),
            "case {case}: estimate {estimate}, peak {peak} of {:?}",
            experiment.preset
        );
    }
}

#[test]
fn the_estimate_is_at_least_the_peak_and_at_most_half_more() {
    try_cases(0..12);
}

#[test]
fn the_estimate_holds_for_linear_networks_and_the_large_records() {
    let linear = "Loss, Distances, NtkSpectrum, Imbalance, MinNorm";
    let records = "Loss, NeuronDistances, KernelImage, FeatureJacobian, Gradient, Alignment";
    try_presets(
        [
            linear_preset(4000, 120, "Reduced", linear),
            linear_preset(9000, 60, "Auto", "Loss, Imbalance"),
            linear_preset(2000, 120, "SampleSpace", linear),
            linear_preset(2000, 120, "WeightSpace", linear),
            linear_preset(6000, 200, "SampleSpace", records),
        ]
        .into_iter(),
    );
}

/// Large data, of which nothing is observed that is made of kernels.
fn large_preset(n: usize, method: &str, observables: &str) -> Preset {
    let text = format!(
        "(precision: F32, data: SignedPairs(d: 150, n: {n}, n_test: 2000), \
         network: (width: 900, bias: true, output_bias: true), scaling: Standard, \
         init: (w_std: 0.01, output: Gaussian(0.01), bias: Uniform), \
         train: (layers: Both, representation: WeightSpace, method: {method}, stop: (steps: 3)), \
         observe: (schedule: Every(1), observables: [{observables}]))"
    );
    parse(&text).unwrap_or_else(|e| panic!("{e}: {text}"))
}

#[test]
fn the_estimate_holds_for_large_data_without_kernels() {
    let sgd = "Sgd(step: 1e-3, batch: 128)";
    try_presets(
        [
            large_preset(9000, sgd, "Loss, TestLoss, Distances, PathLength"),
            large_preset(5000, sgd, "Loss, TestLoss, FeatureMovement"),
            large_preset(4500, "GradientDescent(step: 1e-3)", "Loss, TestLoss"),
        ]
        .into_iter(),
    );
}

#[test]
#[ignore = "takes half an hour"]
fn the_estimate_holds_for_a_thousand_runs() {
    try_cases(0..1000);
}

/// Outputs over a plane with 24 × 24 cells.
fn plane_preset(representation: &str, observables: &str) -> Preset {
    let text = format!(
        "(precision: F32, data: Xor(d: 30, n: 60, n_test: 100, noise: 0.2), \
         network: (width: 700, bias: true), loss: (over: Mean), \
         train: (layers: Hidden, representation: {representation}, stop: (steps: 6)), \
         observe: (schedule: Every(1), costly: EveryRecord, \
         observables: [{observables}, DecisionSurface(grid: 24)]))"
    );
    parse(&text).unwrap_or_else(|e| panic!("{e}: {text}"))
}

#[test]
fn the_estimate_counts_the_cells_of_the_plane() {
    try_presets(
        [
            plane_preset("SampleSpace", "Loss, TestLoss"),
            plane_preset("WeightSpace", "Loss, TestLoss"),
            plane_preset("SampleSpace", "Loss, LazyGap"),
        ]
        .into_iter(),
    );
}
