//! What each action does.

use std::sync::Arc;

use crate::preset::{Edit, PresetError, effect, effect_between};
use crate::spec::field::{Effect, LiveField, SEED};
use crate::ui::action::Action;
use crate::ui::cursor::Cursor;
use crate::worker::Command;

use super::App;
use super::then::Then;

impl App {
    /// Carries out what the user asked for.
    pub fn apply(&mut self, action: Action) {
        match action {
            Action::Edit(edit) => self.edit(&edit),
            Action::RestartWith(edit) => self.restart_with(&edit),
            Action::Undo if self.draft.undo() => self.follow_draft(),
            Action::Redo if self.draft.redo() => self.follow_draft(),
            Action::Undo => self.return_to(true),
            Action::Redo => self.return_to(false),
            Action::StartAnyway => self.start_waiting(),
            Action::KeepOldRun => {
                self.waiting = None;
                self.draft.drop_refused();
            }
            Action::Load(name) => self.load_preset(&name),
            Action::TogglePlay => self.toggle_play(),
            Action::ToStart => self.show(Cursor::At(0)),
            Action::ToEnd => self.show(Cursor::Live),
            Action::Previous => self.show(self.cursor.previous(&self.shown.history)),
            Action::Next => self.next_record(),
            Action::Seek(step) => self.seek(step),
            Action::SetSpeed(speed) => {
                self.speed = speed;
                self.send(Command::SetSpeed(speed));
            }
            Action::Restart => self.start_again(),
            Action::NewSeed => self.new_seed(),
            Action::ToggleArm(index) => self.toggle_arm(index),
            Action::SetTheme(choice) => self.choice = choice,
            Action::ToggleHelp => self.help = !self.help,
            Action::ToggleControls => self.drawer.toggle(),
            Action::ToggleFull => self.workspace.toggle_full(),
            Action::NextPanel { forward } => self.workspace.next_full(forward),
            Action::ResetLayout => self.workspace.reset(),
            Action::Dismiss => self.notice = None,
            Action::Sweep(action) => self.apply_to_sweep(action),
            Action::Kept(action) => self.apply_to_kept(action),
            Action::Arm(action) => self.apply_to_arms(action),
            Action::Vary(action) => self.apply_to_variation(action),
            Action::Door(action) => self.apply_to_doors(action),
        }
    }

    fn edit(&mut self, edit: &Edit) {
        if let Err(error) = self.draft.change(edit) {
            return self.draft.refuse(&edit.path, error.to_string());
        }
        match effect(&edit.path, &self.experiment.preset, &self.draft.preset) {
            Effect::Live(field) if self.goes_on() => match self.go_on_with(field) {
                Ok(()) => {
                    self.draft.accept(&edit.path);
                }
                Err(error) => self.draft.refuse(&edit.path, error.to_string()),
            },
            Effect::Restart | Effect::Live(_) => self.start_draft(&edit.path, Then::Accept),
        }
    }

    fn restart_with(&mut self, edit: &Edit) {
        match self.draft.change(edit) {
            Ok(()) => self.start_draft(&edit.path, Then::AcceptAndTrain),
            Err(error) => self.draft.refuse(&edit.path, error.to_string()),
        }
    }

    /// What was taken back or done again acts on the run as the change itself would; a run that is still
    /// kept is shown again instead of trained again.
    fn follow_draft(&mut self) {
        match effect_between(&self.experiment.preset, &self.draft.preset) {
            Effect::Live(field) if self.goes_on() => {
                if let Err(error) = self.go_on_with(field) {
                    self.notice = Some(error.to_string());
                }
            }
            Effect::Restart | Effect::Live(_) if self.go_on_rearranged() || self.bring_back() => {}
            Effect::Restart | Effect::Live(_) => self.start_unchanged(Then::Back),
        }
    }

    /// The run goes on with a field as it is in the draft.
    fn go_on_with(&mut self, field: LiveField) -> Result<(), PresetError> {
        let experiment = self.checked_draft()?;
        self.follow_sweep(&experiment);
        self.experiment = experiment.into();
        let newest = self.next.as_mut().unwrap_or(&mut self.shown);
        newest.controls = Arc::clone(&self.experiment);
        if let Some(command) = Command::going_on(field, &self.draft.preset) {
            self.send(command);
        }
        Ok(())
    }

    pub(super) fn send(&mut self, command: Command) {
        if let Some(runner) = &mut self.runner
            && let Err(message) = runner.send(command)
        {
            self.notice = Some(message);
        }
    }

    pub(super) fn start_again(&mut self) {
        self.draft.drop_refused();
        self.start_unchanged(Then::Again);
    }

    fn start_unchanged(&mut self, then: Then) {
        match self.checked_draft() {
            Ok(experiment) => self.consider(experiment.into(), then),
            Err(error) => self.notice = Some(error.to_string()),
        }
    }

    fn new_seed(&mut self) {
        let seed = self.draft.preset.seed.wrapping_add(1);
        self.edit(&Edit::new(SEED.path, seed.to_string()));
    }

    fn toggle_arm(&mut self, index: usize) {
        let hidden = &mut self.panels.shared.hidden_arms;
        if index < self.kept.slots(&self.shown).len() && !hidden.remove(&index) {
            hidden.insert(index);
        }
    }

    /// Whether somebody trains the newest run, so that it can go on with a change.
    pub(super) fn goes_on(&self) -> bool {
        self.newest().is_some() || self.runner.is_none()
    }
}
