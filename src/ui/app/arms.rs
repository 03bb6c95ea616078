//! The arms by hand, and the one that the controls act on.

use std::sync::Arc;

use crate::preset::{ArmsByHand, Edit, Experiment, PresetError};
use crate::spec::Preset;
use crate::ui::action::ArmAction;

use super::App;

/// Under what changes of the arms are taken back, and their errors shown.
const AXES: &str = "axes";

impl App {
    /// Does what the user asked of the arms.
    pub(super) fn apply_to_arms(&mut self, action: ArmAction) {
        match action {
            ArmAction::Select(arm) => self.select(arm),
            ArmAction::Edit(arm, edit) => self.by_hand(&edit.path, |arms| arms.edited(arm, &edit)),
            ArmAction::Copy(arm) => {
                self.change_arms(|arms| arms.copied(arm));
                let last = self.draft.preset.clone();
                self.select(ArmsByHand::of(&last).ok().map(|arms| arms.count() - 1));
            }
            ArmAction::Remove(arm) => {
                self.change_arms(|arms| arms.removed(arm));
                self.select(None);
            }
            ArmAction::Shift { arm, up } => {
                self.change_arms(|arms| arms.shifted(arm, up));
                self.select(None);
            }
            ArmAction::Rename(arm, name) => self.change_arms(|arms| arms.renamed(arm, &name)),
        }
    }

    /// The arm that the controls act on, with its preset as edited; `None` where they act on all.
    pub(super) fn selected(&self) -> Option<(usize, Preset)> {
        let arm = self.arm?;
        let arms = ArmsByHand::of(&self.draft.preset).ok()?;
        let preset = arms.preset_of(arm).filter(|_| arms.count() > 1)?;
        Some((arm, preset.clone()))
    }

    /// Lets the controls act on another arm: what is changed then is taken back by itself.
    fn select(&mut self, arm: Option<usize>) {
        self.arm = arm;
        self.draft.pause();
    }

    /// A change of the list of arms, taken back by itself.
    pub(super) fn change_arms(
        &mut self,
        change: impl FnOnce(ArmsByHand<'_>) -> Result<Edit, PresetError>,
    ) {
        self.draft.pause();
        self.by_hand(AXES, change);
    }

    fn by_hand(
        &mut self,
        field: &str,
        change: impl FnOnce(ArmsByHand<'_>) -> Result<Edit, PresetError>,
    ) {
        let edit = ArmsByHand::of(&self.draft.preset).and_then(change);
        match edit.and_then(|edit| self.draft.change(&edit)) {
            Ok(()) if self.go_on_renamed() => {
                self.draft.accept(field);
            }
            Ok(()) => self.start_draft(field),
            Err(error) => self.draft.refuse(field, error.to_string()),
        }
    }

    /// The run goes on where its arms are what they were, under other names; whether it does.
    pub(super) fn go_on_renamed(&mut self) -> bool {
        let Ok(draft) = self.checked_draft() else {
            return false;
        };
        if !self.goes_on() || !are_alike(&draft, &self.experiment) {
            return false;
        }
        let newest = self.next.as_ref().unwrap_or(&self.shown);
        let started = as_named(&newest.experiment.preset, &draft.preset);
        let (name, folder) = (draft.name.clone(), draft.folder.clone());
        let Ok(started) = Experiment::check(started, &name, folder) else {
            return false;
        };
        if !are_alike(&started, &newest.experiment) {
            return false;
        }
        self.experiment = draft.into();
        let newest = self.next.as_mut().unwrap_or(&mut self.shown);
        for (index, arm) in started.arms.iter().enumerate() {
            newest.history.rename(index, &arm.label);
        }
        newest.experiment = Arc::new(started);
        newest.controls = Arc::clone(&self.experiment);
        true
    }
}

/// Whether the arms of two experiments without a sweep train alike.
fn are_alike(here: &Experiment, there: &Experiment) -> bool {
    let arms = || here.arms.iter().zip(&there.arms);
    let is_swept = |e: &Experiment| e.preset.sweep.is_some();
    here.arms.len() == there.arms.len()
        && !is_swept(here)
        && !is_swept(there)
        && arms().all(|(here, there)| here.preset == there.preset)
        && arms().any(|(here, there)| here.label != there.label)
}

/// A preset with its arms, and what is said of them, as in another one.
fn as_named(preset: &Preset, named: &Preset) -> Preset {
    Preset {
        axes: named.axes.clone(),
        claims: named.claims.clone(),
        rests_on: named.rests_on.clone(),
        takeaway: named.takeaway.clone(),
        summary: named.summary.clone(),
        ..preset.clone()
    }
}
