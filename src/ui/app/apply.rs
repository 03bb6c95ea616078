//! What each action does.

use crate::spec::Preset;
use crate::ui::action::{Action, Edit, Effect};
use crate::ui::cursor::Cursor;
use crate::worker::Command;

use super::App;
use super::runs::Then;

impl App {
    /// Carries out what the user asked for.
    pub fn apply(&mut self, action: Action) {
        match action {
            Action::Edit(edit) => self.edit(edit),
            Action::Undo if self.draft.undo() => self.start_again(),
            Action::Redo if self.draft.redo() => self.start_again(),
            Action::Undo | Action::Redo => {}
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
            Action::ToggleFull => self.workspace.toggle_full(),
            Action::NextPanel { forward } => self.workspace.next_full(forward),
            Action::ResetLayout => self.workspace.reset(),
            Action::Dismiss => self.notice = None,
            Action::Sweep(action) => self.apply_to_sweep(action),
        }
    }

    fn edit(&mut self, edit: Edit) {
        let (field, effect) = (edit.field, edit.effect);
        self.draft.change(edit);
        match effect {
            Effect::Restart => self.start_draft(field),
            Effect::Live => self.set_live_step(field),
        }
    }

    /// δ is the one field that acts on a run: it goes on with the new value.
    fn set_live_step(&mut self, field: &'static str) {
        match self.checked_draft() {
            Ok(experiment) => {
                self.draft.accept(field);
                self.follow_sweep(&experiment);
                self.experiment = experiment.into();
                if let Some(step) = self.draft.preset.train.method.step() {
                    self.send(Command::SetStep(step));
                }
            }
            Err(error) => self.draft.refuse(field, error.to_string()),
        }
    }

    pub(super) fn send(&mut self, command: Command) {
        if let Some(runner) = &mut self.runner
            && let Err(message) = runner.send(command)
        {
            self.notice = Some(message);
        }
    }

    fn start_again(&mut self) {
        self.draft.drop_refused();
        self.start_unchanged();
    }

    fn start_unchanged(&mut self) {
        match self.checked_draft() {
            Ok(experiment) => self.consider(experiment.into(), Then::Again),
            Err(error) => self.notice = Some(error.to_string()),
        }
    }

    fn new_seed(&mut self) {
        let change = Box::new(|preset: &mut Preset| preset.seed = preset.seed.wrapping_add(1));
        self.edit(Edit {
            field: "seed",
            effect: Effect::Restart,
            change,
        });
    }

    fn toggle_arm(&mut self, index: usize) {
        if index < self.shown.history.arms().len() && !self.panels.hidden_arms.remove(&index) {
            self.panels.hidden_arms.insert(index);
        }
    }
}
