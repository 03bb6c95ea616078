//! Oymak, Soltanolkotabi, Sec. 3: only the output layer is trained.

use crate::spec::{Method, Quantity};
use crate::task::{Cancel, Cancelled};

use crate::theory::draft::{Draft, UNIT_TOLERANCE};
use crate::theory::{Curve, Extremes, Need, RunStart, value_covariance};

/// Smallest λ_min(ΦΦᵀ)/λ_max(ΦΦᵀ) that counts as full row rank in floats.
const RANK_TOLERANCE: f64 = 1e-10;

/// Theorem 3.2: the random features φ(XWᵀ) have full row rank, so that least squares fits exactly.
pub(in crate::theory) fn output_layer(
    draft: &mut Draft,
    start: &RunStart<'_>,
    cancel: &Cancel,
) -> Result<(), Cancelled> {
    let (mut features, mut covariance) = (Extremes::UNKNOWN, Extremes::UNKNOWN);
    if start.is_cheap() {
        features = Extremes::of(start.value_gram(cancel)?, cancel)?;
        let limit = value_covariance(start.activation, 1.0, start.gram);
        covariance = Extremes::of(limit, cancel)?;
    }
    draft.assume(
        "max |‖xₐ‖ − 1|",
        "unit inputs (Thm 3.2)",
        start.norm_deviation(),
        Need::AtMost(UNIT_TOLERANCE),
    );
    draft.assume(
        "λ̃(X)",
        "smallest eigenvalue of E[φ(Xw)φ(Xw)ᵀ] (Def. 3.1)",
        covariance.min,
        Need::Above(0.0),
    );
    let rank = draft.assume(
        "λ_min(ΦΦᵀ)/λ_max(ΦΦᵀ)",
        "Φ = φ(XWᵀ) has full row rank (Sec. 3)",
        features.min / features.max,
        Need::Above(RANK_TOLERANCE),
    );
    let method = (start.method != Method::LeastSquares)
        .then(|| "stated for the least-squares solution".to_owned());
    let curve = Curve::Geometric {
        start: start.loss(),
        factor: 0.0,
    };
    let definition = "zero training error once V is the least-squares solution, as soon as φ(XWᵀ) has full row rank";
    draft.bound(
        ("Sec. 3", definition),
        Quantity::TrainLoss,
        curve,
        &[rank, method],
    );
    let (n, k) = (start.n() as f64, start.width as f64);
    draft.at_least("k ≥ n", "needed for full row rank", n, k);
    draft.at_least(
        "k ≥ C log²(n)·n/λ̃(X)",
        "width of Thm 3.2, the unknown constant set to 1",
        n.ln().powi(2) * n / covariance.min,
        k,
    );
    draft.at_least(
        "λ_min(ΦΦᵀ) ≥ kλ̃(X)/2",
        "conclusion of Thm 3.2, up to the term 6B/n¹⁰⁰",
        0.5 * k * covariance.min,
        features.min,
    );
    Ok(())
}
