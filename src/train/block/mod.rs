//! A block of neurons: all that one thread needs for a training step.
//!
//! Blocks have a fixed size and are reduced in order, so results do not depend on the number of
//! threads.

pub(super) mod batch;
pub(super) mod flow;
pub(super) mod footprint;
pub(super) mod kinks;
pub(super) mod passes;

use ndarray::{Array2, ArrayView2, Axis};

use crate::network::Real;
use crate::simd::Aligned;

use super::columns::{To, add_product, by_columns, entries, entries_mut, multiply, zeros};
use super::{BLOCK, Problem, Storage};
use batch::BatchValues;
use flow::FlowState;
use kinks::KinkState;
use passes::{BackPropagate, Forward, Outputs, points_per_chunk};

/// State of up to [`BLOCK`] neurons. Matrices of neurons × something are in column-major order.
#[derive(Clone, Debug)]
pub struct NeuronBlock<R> {
    /// Index of the first neuron.
    pub first: usize,
    /// Features H at the training points, neurons × n; neurons × 0 where they are not held.
    pub h: Array2<R>,
    /// The same at the start.
    pub h0: Array2<R>,
    /// σ'(H), neurons × n. Overwritten by (VᵀR) ⊙ σ'(H) within a step.
    pub slope: Array2<R>,
    /// Output weights, outputs × neurons.
    pub v: Array2<R>,
    /// The same at the start.
    pub v0: Array2<R>,
    /// Hidden weights in one of the two representations.
    pub weights: BlockWeights<R>,
    /// Gradient of V without the steps, outputs × neurons.
    pub(super) v_gradient: Array2<R>,
    /// Vσ(H) of this block after [`Self::forward`], outputs × n; of every other block with that of the next.
    pub(super) sums: Array2<R>,
    /// σ of all neurons at some training points.
    pub(super) value: Aligned<R>,
    /// σ and σ' at the points of the batch in work; `None` before the first batch.
    pub(super) batch: Option<BatchValues<R>>,
    /// The inner step of gradient flow; `None` under other methods.
    pub(super) flow: Option<Box<FlowState<R>>>,
    /// σ' held over the inner step; `None` where σ has no kink.
    pub(super) kinks: Option<Box<KinkState<R>>>,
}

/// Hidden weights of a block.
#[derive(Clone, Debug)]
pub enum BlockWeights<R> {
    /// W itself, neurons × D, and its start.
    Weights {
        /// W.
        w: Array2<R>,
        /// W at the start.
        w0: Array2<R>,
    },
    /// C in W = W0 + CΦ, neurons × n, and the test features at the start.
    Coefficients {
        /// C.
        c: Array2<R>,
        /// Features at the test points at the start, neurons × n_test.
        h0_test: Array2<R>,
        /// What rounding takes off H, neurons × n, where features evolve by themselves; else `None`.
        lost: Option<Array2<R>>,
    },
}

/// What a block needs of the others to do a step.
#[derive(Clone, Copy, Debug)]
pub struct StepInput<'a, R> {
    /// The problem.
    pub problem: &'a Problem<R>,
    /// ΦΦᵀ, n × n; used in sample space only.
    pub gram: &'a Array2<R>,
    /// Residual R = f − Y, outputs × n.
    pub residual: &'a Array2<R>,
    /// diag(R)Φ where there is one output and few inputs, n × D.
    pub weighted_phi: Option<&'a Array2<R>>,
    /// Step δ.
    pub step: f64,
    /// Whether the length of the step is wanted.
    pub measured: bool,
}

impl<R: Real> NeuronBlock<R> {
    /// A block from its initial weights `w` (neurons × D) and `v` (outputs × neurons).
    pub fn new(
        first: usize,
        w: Array2<R>,
        v: Array2<R>,
        problem: &Problem<R>,
        storage: Storage,
    ) -> Self {
        let w = by_columns(&w);
        let features = |phi: &Array2<R>| {
            let mut h = zeros((w.nrows(), phi.nrows()));
            multiply(problem.b, phi.view(), &w, To::Nothing, &mut h);
            h
        };
        let h = if storage.has_features() {
            features(&problem.phi)
        } else {
            zeros((w.nrows(), 0))
        };
        let weights = if storage.is_sample_space() {
            let h0_test = features(&problem.phi_test);
            BlockWeights::Coefficients {
                c: zeros(h.dim()),
                h0_test,
                lost: None,
            }
        } else {
            BlockWeights::Weights { w0: w.clone(), w }
        };
        Self {
            first,
            h0: h.clone(),
            slope: zeros(h.dim()),
            sums: Array2::zeros((v.nrows(), h.ncols())),
            value: Aligned::filled(
                R::zero(),
                h.nrows() * points_per_chunk(h.nrows()).min(h.ncols()),
            ),
            v0: v.clone(),
            v_gradient: Array2::zeros(v.raw_dim()),
            batch: None,
            flow: None,
            kinks: None,
            v,
            weights,
            h,
        }
    }

    /// Neurons in the block.
    pub fn neurons(&self) -> usize {
        self.h.nrows()
    }

    /// Floats of all matrices held.
    pub fn floats(&self) -> usize {
        let weights = match &self.weights {
            BlockWeights::Weights { w, w0 } => w.len() + w0.len(),
            BlockWeights::Coefficients { c, h0_test, lost } => {
                c.len() + h0_test.len() + lost.as_ref().map_or(0, Array2::len)
            }
        };
        let passes = self.sums.len() + self.value.len();
        3 * self.h.len() + 3 * self.v.len() + weights + passes + self.flow_floats()
    }

    /// One gradient step of the trained layers, both from the old state. `slope` must belong to
    /// `h`; it does again after [`Self::forward`]. Gives ‖ΔW‖_F² of the block where that is wanted,
    /// else 0.
    pub fn step(&mut self, input: StepInput<'_, R>) -> f64 {
        let problem = input.problem;
        let mut squared_length = 0.0;
        if problem.layers.output() {
            self.output_gradient(input);
        }
        if problem.layers.hidden() {
            squared_length = self.hidden_step(input);
        }
        if problem.layers.output() {
            self.step_output(input);
        }
        squared_length
    }

    /// V by the gradient that [`Self::output_gradient`] left.
    pub(super) fn step_output(&mut self, input: StepInput<'_, R>) {
        let problem = input.problem;
        let scale =
            R::of(-input.step * problem.output_step_factor * problem.loss_factor * problem.a);
        self.v.scaled_add(scale, &self.v_gradient);
    }

    /// R σ(H)ᵀ, from the features before the step.
    pub(super) fn output_gradient(&mut self, input: StepInput<'_, R>) {
        let (neurons, outputs) = (self.neurons(), self.v.nrows());
        let chunk = points_per_chunk(neurons);
        let mut gradient = zeros((neurons, outputs));
        let points = input.residual.axis_chunks_iter(Axis(1), chunk);
        for (h, residual) in entries(&self.h).chunks(chunk * neurons).zip(points) {
            let value = &mut self.value[..h.len()];
            input.problem.activation.map_values(h, value);
            let value = ArrayView2::from_shape((h.len() / neurons, neurons), value);
            let Ok(value) = value else {
                unreachable!("chunks hold whole points");
            };
            gradient = gradient + value.t().dot(&residual.t());
        }
        self.v_gradient.assign(&gradient.t());
    }

    /// A = (VᵀR) ⊙ σ'(H), then W ← W − γsab·AΦ and H = bWΦᵀ, or the same on C.
    ///
    /// With ΔW = cAΦ the step's ‖ΔW‖_F² is (c/b)·Σ A ⊙ ΔH, which asks for no weights.
    fn hidden_step(&mut self, input: StepInput<'_, R>) -> f64 {
        let problem = input.problem;
        let scale = self.move_weights(input);
        if !input.measured {
            self.update_features(problem, input.gram);
            return 0.0;
        }
        let leaves_slope = input.weighted_phi.is_some() || self.is_on_coefficients();
        if leaves_slope {
            BackPropagate::new(&self.v, input.residual, &mut self.slope).run();
        }
        let before = self.slope_dot_h();
        self.update_features(problem, input.gram);
        // Rounding can leave a tiny negative number where nothing moved.
        (scale / problem.b * (self.slope_dot_h() - before)).max(0.0)
    }

    /// W ← W + cAΦ with c = −γsab·δ, or the same on C; H stays. Gives c.
    pub(super) fn move_weights(&mut self, input: StepInput<'_, R>) -> f64 {
        let problem = input.problem;
        let scale =
            -input.step * problem.hidden_step_factor * problem.loss_factor * problem.a * problem.b;
        if let (Some(weighted), BlockWeights::Weights { w, .. }) =
            (input.weighted_phi, &mut self.weights)
        {
            // AΦ = diag(v)σ'(H)diag(R)Φ of one output: no pass over the features for A.
            let Some(v) = self.v.as_slice() else {
                unreachable!("V is contiguous by construction");
            };
            add_product(scale, Some(v), &self.slope, weighted, None, w);
        } else {
            self.add_back_propagated(scale, input);
        }
        scale
    }

    /// W ← W + cAΦ, for which A takes the place of σ'(H), or the same on C.
    fn add_back_propagated(&mut self, scale: f64, input: StepInput<'_, R>) {
        let mut pass = BackPropagate::new(&self.v, input.residual, &mut self.slope);
        match &mut self.weights {
            BlockWeights::Weights { w, .. } => {
                pass.run();
                multiply(scale, input.problem.phi.t(), &self.slope, To::Itself, w);
            }
            BlockWeights::Coefficients { c, .. } => {
                pass.coefficients = Some((entries_mut(c), R::of(scale)));
                pass.run();
            }
        }
    }

    /// H from the weights, unless it evolves by itself; `slope` no longer belongs to it.
    pub(super) fn update_features(&mut self, problem: &Problem<R>, gram: &Array2<R>) {
        match &self.weights {
            BlockWeights::Weights { w, .. } => {
                multiply(problem.b, problem.phi.view(), w, To::Nothing, &mut self.h);
            }
            BlockWeights::Coefficients { lost: Some(_), .. } => {}
            BlockWeights::Coefficients { c, .. } => {
                multiply(problem.b, gram.view(), c, To::Other(&self.h0), &mut self.h);
            }
        }
    }

    fn is_on_coefficients(&self) -> bool {
        matches!(self.weights, BlockWeights::Coefficients { .. })
    }

    fn slope_dot_h(&self) -> f64 {
        let products = entries(&self.slope).iter().zip(entries(&self.h));
        products.map(|(a, h)| a.double() * h.double()).sum()
    }

    /// Brings `slope` up to date with `h`, and `sums` with both.
    pub fn forward(&mut self, problem: &Problem<R>) {
        let (neurons, n) = self.h.dim();
        let chunk = points_per_chunk(neurons);
        self.sums.fill(R::zero());
        let (Some(v), Some(sums)) = (self.v.as_slice(), self.sums.as_slice_mut()) else {
            unreachable!("V and the sums are contiguous by construction");
        };
        let mut forward = Forward {
            activation: problem.activation,
            v,
            shape: (neurons, n),
            kinks: self.kinks.as_deref(),
            value: &mut self.value,
            sums,
        };
        let slopes = entries_mut(&mut self.slope).chunks_mut(chunk * neurons);
        let features = entries(&self.h).chunks(chunk * neurons);
        for ((i, h), slope) in features.enumerate().zip(slopes) {
            forward.add(i * chunk, h, slope);
        }
    }

    /// Vσ(H) of this block at embedded points (points × D), outputs × points; in weight space.
    pub(super) fn sums_at(&self, problem: &Problem<R>, phi: ArrayView2<'_, R>) -> Array2<R> {
        let BlockWeights::Weights { w, .. } = &self.weights else {
            return Array2::zeros((self.v.nrows(), phi.nrows()));
        };
        let mut h = zeros((w.nrows(), phi.nrows()));
        multiply(problem.b, phi, w, To::Nothing, &mut h);
        self.outputs_of(problem, &h)
    }

    /// Vσ(H) of this block for features of any points (neurons × points, column-major), outputs × points.
    pub fn outputs_of(&self, problem: &Problem<R>, h: &Array2<R>) -> Array2<R> {
        let mut outputs = Array2::zeros((self.v.nrows(), h.ncols()));
        let (neurons, points) = (self.neurons(), h.ncols());
        let (Some(v), Some(sums)) = (self.v.as_slice(), outputs.as_slice_mut()) else {
            unreachable!("V and the sums are contiguous by construction");
        };
        let chunk = points_per_chunk(neurons);
        let mut values = vec![R::zero(); neurons * chunk.min(points)];
        for (i, h) in entries(h).chunks(chunk * neurons).enumerate() {
            let value = &mut values[..h.len()];
            problem.activation.map_values(h, value);
            let points = (points, i * chunk);
            Outputs {
                value,
                v,
                neurons,
                points,
                sums,
            }
            .add();
        }
        outputs
    }

    /// h of one neuron of the block, by its row, at a training point.
    pub fn training_feature(&self, problem: &Problem<R>, row: usize, point: usize) -> R {
        match &self.weights {
            BlockWeights::Weights { w, .. } if self.h.ncols() == 0 => {
                R::of(problem.b) * w.row(row).dot(&problem.phi.row(point))
            }
            _ => self.h[[row, point]],
        }
    }

    /// Features at the test points and in the cells of the plane, neurons × those; `cross` is ΦΦ_testᵀ.
    pub fn test_features(&self, problem: &Problem<R>, cross: &Array2<R>) -> Array2<R> {
        let mut h = zeros((self.neurons(), problem.phi_test.nrows()));
        match &self.weights {
            BlockWeights::Weights { w, .. } => {
                multiply(problem.b, problem.phi_test.view(), w, To::Nothing, &mut h);
            }
            BlockWeights::Coefficients { c, h0_test, .. } => {
                multiply(problem.b, cross.t(), c, To::Other(h0_test), &mut h);
            }
        }
        h
    }

    /// Current hidden weights given the initial ones, neurons × D.
    pub fn hidden_weights(&self, initial: Array2<R>, problem: &Problem<R>) -> Array2<R> {
        match &self.weights {
            BlockWeights::Weights { w, .. } => w.clone(),
            BlockWeights::Coefficients { c, .. } => initial + c.dot(&problem.phi),
        }
    }
}
