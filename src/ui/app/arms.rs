//! The arms by hand, and the one that the controls act on.

use std::sync::Arc;

use crate::preset::{ArmsByHand, Edit, Experiment, PresetError};
use crate::spec::Preset;
use crate::sweep::Plan;
use crate::ui::action::ArmAction;
use crate::ui::seats::{arranged, order};

use super::App;
use super::then::Then;

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
            Ok(()) if self.draft.is_accepted() => self.draft.drop_refused(),
            Ok(()) if self.go_on_rearranged() => {
                self.draft.accept(field);
            }
            Ok(()) => self.start_draft(field, Then::Accept),
            Err(error) => self.draft.refuse(field, error.to_string()),
        }
    }

    /// The run and its sweep go on where their arms are what they were, under other names or in another
    /// order; whether they do.
    pub(super) fn go_on_rearranged(&mut self) -> bool {
        let Ok(draft) = self.checked_draft() else {
            return false;
        };
        let newest = self.next.as_ref().unwrap_or(&self.shown);
        let is_its = Arc::ptr_eq(&self.experiment, &newest.controls);
        let stays = newest.id.is_some() || newest.has_records() || self.runner.is_none();
        let Some(order) = order(&self.experiment, &draft).filter(|_| is_its && stays) else {
            return false;
        };
        let Some(started) = rearranged(&newest.experiment, &draft, &order) else {
            return false;
        };
        let sweep = match &self.sweep {
            None => None,
            Some(sweep) => match rearranged(sweep.plan.experiment(), &draft, &order) {
                None => return false,
                swept => swept,
            },
        };
        self.experiment = draft.into();
        if self.next.is_none() {
            self.move_hidden(&order);
        }
        let controls = Arc::clone(&self.experiment);
        let newest = self.next.as_mut().unwrap_or(&mut self.shown);
        newest.rearrange(&order, started.into(), Arc::clone(&controls));
        if let (Some(sweep), Some(plan)) = (&mut self.sweep, sweep.as_ref().and_then(Plan::of)) {
            sweep.rearrange(&order, plan);
        }
        self.follow_sweep(&controls);
        true
    }
}

/// An experiment with its arms as in another one, where that moves each as told.
fn rearranged(experiment: &Experiment, as_in: &Experiment, wanted: &[usize]) -> Option<Experiment> {
    let preset = arranged(&experiment.preset, &as_in.preset);
    let (name, folder) = (&experiment.name, experiment.folder.clone());
    let after = Experiment::check(preset, name, folder).ok()?;
    (order(experiment, &after)? == wanted).then_some(after)
}
