//! Another experiment comes into the window.

use std::sync::Arc;

use crate::preset::{Experiment, library};
use crate::ui::cursor::Cursor;
use crate::ui::doors::reading::{Found, Results};
use crate::ui::doors::{Document, Keeping, Left, Word};
use crate::ui::run_view::{Origin, RunView};

use crate::ui::app::App;
use crate::ui::app::arrival::Arrival;
use crate::ui::app::then::Then;

impl App {
    /// Shows what was read.
    pub(super) fn arrive(&mut self, found: Found) {
        let Found {
            experiment,
            document,
            results,
            source,
            notice,
        } = found;
        if let Some(source) = source {
            let title = experiment.preset.title.clone();
            self.doors.settings.note_opened(&source, &title);
        }
        if let Some(notice) = notice {
            self.doors.news.say(Word::Done(notice));
        }
        let mut arrival = Arrival {
            document: Some(document),
            ..Arrival::default()
        };
        match results {
            Results::None => {}
            Results::Run(history) => return self.show_recorded(experiment, history, arrival),
            Results::Unfinished(saved, folder) => arrival.saved = Some((*saved, folder)),
            Results::Sweep(sweep) => arrival.sweep = Some(*sweep),
        }
        self.consider(Arc::new(experiment), Then::Arrive(Box::new(arrival)));
    }

    /// A run that is there to its end; nobody trains it.
    fn show_recorded(
        &mut self,
        experiment: Experiment,
        history: crate::history::RunHistory,
        arrival: Arrival,
    ) {
        let experiment = Arc::new(experiment);
        self.adopt(&experiment);
        if let Some(runner) = &mut self.runner {
            runner.unload();
        }
        (self.next, self.waiting, self.notice) = (None, None, None);
        self.experiment = Arc::clone(&experiment);
        self.settle(arrival);
        let mut run = RunView::recorded(Arc::clone(&experiment), history);
        run.origin = Origin {
            preset: self.loaded,
            ..Origin::default()
        };
        self.replace_shown(run);
        self.show(Cursor::Live);
        self.follow_sweep(&experiment);
    }

    /// What comes with the experiment whose controls and panels are there by now.
    pub(in crate::ui::app) fn settle(&mut self, arrival: Arrival) {
        if let Some(document) = arrival.document {
            self.doors.document = document;
        }
        self.sweep = arrival.sweep;
        self.resume = arrival.saved;
        if let Some(draft) = arrival.draft {
            self.draft = draft;
        }
        if let Some(place) = arrival.place {
            self.workspace.arrange(&place);
        }
    }

    /// What is left for another experiment is remembered; the new one is a preset of no file until one says
    /// otherwise.
    pub(in crate::ui::app) fn leave_experiment(&mut self, next: &Experiment) {
        let left = Left {
            name: self.experiment.name.clone(),
            folder: self.experiment.folder.clone(),
            draft: self.draft.clone(),
            document: self.doors.document.clone(),
            place: self.workspace.place(),
        };
        self.remember_layout();
        self.doors.past.leave(left);
        self.doors.document = Document::unnamed(&next.name, next.preset.clone());
        if self.doors.keeping.is_some() {
            self.keep_no_more();
        }
    }

    /// The panels of another experiment stand as its preset says, else as they did when it was left last.
    pub(in crate::ui::app) fn take_view(&mut self, experiment: &Experiment) {
        let remembered = self.doors.settings.layouts.get(&experiment.name).cloned();
        let view = experiment.preset.view.clone().unwrap_or_default();
        if let Some(place) = view.layout.or(remembered) {
            self.workspace.arrange(&place);
        }
        self.panels.take(&view.switches);
    }

    /// Goes back to what was in the window before, or forward to what undo has left.
    pub(in crate::ui::app) fn return_to(&mut self, back: bool) {
        let past = &mut self.doors.past;
        let Some(left) = (if back { past.undo() } else { past.redo() }) else {
            return;
        };
        let preset = left.draft.accepted().clone();
        match Experiment::check(preset, &left.name, left.folder) {
            Ok(experiment) => {
                let arrival = Arrival {
                    document: Some(left.document),
                    draft: Some(left.draft),
                    place: left.place,
                    ..Arrival::default()
                };
                self.consider(Arc::new(experiment), Then::Arrive(Box::new(arrival)));
            }
            Err(error) => self.notice = Some(error.to_string()),
        }
    }

    /// A run that goes on where it was saved is kept as before.
    pub(in crate::ui::app) fn keep_resumed(&mut self, folder: &std::path::Path, run: &RunView) {
        let Some(id) = run.id else { return };
        match Keeping::new(folder, &run.experiment, id, true) {
            Ok(keeping) => self.doors.keeping = Some(keeping),
            Err(message) => self.doors.trouble(message),
        }
    }

    /// The same with the source that its experiment came from, which is listed with what was opened last.
    pub fn with_source(mut self, source: &str) -> Self {
        if std::path::Path::new(source).is_dir() {
            // Results that are there already take their time to be read.
            self.apply_to_doors(crate::ui::door_action::DoorAction::OpenSource(
                source.to_owned(),
            ));
            return self;
        }
        self.doors.document = crate::ui::doors::reading::document(source, &self.experiment);
        let title = self.experiment.preset.title.clone();
        let source = crate::ui::doors::reading::lasting(source);
        if library::find(&source).is_some() || std::path::Path::new(&source).exists() {
            self.doors.settings.note_opened(&source, &title);
        }
        self
    }
}
