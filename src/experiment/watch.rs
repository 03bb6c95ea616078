//! The losses at which an arm is looked at between records.

use crate::network::Real;
use crate::spec::{LossKind, StopSpec};
use crate::train::{Problem, Watch};

/// The losses at which a stop rule could hold; given are ‖Y‖_F² and the loss that counts as divergence.
/// Rules that the loss does not decide want every step looked at.
pub(super) fn watch<R: Real>(
    stop: StopSpec,
    problem: &Problem<R>,
    (squared_targets, divergence): (f64, f64),
) -> Watch {
    let StopSpec {
        relative_error,
        loss,
        accuracy,
        steps: _,
    } = stop;
    let is_squared = problem.loss == LossKind::Squared;
    if accuracy.is_some() || relative_error.is_some() && !is_squared {
        return Watch::EVERYTHING;
    }
    let factor = 0.5 * problem.loss_factor * squared_targets;
    let of_error = relative_error.map(|error| factor * error * error);
    let limits = [of_error, loss].into_iter().flatten();
    Watch {
        low: limits.fold(f64::NEG_INFINITY, f64::max),
        high: divergence,
    }
}
