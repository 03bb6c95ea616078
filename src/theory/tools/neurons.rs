//! The neurons of a network at its start, block by block.

use ndarray::Array2;
use rayon::prelude::*;

use crate::network::Real;
use crate::task::{Cancel, Cancelled};
use crate::train::Trainer;

/// Blocks of neurons with their features and output weights.
pub trait Neurons: Sync {
    /// Number of blocks.
    fn blocks(&self) -> usize;

    /// Features at the training points (neurons × n) and output weights (outputs × neurons) of block
    /// `index`, below [`Self::blocks`].
    fn block(&self, index: usize) -> (Array2<f64>, Array2<f64>);
}

impl<R: Real> Neurons for Trainer<R> {
    fn blocks(&self) -> usize {
        Trainer::blocks(self).len()
    }

    fn block(&self, index: usize) -> (Array2<f64>, Array2<f64>) {
        let block = &Trainer::blocks(self)[index];
        (block.h.mapv(R::double), block.v.mapv(R::double))
    }
}

/// Blocks whose results are held at once.
const GROUP: usize = 8;

/// Folds what `part` makes of each block's features and output weights, in the order of the blocks.
///
/// # Errors
/// [`Cancelled`] once `cancel` is raised.
pub fn fold_blocks<T: Send, S>(
    neurons: &dyn Neurons,
    cancel: &Cancel,
    start: S,
    part: impl Fn(Array2<f64>, Array2<f64>) -> T + Sync,
    mut add: impl FnMut(S, T) -> S,
) -> Result<S, Cancelled> {
    let indices: Vec<usize> = (0..neurons.blocks()).collect();
    let mut total = start;
    for group in indices.chunks(GROUP) {
        cancel.check()?;
        let parts: Vec<T> = group
            .par_iter()
            .map(|index| {
                let (h, v) = neurons.block(*index);
                part(h, v)
            })
            .collect();
        for part in parts {
            total = add(total, part);
        }
    }
    Ok(total)
}

/// Σ over the neurons of (left row)ᵀ(right row), for the two factors that `factors` makes of a block
/// (neurons × p and neurons × q).
///
/// # Errors
/// [`Cancelled`] once `cancel` is raised.
pub fn neuron_gram(
    neurons: &dyn Neurons,
    cancel: &Cancel,
    factors: impl Fn(Array2<f64>, Array2<f64>) -> (Array2<f64>, Array2<f64>) + Sync,
) -> Result<Array2<f64>, Cancelled> {
    let product = |h, v| {
        let (left, right) = factors(h, v);
        left.t().dot(&right)
    };
    let add = |sum: Option<Array2<f64>>, part: Array2<f64>| {
        Some(match sum {
            Some(sum) => sum + part,
            None => part,
        })
    };
    let total = fold_blocks(neurons, cancel, None, product, add)?;
    Ok(total.unwrap_or_else(|| Array2::zeros((0, 0))))
}
