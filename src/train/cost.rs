//! The cost model that chooses the representation.

use crate::spec::{Layers, Representation};

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
pub fn evolution_flops(m: usize, n: usize) -> f64 {
    let (m, n) = (m as f64, n as f64);
    2.0 / 3.0 * m * n * n + 20.0 * m * n
}

/// Whether to train in sample space: as asked, or the cheaper of the two.
pub fn choose_sample_space(
    asked: Representation,
    layers: Layers,
    n: usize,
    embedding: usize,
) -> bool {
    match asked {
        Representation::SampleSpace | Representation::Reduced => true,
        Representation::WeightSpace => false,
        Representation::Auto => {
            let cost = |sample_space| step_flops(sample_space, layers, 1, n, embedding);
            // Where both cost the same, weight space moves fewer numbers.
            cost(true) < cost(false)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_features_few_points_is_sample_space() {
        assert!(choose_sample_space(
            Representation::Auto,
            Layers::Hidden,
            600,
            8192
        ));
        assert!(!choose_sample_space(
            Representation::Auto,
            Layers::Hidden,
            600,
            20
        ));
        assert!(!choose_sample_space(
            Representation::WeightSpace,
            Layers::Hidden,
            600,
            8192
        ));
    }
}
