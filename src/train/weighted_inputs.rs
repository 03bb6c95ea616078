//! The inputs, each point's times its residual.

use ndarray::Array2;

use crate::network::Real;

use super::shape::Shape;
use super::{Problem, Storage};

/// From so many inputs on, a pass over all of them costs more than what it saves.
const FEW_INPUTS: usize = 128;

/// diag(R)Φ of a step, n × D. With one output AΦ = diag(v)σ'(H)diag(R)Φ, and with few
/// inputs scaling Φ is cheaper than scaling σ'(H).
#[derive(Clone, Debug)]
pub(super) struct WeightedInputs<R>(Option<Array2<R>>);

impl<R: Real> WeightedInputs<R> {
    /// Of a problem that they are for, else nothing.
    pub(super) fn new(problem: &Problem<R>, storage: Storage) -> Self {
        let are_few = problem.outputs() == 1 && problem.embedding() < FEW_INPUTS;
        let in_weight_space = storage.has_features() && !storage.is_sample_space();
        let wanted = are_few && in_weight_space && problem.layers.hidden();
        Self(wanted.then(|| Array2::zeros(problem.phi.raw_dim())))
    }

    /// Takes a residual, 1 × n.
    pub(super) fn update(&mut self, phi: &Array2<R>, residual: &Array2<R>) {
        let Some(weighted) = &mut self.0 else {
            return;
        };
        let (width, phi) = (phi.ncols().max(1), phi.as_standard_layout());
        let (Some(weighted), Some(phi)) = (weighted.as_slice_mut(), phi.as_slice()) else {
            unreachable!("matrices in standard layout are contiguous");
        };
        let rows = weighted
            .chunks_exact_mut(width)
            .zip(phi.chunks_exact(width));
        for ((weighted, phi), r) in rows.zip(residual) {
            for (weighted, x) in weighted.iter_mut().zip(phi) {
                *weighted = *r * *x;
            }
        }
    }

    /// diag(R)Φ of the last residual.
    pub(super) fn get(&self) -> Option<&Array2<R>> {
        self.0.as_ref()
    }

    /// Floats held.
    pub(super) fn floats(&self) -> usize {
        self.0.as_ref().map_or(0, Array2::len)
    }
}

/// Bytes of them at most.
pub(super) fn held(shape: &Shape) -> u128 {
    let few = shape.sizes.embedding.min(FEW_INPUTS as u128);
    shape.real * shape.sizes.n * few
}
