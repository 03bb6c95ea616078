//! Runs kept beside the one shown: the one before it, those that were pinned, and those that undo
//! brings back, within one budget of memory.

mod cast;
mod pin;

use std::collections::{BTreeSet, VecDeque};
use std::sync::Arc;

use crate::history::{ArmHistory, DEFAULT_BUDGET};
use crate::number;

use super::run_view::RunView;

pub use cast::{Side, Slot};
pub use pin::Pin;

/// Bytes of records that all kept runs may hold together: as many as the run shown may.
pub const BUDGET: usize = DEFAULT_BUDGET;

/// Most runs kept for undo, which takes as many changes back.
const MOST: usize = 200;

/// Runs kept beside the one shown. None of them is trained any more.
#[derive(Clone, Debug)]
pub struct Kept {
    budget: usize,
    before: Option<Arc<RunView>>,
    pins: Vec<Pin>,
    /// What undo and redo bring back, the oldest first.
    past: VecDeque<Arc<RunView>>,
    /// Number of the next pin.
    fresh: u64,
}

impl Default for Kept {
    fn default() -> Self {
        Self::with_budget(BUDGET)
    }
}

impl Kept {
    /// Nothing yet, and at most so many bytes of records.
    pub fn with_budget(bytes: usize) -> Self {
        Self {
            budget: bytes,
            before: None,
            pins: Vec::new(),
            past: VecDeque::new(),
            fresh: 0,
        }
    }

    /// The run before the one shown, until it is dismissed.
    pub fn before(&self) -> Option<&RunView> {
        self.before.as_deref()
    }

    /// The pinned runs, in the order of the list.
    pub fn pins(&self) -> &[Pin] {
        &self.pins
    }

    /// Whether there is nothing to be looked at beside the run.
    pub fn has_no_guests(&self) -> bool {
        self.before.is_none() && self.pins.is_empty()
    }

    /// Keeps a run that was replaced, for undo where `undone` can reach it, and as the one before where
    /// `seen`. Says so where there is no room for the one before.
    pub fn leave(&mut self, run: RunView, [undone, seen]: [bool; 2]) -> Option<String> {
        let run = Arc::new(run);
        if undone {
            self.past.push_back(Arc::clone(&run));
        }
        if seen {
            self.before = Some(run);
        }
        self.keep_budget()
    }

    /// Takes the newest run out that is as asked for, of those that undo can reach.
    pub fn take(&mut self, wanted: impl Fn(&RunView) -> bool) -> Option<RunView> {
        let at = self.past.iter().rposition(|run| wanted(run))?;
        self.past.remove(at).map(Arc::unwrap_or_clone)
    }

    /// Another preset is in the controls: undo goes no further back.
    pub fn forget_past(&mut self) {
        self.past.clear();
    }

    /// Gives up the run before.
    pub fn dismiss(&mut self) {
        self.before = None;
    }

    /// Keeps a run by name.
    ///
    /// # Errors
    /// What its records take, where the pinned runs have no room for them.
    pub fn pin(&mut self, run: &RunView) -> Result<(), String> {
        let pin = Pin::new(self.fresh, run);
        let taken = bytes(self.pins.iter().map(|pin| &pin.run));
        let wanted = bytes(self.pins.iter().chain([&pin]).map(|pin| &pin.run)) - taken;
        if taken + wanted > self.budget {
            let [wanted, taken, all] =
                [wanted, taken, self.budget].map(|b| number::bytes(b as u64));
            return Err(format!(
                "not pinned: the records of this run take {wanted}, and {taken} of the {all} for kept runs \
                 are taken by pinned ones; remove one of them first"
            ));
        }
        self.fresh += 1;
        self.pins.push(pin);
        self.keep_budget();
        Ok(())
    }

    /// Gives up a pinned run.
    pub fn unpin(&mut self, id: u64) {
        self.pins.retain(|pin| pin.id != id);
    }

    /// Names a pinned run; an empty name gives it back the one that says what differs.
    pub fn rename(&mut self, id: u64, name: &str) {
        if let Some(pin) = self.pins.iter_mut().find(|pin| pin.id == id) {
            pin.rename(name);
        }
    }

    /// Moves a pinned run up or down in the list by one place.
    pub fn shift(&mut self, id: u64, up: bool) {
        let Some(at) = self.pins.iter().position(|pin| pin.id == id) else {
            return;
        };
        let to = if up { at.checked_sub(1) } else { Some(at + 1) };
        if let Some(to) = to.filter(|to| *to < self.pins.len()) {
            self.pins.swap(at, to);
        }
    }

    /// Names the pinned runs by what differs from the one shown, where nobody named them.
    pub fn name_beside(&mut self, shown: &RunView) {
        self.pins.iter_mut().for_each(|pin| pin.name_beside(shown));
    }

    /// Bytes of the records of all kept runs; what several share counts once.
    pub fn bytes(&self) -> usize {
        let pinned = self.pins.iter().map(|pin| &pin.run);
        bytes(self.before.iter().chain(pinned).chain(&self.past))
    }

    /// Drops what undo can reach, the oldest first, then the run before; pinned runs stay.
    fn keep_budget(&mut self) -> Option<String> {
        self.past.drain(..self.past.len().saturating_sub(MOST));
        while self.bytes() > self.budget && self.past.pop_front().is_some() {}
        if self.bytes() <= self.budget {
            return None;
        }
        self.before.take().map(|_| {
            let all = number::bytes(self.budget as u64);
            format!(
                "The run before is not shown beside this one: with the pinned runs its records take more \
                 than the {all} for kept runs. Remove a pin to make room."
            )
        })
    }
}

/// Bytes of the records of these runs; what several share counts once.
fn bytes<'a>(runs: impl Iterator<Item = &'a Arc<RunView>>) -> usize {
    let mut seen = BTreeSet::new();
    let arms = runs.flat_map(|run| run.history.arms());
    arms.filter(|arm| seen.insert(arm.place()))
        .map(ArmHistory::bytes)
        .sum()
}
