//! What comes in by the window's doors, and what goes out.

mod arrive;
mod copy;
mod draw;
mod drawn;
mod keep;
mod memory;
mod save;

use std::path::PathBuf;

use crate::preset::Experiment;
use crate::spec::{PanelKind, Preset, ViewSpec};
use crate::ui::door_action::{DoorAction, Leave};
use crate::ui::doors::{Done, Part, Pending, Subject, Word, menu, reading};

use super::App;

#[cfg(test)]
pub(super) use drawn::figure;

impl App {
    /// Does what the user asked of the doors.
    pub(super) fn apply_to_doors(&mut self, action: DoorAction) {
        match action {
            DoorAction::Open => self.ask_for(Pending::Open),
            DoorAction::OpenSource(source) => self.open(source),
            DoorAction::OpenPath(path) => self.open(path.to_string_lossy().into_owned()),
            DoorAction::SaveFigure(kind) => self.ask_how(kind),
            DoorAction::CopyImage(kind) => self.copy_image(kind),
            DoorAction::CopyData(kind) => self.copy_data(kind),
            DoorAction::SaveData(Some(kind)) => {
                let subject = Box::new(self.subject());
                self.ask_for(Pending::Data(kind, subject));
            }
            DoorAction::SaveData(None) => {
                let subject = Box::new(self.subject());
                self.ask_for(Pending::Series(subject));
            }
            DoorAction::SavePreset => self.save_preset(),
            DoorAction::SavePresetAs => self.ask_for(Pending::Preset),
            DoorAction::CopySettings => self.copy_settings(),
            DoorAction::PasteSettings => self.ask_for_paste(),
            DoorAction::CopyCommand => self.copy_command(),
            DoorAction::CopyScript => self.copy_script(),
            DoorAction::SaveScript => {
                let experiment = Box::new(self.as_saved());
                self.ask_for(Pending::Script(experiment));
            }
            DoorAction::Checkpoint if self.doors.keeping.is_some() => self.keep_no_more(),
            DoorAction::Checkpoint => self.ask_for(Pending::Checkpoint),
            DoorAction::Dismiss(id) => self.doors.news.dismiss(id),
            DoorAction::Close(leave) => self.leave(leave),
        }
    }

    /// Takes in what came of work at the doors; draws nothing.
    pub(super) fn receive_doors(&mut self) {
        for done in self.doors.errands.done() {
            match done {
                Done::Read(Ok(found)) => self.arrive(*found),
                Done::Read(Err(message)) => self.doors.trouble(message),
                Done::Wrote(Ok(path)) => {
                    self.doors.note_path(&path);
                    self.doors.news.say(Word::Saved(path));
                }
                Done::Wrote(Err(message)) => self.doors.trouble(message),
                Done::WrotePreset(written) => self.preset_written(written),
                Done::Copied(clip) => self.put_on_clipboard(clip),
                Done::Kept(kept) => self.run_kept(kept),
                #[cfg(feature = "gui")]
                Done::Answered(answer, start) => self.dialog_answered(answer, start),
            }
        }
        self.keep_run();
    }

    /// Reads what stands behind a source, and shows it.
    fn open(&mut self, source: String) {
        self.doors
            .run(move || Done::Read(reading::read(source.trim()).map(Box::new)));
    }

    /// Goes on with a path that was chosen.
    fn path_chosen(&mut self, pending: Pending, path: PathBuf) {
        match pending {
            Pending::Open => {
                self.doors.note_path(&path);
                self.open(path.to_string_lossy().into_owned());
            }
            Pending::Preset => self.write_preset(path),
            Pending::Figure(order, subject) => self.write_figure(&order, *subject, path),
            Pending::Data(kind, subject) => {
                self.write(path, move || subject.table(kind).map(|table| table.csv()));
            }
            Pending::Series(subject) => self.write(path, move || subject.series()),
            Pending::Script(experiment) => self.write_script(*experiment, path),
            Pending::Checkpoint => self.keep_in(&path),
        }
    }

    /// What the menu of files shows.
    pub(super) fn file_menu(&self) -> menu::Input<'_> {
        menu::Input {
            recent: &self.doors.settings.recent,
            keeps: self.doors.keeping.is_some(),
        }
    }

    /// The panel that is meant where none is named: the one alone, under the pointer, or the large one.
    fn panel_meant(&self, kind: Option<PanelKind>) -> Option<PanelKind> {
        kind.or_else(|| self.workspace.meant())
    }

    /// What is looked at, as of now.
    pub(in crate::ui::app) fn subject(&self) -> Subject {
        let together = self.kept.beside(&self.shown);
        let screen = self
            .doors
            .context
            .as_ref()
            .map(|context| context.content_rect());
        let window = screen.filter(|screen| screen.is_positive());
        Subject {
            experiment: self.shown.experiment.clone(),
            history: together.unwrap_or_else(|| self.shown.history.clone()),
            own: self.shown.history.clone(),
            sweep: self.sweep.clone(),
            choice: self.panels.clone(),
            place: self.workspace.place(),
            step: self.cursor.step(&self.shown.history),
            window: window.map_or([1600.0, 1000.0], |screen| screen.size().into()),
        }
    }

    /// The preset as it would be saved: as edited, with the live changes of the run that it makes.
    fn settings(&self) -> Preset {
        let accepted = self.draft.accepted();
        let is_shown = self.next.is_none() && self.shown.controls.preset == *accepted;
        match is_shown {
            true => self.shown.history.as_run(&self.shown.experiment.preset),
            false => accepted.clone(),
        }
    }

    /// The same with where the panels stand and what they show.
    fn settings_as_shown(&self) -> Preset {
        let view = ViewSpec {
            layout: self.workspace.place(),
            switches: self.panels.switches(),
        };
        Preset {
            view: (view != ViewSpec::default()).then_some(view),
            ..self.settings()
        }
    }

    /// The experiment as it would be saved.
    fn as_saved(&self) -> Experiment {
        let preset = self.settings_as_shown();
        let (name, folder) = (&self.experiment.name, self.experiment.folder.clone());
        let checked = Experiment::check(preset, name, folder);
        // What was accepted stands up to its check.
        checked.unwrap_or_else(|_| Experiment::clone(&self.experiment))
    }

    /// Whether closing the window would lose something.
    pub(super) fn is_unsaved(&self) -> bool {
        self.doors.document.is_unsaved(&self.settings())
    }

    fn leave(&mut self, leave: Leave) {
        self.doors.asks_to_close = false;
        match leave {
            Leave::Stay => {}
            Leave::Discard => self.doors.closes = true,
            Leave::Save => {
                self.doors.closes = true;
                self.save_preset();
            }
        }
    }

    /// The parts that a figure can be of.
    fn part(&self, kind: Option<PanelKind>) -> Part {
        self.panel_meant(kind).map_or(Part::Window, Part::Panel)
    }
}
