//! Bytes that training takes, by the shape of the network; each part says its own beside its code.

use crate::spec::Method;

use super::shape::Shape;
use super::{block, block_pass, evolution, flow, gram, least_squares, loss, sgd, weighted_inputs};

pub use super::columns::product_pieces;
pub use super::evaluate::passing as evaluation_passing;
pub use super::linear::reduction::{held as reduction_held, passing as reduction_passing};
pub use super::problem::held as problem_held;
pub use super::saved_trainer::held as saved;
pub use super::stepper::held as stepper_held;
pub use super::trained_weights::passing as weights_passing;

/// Bytes held by a trainer, with the start it is given.
pub fn trainer_held(shape: &Shape) -> u128 {
    let start = if shape.is_given && !shape.is_reduced {
        8 * shape.sizes.neurons * shape.sizes.embedding
    } else {
        reduction_held(shape)
    };
    problem_held(shape)
        + block::footprint::held(shape)
        + loss::held(shape)
        + gram::held(shape)
        + weighted_inputs::held(shape)
        + stepper_held(shape)
        + evolution::held(shape)
        + start
}

/// Bytes beside these while it is built.
pub fn trainer_passing(shape: &Shape) -> u128 {
    gram::passing(shape).max(block::footprint::passing(shape))
}

/// Bytes that the training method holds throughout the run, beside what every network does.
pub fn method_held(shape: &Shape) -> u128 {
    match shape.method {
        Method::GradientDescent { .. } | Method::LeastSquares => 0,
        Method::Sgd { batch, order, .. } => sgd::held(shape, batch, order),
        Method::GradientFlow { .. } => flow::footprint::held(shape),
    }
}

/// Most bytes that the training method needs for a moment within a step.
pub fn method_passing(shape: &Shape) -> u128 {
    match shape.method {
        Method::GradientDescent { .. } => block_pass::passing(shape),
        Method::Sgd { batch, .. } => sgd::passing(shape, batch),
        Method::GradientFlow { .. } => flow::footprint::passing(shape),
        Method::LeastSquares => least_squares::passing(shape),
    }
}
