//! Scalings between NTK and ours: their ends are those two, and in between they are the formula.

use std::path::Path;

use ndarray::Array2;
use widescope::data::{LabelKind, load};
use widescope::experiment::{ArmRun, FinalState};
use widescope::network::{Activation, Scaling};
use widescope::observe::{Observer, Record};
use widescope::preset::{Experiment, parse};
use widescope::spec::{Layers, Observable, Quantity};
use widescope::task::Cancel;

use crate::problem::{Random, Setting, random};
use crate::twin::{Linearized, frobenius};

const LAYERS: [Layers; 3] = [Layers::Hidden, Layers::Output, Layers::Both];

/// The end of a short run and its records.
fn run(scaling: &str, init: &str, fields: &str) -> (FinalState, Vec<Record>) {
    let text = format!(
        "({fields}, data: Gaussian(d: 6, n: 9, n_test: 5, outputs: 2, labels: Normal(std: 1)), \
         network: (width: 37, activation: Relu, embedding: RandomFeatures(width: Fixed(11))), \
         scaling: {scaling}, init: (symmetrize: {init}), \
         observe: (schedule: Every(1), observables: [Loss, TestLoss, LazyGap, FeatureMovement, NtkChange]))"
    );
    let preset = parse(&text).unwrap_or_else(|e| panic!("{e}: {text}"));
    let (here, cancel) = (Path::new("."), Cancel::new());
    let experiment = Experiment::check(preset, "test", here.to_owned()).unwrap();
    let arm = &experiment.arms[0];
    let data = load(&arm.preset.data, arm.preset.seed, here).unwrap();
    let mut records = Vec::new();
    let mut run = ArmRun::start(arm, &data, here, &cancel, &mut records).unwrap();
    run.advance(u64::MAX, &cancel, &mut records).unwrap();
    (run.final_state(), records)
}

fn bits(x: &Array2<f64>) -> Vec<u64> {
    x.iter().map(|x| x.to_bits()).collect()
}

/// All numbers of a run, bit for bit.
fn all_bits((state, records): &(FinalState, Vec<Record>)) -> Vec<u64> {
    let mut all = [&state.w, &state.v, &state.f, &state.f_test]
        .map(bits)
        .concat();
    for record in records {
        all.extend(record.scalars.values().map(|x| x.to_bits()));
    }
    all
}

#[test]
fn the_ends_of_the_line_are_ntk_and_ours_bit_for_bit() {
    let factors = |a: f64, step: f64| {
        format!(
            "Custom(a: (m: {a}), b: (d: -0.5), step_factor: (m: {step}), output_step_factor: (m: {step}))"
        )
    };
    let ends = [
        ("Ntk", "Between(0.5)", factors(-0.5, 0.0)),
        ("Ours", "Between(1.0)", factors(-1.0, 1.0)),
    ];
    for (named, between, custom) in &ends {
        for precision in ["F32", "F64"] {
            for representation in ["WeightSpace", "SampleSpace"] {
                for (init, layers) in [("On", "Hidden"), ("On", "Both"), ("Off", "Both")] {
                    let fields = format!(
                        "precision: {precision}, train: (layers: {layers}, representation: {representation}, \
                         method: GradientDescent(step: 0.1), stop: (steps: 12))"
                    );
                    let expected = all_bits(&run(named, init, &fields));
                    assert!(expected.len() > 12 * 5);
                    for scaling in [*between, custom.as_str()] {
                        let got = all_bits(&run(scaling, init, &fields));
                        assert!(got == expected, "{named} and {scaling}: {init}, {fields}");
                    }
                }
            }
        }
    }
}

#[test]
fn the_start_is_0_at_every_gamma_unless_it_is_not_to_be_symmetrized() {
    let fields = "precision: F64, train: (stop: (steps: 1))";
    // With f = 0 the loss is that of the targets alone, at every γ the same.
    let loss = |scaling: &str, init: &str| {
        let (_, records) = run(scaling, init, fields);
        records[0].get(Quantity::TrainLoss).unwrap()
    };
    let of_targets = loss("Ntk", "Auto");
    for scaling in [
        "Between(0.5)",
        "Between(0.6)",
        "Between(0.75)",
        "Between(1.0)",
    ] {
        for init in ["Auto", "On"] {
            let off = (loss(scaling, init) / of_targets - 1.0).abs();
            assert!(off < 1e-12, "{scaling} {init}: {off}");
        }
        let off = (loss(scaling, "Off") / of_targets - 1.0).abs();
        assert!(off > 1e-6, "{scaling} Off: {off}");
    }
    let ours = loss("Ours", "Auto");
    assert_eq!(ours.to_bits(), loss("Ours", "Off").to_bits());
}

/// f_p(x) = m^(−γ)·Σᵢ V_pi σ(⟨Wᵢ, x⟩/√D), trained on ½Σ by plain loops with the step δ·m^(2γ−1).
struct Loops {
    gamma: f64,
    layers: Layers,
    w: Array2<f64>,
    v: Array2<f64>,
}

impl Loops {
    fn h(&self, x: &Array2<f64>, a: usize, i: usize) -> f64 {
        let d = self.w.ncols();
        let sum: f64 = (0..d).map(|k| self.w[[i, k]] * x[[a, k]]).sum();
        sum / (d as f64).sqrt()
    }

    fn outputs(&self, x: &Array2<f64>) -> Array2<f64> {
        let m = self.w.nrows();
        Array2::from_shape_fn((x.nrows(), self.v.nrows()), |(a, p)| {
            let sum: f64 = (0..m)
                .map(|i| self.v[[p, i]] * self.h(x, a, i).tanh())
                .sum();
            sum / (m as f64).powf(self.gamma)
        })
    }

    fn step(&mut self, x: &Array2<f64>, y: &Array2<f64>, delta: f64) {
        let residual = self.outputs(x) - y;
        let ((m, d), before) = (self.w.dim(), self.v.clone());
        let a_factor = (m as f64).powf(-self.gamma);
        let step = delta * (m as f64).powf(2.0 * self.gamma - 1.0);
        let h = Array2::from_shape_fn((x.nrows(), m), |(a, i)| self.h(x, a, i));
        for i in 0..m {
            for a in 0..x.nrows() {
                let (value, slope) = (h[[a, i]].tanh(), 1.0 - h[[a, i]].tanh().powi(2));
                for p in 0..residual.ncols() {
                    let r = residual[[a, p]];
                    if self.layers.hidden() {
                        for k in 0..d {
                            let by_w = a_factor * before[[p, i]] * slope * x[[a, k]];
                            self.w[[i, k]] -= step * r * by_w / (d as f64).sqrt();
                        }
                    }
                    if self.layers.output() {
                        self.v[[p, i]] -= step * r * a_factor * value;
                    }
                }
            }
        }
    }
}

fn few_neurons(gamma: f64, layers: Layers) -> (Random<f64>, Loops) {
    let random = random::<f64>(Setting {
        seed: 31,
        m: 7,
        n: 4,
        n_test: 3,
        d: 5,
        outputs: 2,
        activation: Activation::Tanh,
        layers,
        parameterization: Scaling::Between(gamma).parameterization(),
        mean: false,
    });
    let (w, v) = (random.w.clone(), random.v.clone());
    (
        random,
        Loops {
            gamma,
            layers,
            w,
            v,
        },
    )
}

#[test]
fn in_between_a_step_is_that_of_plain_loops() {
    let cancel = Cancel::new();
    let close = |what: &str, got: &Array2<f64>, expected: &Array2<f64>| {
        for (got, expected) in got.iter().zip(expected) {
            let off = (got - expected).abs();
            assert!(
                off < 1e-12 * (1.0 + expected.abs()),
                "{what}: {got} {expected}"
            );
        }
    };
    for gamma in [0.6, 0.75] {
        for layers in LAYERS {
            for sample_space in [false, true] {
                let (random, mut loops) = few_neurons(gamma, layers);
                let (x, y) = (&random.problem.phi, &random.problem.y);
                let mut trainer = random.trainer(0.1, sample_space);
                for step in 0..6 {
                    let what = format!("γ = {gamma}, {layers:?}, {sample_space}, step {step}");
                    close(&what, &trainer.outputs().to_owned(), &loops.outputs(x));
                    close(&what, &trainer.hidden_weights().to_owned(), &loops.w);
                    close(&what, &trainer.output_weights().to_owned(), &loops.v);
                    trainer.step(&cancel).unwrap();
                    loops.step(x, y, 0.1);
                }
                let start = few_neurons(gamma, layers).1;
                let moved = frobenius(&loops.outputs(x) - &start.outputs(x));
                assert!(moved > 0.1, "γ = {gamma}, {layers:?}: {moved}");
            }
        }
    }
}

#[test]
fn in_between_the_twin_is_the_linear_model_that_is_really_trained() {
    let cancel = Cancel::new();
    for gamma in [0.6, 0.75] {
        for layers in LAYERS {
            let (random, mut loops) = few_neurons(gamma, layers);
            let mut trainer = random.trainer(0.1, true);
            let gap = [Observable::LazyGap];
            let mut observer = Observer::new(&trainer, &gap, LabelKind::Real, &cancel).unwrap();
            let mut linear = Linearized::new(&random);
            let points: Vec<usize> = (0..random.problem.n()).collect();
            for _ in 0..6 {
                trainer.step(&cancel).unwrap();
                observer.advance_twin(0.1, 1);
                loops.step(&random.problem.phi, &random.problem.y, 0.1);
                linear.batch_step(&random.problem, 0.1, 1.0, &points);
            }
            let record = observer.measure(&trainer, 0.0, &cancel).unwrap();
            let got = record.get(Quantity::LazyGapTrain).unwrap();
            let expected = loops.outputs(&random.problem.phi) - linear.outputs(&linear.train);
            let expected = frobenius(expected);
            let is_linear = layers == Layers::Output;
            assert!(
                is_linear || expected > 1e-3,
                "γ = {gamma}, {layers:?}: {expected}"
            );
            let off = (got - expected).abs();
            assert!(off < 1e-10, "γ = {gamma}, {layers:?}: {got} {expected}");
        }
    }
}
