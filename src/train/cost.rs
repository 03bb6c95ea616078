//! The work of a training step.

use crate::spec::{Layers, Method};

use super::shape::{Shape, Sizes};

/// Floating-point operations of the matrix products of one gradient step.
///
/// Weight space: ΦᵀA and WΦᵀ, 4mnD. Sample space: A(ΦΦᵀ), 2mn². Neither where only V is trained.
pub fn step_flops(sample_space: bool, layers: Layers, m: usize, n: usize, embedding: usize) -> f64 {
    let (m, n, d) = (m as f64, n as f64, embedding as f64);
    let products = match (layers.hidden(), sample_space) {
        (false, _) => 0.0,
        (true, true) => 2.0 * m * n * n,
        (true, false) => 4.0 * m * n * d,
    };
    // The activation and the passes over m × n entries, in units of one multiply-add each.
    products + 20.0 * m * n
}

/// Work of a step whose features evolve by themselves, in operations of a product that take as long: sums
/// that are looked up take a third of the time of the 2mn² they stand for.
fn evolution_flops(m: usize, n: usize) -> f64 {
    let (m, n) = (m as f64, n as f64);
    2.0 / 3.0 * m * n * n + 20.0 * m * n
}

/// Work of a step of a network's training method, in operations of a product that take as long.
pub fn method_flops(shape: &Shape) -> f64 {
    let Sizes {
        neurons,
        n,
        embedding,
        ..
    } = shape.sizes;
    let [m, n, d] = [neurons, n, embedding].map(|size| size as usize);
    if shape.evolves {
        return evolution_flops(m, n);
    }
    let full = step_flops(shape.storage.is_sample_space(), shape.layers, m, n, d);
    match shape.method {
        Method::GradientDescent { .. } => full,
        Method::Sgd { batch, .. } => full * batch as f64 / n.max(1) as f64,
        // Seven slopes an inner step; at least one inner step.
        Method::GradientFlow { .. } => 7.0 * full,
        Method::LeastSquares => {
            let (m, n) = (m as f64, n as f64);
            full + 20.0 * m * n * m.min(n)
        }
    }
}
