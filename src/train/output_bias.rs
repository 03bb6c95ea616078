//! The bias of the outputs, beside the neurons.

use ndarray::{Array1, Array2};

use crate::network::Real;

use super::Problem;

/// c in f = aVσ(H) + c, one number an output: the weight of a neuron whose value is 1 at every
/// point, not multiplied by a.
#[derive(Clone, Debug)]
pub(super) struct OutputBias<R> {
    pub(super) c: Array1<R>,
}

impl<R: Real> OutputBias<R> {
    /// c ← c − γ_V·δs·Σ_a R_a over the points of `residual` (outputs × points), where V is trained;
    /// `scaled_step` is δs.
    pub(super) fn step(&mut self, problem: &Problem<R>, scaled_step: f64, residual: &Array2<R>) {
        if !problem.layers.output() {
            return;
        }
        let scale = scaled_step * problem.output_step_factor;
        for (c, residual) in self.c.iter_mut().zip(residual.outer_iter()) {
            let sum: f64 = residual.iter().map(|r| r.double()).sum();
            *c -= R::of(scale * sum);
        }
    }

    /// Adds c to outputs, outputs × points.
    pub(super) fn add_to(&self, f: &mut Array2<f64>) {
        for (mut f, c) in f.outer_iter_mut().zip(&self.c) {
            f += c.double();
        }
    }
}
