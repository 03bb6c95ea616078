//! Starting runs.

use std::sync::Arc;

use crate::preset::{Experiment, PresetError, library};
use crate::ui::cursor::Cursor;
use crate::ui::draft::Draft;
use crate::ui::run_view::RunView;
use crate::ui::tiles::Workspace;
use crate::worker::{Activity, RunId};

use super::App;

impl App {
    /// Starts the preset as edited, where it is valid.
    pub(super) fn start_draft(&mut self, field: &'static str) {
        match self.checked_draft() {
            Ok(experiment) => {
                self.draft.accept(field);
                self.load(Arc::new(experiment), true);
            }
            Err(error) => self.draft.refuse(field, error.to_string()),
        }
    }

    /// The preset as edited, as an experiment.
    pub(super) fn checked_draft(&self) -> Result<Experiment, PresetError> {
        Experiment::check(
            self.draft.preset.clone(),
            &self.experiment.name,
            self.experiment.folder.clone(),
        )
    }

    /// Asks the worker for a run; the one shown stays on screen until the new one has records.
    pub(super) fn load(&mut self, experiment: Arc<Experiment>, play: bool) {
        self.notice = None;
        self.cursor = Cursor::Live;
        self.experiment = Arc::clone(&experiment);
        let Some(trainer) = &mut self.trainer else {
            return;
        };
        let id = trainer.load(Arc::clone(&experiment), play);
        let run = RunView::starting(id, experiment);
        if self.shown.has_records() {
            self.next = Some(run);
        } else {
            self.shown = run;
            self.next = None;
        }
    }

    /// Another preset from the gallery.
    pub(super) fn load_preset(&mut self, name: &str) {
        match library::load(name) {
            Ok(experiment) => {
                self.draft = Draft::new(experiment.preset.clone());
                self.workspace = Workspace::new(&experiment.preset.panels);
                self.panels.hidden_arms.clear();
                self.panels.x1 = None;
                self.panels.x2 = None;
                self.load(Arc::new(experiment), true);
            }
            Err(error) => self.notice = Some(error.to_string()),
        }
    }

    /// The run whose messages count.
    pub(super) fn newest(&self) -> Option<RunId> {
        self.next.as_ref().unwrap_or(&self.shown).id
    }

    /// The newest run could not begin: what is shown stays.
    pub(super) fn refused(&mut self, message: String) {
        if self.next.take().is_none() {
            self.shown.snapshot.activity = Activity::Idle;
        }
        self.notice = Some(message);
    }
}
