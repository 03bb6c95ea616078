//! The changes of the step that an arm's preset asks for.

use crate::spec::{StepChange, TrainSpec};

/// The changes of the step that an arm's preset asks for, and how many of them are done with.
///
/// A change is made when the arm goes on from its step, so that one made live at the same step takes its
/// place, as if it had been asked for.
#[derive(Clone, Debug)]
pub(super) struct StepChanges {
    asked: Vec<StepChange>,
    done: usize,
}

impl StepChanges {
    pub(super) fn of(train: &TrainSpec) -> Self {
        Self {
            asked: train.changes.clone(),
            done: 0,
        }
    }

    /// Step of the next change, beyond which no steps are done in a row; `u64::MAX` after the last.
    pub(super) fn next(&self) -> u64 {
        self.asked
            .get(self.done)
            .map_or(u64::MAX, |change| change.at)
    }

    /// The step with which an arm goes on from a step, where a change is due there.
    pub(super) fn take(&mut self, at: u64) -> Option<f64> {
        let due = self.asked.get(self.done).filter(|change| change.at <= at)?;
        self.done += 1;
        Some(due.step)
    }

    /// How many are done with.
    pub(super) fn done(&self) -> usize {
        self.done
    }

    /// Goes on where so many were done with.
    pub(super) fn restore(&mut self, done: usize) {
        self.done = done;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_is_due_once_and_from_its_step_on() {
        let change = |at, step| StepChange { at, step };
        let train = TrainSpec {
            changes: vec![change(3, 0.5), change(4, 0.25)],
            ..TrainSpec::default()
        };
        let mut changes = StepChanges::of(&train);
        assert_eq!((changes.take(2), changes.next()), (None, 3));
        assert_eq!((changes.take(3), changes.take(3)), (Some(0.5), None));
        assert_eq!((changes.take(4), changes.next()), (Some(0.25), u64::MAX));
        assert_eq!((changes.take(5), changes.done()), (None, 2));
    }
}
