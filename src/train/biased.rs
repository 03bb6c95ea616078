//! A network in training whose outputs have a bias.

use ndarray::{Array1, Array2};

use crate::network::Real;

use super::Trainer;
use super::output_bias::OutputBias;

impl<R: Real> Trainer<R> {
    /// The same network with the bias c (one entry an output) at its outputs, f = aVσ(H) + c, for a
    /// network that has done no step. It is trained where V is, by the same step:
    /// c ← c − γ_V·s·Σ_a R_a. Gradient flow and least squares leave it as it is.
    #[must_use]
    pub fn with_output_bias(mut self, c: &Array1<f64>) -> Self {
        let bias = OutputBias { c: c.mapv(R::of) };
        let mut f = self.fit.outputs(&self.problem.y).reversed_axes();
        bias.add_to(&mut f);
        self.fit.clear();
        self.fit.set(0, &f, self.problem.y.outer_iter());
        self.output_bias = Some(bias);
        self
    }

    /// Current bias c of the outputs, one entry an output; `None` where the network has none.
    pub fn output_bias(&self) -> Option<Array1<f64>> {
        self.output_bias.as_ref().map(|bias| bias.c.mapv(R::double))
    }

    /// f = aΣ + c from Σ = Vσ(H), outputs × points.
    pub(super) fn outputs_of(&self, mut sums: Array2<f64>) -> Array2<f64> {
        sums *= self.problem.a;
        if let Some(bias) = &self.output_bias {
            bias.add_to(&mut sums);
        }
        sums
    }
}
