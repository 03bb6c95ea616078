//! What the window needs of whoever carries out a sweep: the worker, or a stand-in in tests.

use std::sync::Arc;

use crate::sweep::{Plan, SweepProgress, Table};
use crate::worker::{SweepId, SweepNews, SweepWorker};

/// Carries out a sweep in the background.
pub trait Sweeper {
    /// Carries out the trials missing in `table` instead of whatever sweep is at work.
    ///
    /// # Errors
    /// Why it could not begin, for people.
    fn start(&mut self, plan: Arc<Plan>, table: Table) -> Result<SweepId, String>;

    /// Stops the sweep soon.
    fn stop(&mut self);

    /// What the newest sweep has told since the last call, in order.
    fn news(&mut self) -> Vec<(SweepId, SweepNews)>;

    /// How far the newest sweep is.
    fn progress(&self) -> Option<SweepProgress>;
}

impl Sweeper for SweepWorker {
    fn start(&mut self, plan: Arc<Plan>, table: Table) -> Result<SweepId, String> {
        SweepWorker::start(self, plan, table).map_err(|error| error.to_string())
    }

    fn stop(&mut self) {
        SweepWorker::stop(self);
    }

    fn news(&mut self) -> Vec<(SweepId, SweepNews)> {
        SweepWorker::news(self)
    }

    fn progress(&self) -> Option<SweepProgress> {
        SweepWorker::progress(self)
    }
}
