//! When an arm ends.

use crate::history::{Outcome, StopReason};
use crate::network::Real;
use crate::spec::{LossKind, StopSpec};
use crate::train::{Problem, Watch};

/// A loss this many times the larger of its start and the loss of f = 0 counts as divergence.
pub(crate) const DIVERGENCE: f64 = 1e8;

/// The rules by which an arm ends, and the last finite loss that they saw.
#[derive(Clone, Debug)]
pub(super) struct StopRules {
    spec: StopSpec,
    last_step: u64,
    squared_targets: f64,
    /// Loss above which the arm has diverged.
    divergence: f64,
    last_finite_loss: f64,
}

/// An arm at a step.
#[derive(Clone, Copy, Debug)]
pub(super) struct Standing {
    /// Steps done.
    pub step: u64,
    /// Training loss.
    pub loss: f64,
    /// ‖R‖_F².
    pub squared_residual: f64,
    /// Step δ above which its linearization diverges, where there is one.
    pub stable_step: Option<f64>,
}

impl StopRules {
    /// Those of an arm that does up to `last_step` steps; its loss at the start, that of f = 0, and ‖Y‖_F².
    pub(super) fn new(
        spec: StopSpec,
        last_step: u64,
        start_loss: f64,
        zero_loss: f64,
        squared_targets: f64,
    ) -> Self {
        Self {
            spec,
            last_step,
            squared_targets,
            divergence: DIVERGENCE * start_loss.max(zero_loss),
            last_finite_loss: start_loss,
        }
    }

    /// The step at which the arm stops at the latest.
    pub(super) fn last_step(&self) -> u64 {
        self.last_step
    }

    /// Whether a loss, an error or an accuracy ends the arm.
    pub(super) fn has_limit(&self) -> bool {
        self.spec.has_limit()
    }

    /// Whether a loss or an error ends the arm.
    pub(super) fn has_limit_of_loss(&self) -> bool {
        self.spec.loss.is_some() || self.spec.relative_error.is_some()
    }

    /// Whether a loss means that the arm diverged.
    pub(super) fn is_beyond(&self, loss: f64) -> bool {
        !loss.is_finite() || loss > self.divergence
    }

    /// Notes a loss seen between two looks.
    pub(super) fn note(&mut self, loss: f64) {
        if loss.is_finite() {
            self.last_finite_loss = loss;
        }
    }

    pub(super) fn last_finite_loss(&self) -> f64 {
        self.last_finite_loss
    }

    /// Goes on where the last finite loss was this one.
    pub(super) fn restore(&mut self, last_finite_loss: f64) {
        self.last_finite_loss = last_finite_loss;
    }

    /// The rule that holds now, the worst first; `accuracy` gives the share of the training points that are
    /// named rightly, where that is known.
    pub(super) fn ended(
        &mut self,
        now: Standing,
        accuracy: impl FnOnce() -> Option<f64>,
    ) -> Option<Outcome> {
        self.note(now.loss);
        if self.is_beyond(now.loss) {
            return Some(Outcome::Diverged {
                step: now.step,
                last_finite_loss: self.last_finite_loss,
                stable_step: now.stable_step,
            });
        }
        let relative = (now.squared_residual / self.squared_targets).sqrt();
        let reached = |limit: Option<f64>, value: f64| limit.is_some_and(|limit| value <= limit);
        let is_accurate = |limit: f64| accuracy().is_some_and(|share| share >= limit);
        let reason = if reached(self.spec.relative_error, relative) {
            StopReason::RelativeError
        } else if reached(self.spec.loss, now.loss) {
            StopReason::Loss
        } else if self.spec.accuracy.is_some_and(is_accurate) {
            StopReason::Accuracy
        } else if now.step >= self.last_step {
            StopReason::Steps
        } else {
            return None;
        };
        Some(Outcome::Finished(reason))
    }

    /// The losses at which a rule could hold. Rules that the loss does not decide want every step looked at.
    pub(super) fn watch<R: Real>(&self, problem: &Problem<R>) -> Watch {
        let StopSpec {
            relative_error,
            loss,
            accuracy,
            steps: _,
        } = self.spec;
        let is_squared = problem.loss == LossKind::Squared;
        if accuracy.is_some() || relative_error.is_some() && !is_squared {
            return Watch::EVERYTHING;
        }
        let factor = 0.5 * problem.loss_factor * self.squared_targets;
        let of_error = relative_error.map(|error| factor * error * error);
        let limits = [of_error, loss].into_iter().flatten();
        Watch {
            low: limits.fold(f64::NEG_INFINITY, f64::max),
            high: self.divergence,
        }
    }
}
