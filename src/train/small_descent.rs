//! Full-batch gradient descent of a small network whose hidden layer alone is trained.

use std::any::{Any, TypeId};

use pulp::{Simd, WithSimd};

use crate::network::{Activation, Real};
use crate::preset::{Layers, LossKind};
use crate::simd::{Aligned, LINE, Level, in_lines};

use super::loss::Fit;
use super::small_points::Points;
use super::small_tiles::{Backward, Forward, Shape};
use super::{BLOCK, BlockWeights, NeuronBlock, Problem};

/// Most floats of the matrices of a step: they stay in the second nearest cache.
const LARGEST: usize = 1 << 16;

/// A small network at work, in weight space and on one thread: of one output, W alone trained, under
/// the squared loss.
#[derive(Clone, Debug)]
pub(super) struct SmallDescent<R> {
    level: Level,
    activation: Activation,
    shape: Shape,
    /// bΦᵀ, inputs × points; b·log₂e·Φᵀ where σ is computed to base 2.
    x: Aligned<R>,
    /// Φ, points × inputs.
    phi: Aligned<R>,
    /// W, neurons × inputs.
    w: Aligned<R>,
    /// H, neurons × points; times log₂e likewise.
    h: Aligned<R>,
    /// σ(H), neurons × points; empty where it is used as it is computed.
    values: Aligned<R>,
    /// σ'(H)·diag(R), neurons × points.
    errors: Aligned<R>,
    v: Vec<R>,
    /// κ of each neuron in W ← W + diag(κ)·σ'(H)diag(R)Φ.
    scale: Vec<R>,
    points: Points<R>,
}

/// Whether [`SmallDescent`] is for a network in weight space without biases of the outputs.
pub(super) fn is_for<R: Real>(problem: &Problem<R>, width: usize) -> bool {
    let sizes = [width, problem.n(), problem.embedding(), problem.outputs()];
    problem.loss == LossKind::Squared && is_for_sizes(problem.layers, sizes)
}

/// Whether [`SmallDescent`] is for a network of [m, n, D, outputs] under the squared loss.
pub(super) fn is_for_sizes(layers: Layers, [m, n, embedding, outputs]: [usize; 4]) -> bool {
    let row = m
        .saturating_mul(3)
        .saturating_add(embedding.saturating_mul(2));
    let is_small = m <= BLOCK && n.saturating_mul(row) <= LARGEST;
    layers == Layers::Hidden && outputs == 1 && is_small
}

/// Floats held at most: [m, n, D].
pub(super) fn floats([m, n, embedding]: [usize; 3]) -> usize {
    // Rows are filled up to whole lines.
    let (n, embedding) = (n + LINE, embedding + LINE);
    n * (3 * m + 2 * embedding + 6) + m * (embedding + LINE)
}

/// Whether σ is computed to base 2 and used as it is computed, not by a pass of its own.
fn is_base_two<R: 'static>(activation: Activation) -> bool {
    activation == Activation::Softplus && TypeId::of::<R>() == TypeId::of::<f32>()
}

impl<R: Real> SmallDescent<R> {
    /// For the network of this one block.
    pub(super) fn new(problem: &Problem<R>, block: &NeuronBlock<R>) -> Self {
        let (points, inputs) = problem.phi.dim();
        let shape = Shape {
            neurons: block.neurons(),
            points,
            inputs,
            point_row: in_lines::<R>(points),
            input_row: in_lines::<R>(inputs),
        };
        let (log2_e, ln_2) = match is_base_two::<R>(problem.activation) {
            true => (std::f64::consts::LOG2_E, std::f64::consts::LN_2),
            false => (1.0, 1.0),
        };
        let zeros = |rows: usize, length: usize| Aligned::filled(R::zero(), rows * length);
        let mut x = zeros(inputs, shape.point_row);
        let mut phi = zeros(points, shape.input_row);
        for ((a, j), entry) in problem.phi.indexed_iter() {
            phi[a * shape.input_row + j] = *entry;
            x[j * shape.point_row + a] = R::of(problem.b * log2_e * entry.double());
        }
        let of_features = zeros(shape.neurons, shape.point_row);
        Self {
            level: Level::current(),
            activation: problem.activation,
            shape,
            x,
            phi,
            w: zeros(shape.neurons, shape.input_row),
            h: of_features.clone(),
            values: match is_base_two::<R>(problem.activation) {
                true => zeros(0, 0),
                false => of_features.clone(),
            },
            errors: of_features,
            v: block.v.iter().copied().collect(),
            scale: vec![R::zero(); shape.neurons],
            points: Points::new(problem.y.iter(), R::of(problem.a * ln_2), shape),
        }
    }

    /// Floats held.
    pub(super) fn floats(&self) -> usize {
        let inputs = self.x.len() + self.phi.len() + self.w.len();
        let features = self.h.len() + self.values.len() + self.errors.len();
        inputs + features + 2 * self.v.len() + self.points.floats()
    }

    /// Takes the weights of the block, and computes what follows from them.
    pub(super) fn load(&mut self, block: &NeuronBlock<R>) {
        if let BlockWeights::Weights { w, .. } = &block.weights {
            let rows = self.w.chunks_exact_mut(self.shape.input_row);
            for (to, row) in rows.zip(w.outer_iter()) {
                to.iter_mut().zip(row).for_each(|(to, w)| *to = *w);
            }
        }
        self.scale.fill(R::zero());
        // What a diverged network left is not nothing even when multiplied by nothing.
        self.errors.fill(R::zero());
        self.run(false);
    }

    /// Gives the block its weights.
    pub(super) fn store(&self, block: &mut NeuronBlock<R>) {
        let rows = self.w.chunks_exact(self.shape.input_row);
        for (row, mut to) in rows.zip(block.moving().outer_iter_mut()) {
            to.iter_mut().zip(row).for_each(|(to, w)| *to = *w);
        }
    }

    /// Gives the residual.
    pub(super) fn store_fit(&self, fit: &mut Fit<R>) {
        let pairs = fit.residual.iter_mut().zip(self.points.residual());
        pairs.for_each(|(to, r)| *to = *r);
    }

    /// Loss without its factor, as summed on the way.
    pub(super) fn loss(&self) -> f64 {
        0.5 * self.points.squared_residual()
    }

    /// Loss without its factor before the last step.
    pub(super) fn loss_before(&self) -> f64 {
        0.5 * self.points.squared_residual_before()
    }

    /// One step of W; gives ‖ΔW‖_F² where it is measured, else 0.
    pub(super) fn step(&mut self, problem: &Problem<R>, step: f64, is_measured: bool) -> f64 {
        let scaled_step = step * problem.loss_factor * problem.hidden_step_factor;
        let scale = -scaled_step * problem.a * problem.b;
        for (to, v) in self.scale.iter_mut().zip(&self.v) {
            *to = R::of(scale * v.double());
        }
        self.points.keep_residual();
        self.run(is_measured)
    }

    /// Moves W by the errors, and computes what follows from it.
    fn run(&mut self, is_measured: bool) -> f64 {
        let level = self.level;
        if is_base_two::<R>(self.activation)
            && let Some(single) = (self as &mut dyn Any).downcast_mut::<SmallDescent<f32>>()
        {
            return level.run(SoftplusStep(single, is_measured)).double();
        }
        let squared_length = level.run(Move(self, is_measured)).double();
        let (values, slopes) = (&mut self.values, &mut self.errors);
        self.activation.map_at(level, &self.h, values, slopes);
        level.run(Compare(self));
        squared_length
    }

    /// The products of a step.
    #[inline(always)]
    fn move_weights<S: Simd>(&mut self, simd: S, is_measured: bool) -> R {
        let squared_length = Backward {
            shape: self.shape,
            errors: &self.errors,
            phi: &self.phi,
            scale: &self.scale,
            w: &mut self.w,
            is_measured,
        }
        .run(simd);
        Forward {
            shape: self.shape,
            w: &self.w,
            x: &self.x,
            h: &mut self.h,
        }
        .run(simd);
        squared_length
    }
}

/// The products of a step.
struct Move<'a, R>(&'a mut SmallDescent<R>, bool);

impl<R: Real> WithSimd for Move<'_, R> {
    type Output = R;

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) -> R {
        self.0.move_weights(simd, self.1)
    }
}

/// The outputs of a step, after σ and σ'.
struct Compare<'a, R>(&'a mut SmallDescent<R>);

impl<R: Real> WithSimd for Compare<'_, R> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let small = self.0;
        let (values, slopes) = (&small.values, &mut small.errors);
        small.points.compare(simd, &small.v, values, slopes);
    }
}

/// A whole step with softplus in single precision.
struct SoftplusStep<'a>(&'a mut SmallDescent<f32>, bool);

impl WithSimd for SoftplusStep<'_> {
    type Output = f32;

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) -> f32 {
        let Self(small, is_measured) = self;
        let squared_length = small.move_weights(simd, is_measured);
        let (h, slopes) = (&small.h, &mut small.errors);
        small.points.compare_softplus(simd, &small.v, h, slopes);
        squared_length
    }
}
