//! Oymak, Soltanolkotabi: widths asked for, and stochastic gradient descent.

use crate::spec::{Method, Quantity};

use super::Facts;
use crate::number::four_digits;
use crate::theory::draft::{Draft, Failure, is};
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

/// Least ν of Theorem 2.6.
const LEAST_NU: f64 = 3.0;

/// Theorem 2.6 on one sample a step, a bound on the mean over the draws: nothing for other methods.
///
/// η̄/ν, and so the rate, follows from the step alone; the probability of the event E is largest for
/// the largest ν that the step allows, which is that with η̄ = 1. `setting` is what fails of its setting, that
/// of Theorem 2.1: unit inputs, a smooth activation, and the theorem's v.
pub(in crate::theory) fn stochastic(
    draft: &mut Draft,
    start: &RunStart<'_>,
    facts: &Facts,
    setting: &[Failure],
) {
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
        / (9.0 * LEAST_NU * b.powi(4) * y.powi(2) * facts.squared_norm);
    let nu = LEAST_NU * limit / eta;
    let spread = spread(start, facts);
    draft.at_most(
        "η ≤ μ_φ²nσ²_min(X∗X)/(9νB⁴‖y‖²‖X‖²)",
        "step of Thm 2.6 for one sample a step, at its least ν = 3",
        limit,
        eta,
    );
    draft.at_most(
        "η < μ_φ²nσ²_min(X∗X)/(9ν₀B⁴‖y‖²‖X‖²)",
        "step below which Thm 2.6 says anything: P(E) is above 0 for ν > ν₀ = 4(3B‖X‖/(μ_φσ_min(X∗X)))^{1/(kd)}, and ν₀ is above 4",
        limit * LEAST_NU / (4.0 * spread),
        eta,
    );
    let own = [
        draft.assume("η", "at most the step of Thm 2.6", eta, Need::AtMost(limit)),
        draft.assume(
            "batch",
            "one sample a step (2.9)",
            batch as f64,
            Need::Equal(1.0),
        ),
        event(draft, nu, spread),
        // ReLU has an analogous theorem, which the paper does not state.
        facts.relu.then(|| "stated for smooth activations".to_owned()),
        Some("bounds the mean over the draws of the samples, in which a draw outside the event E counts as 0; one run may lie above".to_owned()),
    ];
    // η̄/(144n)·μ⁴σ⁴/(νB⁴‖X‖²) with η̄ = 9νB⁴‖y‖²‖X‖²·η/(μ²nσ²).
    let share = eta * facts.mu.powi(2) * facts.khatri_rao_min * y.powi(2) / (16.0 * n * n);
    let curve = Curve::Geometric {
        start: start.loss(),
        factor: 1.0 - share,
    };
    let definition = "E[‖f(W_τ) − y‖²·1_E] ≤ (1 − η̄μ_φ⁴σ⁴_min(X∗X)/(144nνB⁴‖X‖²))^τ·‖f(W₀) − y‖² (2.10), with probability 1 − 1/n − e^{−δ²n/(2‖X‖²)} over W₀; E is an event of the draws, on which W_τ stays near W₀ too, with P(E) ≥ 1 − (4/ν)(3B‖X‖/(μ_φσ_min(X∗X)))^{1/(kd)}";
    draft.bound(
        ("Thm 2.6", definition),
        Quantity::TrainLoss,
        curve,
        &[setting, &own].concat(),
    );
}

/// (3B‖X‖/(μ_φσ_min(X∗X)))^{1/(kd)} of the probability of E.
fn spread(start: &RunStart<'_>, facts: &Facts) -> f64 {
    let b = facts.slope.max(facts.curvature);
    let ratio = 3.0 * b * facts.squared_norm.sqrt() / (facts.mu * facts.khatri_rao_min.sqrt());
    ratio.powf(1.0 / (start.width * start.dimension) as f64)
}

/// Notes what Theorem 2.6 says of the probability of its event, and that it says nothing where that
/// is no more than 0.
fn event(draft: &mut Draft, nu: f64, spread: f64) -> Failure {
    let probability = 1.0 - 4.0 / nu * spread;
    let failure = draft.assume(
        "P(E)",
        format!(
            "at least 1 − (4/ν)(3B‖X‖/(μ_φσ_min(X∗X)))^{{1/(kd)}} (Thm 2.6), here for ν = {}, the largest that the step allows; at ν = 3 it is below 0 and says nothing",
            four_digits(nu)
        ),
        probability,
        Need::Above(0.0),
    );
    failure.map(|failure| {
        if probability <= 0.0 {
            format!("says nothing: its event E has a probability of at least {}, which is no more than 0", four_digits(probability))
        } else {
            failure
        }
    })
}
