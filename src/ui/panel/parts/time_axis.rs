//! The axis over the run, which is the same in every panel that has one.

use crate::figure::{Clock, Scale};
use crate::ui::action::Action;
use crate::ui::panel::input::PanelInput;

use super::log_axis::LogAxis;

/// The axis over the run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TimeAxis {
    /// What runs along it, where the user chose it.
    pub clock: Option<Clock>,
    /// Whether it is logarithmic; usually it is.
    pub log: LogAxis,
}

impl TimeAxis {
    /// What runs along it: what the user chose, else what suits the run.
    pub fn clock(&self, input: PanelInput<'_>) -> Clock {
        self.clock
            .unwrap_or_else(|| Clock::natural(input.experiment, input.history))
    }

    /// Whether it is logarithmic.
    pub fn is_log(&self) -> bool {
        self.log.or(true)
    }
}

/// Asks for the step at a place of the axis that was dragged to.
pub fn seek(
    input: PanelInput<'_>,
    (clock, scale): (Clock, Scale),
    dragged_to: Option<f64>,
    actions: &mut Vec<Action>,
) {
    if let Some(place) = dragged_to {
        let step = clock.step_at(input.history, scale.value(place));
        actions.push(Action::Seek(step));
    }
}
