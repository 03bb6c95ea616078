//! Output weights by least squares (Oymak–Soltanolkotabi, Sec. 3).

use widescope::network::{Activation, Scaling};
use widescope::spec::Layers;
use widescope::task::Cancel;
use widescope::train::Trainer;

use crate::problem::{Setting, random};

fn setting(m: usize) -> Setting {
    Setting {
        seed: 31,
        m,
        n: 12,
        n_test: 0,
        d: 12,
        outputs: 2,
        activation: Activation::Softplus,
        layers: Layers::Output,
        parameterization: Scaling::Standard.parameterization(),
        mean: false,
    }
}

fn solved(m: usize) -> Trainer<f64> {
    let mut trainer = random::<f64>(setting(m)).trainer(1.0, true);
    assert!(trainer.solve_output(&Cancel::new()).unwrap());
    trainer
}

#[test]
fn the_training_error_is_zero_exactly_from_m_equal_to_n_on() {
    for m in [3, 8, 11] {
        assert!(solved(m).loss() > 1e-3, "m = {m}: {}", solved(m).loss());
    }
    for m in [12, 13, 20, 200] {
        assert!(solved(m).loss() < 1e-16, "m = {m}: {}", solved(m).loss());
    }
}

/// At the minimum Rσ(H)ᵀ = 0.
#[test]
fn the_gradient_vanishes_where_the_targets_are_not_met() {
    let mut trainer = solved(7);
    let before = trainer.output_weights();
    trainer.step(&Cancel::new()).unwrap();
    for (x, y) in before.iter().zip(&trainer.output_weights()) {
        assert!((x - y).abs() < 1e-10 * (1.0 + x.abs()), "{x} {y}");
    }
}

/// Gradient descent from V = 0 never leaves the row space and ends at the minimum-norm solution.
#[test]
fn the_solution_is_that_of_gradient_descent_from_zero() {
    let mut start = random::<f64>(setting(60));
    start.v.fill(0.0);
    let mut descent = start.trainer(1e-3, true);
    for _ in 0..60_000 {
        descent.step(&Cancel::new()).unwrap();
    }
    assert!(descent.loss() < 1e-12, "{}", descent.loss());
    let solved = solved(60);
    for (x, y) in descent
        .output_weights()
        .iter()
        .zip(&solved.output_weights())
    {
        assert!((x - y).abs() < 1e-5, "{x} {y}");
    }
}
