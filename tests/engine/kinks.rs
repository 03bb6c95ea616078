//! Gradient flow over and along the kinks of ReLU and leaky ReLU.

use ndarray::{Array2, array};
use widescope::data::LabelKind;
use widescope::network::{Activation, Factor, Parameterization, Real};
use widescope::observe::Observer;
use widescope::spec::{Layers, Observable, Quantity};
use widescope::task::Cancel;
use widescope::train::{Flow, FlowStopped, Trainer};

use crate::problem::{Random, Setting, random};
use crate::twin::frobenius;

const STEP: f64 = 0.5;
const STEPS: u64 = 10;
const TOLERANCES: [f64; 3] = [1e-6, 1e-8, 1e-10];

fn network<R: Real>(activation: Activation, layers: Layers) -> Random<R> {
    drawn(8, activation, layers)
}

fn drawn<R: Real>(seed: u64, activation: Activation, layers: Layers) -> Random<R> {
    let mut random = random::<R>(Setting {
        seed,
        m: 60,
        n: 10,
        n_test: 0,
        d: 14,
        outputs: 2,
        activation,
        layers,
        parameterization: Parameterization {
            a: Factor::constant(0.8),
            b: Factor::constant(1.2),
            hidden_step: Factor::constant(0.6),
            output_step: Factor::constant(1.5),
        },
        mean: true,
    });
    random.w.mapv_inplace(|w| 0.2 * w);
    random.v.mapv_inplace(|v| 0.2 * v);
    random
}

/// The trainer at the end, the evaluations of the gradient, and the imbalance's drift.
fn flowed(random: &Random<f64>, sample_space: bool, tolerance: f64) -> (Trainer<f64>, u64, f64) {
    let cancel = Cancel::new();
    let mut trainer = random.trainer(STEP, sample_space);
    let wanted = [Observable::Imbalance];
    let mut observer = Observer::new(&trainer, &wanted, LabelKind::Real, &cancel).unwrap();
    let mut flow = Flow::new(tolerance);
    for _ in 0..STEPS {
        flow.step(&mut trainer, &cancel).unwrap();
    }
    let record = observer.measure(&trainer, 0.0, &cancel).unwrap();
    let drift = record.get(Quantity::ImbalanceDrift).unwrap_or(0.0);
    (trainer, flow.evaluations(), drift)
}

fn distance(one: &Trainer<f64>, other: &Trainer<f64>) -> f64 {
    let hidden: Array2<f64> = one.hidden_weights() - other.hidden_weights();
    let output: Array2<f64> = one.output_weights() - other.output_weights();
    frobenius(hidden).hypot(frobenius(output))
}

/// Features whose sign is not that of the start.
fn crossed(trainer: &Trainer<f64>) -> usize {
    let pairs = trainer.blocks().iter().map(|b| b.h.iter().zip(&b.h0));
    let signs = pairs.flatten();
    signs.filter(|(h, h0)| (**h > 0.0) != (**h0 > 0.0)).count()
}

#[test]
fn each_tolerance_is_kept_over_kinks_with_few_evaluations() {
    for activation in [Activation::Relu, Activation::LeakyRelu] {
        for layers in [Layers::Hidden, Layers::Both] {
            // Whether low·g/g is `low` is a matter of rounding: one draw would not tell.
            for seed in 1..=8 {
                keeps_each_tolerance(&drawn(seed, activation, layers), (activation, layers, seed));
            }
        }
    }
}

fn keeps_each_tolerance(random: &Random<f64>, case: impl std::fmt::Debug) {
    let runs = TOLERANCES.map(|tolerance| flowed(random, true, tolerance));
    let size = frobenius(runs[2].0.hidden_weights());
    for ((trainer, evaluations, drift), tolerance) in runs.iter().zip(TOLERANCES) {
        let error = distance(trainer, &runs[2].0) / size;
        let crossed = crossed(trainer);
        let case = format!(
            "{case:?} {tolerance:e}: {evaluations} evaluations, {crossed} crossed, drift {drift:e}, \
             error {error:e}"
        );
        assert!(crossed > 10, "{case}");
        assert!(*evaluations < 3000, "{case}");
        assert!(error < 100.0 * tolerance, "{case}");
        assert!(*drift < 10.0 * tolerance, "{case}");
    }
}

#[test]
fn both_representations_follow_the_same_flow() {
    for activation in [Activation::Relu, Activation::LeakyRelu] {
        let random = network::<f64>(activation, Layers::Both);
        let (weights, ..) = flowed(&random, false, 1e-10);
        let (samples, ..) = flowed(&random, true, 1e-10);
        let error = distance(&weights, &samples) / frobenius(samples.hidden_weights());
        assert!(error < 1e-8, "{activation:?}: {error:e}");
    }
}

#[test]
fn gradient_descent_converges_to_the_flow_over_kinks_at_first_order() {
    for activation in [Activation::Relu, Activation::LeakyRelu] {
        let random = network::<f64>(activation, Layers::Both);
        let (flow, ..) = flowed(&random, true, 1e-10);
        let errors: Vec<f64> = [64, 256, 1024, 4096]
            .into_iter()
            .map(|pieces| {
                let mut trainer = random.trainer(STEP / f64::from(pieces), true);
                for _ in 0..STEPS * u64::from(pieces as u32) {
                    trainer.step(&Cancel::new()).unwrap();
                }
                distance(&flow, &trainer)
            })
            .collect();
        for pair in errors.windows(2) {
            let ratio = pair[0] / pair[1];
            assert!((3.5..4.6).contains(&ratio), "{activation:?}: {errors:?}");
        }
    }
}

/// Two points of which the first pushes its feature down wherever it counts, while the second pulls
/// it up: once there, h_1 stays 0 with a slope σ'_1 in between.
#[test]
fn a_feature_that_its_kink_attracts_stays_there() {
    let cancel = Cancel::new();
    for sample_space in [false, true] {
        let mut random = network::<f64>(Activation::Relu, Layers::Hidden);
        random.problem.phi = array![[1.0, 0.0], [0.6, 0.8]];
        random.problem.phi_test = Array2::zeros((0, 2));
        random.problem.y = array![[-10.0], [5.0]];
        random.problem.y_test = Array2::zeros((0, 1));
        (random.problem.a, random.problem.b) = (1.0, 1.0);
        (
            random.problem.loss_factor,
            random.problem.hidden_step_factor,
        ) = (1.0, 1.0);
        (random.w, random.v) = (array![[-0.1, 1.0]], array![[1.0]]);
        let mut trainer = random.trainer(1.0, sample_space);
        let mut flow = Flow::new(1e-10);
        flow.step(&mut trainer, &cancel).unwrap();
        flow.step(&mut trainer, &cancel).unwrap();
        // Before: r_2 = f_2 − y_2 falls as e^{−t} and w_1 = −0.1 − 0.6(r_2(0) − r_2(t))·(−1); after,
        // the part of φ_2 along φ_1 is held and r_2 falls as e^{−0.64t}.
        let start: f64 = 0.74 - 5.0;
        let arrival: f64 = -(1.0 + 0.1 / (0.6 * start)).ln();
        let residual = start * (-arrival).exp() * (-0.64 * (2.0 - arrival)).exp();
        let w = trainer.hidden_weights();
        assert!(w[[0, 0]].abs() < 1e-9, "{w}");
        let expected = (5.0 + residual) / 0.8;
        assert!((w[[0, 1]] - expected).abs() < 1e-8, "{w} {expected}");
        assert!(flow.evaluations() < 400, "{}", flow.evaluations());
    }
}

#[test]
fn a_tolerance_finer_than_the_float_is_refused() {
    let cancel = Cancel::new();
    let random = network::<f32>(Activation::Relu, Layers::Both);
    for tolerance in [1e-7, 0.0, f64::NAN] {
        let stopped = Flow::new(tolerance).step(&mut random.trainer(STEP, true), &cancel);
        assert!(matches!(stopped, Err(FlowStopped::TooFine { .. })));
    }
    let text = Flow::new(1e-7)
        .step(&mut random.trainer(STEP, true), &cancel)
        .unwrap_err()
        .to_string();
    assert!(text.contains("1e-7") && text.contains("9.5e-7"), "{text}");
}

#[test]
fn singles_follow_the_flow_at_the_finest_tolerance_they_are_allowed() {
    let cancel = Cancel::new();
    for activation in [Activation::Relu, Activation::Tanh] {
        let mut trainer = network::<f32>(activation, Layers::Both).trainer(STEP, true);
        let tolerance = Flow::smallest_tolerance::<f32>();
        let mut flow = Flow::new(tolerance);
        for _ in 0..STEPS {
            flow.step(&mut trainer, &cancel).unwrap();
        }
        let exact = flowed(&network(activation, Layers::Both), true, 1e-10).0;
        let error = frobenius(trainer.hidden_weights() - exact.hidden_weights());
        let relative = error / frobenius(exact.hidden_weights());
        let case = format!("{activation:?}: {} {relative:e}", flow.evaluations());
        assert!(flow.evaluations() < 2000, "{case}");
        assert!(relative < 20.0 * tolerance, "{case}");
    }
}
