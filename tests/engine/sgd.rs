//! Stochastic gradient descent against its definition.

use widescope::data::LabelKind;
use widescope::network::{Activation, Scaling};
use widescope::observe::Observer;
use widescope::spec::{Layers, Observable, Quantity};
use widescope::task::Cancel;
use widescope::train::{Batches, Trainer};

use crate::problem::{Random, Setting, random};
use crate::twin::{Linearized, frobenius};

const LAYERS: [Layers; 3] = [Layers::Hidden, Layers::Output, Layers::Both];

fn setting(layers: Layers, m: usize) -> Setting {
    Setting {
        seed: 17,
        m,
        n: 19,
        n_test: 6,
        d: 12,
        outputs: 2,
        activation: Activation::Gelu,
        layers,
        parameterization: Scaling::Ntk.parameterization(),
        mean: true,
    }
}

fn assert_same(one: &Trainer<f64>, other: &Trainer<f64>, what: &str) {
    let pairs = [
        (one.hidden_weights(), other.hidden_weights()),
        (one.output_weights(), other.output_weights()),
        (one.outputs(), other.outputs()),
    ];
    for (one, other) in &pairs {
        for (x, y) in one.iter().zip(other) {
            assert!((x - y).abs() < 1e-11 * (1.0 + x.abs()), "{what}: {x} {y}");
        }
    }
}

#[test]
fn a_batch_of_all_points_is_gradient_descent() {
    let cancel = Cancel::new();
    for layers in LAYERS {
        for sample_space in [false, true] {
            let random = random::<f64>(setting(layers, 200));
            let mut full = random.trainer(0.3, sample_space);
            let mut batched = random.trainer(0.3, sample_space);
            let factor = random.problem.loss_factor;
            let mut batches = Batches::shuffled(19, 19, 5);
            for step in 0..60 {
                let before = full.loss();
                let loss = batched
                    .batch_step(batches.at(step), factor, &cancel)
                    .unwrap();
                assert!((loss - before).abs() < 1e-12 * before);
                full.step(&cancel).unwrap();
            }
            batched.refresh(&cancel).unwrap();
            assert_same(&full, &batched, "full batch");
        }
    }
}

/// One step on a batch from the definition: the gradient of the loss over the batch's own points,
/// each as often as it comes, by a problem made of these alone.
#[test]
fn a_step_is_gradient_descent_on_the_points_of_the_batch() {
    let cancel = Cancel::new();
    for layers in LAYERS {
        for sample_space in [false, true] {
            let random = random::<f64>(setting(layers, 150));
            let mut trainer = random.trainer(0.4, sample_space);
            for points in [vec![3, 3, 7], vec![18], vec![0, 5, 11, 2]] {
                let factor = 1.0 / points.len() as f64;
                let mut alone = random.problem.clone();
                alone.phi = alone.phi.select(ndarray::Axis(0), &points);
                alone.y = alone.y.select(ndarray::Axis(0), &points);
                alone.loss_factor = factor;
                let alone = Random {
                    problem: alone,
                    w: trainer.hidden_weights(),
                    v: trainer.output_weights(),
                };
                let mut alone = alone.trainer(0.4, false);
                alone.step(&cancel).unwrap();
                trainer.batch_step(&points, factor, &cancel).unwrap();
                for (x, y) in trainer.hidden_weights().iter().zip(&alone.hidden_weights()) {
                    assert!((x - y).abs() < 1e-13 * (1.0 + x.abs()), "W {x} {y}");
                }
                for (x, y) in trainer.output_weights().iter().zip(&alone.output_weights()) {
                    assert!((x - y).abs() < 1e-13 * (1.0 + x.abs()), "V {x} {y}");
                }
            }
        }
    }
}

#[test]
fn both_representations_agree_and_the_loss_falls() {
    let cancel = Cancel::new();
    for layers in LAYERS {
        let random = random::<f64>(setting(layers, 300));
        let mut trainers = [random.trainer(0.1, false), random.trainer(0.1, true)];
        let before = trainers[0].loss();
        for trainer in &mut trainers {
            let mut batches = Batches::shuffled(19, 4, 2);
            for step in 0..500 {
                let points = batches.at(step);
                let factor = 1.0 / points.len() as f64;
                trainer.batch_step(points, factor, &cancel).unwrap();
            }
            trainer.refresh(&cancel).unwrap();
        }
        let [weight, sample] = &trainers;
        assert!(
            weight.loss() < 0.9 * before,
            "{} of {before}",
            weight.loss()
        );
        assert_same(weight, sample, "representations");
    }
}

#[test]
fn the_twin_is_the_trained_linear_model_on_training_and_test_points() {
    let cancel = Cancel::new();
    for layers in LAYERS {
        let mut setting = setting(layers, 11);
        setting.n = 7;
        let random = random::<f64>(setting);
        let mut trainer = random.trainer(0.2, true);
        let observables = [Observable::LazyGap];
        let mut observer = Observer::new(&trainer, &observables, LabelKind::Real, &cancel).unwrap();
        let mut linear = Linearized::new(&random);
        let mut batches = Batches::with_replacement(7, 3, 4);
        for step in 0..80 {
            let points = batches.at(step);
            trainer.batch_step(points, 1.0 / 3.0, &cancel).unwrap();
            observer.advance_twin_batch(0.2, 1.0 / 3.0, points);
            linear.batch_step(&random.problem, 0.2, 1.0 / 3.0, points);
        }
        trainer.refresh(&cancel).unwrap();
        let record = observer.measure(&trainer, 0.0, &cancel).unwrap();
        let f_test = widescope::observe::test_pass(&trainer, None, &cancel)
            .unwrap()
            .f_test;
        let train_gap = frobenius(trainer.outputs() - linear.outputs(&linear.train));
        let test_gap = frobenius(f_test - linear.outputs(&linear.test));
        assert!(layers == Layers::Output || train_gap > 1e-4, "{train_gap}");
        for (quantity, expected) in [
            (Quantity::LazyGapTrain, train_gap),
            (Quantity::LazyGapTest, test_gap),
        ] {
            let got = record.get(quantity).unwrap();
            assert!(
                (got - expected).abs() < 1e-10,
                "{layers:?} {quantity:?}: {got} {expected}"
            );
        }
    }
}
