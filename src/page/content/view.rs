//! What is looked at: a run at a step, or a sweep, and what the user chose to see of it.

use std::ops::Range;

use crate::figure::{Clock, TraceOptions, arm_looks};
use crate::history::RunHistory;
use crate::page::choice::PanelState;
use crate::page::colours::Colours;
use crate::preset::Experiment;
use crate::spec::Quantity;
use crate::sweep::{Plan, Table};

/// Points along a curve that are told apart: more than any print shows.
pub(super) const COLUMNS: usize = 1024;

/// What is looked at: a run at a step, or a sweep, and what the user chose to see of it.
#[derive(Clone, Copy, Debug)]
pub struct View<'a> {
    /// The experiment.
    pub experiment: &'a Experiment,
    /// What was recorded; guests behind the run's own arms.
    pub history: &'a RunHistory,
    /// Step shown.
    pub step: u64,
    /// The sweep, with its results so far.
    pub sweep: Option<(&'a Plan, &'a Table)>,
    /// What the user chose to see.
    pub choice: &'a PanelState,
}

impl<'a> View<'a> {
    /// The colours of what is looked at, with the looks of its arms.
    pub fn colours(&self, dark: bool) -> Colours {
        let colours = if dark {
            Colours::dark()
        } else {
            Colours::light()
        };
        let looks = arm_looks(self.experiment);
        colours.with_looks(looks.into()).with_before(self.before())
    }

    /// The places of the run before among the arms.
    fn before(&self) -> Range<usize> {
        let is_before = |arm: &crate::history::ArmHistory| arm.role.is_before();
        let arms = self.history.arms();
        let first = arms.iter().position(is_before).unwrap_or(arms.len());
        let last = arms
            .iter()
            .rposition(is_before)
            .map_or(first, |last| last + 1);
        first..last
    }

    /// Whether the end of the run is shown, where no mark of the step is needed.
    pub(super) fn is_at_end(&self) -> bool {
        self.step >= self.history.last_step()
    }

    pub(super) fn clock(&self) -> Clock {
        self.choice
            .shared
            .time
            .clock_of(self.experiment, self.history)
    }

    /// How a quantity is shown over the run.
    pub(super) fn trace(&self, quantity: Quantity) -> TraceOptions<'a> {
        let shared = &self.choice.shared;
        TraceOptions {
            quantity,
            clock: self.clock(),
            log_x: shared.time.is_log(),
            log_y: shared.log_y.or(true),
            bounds: shared.bounds,
            hidden: &shared.hidden_arms,
            pointed: None,
            cursor: self.step,
            live: self.is_at_end(),
            columns: COLUMNS,
        }
    }
}
