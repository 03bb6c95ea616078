//! The axis over the run, which is the same in every panel that has one.

use crate::figure::Clock;
use crate::history::RunHistory;
use crate::preset::Experiment;

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
    pub fn clock_of(&self, experiment: &Experiment, history: &RunHistory) -> Clock {
        self.clock
            .unwrap_or_else(|| Clock::natural(experiment, history))
    }

    /// Whether it is logarithmic.
    pub fn is_log(&self) -> bool {
        self.log.or(true)
    }
}
