//! The embedding Φ: R^d → R^D.

use ndarray::{Array2, ArrayView2, Axis};
use rand_distr::{Distribution, StandardNormal};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::random::stream::{Stream, rng};

use super::Activation;

/// Embedding Φ: R^d → R^D.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub enum EmbeddingSpec {
    /// Φ(x) = x.
    #[default]
    Identity,
    /// Φ(x) = vec(xxᵀ), D = d².
    Quadratic,
    /// Φ_j(x) = σ(z_jᵀx/√d), z_j ~ N(0, I): with it the network is the P-3L of Chen et al. (4)(5).
    RandomFeatures {
        /// Number of features D.
        width: EmbeddingWidth,
    },
    /// `depth` layers of random features (Chen et al., App. H); depth 1 is [`Self::RandomFeatures`].
    RandomLayers {
        /// Width D of every layer.
        width: EmbeddingWidth,
        /// Number of random layers.
        depth: usize,
    },
}

impl EmbeddingSpec {
    /// Copies of Φ of one set that [`embed`] holds for a moment: one more where a layer is put on top; inputs
    /// that are not embedded are taken as they are.
    pub fn copies(self) -> u128 {
        match self {
            Self::Identity => 0,
            Self::RandomLayers { depth, .. } if depth > 1 => 2,
            Self::Quadratic | Self::RandomFeatures { .. } | Self::RandomLayers { .. } => 1,
        }
    }
}

/// Width D of a random embedding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub enum EmbeddingWidth {
    /// D = m.
    SameAsNetwork,
    /// D = min(m, limit).
    AtMost(usize),
    /// D as given.
    Fixed(usize),
}

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
///
/// # Errors
/// What `go_on` returns; it is asked before every few features.
pub fn embed<E: Send>(
    spec: EmbeddingSpec,
    activation: Activation,
    dimension: usize,
    seed: u64,
    x: ArrayView2<'_, f64>,
    go_on: impl Fn() -> Result<(), E> + Sync,
) -> Result<Array2<f64>, E> {
    let depth = match spec {
        EmbeddingSpec::Identity => return Ok(x.to_owned()),
        EmbeddingSpec::Quadratic => return Ok(quadratic(x)),
        EmbeddingSpec::RandomFeatures { .. } => 1,
        EmbeddingSpec::RandomLayers { depth, .. } => depth as u64,
    };
    let layer = |x: ArrayView2<'_, f64>, layer| {
        random_layer(x, activation, dimension, (seed, layer), &go_on)
    };
    let first = layer(x, 0)?;
    (1..depth).try_fold(first, |x, index| layer(x.view(), index))
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

fn random_layer<E: Send>(
    x: ArrayView2<'_, f64>,
    activation: Activation,
    dimension: usize,
    (seed, layer): (u64, u64),
    go_on: &(impl Fn() -> Result<(), E> + Sync),
) -> Result<Array2<f64>, E> {
    let d = x.ncols();
    let scale = 1.0 / (d as f64).sqrt();
    let mut phi = Array2::zeros((x.nrows(), dimension));
    let chunks: Vec<_> = phi
        .axis_chunks_iter_mut(Axis(1), FEATURES_PER_STREAM)
        .collect();
    chunks
        .into_par_iter()
        .enumerate()
        .try_for_each(|(block, mut chunk)| {
            go_on()?;
            let mut rng = rng(seed, Stream::Embedding, (layer << 32) | block as u64);
            let z = Array2::from_shape_simple_fn((chunk.ncols(), d), || -> f64 {
                StandardNormal.sample(&mut rng)
            });
            chunk.assign(&x.dot(&z.t()).mapv(|h| activation.value(scale * h)));
            Ok(())
        })?;
    Ok(phi)
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

    fn features(spec: EmbeddingSpec, dimension: usize) -> Array2<f64> {
        let x = array![[1.0, -0.5, 0.2], [0.0, 1.0, 3.0]];
        let go_on = || Ok::<(), ()>(());
        embed(spec, Activation::Tanh, dimension, 3, x.view(), go_on).unwrap()
    }

    #[test]
    fn a_wider_embedding_begins_with_the_narrower_one() {
        let of = |width| {
            let spec = EmbeddingSpec::RandomFeatures {
                width: EmbeddingWidth::Fixed(width),
            };
            features(spec, width)
        };
        assert_eq!(of(70), of(200).slice(ndarray::s![.., ..70]));
    }

    #[test]
    fn depth_one_is_the_random_features() {
        let width = EmbeddingWidth::Fixed(10);
        let layers = |depth| features(EmbeddingSpec::RandomLayers { width, depth }, 10);
        assert_eq!(
            features(EmbeddingSpec::RandomFeatures { width }, 10),
            layers(1)
        );
        assert_ne!(layers(2), layers(1));
    }

    #[test]
    fn an_abandoned_embedding_ends_with_the_reason() {
        let spec = EmbeddingSpec::RandomFeatures {
            width: EmbeddingWidth::Fixed(10),
        };
        let x = array![[1.0]];
        let stop = || Err("enough");
        assert_eq!(
            embed(spec, Activation::Relu, 10, 3, x.view(), stop),
            Err("enough")
        );
    }
}
