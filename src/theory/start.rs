//! The start of a run: what the papers' theorems are evaluated on.

use ndarray::{Array2, ArrayView2};

use crate::network::{Activation, Real};
use crate::spec::{EmbeddingSpec, Layers, Method};
use crate::task::{Cancel, Cancelled};
use crate::train::Trainer;

use super::tools::neurons::{Neurons, neuron_gram};

/// Largest n·outputs of which kernels are decomposed for the theory.
pub const LARGEST_SIDE: usize = 1024;

/// Most multiplications spent on one kernel of the theory.
const LARGEST_WORK: f64 = 4e9;

/// The start of a run.
#[derive(Clone, Copy)]
pub struct RunStart<'a> {
    /// Training inputs x before the embedding, n × d.
    pub x: ArrayView2<'a, f64>,
    /// Training targets Y, n × outputs.
    pub y: ArrayView2<'a, f64>,
    /// ΦΦᵀ, n × n.
    pub gram: &'a Array2<f64>,
    /// The neurons.
    pub neurons: &'a dyn Neurons,
    /// ‖f − Y‖_F².
    pub squared_residual: f64,
    /// Width m.
    pub width: usize,
    /// Embedding dimension D, with the constant feature of a bias.
    pub dimension: usize,
    /// Embedding Φ.
    pub embedding: EmbeddingSpec,
    /// Activation σ.
    pub activation: Activation,
    /// Output factor a.
    pub a: f64,
    /// Input factor b.
    pub b: f64,
    /// Step of W per unit of δ.
    pub hidden_step_factor: f64,
    /// Step of V per unit of δ.
    pub output_step_factor: f64,
    /// Loss factor s in (s/2)·‖f − Y‖².
    pub loss_factor: f64,
    /// Layers trained.
    pub layers: Layers,
    /// Training method with its step δ.
    pub method: Method,
    /// Standard deviation ω1 of W(0); of given entries the root mean square.
    pub omega1: f64,
    /// Size ω2 of V(0), likewise.
    pub omega2: f64,
    /// Whether the initial weights are given, not drawn.
    pub is_given: bool,
    /// Whether half of the neurons repeat the other half with opposite output weights.
    pub is_symmetrized: bool,
    /// The distance ε from 1 to the next number of the precision of training.
    pub epsilon: f64,
    /// Output weights V(0), outputs × m.
    pub v: &'a Array2<f64>,
}

impl<'a> RunStart<'a> {
    /// The start of a trainer that has done no step, not symmetrized; `x` and `y` are its data before
    /// the embedding.
    pub fn new<R: Real>(
        trainer: &'a Trainer<R>,
        v: &'a Array2<f64>,
        (x, y): (ArrayView2<'a, f64>, ArrayView2<'a, f64>),
        (embedding, method): (EmbeddingSpec, Method),
        (omega1, omega2, is_given): (f64, f64, bool),
    ) -> Self {
        let problem = trainer.problem();
        Self {
            x,
            y,
            gram: trainer.gram(),
            neurons: trainer,
            squared_residual: trainer.squared_residual(),
            width: trainer.width(),
            dimension: problem.embedding(),
            embedding,
            activation: problem.activation,
            a: problem.a,
            b: problem.b,
            hidden_step_factor: problem.hidden_step_factor,
            output_step_factor: problem.output_step_factor,
            loss_factor: problem.loss_factor,
            layers: problem.layers,
            method,
            omega1,
            omega2,
            is_given,
            is_symmetrized: false,
            epsilon: R::EPSILON,
            v,
        }
    }

    /// Neurons drawn by themselves: all, or without those that repeat another.
    pub fn independent_neurons(&self) -> usize {
        let repeated = if self.is_symmetrized {
            self.width / 2
        } else {
            0
        };
        self.width - repeated
    }

    /// Training points n.
    pub fn n(&self) -> usize {
        self.y.nrows()
    }

    /// Outputs.
    pub fn outputs(&self) -> usize {
        self.y.ncols()
    }

    /// ‖Y‖_F.
    pub fn target_norm(&self) -> f64 {
        self.y.iter().map(|y| y * y).sum::<f64>().sqrt()
    }

    /// ‖f − Y‖_F.
    pub fn residual_norm(&self) -> f64 {
        self.squared_residual.sqrt()
    }

    /// Training loss (s/2)·‖f − Y‖_F².
    pub fn loss(&self) -> f64 {
        0.5 * self.loss_factor * self.squared_residual
    }

    /// Step on ½‖f − Y‖² that does what δ does on the run's loss: δs.
    pub fn step_on_half(&self) -> f64 {
        self.method.step().unwrap_or(f64::NAN) * self.loss_factor
    }

    /// Whether kernels of side n·outputs are decomposed.
    pub fn is_small(&self) -> bool {
        self.n().saturating_mul(self.outputs()) <= LARGEST_SIDE
    }

    /// Whether a sum of m products of n × n is affordable at a start.
    pub fn is_cheap(&self) -> bool {
        let n = self.n() as f64;
        self.is_small() && self.width as f64 * n * n <= LARGEST_WORK
    }

    /// max_a |‖x_a‖ − 1| of the embedded points.
    pub fn norm_deviation(&self) -> f64 {
        let norms = self.gram.diag().mapv(|q| (q.max(0.0).sqrt() - 1.0).abs());
        norms.iter().fold(0.0, |m, x| f64::max(m, *x))
    }

    /// max and min of |v|.
    pub fn output_sizes(&self) -> (f64, f64) {
        let sizes = self.v.iter().map(|v| v.abs());
        sizes.fold((0.0, f64::INFINITY), |(max, min), v| {
            (f64::max(max, v), f64::min(min, v))
        })
    }

    /// J_W J_Wᵀ of one output: (ab)²·Σ_r v_r² σ'(h_ra)σ'(h_rb)·⟨Φ_a, Φ_b⟩.
    ///
    /// # Errors
    /// [`Cancelled`] once `cancel` is raised.
    pub fn hidden_kernel(&self, cancel: &Cancel) -> Result<Array2<f64>, Cancelled> {
        let sum = neuron_gram(self.neurons, cancel, |h, v| {
            let mut slopes = h.mapv(|z| self.activation.derivative(z));
            for (mut row, v) in slopes.outer_iter_mut().zip(v.row(0)) {
                row *= *v;
            }
            (slopes.clone(), slopes)
        })?;
        let factor = (self.a * self.b).powi(2);
        Ok(sum * self.gram * factor)
    }

    /// σ(H)ᵀσ(H), n × n.
    ///
    /// # Errors
    /// [`Cancelled`] once `cancel` is raised.
    pub fn value_gram(&self, cancel: &Cancel) -> Result<Array2<f64>, Cancelled> {
        neuron_gram(self.neurons, cancel, |h, _| {
            let values = h.mapv(|z| self.activation.value(z));
            (values.clone(), values)
        })
    }

    /// VVᵀ, outputs × outputs.
    pub fn output_gram(&self) -> Array2<f64> {
        self.v.dot(&self.v.t())
    }
}
