//! Kernels that do many steps of full-batch gradient descent in a row.

use crate::network::Real;
use crate::spec::Method;

use super::linear::descent::{self as linear_descent, LinearDescent};
use super::loss::Fit;
use super::output_bias::OutputBias;
use super::shape::Shape;
use super::small::descent::{self as small_descent, SmallDescent};
use super::{NeuronBlock, Problem};

/// Full-batch gradient descent of a kind of networks, by kernels with a state of their own.
#[derive(Clone, Debug)]
pub(super) enum Stepper<R> {
    Linear(Box<LinearDescent<R>>),
    Small(Box<SmallDescent<R>>),
}

impl<R: Real> Stepper<R> {
    pub(super) fn load(
        &mut self,
        problem: &Problem<R>,
        blocks: &[NeuronBlock<R>],
        bias: Option<&OutputBias<R>>,
    ) {
        match self {
            Self::Linear(linear) => linear.load(problem, blocks, bias),
            Self::Small(small) => blocks.iter().for_each(|block| small.load(block)),
        }
    }

    /// One step of all trained layers; gives ‖ΔW‖_F² where it is measured, else 0.
    pub(super) fn step(
        &mut self,
        problem: &Problem<R>,
        step: f64,
        bias: Option<&mut OutputBias<R>>,
        measured: bool,
    ) -> f64 {
        match self {
            Self::Linear(linear) => linear.step(problem, step, bias, measured),
            Self::Small(small) => small.step(problem, step, measured),
        }
    }

    /// Loss without its factor, to a part of [`MARGIN`].
    pub(super) fn loss(&self) -> f64 {
        match self {
            Self::Linear(linear) => linear.losses()[0],
            Self::Small(small) => small.loss(),
        }
    }

    /// Loss without its factor before the last step, exactly.
    pub(super) fn loss_before(&self) -> f64 {
        match self {
            Self::Linear(linear) => linear.losses()[1],
            Self::Small(small) => small.loss_before(),
        }
    }

    /// Gives the blocks the weights.
    pub(super) fn store(&self, blocks: &mut [NeuronBlock<R>]) {
        match self {
            Self::Linear(linear) => linear.store(blocks),
            Self::Small(small) => blocks.iter_mut().for_each(|block| small.store(block)),
        }
    }

    /// Gives the outputs and the residual.
    pub(super) fn store_fit(&self, fit: &mut Fit<R>) {
        match self {
            Self::Linear(linear) => fit.clone_from(linear.fit()),
            Self::Small(small) => small.store_fit(fit),
        }
    }

    /// Floats held.
    pub(super) fn floats(&self) -> usize {
        match self {
            Self::Linear(linear) => linear.floats(),
            Self::Small(small) => small.floats(),
        }
    }
}

/// Bytes that [`Trainer::prepare_descent`](super::Trainer::prepare_descent) takes at most; 0 where there are no
/// such kernels for a network of this shape.
pub fn held(shape: &Shape) -> u128 {
    if !matches!(shape.method, Method::GradientDescent { .. }) {
        return 0;
    }
    let sizes = shape.sizes;
    let sample_space = shape.storage.is_sample_space();
    let columns = if sample_space {
        sizes.n
    } else {
        sizes.embedding
    };
    let floats = if linear_descent::is_for(shape.activation, sizes.neurons * columns) {
        linear_descent::most_floats(sizes, sample_space)
    } else if !sample_space && small_descent::is_for_sizes(shape.layers, sizes) {
        small_descent::most_floats(sizes)
    } else {
        0
    };
    shape.real * floats
}
