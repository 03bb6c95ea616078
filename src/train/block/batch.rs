//! A block of neurons on a batch of the training points.

use ndarray::Array2;

use crate::network::Real;

use crate::train::columns::{
    To, add_product, entries, entries_mut, multiply, multiply_taken, zeros,
};
use crate::train::inputs::BatchInputs;
use crate::train::{BlockWeights, NeuronBlock, Problem};

use super::passes::{BackPropagate, Outputs};

/// Points of a batch with what every block needs of them.
#[derive(Clone, Debug)]
pub struct Batch<'a, R> {
    /// Indices of the points, in the order of the batch; a point may come twice.
    pub points: &'a [usize],
    /// Φ_B in weight space.
    pub inputs: BatchInputs<R>,
    /// In sample space the rows of ΦΦᵀ at the batch, B × n; else 0 × 0.
    pub rows: Array2<R>,
    /// Φ_BΦ_Bᵀ where the length of the step is wanted.
    pub gram: Option<Array2<R>>,
    /// δ·s_B, the step times the loss factor of the batch.
    pub scaled_step: f64,
}

/// A block at the points of a batch: H, σ and σ', neurons × B in column-major order.
#[derive(Clone, Debug)]
pub struct BatchValues<R> {
    h: Array2<R>,
    value: Array2<R>,
    /// Overwritten by A = (VᵀR_B) ⊙ σ'(H_B) within a step.
    slope: Array2<R>,
    /// Vσ(H_B), outputs × B.
    sums: Array2<R>,
    /// R σ(H_B)ᵀ, neurons × outputs.
    v_gradient: Array2<R>,
}

impl<R: Real> NeuronBlock<R> {
    /// Vσ(H_B) of this block, outputs × B, from the current weights: H_B = bWΦ_Bᵀ, or
    /// H0_B + bC(ΦΦᵀ)_B.
    pub fn batch_forward(&mut self, problem: &Problem<R>, batch: &Batch<'_, R>) {
        let shape = (self.neurons(), batch.points.len());
        let mut values = match self.batch.take() {
            Some(values) if values.h.dim() == shape => values,
            _ => BatchValues {
                h: zeros(shape),
                value: zeros(shape),
                slope: zeros(shape),
                sums: Array2::zeros((self.v.nrows(), shape.1)),
                v_gradient: zeros((shape.0, self.v.nrows())),
            },
        };
        self.batch_features(problem, batch, &mut values.h);
        let value = entries_mut(&mut values.value);
        let slope = entries_mut(&mut values.slope);
        problem.activation.map(entries(&values.h), value, slope);
        values.sums.fill(R::zero());
        let (Some(v), Some(sums)) = (self.v.as_slice(), values.sums.as_slice_mut()) else {
            unreachable!("V and the sums are contiguous by construction");
        };
        Outputs {
            value,
            v,
            neurons: shape.0,
            points: (shape.1, 0),
            sums,
        }
        .add();
        self.batch = Some(values);
    }

    /// What [`Self::batch_forward`] left, outputs × B.
    pub fn batch_sums(&self) -> Option<&Array2<R>> {
        self.batch.as_ref().map(|values| &values.sums)
    }

    fn batch_features(&self, problem: &Problem<R>, batch: &Batch<'_, R>, h: &mut Array2<R>) {
        match &self.weights {
            BlockWeights::Weights { w, .. } => {
                let BatchInputs {
                    varying,
                    taken,
                    constant,
                    common,
                } = &batch.inputs;
                let mut same = zeros((self.neurons(), constant.nrows()));
                multiply_taken(problem.b, constant, common, w, To::Nothing, &mut same);
                for same in same.columns() {
                    h.columns_mut()
                        .into_iter()
                        .for_each(|mut h| h.assign(&same));
                }
                multiply_taken(problem.b, varying, taken, w, To::Itself, h);
            }
            BlockWeights::Coefficients { c, .. } => {
                for (mut h, point) in h.columns_mut().into_iter().zip(batch.points) {
                    h.assign(&self.h0.column(*point));
                }
                multiply(problem.b, batch.rows.view(), c, To::Itself, h);
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
        if layers.output() {
            let (value, gradient) = (&values.value, &mut values.v_gradient);
            multiply(1.0, residual.view(), value, To::Nothing, gradient);
        }
        let mut squared_length = 0.0;
        if layers.hidden() {
            BackPropagate::new(&self.v, residual, &mut values.slope).run();
            let scale = -batch.scaled_step * problem.hidden_step_factor * problem.a * problem.b;
            self.add_to_weights(scale, &values.slope, batch);
            if let Some(gram) = &batch.gram {
                let a = &values.slope;
                squared_length = scale * scale * dot(a, &a.dot(gram)).max(0.0);
            }
        }
        if layers.output() {
            let scale = -batch.scaled_step * problem.output_step_factor * problem.a;
            self.v.scaled_add(R::of(scale), &values.v_gradient.t());
        }
        self.batch = Some(values);
        squared_length
    }

    /// W ← W + cAΦ_B, or the same on the batch's columns of C.
    fn add_to_weights(&mut self, scale: f64, a: &Array2<R>, batch: &Batch<'_, R>) {
        match &mut self.weights {
            BlockWeights::Weights { w, .. } => {
                let inputs = &batch.inputs;
                add_product(scale, None, a, &inputs.varying, Some(&inputs.taken), w);
                if !inputs.common.is_empty() {
                    let mut sum = zeros((a.nrows(), 1));
                    let ones = Array2::ones((1, a.ncols()));
                    multiply(1.0, ones.view(), a, To::Nothing, &mut sum);
                    add_product(scale, None, &sum, &inputs.constant, Some(&inputs.common), w);
                }
            }
            BlockWeights::Coefficients { c, lost, .. } => {
                *lost = None;
                for (point, a) in batch.points.iter().zip(a.columns()) {
                    c.column_mut(*point).scaled_add(R::of(scale), &a);
                }
            }
        }
    }
}

fn dot<R: Real>(x: &Array2<R>, y: &Array2<R>) -> f64 {
    x.iter().zip(y).map(|(x, y)| x.double() * y.double()).sum()
}
