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
    (common, law): (&[Failure], &Failure),
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
    let named = [&failing[..], std::slice::from_ref(law)].concat();
    printed(draft, start, facts.relu, rate, &named);
    derived(draft, start, (facts.relu, alpha), rate, (&failing, law));
    Ok(())
}

/// The theorem as it is printed, for its own v, whose ‖v‖ is ‖y‖/√n.
///
/// Its radius and path are half of what (6.10) and (6.11) say, and its rate on ‖f − y‖ that of (6.9)
/// on ‖f − y‖², but they hold under the same conditions: where σ_min(J) ≥ α and ‖J‖ ≤ β on the way,
/// ηβ² ≤ ½ and 4L‖f(W₀) − y‖ ≤ α², a step changes J by at most α²/(16β), so that
/// ‖r_{τ+1}‖² ≤ ‖r_τ‖² − (15/8 − 1/2)·η‖Jᵀr_τ‖², from which ‖r_{τ+1}‖ ≤ ‖r_τ‖ − (11/16)·αη‖Jᵀr_τ‖
/// and ‖r_{τ+1}‖ ≤ (1 − (11/16)·ηα²)‖r_τ‖. (6.20) and (6.21) are Theorem 6.3 as it is printed.
fn printed(draft: &mut Draft, start: &RunStart<'_>, relu: bool, rate: &Rate, failing: &[Failure]) {
    let symbol = rate.symbol;
    let scale = start.target_norm() * rate.root_lambda / (start.n() as f64).sqrt();
    let eta = start.step_on_half();
    // Per step on the unsquared norm; the loss takes the square.
    let (share, text) = if relu { (8.0, "8") } else { (16.0, "16") };
    let curve = Curve::Geometric {
        start: start.loss(),
        factor: (1.0 - eta * scale * scale / share).powi(2),
    };
    let definition = format!(
        "‖f(W_τ) − y‖ ≤ (1 − ηs²/{text})^τ‖f(W₀) − y‖, s = ‖y‖·{symbol}/√n (drawn on the loss, so squared)"
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
    let (factor, text) = if relu {
        (72f64.sqrt(), "6√2")
    } else {
        (32f64.sqrt(), "√32")
    };
    let curve = Curve::Constant(factor * start.residual_norm() / scale);
    let side = format!("{text}·√n·‖f(W₀) − y‖/(‖y‖·{symbol})");
    let name = format!("{} radius", rate.name);
    let definition = format!("‖W_τ − W₀‖_F ≤ {side}, as printed");
    let distance = Quantity::WeightDistance;
    draft.bound((&name, &definition), distance, curve, failing);
    if !relu {
        let name = format!("{} path", rate.name);
        let definition = format!("Σ‖W_{{τ+1}} − W_τ‖_F ≤ {side}, as printed");
        draft.bound((&name, &definition), Quantity::PathLength, curve, failing);
    }
}

/// What the equations that the theorem is made of say of v as it is, for the theorem's λ. Where v is
/// the theorem's, (6.9) follows from the printed rate, and (6.20) and (6.21) are what is printed.
fn derived(
    draft: &mut Draft,
    start: &RunStart<'_>,
    (relu, alpha): (bool, f64),
    rate: &Rate,
    (failing, law): (&[Failure], &Failure),
) {
    let alpha_text = format!("α = ‖v‖·{}/√8 for v as it is", rate.symbol);
    if law.is_some() {
        derived_rate(draft, start, (relu, alpha), (rate, &alpha_text), failing);
    }
    if !rate.has_radius || (relu && law.is_none()) {
        return;
    }
    let (equation, factor, text) = if relu {
        ("(6.21)", 3.0, "3")
    } else {
        ("(6.10)", 4.0, "4")
    };
    let curve = Curve::Constant(factor * start.residual_norm() / alpha);
    let side = format!("{text}‖f(W₀) − y‖/α, {alpha_text}");
    let name = format!("{equation} for {}", rate.name);
    let definition = format!("‖W_τ − W₀‖_F ≤ {side}");
    let distance = Quantity::WeightDistance;
    draft.bound((&name, &definition), distance, curve, failing);
    if !relu {
        let name = format!("(6.11) for {}", rate.name);
        let definition = format!("Σ‖W_{{τ+1}} − W_τ‖_F ≤ {side}");
        draft.bound((&name, &definition), Quantity::PathLength, curve, failing);
    }
}

/// (6.9) or (6.20).
fn derived_rate(
    draft: &mut Draft,
    start: &RunStart<'_>,
    (relu, alpha): (bool, f64),
    (rate, alpha_text): (&Rate, &str),
    failing: &[Failure],
) {
    let share = start.step_on_half() * alpha * alpha;
    let (equation, factor, text) = if relu {
        let text = "‖f(W_τ) − y‖ ≤ (1 − ηα²)^τ‖f(W₀) − y‖";
        ("(6.20)", (1.0 - share).powi(2), text)
    } else {
        let text = "‖f(W_τ) − y‖² ≤ (1 − ηα²/2)^τ‖f(W₀) − y‖²";
        ("(6.9)", 1.0 - 0.5 * share, text)
    };
    let curve = Curve::Geometric {
        start: start.loss(),
        factor,
    };
    let name = format!("{equation} for {}", rate.name);
    let definition = format!("{text}, {alpha_text} (drawn on the loss)");
    draft.bound((&name, &definition), Quantity::TrainLoss, curve, failing);
}
