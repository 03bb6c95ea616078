//! Bytes that training takes, by the shape of the network; each part says its own beside its code.

use crate::spec::Method;

use super::shape::Shape;
use super::{block_pass, flow, least_squares, sgd};

pub use super::columns::product_pieces;
pub use super::evaluate::passing as evaluation_passing;
pub use super::linear::reduction::{held as reduction_held, passing as reduction_passing};
pub use super::problem::held as problem_held;
pub use super::saved_trainer::held as saved;
pub use super::stepper::held as stepper_held;
pub use super::trained_weights::passing as weights_passing;
pub use super::trainer::{held as trainer_held, passing as trainer_passing};

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
