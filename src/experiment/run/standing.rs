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
    /// Step and δ of the first change.
    changed: Option<(u64, f64)>,
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

    /// Notes another δ from a step on, and says whether it makes a difference. Of several at one step the
    /// last counts, and only where it is another one than before them.
    pub(super) fn note(&mut self, at: u64, delta: f64) -> bool {
        let before = self.changed;
        if self.can_end && before.is_none_or(|(first, _)| first == at) {
            self.changed = (delta != self.delta).then_some((at, delta));
        }
        self.changed != before
    }

    /// What stands now.
    pub(super) fn reports(&self) -> Arc<[PaperReport]> {
        let Some((at, to)) = self.changed else {
            return Arc::clone(&self.at_start);
        };
        let from = self.delta;
        after_change(&self.at_start, DeltaChange { at, from, to }).into()
    }

    /// The first change.
    pub(super) fn changed(&self) -> Option<(u64, f64)> {
        self.changed
    }

    /// Goes on where this was the first change.
    pub(super) fn restore(&mut self, changed: Option<(u64, f64)>) {
        self.changed = changed;
    }
}
