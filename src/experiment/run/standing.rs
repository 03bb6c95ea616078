//! What stands of the theory of a run's start.

use std::sync::Arc;

use crate::theory::{DeltaChange, PaperReport, after_change};

/// What the papers said of a run's start, and the first change of its step δ since.
#[derive(Clone, Debug)]
pub(in crate::experiment) struct StandingTheory {
    at_start: Arc<[PaperReport]>,
    /// δ of the start.
    delta: f64,
    /// Whether something of it ends with another δ.
    can_end: bool,
    /// The first change.
    changed: Option<DeltaChange>,
}

impl StandingTheory {
    /// All of it. Under gradient flow a step is no more than the distance of two looks, and nothing ends.
    pub(super) fn new(at_start: Arc<[PaperReport]>, delta: f64, is_flow: bool) -> Self {
        let mut bounds = at_start.iter().flat_map(|report| &report.bounds);
        Self {
            can_end: !is_flow && bounds.any(|bound| bound.one_step.is_some()),
            at_start,
            delta,
            changed: None,
        }
    }

    /// Notes another δ from a step and its time on, and says whether it makes a difference. Of several at
    /// one step the last counts, and only where it is another one than before them.
    pub(super) fn note(&mut self, (at, time): (u64, f64), to: f64) -> bool {
        let (before, from) = (self.changed, self.delta);
        if self.can_end && before.is_none_or(|first| first.at == at) {
            let change = DeltaChange { at, time, from, to };
            self.changed = (to != from).then_some(change);
        }
        self.changed != before
    }

    /// What stands now.
    pub(super) fn reports(&self) -> Arc<[PaperReport]> {
        match self.changed {
            Some(change) => after_change(&self.at_start, change).into(),
            None => Arc::clone(&self.at_start),
        }
    }

    /// The first change.
    pub(super) fn changed(&self) -> Option<DeltaChange> {
        self.changed
    }

    /// Goes on where this was the first change.
    pub(super) fn restore(&mut self, changed: Option<DeltaChange>) {
        self.changed = changed;
    }
}
