//! What gradient flow conserves, and how far gradient descent drifts from it.

use widescope::data::LabelKind;
use widescope::network::{Activation, Factor, Parameterization, Scaling};
use widescope::observe::{Observer, Record};
use widescope::spec::{Layers, Observable, Quantity};
use widescope::task::Cancel;
use widescope::train::{Flow, Trainer};

use crate::problem::{Random, Setting, random};

fn network(activation: Activation) -> Random<f64> {
    let mut random = random::<f64>(Setting {
        seed: 8,
        m: 60,
        n: 10,
        n_test: 0,
        d: 14,
        outputs: 2,
        activation,
        layers: Layers::Both,
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

/// Trains for a time and measures at its end.
fn trained(
    random: &Random<f64>,
    step: f64,
    steps: u64,
    sample_space: bool,
) -> (Trainer<f64>, Record) {
    let cancel = Cancel::new();
    let mut trainer = random.trainer(step, sample_space);
    let wanted = [Observable::Imbalance];
    let mut observer = Observer::new(&trainer, &wanted, LabelKind::Real, &cancel).unwrap();
    let start = observer.measure(&trainer, 0.0, &cancel).unwrap();
    assert_eq!(start.get(Quantity::ImbalanceDrift), Some(0.0));
    for _ in 0..steps {
        trainer.step(&cancel).unwrap();
    }
    let record = observer.measure(&trainer, 0.0, &cancel).unwrap();
    (trainer, record)
}

#[test]
fn the_drift_under_gradient_descent_halves_with_the_step() {
    for activation in [
        Activation::Identity,
        Activation::Relu,
        Activation::LeakyRelu,
    ] {
        for sample_space in [false, true] {
            let random = network(activation);
            let drift = |step, steps| {
                let (_, record) = trained(&random, step, steps, sample_space);
                record.get(Quantity::ImbalanceDrift).unwrap()
            };
            let (coarse, fine) = (drift(2e-3, 500), drift(1e-3, 1000));
            let ratio = coarse / fine;
            assert!(
                (1.9..2.1).contains(&ratio),
                "{activation:?}: {coarse:e} {fine:e}"
            );
        }
    }
}

#[test]
fn flow_conserves_the_imbalance_to_its_tolerance() {
    let tolerance = 1e-10;
    for activation in [Activation::Identity, Activation::Relu] {
        for sample_space in [false, true] {
            let random = network(activation);
            let cancel = Cancel::new();
            let mut trainer = random.trainer(0.1, sample_space);
            let wanted = [Observable::Imbalance];
            let mut observer = Observer::new(&trainer, &wanted, LabelKind::Real, &cancel).unwrap();
            let (mut flow, start) = (Flow::new(tolerance), trainer.loss());
            for _ in 0..10 {
                flow.step(&mut trainer, &cancel).unwrap();
            }
            assert!(trainer.loss() < 0.8 * start, "{start} {}", trainer.loss());
            let record = observer.measure(&trainer, 0.0, &cancel).unwrap();
            let drift = record.get(Quantity::ImbalanceDrift).unwrap();
            let (_, descent) = trained(&random, 0.1, 10, sample_space);
            let of_descent = descent.get(Quantity::ImbalanceDrift).unwrap();
            let case = format!("{activation:?}: {drift:e} {of_descent:e}");
            assert!(
                drift <= 10.0 * tolerance && drift < 1e-3 * of_descent,
                "{case}"
            );
        }
    }
}

#[test]
fn the_imbalance_of_each_neuron_is_that_of_its_weights() {
    for activation in [Activation::Relu, Activation::LeakyRelu] {
        for sample_space in [false, true] {
            let random = network(activation);
            let (trainer, record) = trained(&random, 0.05, 40, sample_space);
            let ratio = 0.6 / 1.5;
            let of = |w: &ndarray::Array2<f64>, v: &ndarray::Array2<f64>| -> Vec<f64> {
                let pairs = w.outer_iter().zip(v.columns());
                pairs.map(|(w, v)| w.dot(&w) - ratio * v.dot(&v)).collect()
            };
            let now = of(&trainer.hidden_weights(), &trainer.output_weights());
            let start = of(&random.w, &random.v);
            let recorded = record.imbalance.as_ref().unwrap();
            assert_eq!(recorded.len(), now.len());
            for (x, y) in recorded.iter().zip(&now) {
                assert!((x - y).abs() <= 1e-12 * (1.0 + y.abs()), "{x} {y}");
            }
            let largest = now.iter().fold(0.0f64, |m, x| m.max(x.abs()));
            let got = record.get(Quantity::ImbalanceMax).unwrap();
            assert!((got - largest).abs() <= 1e-12 * largest);
            let pairs = now.iter().zip(&start);
            let drift = pairs.map(|(x, y)| (x - y).powi(2)).sum::<f64>().sqrt();
            let got = record.get(Quantity::ImbalanceDrift).unwrap();
            assert!(
                drift > 1e-6 && (got - drift).abs() <= 1e-9 * drift,
                "{got} {drift}"
            );
        }
    }
}

#[test]
fn nothing_is_noted_where_nothing_is_conserved() {
    let mut random = network(Activation::Tanh);
    assert!(trained_silently(&random).imbalance.is_none());
    random.problem.activation = Activation::Relu;
    random.problem.layers = Layers::Hidden;
    assert!(trained_silently(&random).imbalance.is_none());
}

fn trained_silently(random: &Random<f64>) -> Record {
    let cancel = Cancel::new();
    let trainer = random.trainer(0.1, true);
    let wanted = [Observable::Imbalance];
    let mut observer = Observer::new(&trainer, &wanted, LabelKind::Real, &cancel).unwrap();
    observer.measure(&trainer, 0.0, &cancel).unwrap()
}

#[test]
fn equal_steps_give_the_papers_matrix() {
    let mut random = network(Activation::Identity);
    random.problem.hidden_step_factor = 1.0;
    random.problem.output_step_factor = 1.0;
    random.problem.a = Scaling::Standard.parameterization().a.at(60, 14);
    let (trainer, record) = trained(&random, 0.02, 30, true);
    // ‖U₁ᵀU₁ − VᵀV‖_F² from the m × m matrix itself, U₁ᵀU₁ = WPWᵀ with P the projection on the rows.
    let (w, v) = (trainer.hidden_weights(), trainer.output_weights());
    let mut rows = random.problem.phi.clone();
    for a in 0..rows.nrows() {
        for _ in 0..2 {
            for k in 0..a {
                let part = rows.row(k).dot(&rows.row(a));
                let other = rows.row(k).to_owned();
                rows.row_mut(a).scaled_add(-part, &other);
            }
        }
        let norm = rows.row(a).dot(&rows.row(a)).sqrt();
        rows.row_mut(a).mapv_inplace(|x| x / norm);
    }
    let seen = w.dot(&rows.t());
    let matrix = seen.dot(&seen.t()) - v.t().dot(&v);
    let expected: f64 = matrix.iter().map(|x| x * x).sum();
    let got: f64 = record.imbalance.unwrap().iter().map(|x| x * x).sum();
    assert!(
        (got - expected).abs() <= 1e-11 * expected,
        "{got} {expected}"
    );
}
