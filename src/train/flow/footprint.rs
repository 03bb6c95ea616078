//! Memory of gradient flow.

use crate::train::shape::{Shape, Sizes};

/// Whether σ' is held over the inner steps.
pub(in crate::train) fn minds_kinks(shape: &Shape) -> bool {
    !shape.activation.is_smooth() && shape.moved() > 0
}

/// Bytes held: the start of an inner step and its seven slopes; H, dH/dτ and σ' for the kinks.
pub(in crate::train) fn held(shape: &Shape) -> u128 {
    let Sizes {
        neurons,
        n,
        outputs,
        ..
    } = shape.sizes;
    let at_kinks = if minds_kinks(shape) { 3 * n } else { 0 };
    shape.real * neurons * (8 * (shape.moved() + outputs) + at_kinks)
}

/// Bytes within a step: A, bΔWΦᵀ and dH/dτ, and two changes of the weights, of one block a thread.
pub(in crate::train) fn passing(shape: &Shape) -> u128 {
    let columns = 3 * shape.sizes.n + 2 * shape.moved();
    shape.real * shape.threads * shape.block().max(1) * columns
}
