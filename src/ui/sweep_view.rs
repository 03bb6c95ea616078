//! A sweep as the window sees it: its plan, its results so far, how it stands.

use std::sync::Arc;

use crate::sweep::{Cell, Plan, SweepProgress, Table, TrialResult, Unit};
use crate::worker::{SweepEnd, SweepId, SweepNews};

use super::seats::Seats;

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
    /// Where the arms of its worker stand in the plan.
    seats: Seats,
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
            seats: Seats::default(),
        }
    }

    /// It starts, or starts again: a worker has taken over plan and table as they are.
    pub fn begin(&mut self, id: SweepId) {
        self.id = Some(id);
        self.state = SweepState::Running;
        self.seats = Seats::default();
    }

    /// Its arms have other names, or stand in another order, in this plan; `order` is where each of them
    /// stood before. The worker need not know.
    pub fn rearrange(&mut self, order: &[usize], plan: Plan) {
        let mut moved = Seats::default();
        moved.rearrange(order);
        let mut table = Table::new(&plan);
        for result in self.table.results() {
            table.insert(TrialResult {
                unit: seated(&plan, &moved, result.unit),
                ..result.clone()
            });
        }
        let again = |unit| seated(&plan, &moved, unit);
        self.opened = self.opened.map(again);
        self.source = self.source.map(again);
        self.seats.rearrange(order);
        self.table = table;
        self.plan = Arc::new(plan);
    }

    /// Takes in what its worker says; messages of another sweep are left aside.
    pub fn receive(&mut self, id: SweepId, news: SweepNews) {
        if self.id != Some(id) {
            return;
        }
        match news {
            SweepNews::Done(result) => self.table.insert(TrialResult {
                unit: seated(&self.plan, &self.seats, result.unit),
                ..result
            }),
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

/// A trial where the arms stand otherwise.
fn seated(plan: &Plan, seats: &Seats, unit: Unit) -> Unit {
    let cell = plan.cell(unit.cell);
    let arm = seats.of(cell.arm);
    Unit {
        cell: plan.index(Cell { arm, ..cell }),
        ..unit
    }
}
