//! A sweep as the window sees it: its plan, its results so far, how it stands.

use std::sync::Arc;

use crate::sweep::{Plan, SweepProgress, Table, Unit};
use crate::worker::{SweepEnd, SweepId, SweepNews};

/// A sweep as the window sees it.
#[derive(Clone, Debug)]
pub struct SweepView {
    /// Identifies its messages; `None` for a table shown without a worker.
    pub id: Option<SweepId>,
    /// What it carries out.
    pub plan: Arc<Plan>,
    /// Its results so far.
    pub table: Table,
    /// How it stands.
    pub state: SweepState,
    /// How far it is; `None` before the first trial of this start is done.
    pub progress: Option<SweepProgress>,
    /// The trial whose run the other panels show.
    pub opened: Option<Unit>,
    /// The trial opened last: what the controls hold comes from it, and its seed is none of the
    /// sweep's.
    pub source: Option<Unit>,
}

/// How a sweep stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SweepState {
    /// Trials are at work.
    Running,
    /// It was asked to stop; trials are still at work.
    Stopping,
    /// It was stopped, or never started.
    Stopped,
    /// Every trial is done.
    Finished,
    /// It broke off; what happened, for people.
    Failed(String),
}

impl SweepView {
    /// A sweep that has not begun.
    pub fn new(plan: Plan) -> Self {
        let table = Table::new(&plan);
        Self::recorded(plan, table)
    }

    /// Results without a worker, for pictures.
    pub fn recorded(plan: Plan, table: Table) -> Self {
        let state = if table.is_complete() {
            SweepState::Finished
        } else {
            SweepState::Stopped
        };
        Self {
            id: None,
            plan: Arc::new(plan),
            table,
            state,
            progress: None,
            opened: None,
            source: None,
        }
    }

    /// Takes in what its worker says; messages of another sweep are left aside.
    pub fn receive(&mut self, id: SweepId, news: SweepNews) {
        if self.id != Some(id) {
            return;
        }
        match news {
            SweepNews::Done(result) => self.table.insert(result),
            SweepNews::Ended(SweepEnd::Failed(message)) => {
                self.state = SweepState::Failed(message);
            }
            // All trials may be done although it was stopped at the last moment.
            SweepNews::Ended(_) if self.table.is_complete() => self.state = SweepState::Finished,
            SweepNews::Ended(_) => self.state = SweepState::Stopped,
        }
    }

    /// Whether trials are at work.
    pub fn is_at_work(&self) -> bool {
        matches!(self.state, SweepState::Running | SweepState::Stopping)
    }

    /// A number that changes with what is to be drawn: with every result of a small sweep, and a few
    /// hundred times in the course of a large one.
    pub fn drawing(&self) -> u64 {
        const TIMES: usize = 400;
        let every = if self.is_at_work() {
            self.table.units().div_ceil(TIMES).max(1) as u64
        } else {
            1
        };
        self.table.version().div_ceil(every) * 2 + u64::from(self.is_at_work())
    }
}
