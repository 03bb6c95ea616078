//! Starting runs.

use std::sync::Arc;

use crate::preset::{Experiment, PresetError, library};
use crate::ui::cursor::Cursor;
use crate::ui::draft::Draft;
use crate::ui::estimate::{Verdict, largest, verdict};
use crate::ui::run_view::{Origin, RunView};
use crate::ui::tiles::Workspace;
use crate::worker::{Activity, RunId};

use super::App;
use super::compare::coming;
use super::then::Then;

/// A run that waits for consent to its size.
pub(super) struct Waiting {
    experiment: Arc<Experiment>,
    flops_per_step: f64,
    then: Then,
    /// What the user is asked.
    pub(super) question: String,
}

impl App {
    /// Starts the preset as edited, where it is valid.
    pub(super) fn start_draft(&mut self, field: &str, then: impl FnOnce(String) -> Then) {
        match self.checked_draft() {
            Ok(experiment) => self.consider(Arc::new(experiment), then(field.to_owned())),
            Err(error) => self.refuse(field, error.to_string()),
        }
    }

    /// A change is refused; where it is too much, with what is not.
    fn refuse(&mut self, field: &str, message: String) {
        self.draft.refuse(field, message);
        let (accepted, refused) = (self.draft.accepted(), &self.draft.preset);
        let fits = largest(&self.experiment, accepted, refused, field);
        self.draft.offer(fits);
    }

    /// Starts a run, asks first where it is big, or says why it cannot be.
    pub(super) fn consider(&mut self, experiment: Arc<Experiment>, then: Then) {
        self.waiting = None;
        let verdict = verdict(&experiment, self.flops_per_second);
        match (verdict, then) {
            (Verdict::Start(flops), then)
            | (Verdict::Ask(_, flops), then @ (Then::Again | Then::Back)) => {
                self.start(experiment, flops, then)
            }
            (Verdict::Ask(question, flops_per_step), then) => {
                self.waiting = Some(Waiting {
                    experiment,
                    flops_per_step,
                    then,
                    question,
                });
            }
            (Verdict::Refuse(message), Then::Accept(field) | Then::AcceptAndTrain(field)) => {
                self.refuse(&field, message);
            }
            (Verdict::Refuse(message), _) => self.notice = Some(message),
        }
    }

    /// Starts the run that waited for consent.
    pub(super) fn start_waiting(&mut self) {
        if let Some(Waiting {
            experiment,
            flops_per_step,
            then,
            ..
        }) = self.waiting.take()
        {
            self.start(experiment, flops_per_step, then);
        }
    }

    fn start(&mut self, experiment: Arc<Experiment>, flops_per_step: f64, then: Then) {
        // A changed setting leaves a run that was paused paused.
        let plays = match &then {
            Then::Accept(_) | Then::Back => self.plays(),
            Then::AcceptAndTrain(_)
            | Then::Replace
            | Then::Arrive(_)
            | Then::Open(_)
            | Then::Again => true,
        };
        let continues = match then {
            Then::Accept(field) | Then::AcceptAndTrain(field) => self.draft.accept(&field),
            Then::Replace => {
                self.adopt(&experiment);
                false
            }
            Then::Arrive(arrival) => {
                self.adopt(&experiment);
                self.settle(*arrival);
                false
            }
            Then::Open(unit) => self.note_opened(unit, &experiment.preset),
            Then::Again | Then::Back => false,
        };
        let origin = Origin {
            preset: self.loaded,
            plays,
            continues,
        };
        self.load(experiment, flops_per_step, origin);
    }

    /// Whether the newest run trains, or will as soon as it has started.
    fn plays(&self) -> bool {
        let newest = self.next.as_ref().unwrap_or(&self.shown);
        match newest.snapshot.activity {
            Activity::Paused => false,
            Activity::Starting => newest.origin.plays,
            Activity::Idle | Activity::Playing | Activity::Finished => true,
        }
    }

    /// Controls and panels of another preset.
    pub(super) fn adopt(&mut self, experiment: &Experiment) {
        // What stands there at the start was never shown.
        if self.loaded > 0 {
            self.leave_experiment(experiment);
        }
        self.drop_sweep();
        self.draft = Draft::new(experiment.preset.clone());
        self.workspace = Workspace::of(experiment);
        self.loaded += 1;
        self.arm = None;
        self.vary = None;
        self.kept.forget_past();
        self.leave_panels();
        self.take_view(experiment);
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
    fn load(&mut self, experiment: Arc<Experiment>, flops_per_step: f64, origin: Origin) {
        self.notice = None;
        self.show(Cursor::Live);
        self.experiment = Arc::clone(&experiment);
        self.follow_sweep(&experiment);
        let Some(runner) = &mut self.runner else {
            return;
        };
        let resumed = self.resume.take();
        let (saved, folder) = resumed.unzip();
        let id = match saved {
            Some(saved) => runner.resume(Arc::clone(&experiment), origin.plays, saved),
            None => runner.load(Arc::clone(&experiment), origin.plays),
        };
        let run = RunView::starting(id, experiment, flops_per_step, origin);
        if let Some(folder) = folder {
            self.keep_resumed(&folder, &run);
        }
        if self.shown.has_records() {
            self.coming = coming(&self.shown, &run);
            self.next = Some(run);
        } else {
            self.next = None;
            self.replace_shown(run);
        }
    }

    /// Another preset from the gallery.
    pub(super) fn load_preset(&mut self, name: &str) {
        match library::load(name) {
            Ok(experiment) => {
                self.doors
                    .settings
                    .note_opened(name, &experiment.preset.title);
                self.consider(Arc::new(experiment), Then::Replace);
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
