//! Training on the cross-entropy, against its definition.

use ndarray::Array2;
use widescope::data::LabelKind;
use widescope::network::{Activation, InitialWeights, Scaling};
use widescope::observe::{Observer, test_pass};
use widescope::spec::{Layers, LossKind, Observable, Quantity};
use widescope::task::Cancel;
use widescope::train::{Batches, Flow, Storage, Trainer, total_loss};

use crate::problem::{Random, Setting, random};

/// A step so small that its change of the weights is the gradient to many digits.
const STEP: f64 = 1e-3;

fn classes(layers: Layers) -> Random<f64> {
    let mut random = random::<f64>(Setting {
        seed: 31,
        m: 140,
        n: 15,
        n_test: 7,
        d: 6,
        outputs: 4,
        activation: Activation::Gelu,
        layers,
        parameterization: Scaling::Ntk.parameterization(),
        mean: true,
    });
    let one_hot =
        |points| Array2::from_shape_fn((points, 4), |(a, p)| f64::from(u8::from(a % 4 == p)));
    random.problem.loss = LossKind::CrossEntropy;
    random.problem.y = one_hot(15);
    random.problem.y_test = one_hot(7);
    random
}

/// Mean cross-entropy of the network with other weights.
fn loss_of(random: &Random<f64>, w: &Array2<f64>, v: &Array2<f64>) -> f64 {
    let moved = Random {
        problem: random.problem.clone(),
        w: w.clone(),
        v: v.clone(),
    };
    let trainer = moved.trainer(STEP, false);
    let direct = total_loss(
        LossKind::CrossEntropy,
        trainer.outputs().view(),
        random.problem.y.view(),
    );
    assert!((trainer.loss() - direct / 15.0).abs() < 1e-13 * direct);
    trainer.loss()
}

/// The slope of the loss along the direction of a step of the weights, per unit of the step.
fn slope(random: &Random<f64>, dw: &Array2<f64>, dv: &Array2<f64>) -> f64 {
    let h = 1e-4;
    let at = |t: f64| loss_of(random, &(&random.w + &(dw * t)), &(&random.v + &(dv * t)));
    (at(h) - at(-h)) / (2.0 * h)
}

#[test]
fn a_step_goes_down_the_gradient_of_the_loss() {
    let cancel = Cancel::new();
    for layers in [Layers::Hidden, Layers::Output, Layers::Both] {
        for sample_space in [false, true] {
            let random = classes(layers);
            let mut trainer = random.trainer(STEP, sample_space);
            trainer.step(&cancel).unwrap();
            let problem = &random.problem;
            let factors = [problem.hidden_step_factor, problem.output_step_factor];
            let dw = (trainer.hidden_weights() - &random.w) / (STEP * factors[0]);
            let dv = (trainer.output_weights() - &random.v) / (STEP * factors[1]);
            // The change is −∇L, so the slope along it is −‖∇L‖²; and along any other direction e
            // the slope is −⟨change, e⟩.
            let squared: f64 = dw.iter().chain(&dv).map(|x| x * x).sum();
            assert!(squared > 1e-6, "{layers:?}");
            let along = slope(&random, &dw, &dv);
            assert!(
                (along + squared).abs() < 1e-6 * squared,
                "{along} {squared}"
            );
            let mut e = Array2::zeros(dw.raw_dim());
            e[[3, 2]] = 1.0;
            let none = Array2::zeros(dv.raw_dim());
            if layers.hidden() {
                let single = slope(&random, &e, &none);
                assert!(
                    (single + dw[[3, 2]]).abs() < 1e-8,
                    "{single} {}",
                    dw[[3, 2]]
                );
            }
        }
    }
}

#[test]
fn batches_of_all_points_and_a_short_flow_do_what_descent_does() {
    let cancel = Cancel::new();
    let random = classes(Layers::Both);
    let mut descent = random.trainer(0.2, false);
    let w = InitialWeights::Given(random.w.clone());
    let (problem, storage) = (random.problem.clone(), Storage::WeightsOnly);
    let mut batched = Trainer::with_storage(problem, w, &random.v, 0.2, storage, &cancel).unwrap();
    let mut batches = Batches::shuffled(15, 15, 1);
    let start = descent.loss();
    for step in 0..40 {
        let before = descent.loss();
        let loss = batched.batch_step(batches.at(step), 1.0 / 15.0, &cancel);
        assert!((loss.unwrap() - before).abs() < 1e-12);
        descent.step(&cancel).unwrap();
    }
    batched.refresh(&cancel).unwrap();
    assert!((batched.loss() - descent.loss()).abs() < 1e-12);
    assert!(descent.loss() < 0.8 * start, "{} {start}", descent.loss());
    let (mut flow, mut flowing) = (Flow::new(1e-8), random.trainer(0.002, false));
    let mut small = random.trainer(0.002, false);
    flow.step(&mut flowing, &cancel).unwrap();
    small.step(&cancel).unwrap();
    let (fallen, expected) = (start - flowing.loss(), start - small.loss());
    assert!(
        (fallen - expected).abs() < 0.02 * expected,
        "{fallen} {expected}"
    );
}

#[test]
fn records_hold_the_cross_entropy_of_both_sets_and_no_relative_error() {
    let cancel = Cancel::new();
    let mut trainer = classes(Layers::Both).trainer(0.2, true);
    let observables = [Observable::Loss, Observable::TestLoss, Observable::Accuracy];
    let mut observer = Observer::new(&trainer, &observables, LabelKind::OneHot, &cancel).unwrap();
    trainer.step(&cancel).unwrap();
    let record = observer.measure(&trainer, 0.0, &cancel).unwrap();
    assert_eq!(record.get(Quantity::TrainLoss), Some(trainer.loss()));
    assert_eq!(record.get(Quantity::RelativeError), None);
    let f_test = test_pass(&trainer, None, &cancel).unwrap().f_test;
    let y_test = &trainer.problem().y_test;
    let expected: f64 = (0..7)
        .map(|a| {
            let sum: f64 = f_test.row(a).iter().map(|f| f.exp()).sum();
            sum.ln() - f_test.row(a).dot(&y_test.row(a))
        })
        .sum();
    let got = record.get(Quantity::TestLoss).unwrap();
    assert!((got - expected / 7.0).abs() < 1e-13, "{got} {expected}");
    assert!(record.get(Quantity::TrainAccuracy).is_some());
}
