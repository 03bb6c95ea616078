//! The embedding Φ: R^d → R^D.

use ndarray::{Array2, ArrayView2, Axis};
use rand_distr::{Distribution, StandardNormal};

use crate::data::stream::{Stream, rng};
use crate::preset::{EmbeddingSpec, EmbeddingWidth};

use super::Activation;

/// Dimension D of an embedding of inputs of dimension `d` in a network of width `m`; `None` where
/// it does not fit a machine word.
pub fn embedding_dimension(spec: EmbeddingSpec, m: usize, d: usize) -> Option<usize> {
    match spec {
        EmbeddingSpec::Identity => Some(d),
        EmbeddingSpec::Quadratic => d.checked_mul(d),
        EmbeddingSpec::RandomFeatures { width } | EmbeddingSpec::RandomLayers { width, .. } => {
            Some(match width {
                EmbeddingWidth::SameAsNetwork => m,
                EmbeddingWidth::AtMost(limit) => m.min(limit),
                EmbeddingWidth::Fixed(width) => width,
            })
        }
    }
}

/// Φ(x) of every row of `x` (points × d), points × `dimension`.
///
/// Random features are σ(z_jᵀx/√d) with z_j ~ N(0, I_d); each further layer is σ(W̄x/√D) with
/// entries of W̄ ~ N(0, 1) (Chen et al., App. H). Feature j depends on the seed, its layer and j only.
pub fn embed(
    spec: EmbeddingSpec,
    activation: Activation,
    dimension: usize,
    seed: u64,
    x: ArrayView2<'_, f64>,
) -> Array2<f64> {
    match spec {
        EmbeddingSpec::Identity => x.to_owned(),
        EmbeddingSpec::Quadratic => quadratic(x),
        EmbeddingSpec::RandomFeatures { .. } => random_layer(x, activation, dimension, seed, 0),
        EmbeddingSpec::RandomLayers { depth, .. } => {
            let first = random_layer(x, activation, dimension, seed, 0);
            (1..depth as u64).fold(first, |x, layer| {
                random_layer(x.view(), activation, dimension, seed, layer)
            })
        }
    }
}

/// vec(xxᵀ) of every row.
fn quadratic(x: ArrayView2<'_, f64>) -> Array2<f64> {
    let d = x.ncols();
    let mut phi = Array2::zeros((x.nrows(), d * d));
    for (x, mut phi) in x.outer_iter().zip(phi.outer_iter_mut()) {
        for (i, xi) in x.iter().enumerate() {
            for (j, xj) in x.iter().enumerate() {
                phi[i * d + j] = xi * xj;
            }
        }
    }
    phi
}

/// Features drawn from one random stream.
const FEATURES_PER_STREAM: usize = 64;

fn random_layer(
    x: ArrayView2<'_, f64>,
    activation: Activation,
    dimension: usize,
    seed: u64,
    layer: u64,
) -> Array2<f64> {
    let d = x.ncols();
    let scale = 1.0 / (d as f64).sqrt();
    let mut phi = Array2::zeros((x.nrows(), dimension));
    let chunks = phi.axis_chunks_iter_mut(Axis(1), FEATURES_PER_STREAM);
    for (block, mut chunk) in chunks.enumerate() {
        let mut rng = rng(seed, Stream::Embedding, (layer << 32) | block as u64);
        let z = Array2::from_shape_simple_fn((chunk.ncols(), d), || -> f64 {
            StandardNormal.sample(&mut rng)
        });
        chunk.assign(&x.dot(&z.t()).mapv(|h| activation.value(scale * h)));
    }
    phi
}

#[cfg(test)]
mod tests {
    use ndarray::array;

    use super::*;

    #[test]
    fn quadratic_embedding_is_the_outer_product() {
        let phi = quadratic(array![[1.0, 2.0]].view());
        assert_eq!(phi, array![[1.0, 2.0, 2.0, 4.0]]);
    }

    #[test]
    fn a_wider_embedding_begins_with_the_narrower_one() {
        let x = array![[1.0, -0.5, 0.2], [0.0, 1.0, 3.0]];
        let narrow = random_layer(x.view(), Activation::Tanh, 70, 3, 0);
        let wide = random_layer(x.view(), Activation::Tanh, 200, 3, 0);
        assert_eq!(narrow, wide.slice(ndarray::s![.., ..70]));
    }

    #[test]
    fn depth_one_is_the_random_features() {
        let x = array![[1.0, -0.5, 0.2]];
        let width = EmbeddingWidth::Fixed(10);
        let one = EmbeddingSpec::RandomLayers { width, depth: 1 };
        let features = EmbeddingSpec::RandomFeatures { width };
        let of = |spec| embed(spec, Activation::Relu, 10, 3, x.view());
        assert_eq!(of(one), of(features));
        assert_ne!(of(EmbeddingSpec::RandomLayers { width, depth: 2 }), of(one));
    }
}
