//! The runs beside the one shown: the run before, pinned runs, and what undo brings back.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

use crate::figure::changed;
use crate::ui::action::KeptAction;
use crate::ui::cursor::Cursor;
use crate::ui::kept::{Side, Slot};
use crate::ui::run_view::RunView;

use super::App;

/// Two runs that are shown alone.
#[derive(Clone, Debug)]
pub(super) struct Comparison {
    sides: [Side; 2],
    /// What was hidden before.
    hidden: BTreeSet<Slot>,
}

impl Comparison {
    /// The two.
    pub(super) fn sides(&self) -> [Side; 2] {
        self.sides
    }

    /// The arms of the run shown stand elsewhere.
    fn move_own(&mut self, now: impl Fn(usize) -> usize) {
        let moved = |slot: &Slot| match slot.side {
            Side::Now => Slot {
                arm: now(slot.arm),
                ..*slot
            },
            Side::Pin(_) | Side::Before => *slot,
        };
        self.hidden = self.hidden.iter().map(moved).collect();
    }
}

impl App {
    /// Does what the user asked of the runs beside the one shown.
    pub(super) fn apply_to_kept(&mut self, action: KeptAction) {
        match action {
            KeptAction::Pin => self.pin(),
            KeptAction::Compare(sides) => self.compare(sides),
            KeptAction::Toggle(side) => self.toggle_side(side),
            KeptAction::Unpin(id) => self.recast(|app| app.kept.unpin(id)),
            KeptAction::Rename(id, name) => self.recast(|app| app.kept.rename(id, &name)),
            KeptAction::Shift { pin, up } => self.recast(|app| app.kept.shift(pin, up)),
            KeptAction::Dismiss => self.recast(|app| app.kept.dismiss()),
        }
    }

    fn pin(&mut self) {
        if !self.shown.has_records() {
            self.notice = Some("Nothing to pin yet: the run has no record.".to_owned());
            return;
        }
        let mut pinned = Ok(());
        self.recast(|app| pinned = app.kept.pin(&app.shown));
        if let Err(refusal) = pinned {
            self.notice = Some(refusal);
        }
    }

    /// Another run is the one shown; the one before is kept, where it is of the same preset.
    pub(super) fn replace_shown(&mut self, run: RunView) {
        self.recast(|app| {
            let left = std::mem::replace(&mut app.shown, run);
            app.keep(&left);
        });
    }

    fn keep(&mut self, left: &RunView) {
        let shown = &self.shown;
        if left.origin.preset != shown.origin.preset {
            return self.kept.dismiss();
        }
        if !left.has_records() {
            return;
        }
        let again = left.history.as_run(&left.experiment.preset) == shown.experiment.preset;
        let continues = shown.origin.continues;
        // Of a slider that is dragged the run before the drag stays, not one that had no time.
        let passing = self.kept.before().is_some_and(|before| {
            continues && left.history.last_step() < before.history.last_step()
        });
        let lost = self
            .kept
            .leave(left.at_rest(), [!again && !continues, !again && !passing]);
        self.notice = lost.or(self.notice.take());
    }

    /// Shows the run of the preset in the controls again, if it is still kept; nobody trains it. Whether
    /// there is one.
    pub(super) fn bring_back(&mut self) -> bool {
        let (preset, loaded) = (&self.draft.preset, self.loaded);
        let wanted = |run: &RunView| {
            run.origin.preset == loaded && run.controls.preset == *preset && run.has_records()
        };
        // It may be on screen yet: the one that was to follow starts, or was refused.
        let followed = !Arc::ptr_eq(&self.experiment, &self.shown.controls);
        let stays = followed && wanted(&self.shown);
        let kept = if stays { None } else { self.kept.take(wanted) };
        if kept.is_none() && !stays {
            return false;
        }
        if let Some(runner) = &mut self.runner {
            runner.unload();
        }
        (self.next, self.waiting, self.notice) = (None, None, None);
        match kept {
            Some(mut run) => {
                run.origin.continues = false;
                self.replace_shown(run);
            }
            None => self.shown = self.shown.at_rest(),
        }
        self.show(Cursor::Live);
        self.experiment = Arc::clone(&self.shown.controls);
        let experiment = Arc::clone(&self.experiment);
        self.follow_sweep(&experiment);
        true
    }

    /// Shows the arms of two runs and no other, or again what was shown before.
    fn compare(&mut self, sides: Option<[Side; 2]>) {
        let before = self.comparison.take();
        let slots = self.kept.slots(&self.shown);
        let hidden = before.map_or_else(|| self.hidden_slots(), |before| before.hidden);
        let Some(sides) = sides else {
            return self.hide(&hidden);
        };
        let others = slots.into_iter().filter(|slot| !sides.contains(&slot.side));
        self.hide(&others.collect());
        self.comparison = Some(Comparison { sides, hidden });
    }

    /// Hides all arms of a run, or shows them where none is seen.
    fn toggle_side(&mut self, side: Side) {
        let mut hidden = self.hidden_slots();
        let slots = self.kept.slots(&self.shown).into_iter();
        let its: Vec<Slot> = slots.filter(|slot| slot.side == side).collect();
        if its.iter().all(|slot| hidden.contains(slot)) {
            hidden.retain(|slot| slot.side != side);
        } else {
            hidden.extend(its);
        }
        self.hide(&hidden);
    }

    /// Controls and panels of another preset are to be shown: what was chosen of the arms is forgotten,
    /// but for the pinned runs.
    pub(super) fn leave_panels(&mut self) {
        self.compare_no_more();
        let mut hidden = self.hidden_slots();
        self.panels.leave_experiment();
        hidden.retain(|slot| matches!(slot.side, Side::Pin(_)));
        self.hide(&hidden);
    }

    fn compare_no_more(&mut self) {
        if self.comparison.is_some() {
            self.compare(None);
        }
    }

    /// Changes who is on stage: what was hidden stays hidden, wherever it stands then.
    fn recast(&mut self, change: impl FnOnce(&mut Self)) {
        let hidden = self.hidden_slots();
        change(self);
        self.kept.name_beside(&self.shown);
        self.hide(&hidden);
        let slots = self.kept.slots(&self.shown);
        let gone = |side: &Side| slots.iter().all(|slot| slot.side != *side);
        let sides = self.comparison.as_ref().map(Comparison::sides);
        match sides {
            Some(sides) if sides.iter().any(gone) => self.compare(None),
            // A run that has just come is none of the two.
            Some(sides) => self.compare(Some(sides)),
            None => {}
        }
    }

    /// The arms that are hidden, by their runs.
    fn hidden_slots(&self) -> BTreeSet<Slot> {
        let slots = self.kept.slots(&self.shown);
        let hidden = self.panels.shared.hidden_arms.iter();
        hidden
            .filter_map(|index| slots.get(*index).copied())
            .collect()
    }

    fn hide(&mut self, hidden: &BTreeSet<Slot>) {
        let slots = self.kept.slots(&self.shown);
        let indices = (0..).zip(&slots);
        let indices = indices.filter(|(_, slot)| hidden.contains(slot));
        self.panels.shared.hidden_arms = indices.map(|(index, _)| index).collect();
    }

    /// The arms of the run shown were moved: `order` is where each of them stood before. What is hidden
    /// stays hidden.
    pub(super) fn move_hidden(&mut self, order: &[usize]) {
        let now = |arm: usize| {
            order
                .iter()
                .position(|before| *before == arm)
                .unwrap_or(arm)
        };
        let shared = &mut self.panels.shared;
        shared.hidden_arms = shared.hidden_arms.iter().map(|arm| now(*arm)).collect();
        shared.shown_arm = now(shared.shown_arm);
        if let Some(comparison) = &mut self.comparison {
            comparison.move_own(now);
        }
    }

    /// Which arms of the panels are those of the run before.
    pub(super) fn before_arms(&self) -> Range<usize> {
        let all = self.kept.slots(&self.shown).len();
        let before = self.kept.before();
        all - before.map_or(0, |run| run.history.arms().len())..all
    }
}

/// What the run that starts is, beside the one that is still shown.
pub(super) fn coming(shown: &RunView, next: &RunView) -> String {
    let (here, there) = (&shown.experiment.preset, &next.experiment.preset);
    if shown.origin.preset == next.origin.preset {
        return match changed(here, there) {
            Some(words) => format!("starting with {words} …"),
            None => "starting again …".to_owned(),
        };
    }
    let title = &there.title;
    let name = if title.is_empty() {
        &next.experiment.name
    } else {
        title
    };
    format!("starting {name} …")
}
