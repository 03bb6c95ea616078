//! Gradient flow against its definition.

use ndarray::Array2;
use widescope::data::LabelKind;
use widescope::network::{Activation, Scaling};
use widescope::observe::Observer;
use widescope::spec::{Layers, Observable, Quantity};
use widescope::task::Cancel;
use widescope::train::{Flow, FlowStopped, Trainer};

use crate::problem::{Setting, random};
use crate::twin::frobenius;

const LAYERS: [Layers; 3] = [Layers::Hidden, Layers::Output, Layers::Both];

fn setting(layers: Layers) -> Setting {
    Setting {
        seed: 23,
        m: 160,
        n: 11,
        n_test: 4,
        d: 9,
        outputs: 2,
        activation: Activation::Tanh,
        layers,
        parameterization: Scaling::Ntk.parameterization(),
        mean: false,
    }
}

fn flowed(layers: Layers, sample_space: bool, tolerance: f64, steps: u64) -> Trainer<f64> {
    let mut trainer = random::<f64>(setting(layers)).trainer(0.5, sample_space);
    trainer.measure_path();
    let mut flow = Flow::new(tolerance);
    for _ in 0..steps {
        flow.step(&mut trainer, &Cancel::new()).unwrap();
    }
    assert_eq!(trainer.steps_done(), steps);
    trainer
}

fn descended(layers: Layers, pieces: u64, steps: u64) -> Trainer<f64> {
    let mut trainer = random::<f64>(setting(layers)).trainer(0.5 / pieces as f64, true);
    trainer.measure_path();
    for _ in 0..steps * pieces {
        trainer.step(&Cancel::new()).unwrap();
    }
    trainer
}

fn distance(one: &Trainer<f64>, other: &Trainer<f64>) -> f64 {
    let hidden: Array2<f64> = one.hidden_weights() - other.hidden_weights();
    let output = one.output_weights() - other.output_weights();
    frobenius(hidden).hypot(frobenius(output))
}

#[test]
fn gradient_descent_converges_to_the_flow_at_first_order_in_both_representations() {
    for layers in LAYERS {
        for sample_space in [false, true] {
            let flow = flowed(layers, sample_space, 1e-11, 4);
            let errors: Vec<f64> = [16, 32, 64]
                .into_iter()
                .map(|pieces| distance(&flow, &descended(layers, pieces, 4)))
                .collect();
            for pair in errors.windows(2) {
                let ratio = pair[0] / pair[1];
                assert!((1.85..2.2).contains(&ratio), "{layers:?}: {errors:?}");
            }
        }
    }
}

#[test]
fn the_error_follows_the_tolerance() {
    for layers in LAYERS {
        let exact = flowed(layers, true, 1e-12, 6);
        let size = frobenius(exact.hidden_weights()).hypot(frobenius(exact.output_weights()));
        for tolerance in [1e-4, 1e-6, 1e-8] {
            let error = distance(&exact, &flowed(layers, true, tolerance, 6)) / size;
            assert!(error < 20.0 * tolerance, "{layers:?} {tolerance}: {error}");
        }
        let loose = distance(&exact, &flowed(layers, true, 1e-3, 6));
        assert!(loose > 10.0 * distance(&exact, &flowed(layers, true, 1e-8, 6)));
    }
}

/// With V only the flow is linear, and the twin is its exact solution in the eigenbasis.
#[test]
fn a_linear_flow_is_the_matrix_exponential() {
    let cancel = Cancel::new();
    let mut trainer = random::<f64>(setting(Layers::Output)).trainer(0.5, true);
    let before = trainer.loss();
    let mut observer =
        Observer::new(&trainer, &[Observable::LazyGap], LabelKind::Real, &cancel).unwrap();
    let mut flow = Flow::new(1e-11);
    for _ in 0..5 {
        flow.step(&mut trainer, &cancel).unwrap();
    }
    observer.advance_twin_flow(0.5, 5);
    let record = observer.measure(&trainer, 0.0, &cancel).unwrap();
    assert!(trainer.loss() < 0.9 * before);
    for quantity in [Quantity::LazyGapTrain, Quantity::LazyGapTest] {
        let gap = record.get(quantity).unwrap();
        assert!(gap < 1e-8, "{quantity:?}: {gap}");
    }
}

#[test]
fn the_path_is_as_long_as_that_of_very_small_steps() {
    for (layers, sample_space) in [(Layers::Hidden, true), (Layers::Both, false)] {
        let flow = flowed(layers, sample_space, 1e-10, 4)
            .path_length()
            .unwrap();
        let fine = descended(layers, 256, 4).path_length().unwrap();
        assert!((flow / fine - 1.0).abs() < 0.01, "{flow} {fine}");
    }
}

#[test]
fn a_flow_that_no_step_can_follow_ends_with_a_reason() {
    let mut random = random::<f64>(setting(Layers::Hidden));
    random.problem.y[[0, 0]] = f64::NAN;
    let mut trainer = random.trainer(0.5, true);
    let stopped = Flow::new(1e-6).step(&mut trainer, &Cancel::new());
    assert!(matches!(stopped, Err(FlowStopped::Stuck { .. })));
}

#[test]
fn the_flow_does_not_depend_on_the_number_of_threads() {
    let weights = |threads| {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .unwrap();
        pool.install(|| flowed(Layers::Both, true, 1e-6, 3).hidden_weights())
    };
    assert_eq!(weights(1), weights(3));
}
