//! A block of neurons: all that one thread needs for a training step.
//!
//! Blocks have a fixed size and are reduced in order, so results do not depend on the number of
//! threads.

use ndarray::linalg::general_mat_mul;
use ndarray::{Array2, ArrayView2, Axis};

use crate::network::Real;

use super::block_batch::BatchValues;
use super::block_flow::FlowState;
use super::block_kinks::KinkState;
use super::{Problem, Storage};

/// Neurons of a block; the last one may be smaller.
pub const BLOCK: usize = 128;

/// State of up to [`BLOCK`] neurons.
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
    /// σ of one neuron at all training points.
    pub(super) row: Vec<R>,
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
        // Written into a new matrix: a product's own layout may be column-major, and rows of H must
        // be contiguous.
        let features = |phi: &Array2<R>| {
            let mut h = Array2::zeros((w.nrows(), phi.nrows()));
            general_mat_mul(R::of(problem.b), &w, &phi.t(), R::zero(), &mut h);
            h
        };
        let h = if storage.has_features() {
            features(&problem.phi)
        } else {
            Array2::zeros((w.nrows(), 0))
        };
        let weights = if storage.is_sample_space() {
            let h0_test = features(&problem.phi_test);
            BlockWeights::Coefficients {
                c: Array2::zeros(h.raw_dim()),
                h0_test,
            }
        } else {
            BlockWeights::Weights { w0: w.clone(), w }
        };
        Self {
            first,
            h0: h.clone(),
            slope: Array2::zeros(h.raw_dim()),
            v0: v.clone(),
            v_gradient: Array2::zeros(v.raw_dim()),
            row: vec![R::zero(); h.ncols()],
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
            BlockWeights::Coefficients { c, h0_test } => c.len() + h0_test.len(),
        };
        3 * self.h.len() + 3 * self.v.len() + weights + self.flow_floats()
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
            let scale =
                R::of(-input.step * problem.output_step_factor * problem.loss_factor * problem.a);
            self.v.scaled_add(scale, &self.v_gradient);
        }
        squared_length
    }

    /// R σ(H)ᵀ, from the features before the step.
    pub(super) fn output_gradient(&mut self, input: StepInput<'_, R>) {
        let activation = input.problem.activation;
        for (i, h) in self.h.outer_iter().enumerate() {
            for (s, z) in self.row.iter_mut().zip(h) {
                *s = activation.value(*z);
            }
            for (p, residual) in input.residual.outer_iter().enumerate() {
                self.v_gradient[[p, i]] = self.row.iter().zip(residual).map(|(s, r)| *s * *r).sum();
            }
        }
    }

    /// A = (VᵀR) ⊙ σ'(H), then W ← W − γsab·AΦ and H = bWΦᵀ, or the same on C.
    ///
    /// With ΔW = cAΦ the step's ‖ΔW‖_F² is (c/b)·Σ A ⊙ ΔH, which asks for no weights.
    fn hidden_step(&mut self, input: StepInput<'_, R>) -> f64 {
        let problem = input.problem;
        back_propagate(&self.v, input.residual, &mut self.row, &mut self.slope);
        let scale =
            -input.step * problem.hidden_step_factor * problem.loss_factor * problem.a * problem.b;
        let before = if input.measured {
            self.slope_dot_h()
        } else {
            0.0
        };
        match &mut self.weights {
            BlockWeights::Weights { w, .. } => {
                general_mat_mul(R::of(scale), &self.slope, &problem.phi, R::one(), w);
            }
            BlockWeights::Coefficients { c, .. } => c.scaled_add(R::of(scale), &self.slope),
        }
        self.update_features(problem, input.gram);
        if input.measured {
            // Rounding can leave a tiny negative number where nothing moved.
            (scale / problem.b * (self.slope_dot_h() - before)).max(0.0)
        } else {
            0.0
        }
    }

    /// H from the weights; `slope` no longer belongs to it.
    pub(super) fn update_features(&mut self, problem: &Problem<R>, gram: &Array2<R>) {
        let b = R::of(problem.b);
        match &self.weights {
            BlockWeights::Weights { w, .. } => {
                general_mat_mul(b, w, &problem.phi.t(), R::zero(), &mut self.h);
            }
            BlockWeights::Coefficients { c, .. } => {
                self.h.assign(&self.h0);
                general_mat_mul(b, c, gram, R::one(), &mut self.h);
            }
        }
    }

    fn slope_dot_h(&self) -> f64 {
        let products = self.slope.iter().zip(&self.h);
        products.map(|(a, h)| a.double() * h.double()).sum()
    }

    /// Brings `slope` up to date with `h` and adds Vσ(H) of this block to `sum`, outputs × n.
    pub fn forward(&mut self, problem: &Problem<R>, sum: &mut Array2<R>) {
        for (i, (h, mut slope)) in self
            .h
            .outer_iter()
            .zip(self.slope.outer_iter_mut())
            .enumerate()
        {
            let (Some(h), Some(slope)) = (h.as_slice(), slope.as_slice_mut()) else {
                unreachable!("rows of H and of σ'(H) are contiguous by construction");
            };
            problem.activation.map_row(h, &mut self.row, slope);
            if let Some(kinks) = &self.kinks {
                kinks.apply(i, h, &mut self.row, slope);
            }
            for (v, mut sum) in self.v.column(i).iter().zip(sum.outer_iter_mut()) {
                for (sum, s) in sum.iter_mut().zip(&self.row) {
                    *sum += *v * *s;
                }
            }
        }
    }

    /// Vσ(H) of this block at embedded points (points × D), outputs × points; in weight space.
    pub(super) fn sums_at(&self, problem: &Problem<R>, phi: ArrayView2<'_, R>) -> Array2<R> {
        let BlockWeights::Weights { w, .. } = &self.weights else {
            return Array2::zeros((self.v.nrows(), phi.nrows()));
        };
        let mut h = Array2::zeros((w.nrows(), phi.nrows()));
        general_mat_mul(R::of(problem.b), w, &phi.t(), R::zero(), &mut h);
        h.mapv_inplace(|z| problem.activation.value(z));
        self.v.dot(&h)
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

    /// Features at the test points, neurons × n_test; `cross` is ΦΦ_testᵀ, n × n_test.
    pub fn test_features(&self, problem: &Problem<R>, cross: &Array2<R>) -> Array2<R> {
        let b = R::of(problem.b);
        match &self.weights {
            BlockWeights::Weights { w, .. } => {
                let mut h = Array2::zeros((w.nrows(), problem.n_test()));
                general_mat_mul(b, w, &problem.phi_test.t(), R::zero(), &mut h);
                h
            }
            BlockWeights::Coefficients { c, h0_test } => {
                let mut h = h0_test.clone();
                general_mat_mul(b, c, cross, R::one(), &mut h);
                h
            }
        }
    }

    /// ‖w_r − w_r(0)‖² of each neuron.
    ///
    /// In sample space C_r(ΦΦᵀ)C_rᵀ = C_r·(h_r − h_r(0))/b.
    pub fn squared_distances(&self, b: f64) -> Vec<f64> {
        match &self.weights {
            BlockWeights::Weights { w, w0 } => squared_row_distances(w.view(), w0.view()),
            BlockWeights::Coefficients { c, .. } => (0..self.neurons())
                .map(|r| {
                    let moved = self.h.row(r).into_iter().zip(self.h0.row(r));
                    let sum: f64 = c
                        .row(r)
                        .iter()
                        .zip(moved)
                        .map(|(c, (h, h0))| c.double() * (h.double() - h0.double()))
                        .sum();
                    // Rounding can leave a tiny negative number where nothing moved.
                    (sum / b).max(0.0)
                })
                .collect(),
        }
    }

    /// ‖V − V(0)‖_F² of the block's columns.
    pub fn squared_output_distance(&self) -> f64 {
        squared_row_distances(self.v.view(), self.v0.view())
            .iter()
            .sum()
    }

    /// Current hidden weights given the initial ones, neurons × D.
    pub fn hidden_weights(&self, initial: Array2<R>, problem: &Problem<R>) -> Array2<R> {
        match &self.weights {
            BlockWeights::Weights { w, .. } => w.clone(),
            BlockWeights::Coefficients { c, .. } => initial + c.dot(&problem.phi),
        }
    }
}

/// Multiplies `slope` (neurons × points) by VᵀR, R being outputs × points; `row` holds as many
/// numbers as there are points.
pub(super) fn back_propagate<R: Real>(
    v: &Array2<R>,
    residual: &Array2<R>,
    row: &mut [R],
    slope: &mut Array2<R>,
) {
    for (i, mut slope) in slope.outer_iter_mut().enumerate() {
        row.fill(R::zero());
        for (v, residual) in v.column(i).iter().zip(residual.outer_iter()) {
            for (sum, r) in row.iter_mut().zip(residual) {
                *sum += *v * *r;
            }
        }
        for (s, sum) in slope.iter_mut().zip(row.iter()) {
            *s *= *sum;
        }
    }
}

fn squared_row_distances<R: Real>(now: ArrayView2<'_, R>, start: ArrayView2<'_, R>) -> Vec<f64> {
    now.axis_iter(Axis(0))
        .zip(start.axis_iter(Axis(0)))
        .map(|(now, start)| {
            now.iter()
                .zip(start)
                .map(|(x, y)| (x.double() - y.double()).powi(2))
                .sum()
        })
        .collect()
}
