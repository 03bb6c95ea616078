//! The weights of a network in training, as whole matrices.

use ndarray::Array2;

use crate::network::Real;

use super::Trainer;
use super::shape::{Shape, Sizes};

impl<R: Real> Trainer<R> {
    /// Current hidden weights W, m × D.
    pub fn hidden_weights(&self) -> Array2<f64> {
        let rows = self.initial.width();
        let mut w = Array2::zeros((rows, self.problem.embedding()));
        for block in &self.blocks {
            let range = block.first..block.first + block.neurons();
            let rows = block.hidden_weights(self.initial.rows(range.clone()), &self.problem);
            w.slice_mut(ndarray::s![range, ..])
                .assign(&rows.mapv(R::double));
        }
        match &self.reduction {
            Some(reduction) => {
                let start = self.initial.rows::<R>(0..rows).mapv(R::double);
                reduction.hidden_weights(&(w - start))
            }
            None => w,
        }
    }

    /// ‖W(0)‖_F.
    pub fn initial_weight_norm(&self) -> f64 {
        self.squared_initial_norm.sqrt()
    }

    /// Current output weights V, outputs × m.
    pub fn output_weights(&self) -> Array2<f64> {
        let mut v = Array2::zeros((self.problem.outputs(), self.initial.width()));
        for block in &self.blocks {
            let range = block.first..block.first + block.neurons();
            v.slice_mut(ndarray::s![.., range])
                .assign(&block.v.mapv(R::double));
        }
        match &self.reduction {
            Some(reduction) => reduction.output_weights(&v),
            None => v,
        }
    }
}

/// Bytes while the weights of the whole network are made, beside themselves.
pub fn passing(shape: &Shape) -> u128 {
    let Sizes {
        neurons, embedding, ..
    } = shape.sizes;
    let block = 24 * shape.block() * embedding;
    if shape.is_reduced {
        block + 16 * (shape.width + neurons) * embedding
    } else {
        block
    }
}
