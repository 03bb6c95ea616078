//! Oymak, Soltanolkotabi: the rates of gradient descent on W.

use crate::spec::Quantity;
use crate::task::{Cancel, Cancelled};

use super::Facts;
use super::separated::separated_covariance;
use crate::theory::draft::{Draft, Failure};
use crate::theory::flips::most_flips;
use crate::theory::{Curve, Need, RunStart};

/// A lower bound on √λ(X), and the theorem that uses it.
pub(in crate::theory) struct Rate {
    name: &'static str,
    root_lambda: f64,
    symbol: &'static str,
    /// Whether the theorem bounds the distance from the start too.
    has_radius: bool,
}

/// The theorems of an activation, each a corollary of the last but for its bound on λ(X).
pub(in crate::theory) fn rates(facts: &Facts, n: usize) -> Vec<Rate> {
    let mut rates = vec![Rate {
        name: if facts.relu { "Thm 2.3" } else { "Thm 2.1" },
        root_lambda: facts.mu * facts.khatri_rao_min.sqrt(),
        symbol: "|μ_φ|·σ_min(X∗X)",
        has_radius: true,
    }];
    if facts.relu {
        rates.push(Rate {
            name: "Thm 2.5",
            root_lambda: separated_covariance(facts.separation, n).sqrt(),
            symbol: "√(δ/(100n²))",
            has_radius: false,
        });
    }
    rates.push(Rate {
        name: if facts.relu { "Thm 6.3" } else { "Thm 6.2" },
        root_lambda: facts.covariance_min.sqrt(),
        symbol: "√λ(X)",
        has_radius: true,
    });
    rates
}

/// A rate, a radius and (smooth activations) a path length, with α = ‖v‖√λ/(2√2) for √λ = `rate`'s.
///
/// The theorem's unknown constant c in the width is replaced by what its proof uses it for:
/// σ_min(J(W_0)) ≥ 2α, and a Jacobian that keeps α on the way, both checked on the weights.
pub(in crate::theory) fn theorem(
    draft: &mut Draft,
    start: &RunStart<'_>,
    facts: &Facts,
    common: &[Failure],
    rate: &Rate,
    cancel: &Cancel,
) -> Result<(), Cancelled> {
    let misfit = start.residual_norm();
    let alpha = facts.v_norm * rate.root_lambda / 8f64.sqrt();
    let mut failing = common.to_vec();
    failing.push(draft.assume(
        "σ_min(J(W₀))",
        format!(
            "at least 2α = ‖v‖·{}/√2 (Lemma 6.7; for {})",
            rate.symbol, rate.name
        ),
        facts.jacobian_min,
        Need::AtLeast(2.0 * alpha),
    ));
    failing.push(draft.assume(
        "α",
        format!("‖v‖·{}/√8, for {}", rate.symbol, rate.name),
        alpha,
        Need::Above(0.0),
    ));
    failing.push(if facts.relu {
        let flips = most_flips(start, 3.0 * misfit / alpha, cancel)? as f64;
        draft.assume(
            "‖X‖·‖v‖_∞·√q",
            format!("q the most signs that can change at one point within 3‖f(W₀) − y‖/α of W₀: the Jacobian moves by at most α/3 (Lemma 6.9, checked on the weights; for {})", rate.name),
            facts.squared_norm.sqrt() * facts.v_largest * flips.sqrt(),
            Need::AtMost(alpha / 3.0),
        )
    } else {
        let lipschitz = facts.curvature * facts.v_largest * facts.squared_norm.sqrt();
        draft.assume(
            "4L‖f(W₀) − y‖",
            format!("at most α², L = sup|φ″|·‖v‖_∞·‖X‖ (6.13) (Lemma 6.8; for {})", rate.name),
            4.0 * lipschitz * misfit,
            Need::AtMost(alpha * alpha),
        )
    });
    draw(draft, start, (facts.relu, alpha), rate, &failing);
    Ok(())
}

fn draw(
    draft: &mut Draft,
    start: &RunStart<'_>,
    (relu, alpha): (bool, f64),
    rate: &Rate,
    failing: &[Failure],
) {
    let eta = start.step_on_half();
    let misfit = start.residual_norm();
    // Per step on the unsquared norm, as printed; the loss takes the square.
    let (share, text) = if relu {
        (eta * alpha * alpha, "‖f(W_τ) − y‖ ≤ (1 − ηα²)^τ‖f(W₀) − y‖")
    } else {
        (
            0.5 * eta * alpha * alpha,
            "‖f(W_τ) − y‖ ≤ (1 − ηα²/2)^τ‖f(W₀) − y‖",
        )
    };
    let curve = Curve::Geometric {
        start: start.loss(),
        factor: (1.0 - share).powi(2),
    };
    let definition = format!(
        "{text}, α = ‖v‖·{}/√8 (drawn on the loss, so squared)",
        rate.symbol
    );
    draft.bound(
        (rate.name, &definition),
        Quantity::TrainLoss,
        curve,
        failing,
    );
    if !rate.has_radius {
        return;
    }
    let (factor, text) = if relu { (3.0, "3") } else { (4.0, "4") };
    let radius = factor * misfit / alpha;
    let name = format!("{} radius", rate.name);
    let definition = format!(
        "‖W_τ − W₀‖_F ≤ {text}‖f(W₀) − y‖/α, α = ‖v‖·{}/√8",
        rate.symbol
    );
    let curve = Curve::Constant(radius);
    draft.bound(
        (&name, &definition),
        Quantity::WeightDistance,
        curve,
        failing,
    );
    if !relu {
        let name = format!("{} path", rate.name);
        let definition = format!(
            "Σ‖W_{{τ+1}} − W_τ‖_F ≤ 4‖f(W₀) − y‖/α, α = ‖v‖·{}/√8",
            rate.symbol
        );
        draft.bound((&name, &definition), Quantity::PathLength, curve, failing);
    }
}
