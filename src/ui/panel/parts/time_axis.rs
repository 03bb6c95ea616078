//! The axis over the run, which is the same in every panel that has one.

use crate::figure::{Clock, Scale};
use crate::ui::action::Action;
use crate::ui::panel::input::PanelInput;

pub use crate::page::choice::TimeAxis;

impl TimeAxis {
    /// What runs along it in a panel.
    pub fn clock(&self, input: PanelInput<'_>) -> Clock {
        self.clock_of(input.experiment, input.history)
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
