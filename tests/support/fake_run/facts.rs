//! Facts of an arm, with what the papers say of it.

use std::sync::Arc;

use widescope::history::ArmFacts;
use widescope::preset::Experiment;
use widescope::spec::Quantity;
use widescope::theory::{Accuracy, Assumption, Bound, Curve, Need, PaperReport, Requirement};

use super::record::character;

pub fn facts(experiment: &Experiment, index: usize) -> ArmFacts {
    let arm = &experiment.arms[index];
    let factors = arm.preset.scaling.parameterization();
    ArmFacts {
        label: arm.label.clone(),
        n: 200,
        n_test: 500,
        d: 50,
        embedding: 1024,
        width: 1024,
        outputs: 1,
        a: factors.a.at(1024, 1024),
        b: factors.b.at(1024, 1024),
        hidden_step_factor: factors.hidden_step.at(1024, 1024),
        output_step_factor: factors.output_step.at(1024, 1024),
        omega1: 1.0,
        omega2: 1.0,
        sample_space: true,
        step_unit: 1.0,
        stable_step: Some(2.4),
        data: "200 training and 500 test points in R⁵⁰: (x₁, x₂, y) is one of (±1, 0, 1), (0, ±1, −1), the other coordinates uniform on [−1, 1].".to_owned(),
        estimated_bytes: 84_000_000,
        theory: theory(index),
    }
}

/// A report of the shape a real one has: one bound applies, another does not.
fn theory(index: usize) -> Arc<[PaperReport]> {
    let rate = character(index).1;
    let bound = |name: &str, quantity, curve, failing: &[&str]| Bound {
        name: name.to_owned(),
        definition:
            "‖u(k) − y‖² ≤ (1 − ηλ₀/2)ᵏ‖u(0) − y‖², with m = Ω(n⁶/(λ₀⁴δ³)) and η = O(λ₀/n²)"
                .to_owned(),
        quantity,
        upper: true,
        curve,
        accuracy: Accuracy::default(),
        failing: failing.iter().map(|text| (*text).to_owned()).collect(),
        one_step: None,
        end: None,
    };
    let assumption = |symbol: &str, value, need| Assumption {
        symbol: symbol.to_owned(),
        definition: "Gram matrix of an infinitely wide network, Du et al. (2)".to_owned(),
        value,
        need,
    };
    let du = PaperReport {
        paper: "Du, Zhai, Póczos, Singh 2019".to_owned(),
        assumptions: vec![
            assumption("λ₀ = λ_min(H^∞)", 0.247, Need::Above(0.0)),
            assumption("max |‖xₐ‖ − 1|", 0.0, Need::AtMost(1e-9)),
            assumption(
                "max_r ‖w_r(k) − w_r(0)‖ ≤ R with its constant",
                f64::NAN,
                Need::AtMost(3.1e-7),
            ),
        ],
        bounds: vec![
            bound(
                "Thm 3.2",
                Quantity::TrainLoss,
                Curve::Exponential {
                    start: 0.5,
                    rate: 100.0 * rate,
                },
                &[],
            ),
            bound(
                "Thm 4.1",
                Quantity::TrainLoss,
                Curve::Geometric {
                    start: 0.5,
                    factor: 1.0 - 0.2 * rate,
                },
                &[
                    "m = 1024 is below n⁶/(λ₀⁴δ³) = 1.7·10¹⁹",
                    "η = 1 exceeds λ₀/n² = 6.2·10⁻⁶",
                ],
            ),
            bound(
                "Lemma 4.1",
                Quantity::MaxNeuronDistance,
                Curve::Constant(3.2),
                &[],
            ),
        ],
        requirements: vec![
            Requirement {
                symbol: "m ≳ n⁶/(λ₀⁴δ³)".to_owned(),
                definition: "Thm 4.1".to_owned(),
                required: 1.7e19,
                actual: 1024.0,
                at_least: true,
            },
            Requirement {
                symbol: "η ≲ λ₀/n²".to_owned(),
                definition: "Thm 4.1".to_owned(),
                required: 6.2e-6,
                actual: 1.0,
                at_least: false,
            },
            Requirement {
                symbol: "n ≥ 1".to_owned(),
                definition: "a point to learn".to_owned(),
                required: 1.0,
                actual: 200.0,
                at_least: true,
            },
        ],
        since: None,
    };
    [du].into()
}
