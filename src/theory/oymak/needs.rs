//! Oymak, Soltanolkotabi: widths asked for, and stochastic gradient descent.

use crate::spec::{Method, Quantity};

use super::Facts;
use crate::theory::draft::{Draft, is};
use crate::theory::{Curve, Need, RunStart, kappa};

/// What the paper asks of the number of parameters.
pub(in crate::theory) fn requirements(draft: &mut Draft, start: &RunStart<'_>, facts: &Facts) {
    let (n, k, d) = (start.n() as f64, start.width as f64, start.dimension as f64);
    let kappa = kappa(
        start.n(),
        start.dimension,
        facts.squared_norm,
        facts.khatri_rao_min,
    );
    draft.at_least("kd = n", "as many parameters as points", n, k * d);
    draft.at_least(
        "kd ≳ n²",
        "smooth activations on generic data (2.3), the unknown constant set to 1",
        n * n,
        k * d,
    );
    draft.at_least(
        "kd ≳ n⁴/d²",
        "ReLU on generic data (2.7), the unknown constant set to 1",
        n.powi(4) / (d * d),
        k * d,
    );
    if facts.relu {
        draft.at_least(
            "√(kd) ≥ C(1 + δ)(n²/d)κ³σ²_min(X∗X)",
            "Thm 2.3 (2.6) with C = 1 and δ = 0",
            n * n / d * kappa.powi(3) * facts.khatri_rao_min,
            (k * d).sqrt(),
        );
        return;
    }
    let b = facts.slope.max(facts.curvature);
    draft.at_least(
        "√(kd) ≥ c(B²/μ_φ²)(1 + δ)κ(X)n",
        "Thm 2.1 (2.2) with c = 1 and δ = 0",
        (b / facts.mu).powi(2) * kappa * n,
        (k * d).sqrt(),
    );
}

/// Theorem 2.6 on one sample a step, a bound on the mean over the draws: nothing for other methods.
pub(in crate::theory) fn stochastic(draft: &mut Draft, start: &RunStart<'_>, facts: &Facts) {
    let Method::Sgd { step, batch, .. } = start.method else {
        return;
    };
    let (n, y) = (start.n() as f64, start.target_norm());
    // The factor of a sample's own loss: 1 on the sum, s·n where s is a mean over the n points.
    let sample = if is(start.loss_factor, 1.0) {
        1.0
    } else {
        start.loss_factor * n
    };
    let eta = step * sample;
    let b = facts.slope.max(facts.curvature);
    let limit = facts.mu.powi(2) * n * facts.khatri_rao_min
        / (27.0 * b.powi(4) * y.powi(2) * facts.squared_norm);
    draft.at_most(
        "η ≤ μ_φ²nσ²_min(X∗X)/(9νB⁴‖y‖²‖X‖²)",
        "step of Thm 2.6 for one sample a step, ν = 3",
        limit,
        eta,
    );
    let failing = [
        draft.assume("η", "at most the step of Thm 2.6", eta, Need::AtMost(limit)),
        draft.assume(
            "batch",
            "one sample a step (2.9)",
            batch as f64,
            Need::Equal(1.0),
        ),
        Some("bounds the mean over the draws of the samples; one run may lie above".to_owned()),
    ];
    // η̄/(144n)·μ⁴σ⁴/(νB⁴‖X‖²) with η̄ = 9νB⁴‖y‖²‖X‖²·η/(μ²nσ²).
    let share = eta * facts.mu.powi(2) * facts.khatri_rao_min * y.powi(2) / (16.0 * n * n);
    let curve = Curve::Geometric {
        start: start.loss(),
        factor: 1.0 - share,
    };
    let definition = "E‖f(W_τ) − y‖² ≤ (1 − η̄μ_φ⁴σ⁴_min(X∗X)/(144nνB⁴‖X‖²))^τ·‖f(W₀) − y‖² (2.10)";
    draft.bound(
        ("Thm 2.6", definition),
        Quantity::TrainLoss,
        curve,
        &failing,
    );
}
