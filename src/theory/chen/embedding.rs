//! Chen, Vanden-Eijnden, Bruna: random embeddings.

use crate::spec::EmbeddingSpec;
use crate::task::{Cancel, Cancelled};

use super::DELTA;
use crate::theory::draft::Draft;
use crate::theory::{Extremes, Need, RunStart, value_covariance};

/// Ḡ of random embeddings (23) and the dimension that Thm 3 asks for.
pub(in crate::theory) fn embedding(
    draft: &mut Draft,
    start: &RunStart<'_>,
    cancel: &Cancel,
) -> Result<(), Cancelled> {
    let depth = match start.embedding {
        EmbeddingSpec::Identity | EmbeddingSpec::Quadratic => return Ok(()),
        EmbeddingSpec::RandomFeatures { .. } => 1,
        EmbeddingSpec::RandomLayers { depth, .. } => depth,
    };
    if !start.is_small() {
        return Ok(());
    }
    let d = start.x.ncols().max(1) as f64;
    let inputs = start.x.dot(&start.x.t());
    let first = value_covariance(start.activation, 1.0 / d, &inputs);
    let limit = (1..depth).fold(first, |g, _| value_covariance(start.activation, 1.0, &g));
    let least = Extremes::of(limit, cancel)?.min;
    draft.assume(
        "λ_min(Ḡ)",
        "smallest eigenvalue of the limit of G over the random embedding (23) (Assumption 4)",
        least,
        Need::Above(0.0),
    );
    let n = start.n() as f64;
    draft.at_least(
        "D ≥ C₂n² log(n/δ)/λ_min(Ḡ)²",
        "dimension of Thm 3 with δ = 0.1, the unknown constant set to 1",
        n * n * (n / DELTA).ln() / (least * least),
        start.dimension as f64,
    );
    Ok(())
}
