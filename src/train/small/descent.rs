//! Full-batch gradient descent of a small network whose hidden layer alone is trained.

use std::marker::PhantomData;

use pulp::{Simd, WithSimd};

use crate::network::{Activation, Real};
use crate::simd::{Aligned, LINE, Level, in_lines};
use crate::spec::{Layers, LossKind};

use super::points::Points;
use super::softplus::SoftplusSums;
use super::tiles::{Backward, CountLanes, Forward, Shape};
use crate::train::loss::Fit;
use crate::train::shape::Sizes;
use crate::train::{BLOCK, BlockWeights, NeuronBlock, Problem};

/// Most floats of the matrices of a step: they stay in the second nearest cache.
const LARGEST: u128 = 1 << 16;

/// A small network at work, in weight space and on one thread: of one output, W alone trained, under
/// the squared loss.
#[derive(Clone, Debug)]
pub(in crate::train) struct SmallDescent<R> {
    level: Level,
    activation: Activation,
    shape: Shape,
    /// bΦᵀ, inputs × points; b·log₂e·Φᵀ for [`SoftplusSums`].
    x: Aligned<R>,
    /// Φ, points × inputs.
    phi: Aligned<R>,
    /// W, neurons × inputs.
    w: Aligned<R>,
    /// H, neurons × points; times log₂e likewise.
    h: Aligned<R>,
    outputs: Outputs<R>,
    /// σ'(H)·diag(R), neurons × points.
    errors: Aligned<R>,
    v: Vec<R>,
    /// κ of each neuron in W ← W + diag(κ)·σ'(H)diag(R)Φ.
    scale: Vec<R>,
    points: Points<R>,
}

/// How Σ vσ(h) comes about.
#[derive(Clone, Debug)]
enum Outputs<R> {
    /// From σ(H), neurons × points.
    Values(Aligned<R>),
    /// Without the values of softplus.
    Softplus(SoftplusSums<R>),
}

/// Whether [`SmallDescent`] is for a network in weight space without biases of the outputs.
pub(in crate::train) fn is_for<R: Real>(problem: &Problem<R>, width: usize) -> bool {
    let sizes = problem.sizes(width);
    problem.loss == LossKind::Squared && is_for_sizes(problem.layers, sizes)
}

/// Whether [`SmallDescent`] is for a network of such sizes under the squared loss.
pub(in crate::train) fn is_for_sizes(layers: Layers, sizes: Sizes) -> bool {
    let row = 3 * sizes.neurons + 2 * sizes.embedding;
    let is_small = sizes.neurons <= BLOCK as u128 && sizes.n * row <= LARGEST;
    layers == Layers::Hidden && sizes.outputs == 1 && is_small
}

/// Floats held at most.
pub(in crate::train) fn most_floats(sizes: Sizes) -> u128 {
    // Rows are filled up to whole lines.
    let fill = LINE as u128;
    let (n, embedding) = (sizes.n + fill, sizes.embedding + fill);
    n * (3 * sizes.neurons + 2 * embedding + 7) + sizes.neurons * (embedding + fill)
}

impl<R: Real> SmallDescent<R> {
    /// For the network of this one block.
    pub(in crate::train) fn new(problem: &Problem<R>, block: &NeuronBlock<R>) -> Self {
        let (level, (points, inputs)) = (Level::current(), problem.phi.dim());
        let shape = Shape {
            neurons: block.neurons(),
            points,
            inputs,
            point_row: in_lines::<R>(points),
            input_row: in_lines::<R>(inputs),
            lanes: level.run(CountLanes(PhantomData::<R>)),
        };
        let v: Vec<R> = block.v.iter().copied().collect();
        let sums_softplus = problem.activation == Activation::Softplus;
        let log2_e = match sums_softplus {
            true => std::f64::consts::LOG2_E,
            false => 1.0,
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
            level,
            activation: problem.activation,
            shape,
            x,
            phi,
            w: zeros(shape.neurons, shape.input_row),
            h: of_features.clone(),
            outputs: match sums_softplus {
                true => Outputs::Softplus(SoftplusSums::new(&v, shape.point_row)),
                false => Outputs::Values(of_features.clone()),
            },
            errors: of_features,
            v,
            scale: vec![R::zero(); shape.neurons],
            points: Points::new(problem.y.iter(), R::of(problem.a), shape),
        }
    }

    /// Floats held.
    pub(in crate::train) fn floats(&self) -> usize {
        let inputs = self.x.len() + self.phi.len() + self.w.len();
        let outputs = match &self.outputs {
            Outputs::Values(values) => values.len(),
            Outputs::Softplus(sums) => sums.floats(),
        };
        let features = self.h.len() + self.errors.len();
        inputs + features + outputs + 2 * self.v.len() + self.points.floats()
    }

    /// Takes the weights of the block, and computes what follows from them.
    pub(in crate::train) fn load(&mut self, block: &NeuronBlock<R>) {
        if let BlockWeights::Weights { w, .. } = &block.weights {
            for ((neuron, j), w) in w.indexed_iter() {
                self.w[self.shape.place(neuron, j)] = *w;
            }
        }
        self.scale.fill(R::zero());
        // What a diverged network left is not nothing even when multiplied by nothing.
        self.errors.fill(R::zero());
        self.run(false);
    }

    /// Gives the block its weights.
    pub(in crate::train) fn store(&self, block: &mut NeuronBlock<R>) {
        for ((neuron, j), w) in block.moving().indexed_iter_mut() {
            *w = self.w[self.shape.place(neuron, j)];
        }
    }

    /// Gives the residual.
    pub(in crate::train) fn store_fit(&self, fit: &mut Fit<R>) {
        let pairs = fit.residual.iter_mut().zip(self.points.residual());
        pairs.for_each(|(to, r)| *to = *r);
    }

    /// Loss without its factor, as summed on the way.
    pub(in crate::train) fn loss(&self) -> f64 {
        0.5 * self.points.squared_residual()
    }

    /// Loss without its factor before the last step.
    pub(in crate::train) fn loss_before(&self) -> f64 {
        0.5 * self.points.squared_residual_before()
    }

    /// One step of W; gives ‖ΔW‖_F² where it is measured, else 0.
    pub(in crate::train) fn step(
        &mut self,
        problem: &Problem<R>,
        step: f64,
        is_measured: bool,
    ) -> f64 {
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
        let (level, activation) = (self.level, self.activation);
        if let Outputs::Softplus(_) = self.outputs {
            return level.run(SoftplusStep(self, is_measured)).double();
        }
        let squared_length = level.run(Move(self, is_measured)).double();
        if let Outputs::Values(values) = &mut self.outputs {
            activation.map_at(level, &self.h, values, &mut self.errors);
        }
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
        if let Outputs::Values(values) = &small.outputs {
            small.points.add_up(simd, &small.v, values);
        }
        small.points.compare(simd, &mut small.errors);
    }
}

/// A whole step with softplus.
struct SoftplusStep<'a, R>(&'a mut SmallDescent<R>, bool);

impl<R: Real> WithSimd for SoftplusStep<'_, R> {
    type Output = R;

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) -> R {
        let Self(small, is_measured) = self;
        let squared_length = small.move_weights(simd, is_measured);
        let (errors, points) = (&mut small.errors, &mut small.points);
        if let Outputs::Softplus(softplus) = &mut small.outputs {
            softplus.run(simd, &small.h, errors, points.sums());
        }
        points.compare(simd, errors);
        squared_length
    }
}
