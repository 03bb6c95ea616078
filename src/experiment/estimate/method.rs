//! Memory and work that a training method asks for beside what every network holds.

use crate::simd::LINE;
use crate::spec::{BatchOrder, Method};
use crate::train::BLOCK;

/// What they depend on.
#[derive(Clone, Copy, Debug)]
pub(in crate::experiment) struct MethodShape {
    /// The method.
    pub method: Method,
    /// Neurons iterated on.
    pub neurons: u128,
    /// Training points n.
    pub n: u128,
    /// Outputs.
    pub outputs: u128,
    /// Columns of what training moves: D in weight space, n in sample space, 0 where W is fixed.
    pub moved: u128,
    /// Whether σ' jumps.
    pub has_kink: bool,
    /// Bytes of a float.
    pub real: u128,
    /// Steps of the run.
    pub steps: u128,
    /// Threads at work.
    pub threads: u128,
}

impl MethodShape {
    /// Bytes held throughout the run.
    pub fn held(self) -> u128 {
        match self.method {
            Method::GradientDescent { .. } | Method::LeastSquares => 0,
            // H, σ and σ' at the batch, its inputs, Vσ(H) of every block and V's gradient; the order of an epoch,
            // or all batches given.
            Method::Sgd { batch, order, .. } => {
                let batch = batch as u128;
                let indices = if order == BatchOrder::Given {
                    batch * self.steps
                } else {
                    self.n
                };
                let blocks = self.neurons.div_ceil(BLOCK as u128);
                let outputs = self.outputs * (self.neurons + blocks * batch);
                let inputs = batch * self.moved;
                self.real * (3 * self.neurons * batch + inputs + outputs) + 8 * indices
            }
            // The start of an inner step and its seven slopes; H, dH/dτ and σ' for the kinks.
            Method::GradientFlow { .. } => {
                let at_kinks = if self.minds_kinks() { 3 * self.n } else { 0 };
                self.real * self.neurons * (8 * (self.moved + self.outputs) + at_kinks)
            }
        }
    }

    /// Bytes of a saved state: what training moves and V; of gradient flow their first slopes too, and
    /// σ' for the kinks; the linearized twin's modes, or its two states.
    pub fn saved(self) -> u128 {
        let weights = self.moved + self.outputs;
        let floats = match self.method {
            Method::GradientFlow { .. } if self.minds_kinks() => 2 * weights + self.n,
            Method::GradientFlow { .. } => 2 * weights,
            _ => weights,
        };
        self.real * self.neurons * floats + 40 * self.n * self.outputs
    }

    /// Whether gradient flow holds σ' over its inner steps.
    fn minds_kinks(self) -> bool {
        self.has_kink && self.moved > 0
    }

    /// Most bytes needed for a moment within a step.
    pub fn passing(self) -> u128 {
        let block = (BLOCK as u128).min(self.neurons).max(1);
        match self.method {
            // Vσ(H) of blocks that are added up, of each block at most, in whole lines.
            Method::GradientDescent { .. } => {
                let sums = self.real * self.n * self.outputs + LINE as u128;
                self.neurons.div_ceil(block) * sums
            }
            // The batch's rows and their inner products, and its outputs.
            Method::Sgd { batch, .. } => {
                let batch = batch as u128;
                let rows = batch * (self.moved.max(self.n) + batch);
                self.real * rows + 16 * self.outputs * batch
            }
            // A, bΔWΦᵀ and dH/dτ, and two changes of the weights, of one block a thread.
            Method::GradientFlow { .. } => {
                self.real * self.threads * block * (3 * self.n + 2 * self.moved)
            }
            // aσ(H), the solver's copy and workspace, and both sets of singular vectors twice.
            Method::LeastSquares => {
                let (m, n) = (self.neurons, self.n);
                let rank = m.min(n);
                8 * (4 * m * n + 3 * rank * (m + n) + 2 * self.outputs * (m + n))
            }
        }
    }

    /// Floating-point operations of a step, from those of a step of full-batch gradient descent.
    pub fn flops(self, full: f64) -> f64 {
        match self.method {
            Method::GradientDescent { .. } => full,
            Method::Sgd { batch, .. } => full * batch as f64 / self.n.max(1) as f64,
            // Seven slopes an inner step; at least one inner step.
            Method::GradientFlow { .. } => 7.0 * full,
            Method::LeastSquares => {
                let (m, n) = (self.neurons as f64, self.n as f64);
                full + 20.0 * m * n * m.min(n)
            }
        }
    }
}
