//! When an arm's records are due.

use crate::observe::next_due;
use crate::spec::Schedule;

/// The steps of an arm's records, the first one at its start.
#[derive(Clone, Copy, Debug)]
pub(super) struct RecordSchedule {
    schedule: Schedule,
    next: u64,
}

impl RecordSchedule {
    pub(super) fn new(schedule: Schedule) -> Self {
        Self { schedule, next: 0 }
    }

    /// Step of the next record.
    pub(super) fn next(&self) -> u64 {
        self.next
    }

    /// Whether a record is due.
    pub(super) fn is_due(&self, step: u64) -> bool {
        step >= self.next
    }

    /// Notes the record of a step.
    pub(super) fn note(&mut self, step: u64) {
        self.next = next_due(self.schedule, step);
    }

    /// Goes on where the next record is that of a step.
    pub(super) fn restore(&mut self, next: u64) {
        self.next = next;
    }
}
