//! When an arm's records are due.

use crate::observe::next_due;
use crate::spec::{ObserveSpec, Schedule};

/// The steps of an arm's records, the first one at its start.
#[derive(Clone, Debug)]
pub(super) struct RecordSchedule {
    schedule: Schedule,
    /// Further steps, rising.
    also: Vec<u64>,
    next: u64,
}

impl RecordSchedule {
    pub(super) fn new(observe: &ObserveSpec) -> Self {
        Self {
            schedule: observe.schedule,
            also: observe.also.clone(),
            next: 0,
        }
    }

    /// Whether the record of a step is one to be made in full.
    pub(super) fn is_full(&self, step: u64) -> bool {
        self.also.contains(&step)
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
        let also = self.also.iter().find(|also| **also > step);
        let due = next_due(self.schedule, step);
        self.next = also.map_or(due, |also| due.min(*also));
    }

    /// Goes on where the next record is that of a step.
    pub(super) fn restore(&mut self, next: u64) {
        self.next = next;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn further_steps_are_recorded_among_the_others_and_in_full() {
        let mut schedule = RecordSchedule::new(&ObserveSpec {
            schedule: Schedule::Every(4),
            also: vec![1, 8, 10, 469],
            ..ObserveSpec::default()
        });
        let mut steps = Vec::new();
        while steps.len() < 6 {
            let step = schedule.next();
            steps.push((step, schedule.is_full(step)));
            schedule.note(step);
        }
        let expected = [
            (0, false),
            (1, true),
            (4, false),
            (8, true),
            (10, true),
            (12, false),
        ];
        assert_eq!(steps, expected);
    }
}
