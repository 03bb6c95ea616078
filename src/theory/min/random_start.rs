//! Linear networks: Lemma 1 and Theorem 2, for U and V of entries N(0, 1/h).

use crate::spec::Quantity;

use super::Facts;
use crate::theory::draft::{Draft, Failure};
use crate::theory::entries::{entries, independent};
use crate::theory::{Curve, Need, RunStart};

/// Failure probability δ in the bounds on random starts.
const DELTA: f64 = 0.1;

/// What the paper's probability 1 − δ comes to by the lemma it is drawn from.
const PROBABILITY: &str = "the ½log(2/δ) does not follow from Lemma F.1, by which it fails with a probability of up to 2e^{−¼log²(2/δ)} = 0.21 at δ = 0.1: √log(2/δ) would follow (and √(2·log(2/δ)) from Davidson and Szarek's theorem, whose exponent is −δ²/2)";

/// Lemma 1 and Theorem 2. h is the width and m the number of outputs.
pub(in crate::theory) fn random_start(draft: &mut Draft, start: &RunStart<'_>, facts: &Facts) {
    let (h, d, m) = (
        start.width as f64,
        start.dimension as f64,
        start.outputs() as f64,
    );
    let tail = (m + d).sqrt() + 0.5 * (2.0 / DELTA).ln();
    let spread = tail / h.sqrt();
    draft.at_least(
        "σ_{n+m}(U₁ᵀU₁ − VᵀV) > 1 − 2(√(m+D) + ½log(2/δ))/√h",
        format!("Lemma 1 (18) with δ = 0.1, for entries N(0, 1/h); {PROBABILITY}"),
        1.0 - 2.0 * spread,
        facts.last,
    );
    let mut failing = vec![Some(
        "bounds the limit t → ∞, not a record on the way there".to_owned(),
    )];
    failing.extend(law(draft, start));
    failing.push(independent(draft, start, "Lemma 1, Thm 2"));
    let (sigma_max, sigma_min) = (facts.sigma_max, facts.sigma_min);
    failing.push(draft.assume(
        "h",
        "width above h₀ of Thm 2: 16(√(m+D) + ½log(2/δ))², for (41), and that times m·σ₁(Σ_X)/σ_n(Σ_X)³, for (46)",
        h,
        Need::Above(16.0 * tail.powi(2) * f64::max(1.0, m * sigma_max / sigma_min.powi(3))),
    ));
    let c = (1.0 + 2.0 * sigma_max.sqrt() * start.target_norm() / sigma_min).exp();
    let curve = Curve::Constant(2.0 * c * (m + facts.rank as f64).sqrt() * spread);
    let definition = format!(
        "‖UVᵀ − Θ̂‖₂ ≤ 2C√(m+n)(√(m+D) + ½log(2/δ))/√h after training (21), with C = exp(1 + 2√σ₁(Σ_X)·‖Y‖_F/σ_n(Σ_X)) by (45) and (46), and δ = 0.1: order h^{{−1/2}}; {PROBABILITY}"
    );
    draft.bound(
        ("Thm 2", &definition),
        Quantity::MinNormDistance,
        curve,
        &failing,
    );
}

/// Notes whether U and V have entries N(0, 1/h).
fn law(draft: &mut Draft, start: &RunStart<'_>) -> [Failure; 2] {
    let root = (start.width as f64).sqrt();
    let hidden = ("ω1√h", "entries of U(0) are N(0, 1/h) (Lemma 1, Thm 2)");
    let output = ("ω2√h", "entries of V(0) are N(0, 1/h) (Lemma 1, Thm 2)");
    [
        entries(
            draft,
            start,
            hidden,
            start.omega1 * root,
            start.width * start.dimension,
        ),
        entries(
            draft,
            start,
            output,
            start.omega2 * root,
            start.width * start.outputs(),
        ),
    ]
}
