//! A block of neurons on a batch of the training points.

use ndarray::Array2;
use ndarray::linalg::general_mat_mul;

use crate::network::Real;

use super::block::back_propagate;
use super::{BlockWeights, NeuronBlock, Problem};

/// Points of a batch with what every block needs of them.
#[derive(Clone, Debug)]
pub struct Batch<'a, R> {
    /// Indices of the points, in the order of the batch; a point may come twice.
    pub points: &'a [usize],
    /// Φ_B (B × D) in weight space, the rows of ΦΦᵀ at the batch (B × n) in sample space.
    pub rows: Array2<R>,
    /// The same transposed, with rows that are contiguous: products with it copy less than with a
    /// view.
    pub columns: Array2<R>,
    /// Φ_BΦ_Bᵀ where the length of the step is wanted.
    pub gram: Option<Array2<R>>,
    /// δ·s_B, the step times the loss factor of the batch.
    pub scaled_step: f64,
}

/// σ and σ' of a block's features at the points of a batch, neurons × B.
#[derive(Clone, Debug)]
pub struct BatchValues<R> {
    value: Array2<R>,
    /// Overwritten by A = (VᵀR_B) ⊙ σ'(H_B) within a step.
    slope: Array2<R>,
    row: Vec<R>,
}

impl<R: Real> NeuronBlock<R> {
    /// Vσ(H_B) of this block, outputs × B, from the current weights: H_B = bWΦ_Bᵀ, or
    /// H0_B + bC(ΦΦᵀ)_B.
    pub fn batch_forward(&mut self, problem: &Problem<R>, batch: &Batch<'_, R>) -> Array2<R> {
        let shape = (self.neurons(), batch.points.len());
        let mut values = match self.batch.take() {
            Some(values) if values.value.dim() == shape => values,
            _ => BatchValues {
                value: Array2::zeros(shape),
                slope: Array2::zeros(shape),
                row: vec![R::zero(); shape.1],
            },
        };
        let h = self.batch_features(problem, batch);
        for ((h, mut value), mut slope) in h
            .outer_iter()
            .zip(values.value.outer_iter_mut())
            .zip(values.slope.outer_iter_mut())
        {
            let (Some(h), Some(value), Some(slope)) =
                (h.as_slice(), value.as_slice_mut(), slope.as_slice_mut())
            else {
                unreachable!("rows of these matrices are contiguous by construction");
            };
            problem.activation.map_row(h, value, slope);
        }
        let sum = self.v.dot(&values.value);
        self.batch = Some(values);
        sum
    }

    fn batch_features(&self, problem: &Problem<R>, batch: &Batch<'_, R>) -> Array2<R> {
        let b = R::of(problem.b);
        let shape = (self.neurons(), batch.points.len());
        match &self.weights {
            BlockWeights::Weights { w, .. } => {
                let mut h = Array2::zeros(shape);
                general_mat_mul(b, w, &batch.columns, R::zero(), &mut h);
                h
            }
            BlockWeights::Coefficients { c, .. } => {
                let mut h = Array2::from_shape_fn(shape, |(i, k)| self.h0[[i, batch.points[k]]]);
                general_mat_mul(b, c, &batch.columns, R::one(), &mut h);
                h
            }
        }
    }

    /// One gradient step on the batch of the last [`Self::batch_forward`], both layers from the old
    /// state; `residual` is f − Y at its points, outputs × B. H and σ'(H) stay behind. Gives ‖ΔW‖_F²
    /// of the block where that is wanted, else 0.
    pub fn batch_step(
        &mut self,
        problem: &Problem<R>,
        batch: &Batch<'_, R>,
        residual: &Array2<R>,
    ) -> f64 {
        let Some(mut values) = self.batch.take() else {
            return 0.0;
        };
        let layers = problem.layers;
        let output_gradient = layers.output().then(|| residual.dot(&values.value.t()));
        let mut squared_length = 0.0;
        if layers.hidden() {
            back_propagate(&self.v, residual, &mut values.row, &mut values.slope);
            let scale = -batch.scaled_step * problem.hidden_step_factor * problem.a * problem.b;
            self.add_to_weights(R::of(scale), &values.slope, batch);
            if let Some(gram) = &batch.gram {
                let a = &values.slope;
                squared_length = scale * scale * dot(a, &a.dot(gram)).max(0.0);
            }
        }
        if let Some(gradient) = output_gradient {
            let scale = -batch.scaled_step * problem.output_step_factor * problem.a;
            self.v.scaled_add(R::of(scale), &gradient);
        }
        self.batch = Some(values);
        squared_length
    }

    /// W ← W + cAΦ_B, or the same on the batch's columns of C.
    fn add_to_weights(&mut self, scale: R, a: &Array2<R>, batch: &Batch<'_, R>) {
        match &mut self.weights {
            BlockWeights::Weights { w, .. } => {
                general_mat_mul(scale, a, &batch.rows, R::one(), w);
            }
            BlockWeights::Coefficients { c, .. } => {
                for (mut c, a) in c.outer_iter_mut().zip(a.outer_iter()) {
                    for (point, a) in batch.points.iter().zip(a) {
                        c[*point] += scale * *a;
                    }
                }
            }
        }
    }
}

fn dot<R: Real>(x: &Array2<R>, y: &Array2<R>) -> f64 {
    x.iter().zip(y).map(|(x, y)| x.double() * y.double()).sum()
}
