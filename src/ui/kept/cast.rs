//! Who is on stage: the arms of the run shown, of the pinned runs, of the run before.

use std::sync::Arc;

use crate::history::{ArmHistory, Role, RunHistory, Settings};
use crate::ui::run_view::RunView;

use super::Kept;

/// A run that can be looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Side {
    /// The run shown.
    Now,
    /// A pinned one.
    Pin(u64),
    /// The one before.
    Before,
}

/// An arm of a run, which is told by it wherever it stands among the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Slot {
    /// The run.
    pub side: Side,
    /// Index among the run's own arms.
    pub arm: usize,
}

impl Kept {
    /// The arms of all runs in the order of the panels: the run's own, pinned ones, the run before.
    pub fn slots(&self, shown: &RunView) -> Vec<Slot> {
        let own = [(Side::Now, shown)];
        let pins = self.pins().iter().map(|pin| (Side::Pin(pin.id), &*pin.run));
        let before = self.before().map(|run| (Side::Before, run));
        let runs = own.into_iter().chain(pins).chain(before);
        let slots = |(side, run): (Side, &RunView)| {
            (0..run.history.arms().len()).map(move |arm| Slot { side, arm })
        };
        runs.flat_map(slots).collect()
    }

    /// What panels draw from: the history of the run shown with those of its guests behind it; `None`
    /// where it has none. Records are shared, so that a frame copies none.
    pub fn beside(&self, shown: &RunView) -> Option<RunHistory> {
        if self.has_no_guests() {
            return None;
        }
        let pins = self.pins().iter().flat_map(|pin| {
            let arms = pin.run.history.arms();
            arms.iter().enumerate().map(move |(index, arm)| {
                let label = label(arms.len(), arm, &pin.label);
                let guest = arm.as_guest(label, Role::Pinned);
                guest.with_settings(settings(&pin.run, index))
            })
        });
        let before = self.before().into_iter().flat_map(|run| {
            let arms = run.history.arms();
            arms.iter().enumerate().map(move |(index, arm)| {
                let of = successor(shown.history.arms(), (arms.len(), index, arm));
                let label = label(arms.len(), arm, "before");
                let guest = arm.as_guest(label, Role::Before { of });
                guest.with_settings(settings(run, index))
            })
        });
        Some(shown.history.with_guests(pins.chain(before)))
    }
}

fn settings(run: &RunView, index: usize) -> Settings {
    Settings {
        experiment: Arc::clone(&run.experiment),
        index,
    }
}

fn label(arms: usize, arm: &ArmHistory, of: &str) -> String {
    if arms == 1 {
        of.to_owned()
    } else {
        format!("{}, {of}", arm.label)
    }
}

/// The arm that takes the place of one of the run before: that of its name; else, of as many, the one
/// that stands where it stood.
fn successor(
    own: &[ArmHistory],
    (count, index, arm): (usize, usize, &ArmHistory),
) -> Option<usize> {
    let named = own.iter().position(|own| own.label == arm.label);
    named.or((own.len() == count).then_some(index))
}
