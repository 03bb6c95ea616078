//! Du et al.: both layers trained jointly, and the widths asked for.

use std::f64::consts::PI;

use crate::spec::Quantity;
use crate::task::{Cancel, Cancelled};

use super::{FLIPS, Kernels, exponential, frobenius, kernel_change, radius};
use crate::theory::draft::{Draft, Failure, only_flow};
use crate::theory::flips::{flip_shares, largest_feature};
use crate::theory::{Curve, Need, RunStart};

/// Failure probability δ in the required widths.
const DELTA: f64 = 0.1;

/// Theorem 3.3: both layers under gradient flow, with the radii of Appendix A.1 on the actual start.
pub(in crate::theory) fn joint(
    draft: &mut Draft,
    start: &RunStart<'_>,
    kernels: &Kernels,
    common: &[Failure],
    cancel: &Cancel,
) -> Result<(), Cancelled> {
    let lambda = kernels.limit.min;
    let weight_radius = radius(start, lambda, 4.0);
    let shares = flip_shares(start, weight_radius, cancel)?;
    let largest = largest_feature(start, cancel)?;
    let output_radius = radius(start, lambda, 2.0) * (largest + weight_radius);
    let change = kernel_change(start, &shares) * (1.0 + output_radius).powi(2)
        + (2.0 * output_radius + output_radius.powi(2)) * frobenius(start.gram);
    let mut failing = common.to_vec();
    failing.push(draft.assume(
        "R′_a",
        "|aᵣ(t) − aᵣ(0)| ≤ R′_a = 2√n‖y − u(0)‖(max |wᵣ(0)·xₐ| + R′_w)/(√m·λ₀), at most 1 so that |aᵣ| ≤ 2 (App. A.1)",
        output_radius,
        Need::AtMost(1.0),
    ));
    failing.push(draft.assume(
        "λ_min(H(0)) − ‖ΔH‖_F",
        format!("H keeps half of λ₀ within both radii (Lemma A.3, checked on the weights): ‖ΔH‖_F from {FLIPS}, and from a² − 1"),
        kernels.start.min - change,
        Need::Above(0.5 * lambda),
    ));
    failing.push(only_flow(start.method));
    let definition = "‖u(t) − y‖² ≤ e^{−λ₀t}·‖u(0) − y‖², both layers trained";
    let curve = exponential(start, lambda);
    draft.bound(
        ("Thm 3.3", definition),
        Quantity::TrainLoss,
        curve,
        &failing,
    );
    let definition = "‖wᵣ(t) − wᵣ(0)‖ ≤ R′_w = 4√n‖y − u(0)‖/(√m·λ₀)";
    let curve = Curve::Constant(weight_radius);
    draft.bound(
        ("Lemma A.4", definition),
        Quantity::MaxNeuronDistance,
        curve,
        &failing,
    );
    Ok(())
}

/// Widths of the theorems, their unknown constants set to 1.
pub(in crate::theory) fn widths(draft: &mut Draft, start: &RunStart<'_>, lambda: f64, both: bool) {
    let (n, m) = (start.n() as f64, start.width as f64);
    let factor = if both { (m / DELTA).ln() } else { 1.0 };
    draft.at_least(
        if both {
            "m ≳ n⁶ log(m/δ)/(λ₀⁴δ³)"
        } else {
            "m ≳ n⁶/(λ₀⁴δ³)"
        },
        "width of Thms 3.2, 3.3 and 4.1 with failure probability δ = 0.1, the unknown constant set to 1",
        n.powi(6) * factor / (lambda.powi(4) * DELTA.powi(3)),
        m,
    );
    draft.at_least(
        "m ≳ n² log(n/δ)/λ₀²",
        "width of Lemma 3.1 with δ = 0.1, the unknown constant set to 1",
        n * n * (n / DELTA).ln() / (lambda * lambda),
        m,
    );
    draft.at_most(
        "R′ < R",
        "Lemma 3.4 with R = √(2π)·δλ₀/(16n²), the constant that the proof of Lemma 3.2 gives, δ = 0.1; R′ as for gradient flow",
        (2.0 * PI).sqrt() * DELTA * lambda / (16.0 * n * n),
        radius(start, lambda, 2.0),
    );
}
