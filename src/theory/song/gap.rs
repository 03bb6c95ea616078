//! Song et al.: the lazy gap, and the widths asked for.

use crate::spec::Quantity;

use super::Facts;
use crate::theory::draft::Draft;
use crate::theory::{Curve, RunStart, hermite_coefficients};

/// (82) with Lemma 3's numbers, χ_max from (84), and its order for ω1 ≫ ω2 (85).
pub(in crate::theory) fn lazy_gap(draft: &mut Draft, start: &RunStart<'_>, facts: &Facts) {
    let unknown = Some(
        "the constant is unknown and set to 1, so the curve shows the order, not a guarantee"
            .to_owned(),
    );
    let chi = facts.nu * facts.misfit / facts.mu.powi(2) + facts.v;
    let measured = facts.beta(chi) / facts.nu.powi(2);
    let (n, m) = (start.n() as f64, start.width as f64);
    let c0 = hermite_coefficients(start.activation, 1)[0];
    let features = start.omega1 * c0 * (m * n).sqrt();
    let lazy = 2f64.sqrt() * facts.x * (facts.slope + start.omega2 * facts.curvature * m.sqrt())
        / features.powi(2);
    let sets = [
        ("training", Quantity::LazyGapTrain),
        ("test", Quantity::LazyGapTest),
    ];
    for (set, quantity) in sets {
        let failing = [unknown.clone()];
        let name = format!("(83)(84) {set}");
        let definition = "‖f − f̄‖ ≲ β_Φ/ν_Φ², χ_max = ν_Φ√h(w₀)/μ_Φ² + σ_max(V(0))";
        draft.bound(
            (&name, definition),
            quantity,
            Curve::Constant(measured),
            &failing,
        );
        let regime = (start.omega1 <= start.omega2 || c0 == 0.0)
            .then(|| "stated for ω1 ≫ ω2 and an activation that is not odd".to_owned());
        let name = format!("(85) {set}");
        let definition = "‖f − f̄‖ ≲ √2σ_max(X)(max|φ′| + ω2·max|φ″|√d₁)/(ω1c₀√(d₁n))²";
        draft.bound(
            (&name, definition),
            quantity,
            Curve::Constant(lazy),
            &[unknown.clone(), regime],
        );
    }
}

/// What the paper asks of the start and of the width.
pub(in crate::theory) fn requirements(draft: &mut Draft, start: &RunStart<'_>, facts: &Facts) {
    let (n, m, d) = (start.n() as f64, start.width as f64, start.dimension as f64);
    let beta = facts.beta(facts.v + 2.0 * facts.misfit / facts.mu);
    draft.at_most(
        "h(w₀) ≲ α_fμ_Φ⁶/(β_Φ²ν_Φ²)",
        "Thms 1 and 2 (9), α_f = 2, the unknown constant set to 1",
        2.0 * facts.mu.powi(6) / (beta * facts.nu).powi(2),
        facts.misfit.powi(2),
    );
    draft.at_most(
        "ω1ω2 ≲ 1/√(d₀d₁)",
        "Thm 3 (19), the unknown constant set to 1",
        1.0 / (d * m).sqrt(),
        start.omega1 * start.omega2,
    );
    draft.at_least(
        "d₁ ≳ √n·σ_max(X)²/σ_min(X∗X)³",
        "Thm 3 (20) for t = 2, read from (77); ξ and the unknown constant set to 1",
        n.sqrt() * facts.x.powi(2) / facts.khatri_rao.powi(3),
        m,
    );
    draft.at_least(
        "d₁ ≳ n^{3/2}/d₀",
        "order of (20) on generic data (21), the unknown constant set to 1",
        n.powf(1.5) / d,
        m,
    );
    table(draft, (n, m, d), facts.relu_covariance);
}

/// Failure probability δ in Du et al.'s width.
const DELTA: f64 = 0.1;

/// What the other works of Table 1 that speak of depth 2 ask of the width; the table itself counts
/// parameters.
fn table(draft: &mut Draft, (n, m, d): (f64, f64, f64), lambda: f64) {
    draft.at_least(
        "d₁ ≳ n²/d₀",
        "Table 1 beside it: Oymak and Soltanolkotabi's d₀d₁ ≳ n², smooth activations, W trained, the unknown constant set to 1",
        n * n / d,
        m,
    );
    draft.at_least(
        "d₁ ≳ n⁴/d₀³",
        "Table 1 beside it: theirs for ReLU, d₀d₁ ≳ n⁴/d₀², W trained, the unknown constant set to 1",
        n.powi(4) / d.powi(3),
        m,
    );
    draft.at_least(
        "d₁ ≳ n⁶/(λ₀⁴δ³)",
        "Table 1 beside it: Du et al.'s for ReLU, λ₀ = λ_min(H^∞) of these points, δ = 0.1, the unknown constant set to 1",
        n.powi(6) / (lambda.powi(4) * DELTA.powi(3)),
        m,
    );
}
