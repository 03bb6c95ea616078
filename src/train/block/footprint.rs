//! Memory of all blocks of a network.

use crate::network::InitialWeights;
use crate::train::shape::{Shape, Sizes};

use super::passes::CHUNK;

/// Bytes held: H, H0, σ'(H) where they are held, and C and H0_test or W, W0; V, V0 and its gradient;
/// Vσ(H) and a piece of σ(H) of every block.
pub(in crate::train) fn held(shape: &Shape) -> u128 {
    let Sizes {
        neurons,
        n,
        n_test,
        outputs,
        embedding,
    } = shape.sizes;
    let points = shape.points_held();
    let weights = if shape.storage.is_sample_space() {
        neurons * (4 * n + n_test)
    } else {
        neurons * (3 * points + 2 * embedding)
    };
    let piece = (shape.block() * points).min(CHUNK as u128);
    let passes = shape.blocks() * (points * outputs + piece);
    shape.real * (weights + 3 * neurons * outputs + passes)
}

/// Bytes while they are made: a block of W(0) a thread, by rows and by columns, and the rows drawn
/// together.
pub(in crate::train) fn passing(shape: &Shape) -> u128 {
    let embedding = shape.sizes.embedding;
    let block = 2 * shape.block() * embedding * shape.real;
    shape.threads * (block + 8 * InitialWeights::doubles_drawn(embedding))
}
