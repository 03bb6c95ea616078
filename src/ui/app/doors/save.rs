//! What is written into files.

use std::io::{Cursor, Write};
use std::path::PathBuf;

use crate::export::{NumpyScript, atomic_write, portable};
use crate::preset::Experiment;
use crate::spec::{PanelKind, Preset};
use crate::task::Cancel;
use crate::ui::app::App;
use crate::ui::doors::{Document, Done, FigureSheet, Format, Order, Pending, Subject, Word};

use super::drawn::figure;

impl App {
    /// Shows the sheet that asks how a figure is saved.
    pub(super) fn ask_how(&mut self, kind: Option<PanelKind>) {
        let (kind, panels) = (self.panel_meant(kind), self.workspace.panels().to_vec());
        self.doors.figure = Some(FigureSheet::new(kind, panels, &self.doors.settings.figure));
    }

    /// Writes a file on a thread of its own, whole or not at all.
    pub(super) fn write(
        &mut self,
        path: PathBuf,
        make: impl FnOnce() -> Result<Vec<u8>, String> + Send + 'static,
    ) {
        self.doors
            .run(move || Done::Wrote(make().and_then(|bytes| put(&path, &bytes)).map(|()| path)));
    }

    pub(super) fn write_figure(&mut self, order: &Order, subject: Subject, path: PathBuf) {
        let order = order.clone();
        self.doors.run(move || {
            let table = path.with_extension(Format::TexTable.ending());
            let name = table
                .file_name()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned();
            let mut written = Ok(());
            if order.format == Format::Tex {
                let of_table = Order {
                    format: Format::TexTable,
                    ..order.clone()
                };
                written = figure(&subject, &of_table, &name).and_then(|bytes| put(&table, &bytes));
            }
            let drawn = written.and_then(|()| figure(&subject, &order, &name));
            Done::Wrote(drawn.and_then(|bytes| put(&path, &bytes)).map(|()| path))
        });
    }

    pub(super) fn write_script(&mut self, experiment: Experiment, path: PathBuf) {
        self.doors.run(move || {
            let written = script(&experiment).and_then(|script| {
                let mut arrays = Cursor::new(Vec::new());
                script
                    .write_arrays(&mut arrays)
                    .map_err(|error| error.to_string())?;
                put(&path.with_extension("npz"), &arrays.into_inner())?;
                put(&path, script.text().as_bytes())
            });
            Done::Wrote(written.map(|()| path))
        });
    }

    /// Writes the preset into its file, or asks for one.
    pub(super) fn save_preset(&mut self) {
        match self.doors.document.path.clone() {
            Some(path) => self.write_preset(path),
            None => self.ask_for(Pending::Preset),
        }
    }

    pub(in crate::ui::app) fn write_preset(&mut self, path: PathBuf) {
        let mut preset = self.settings_as_shown();
        let old = self.experiment.folder.clone();
        let document = self.doors.document.clone();
        let set = Box::new(self.settings());
        let name = self.experiment.name.clone();
        self.doors.run(move || {
            if let Ok(experiment) = Experiment::check(preset.clone(), &name, old.clone()) {
                preset.wrong = experiment.triable();
            }
            let new = path.parent().unwrap_or(std::path::Path::new("."));
            if !is_same_folder(&old, new) {
                // Files that it names are found from wherever it is.
                preset = portable_from(old, preset);
            }
            let text = document.text_of(&preset);
            let written = put(&path, text.as_bytes());
            Done::WrotePreset(written.map(|()| (path, text, set)))
        });
    }

    pub(super) fn preset_written(
        &mut self,
        written: Result<(PathBuf, String, Box<Preset>), String>,
    ) {
        match written {
            Ok((path, text, preset)) => {
                self.doors.note_path(&path);
                let source = crate::ui::doors::reading::lasting(&path.to_string_lossy());
                self.doors.settings.note_opened(&source, &preset.title);
                self.doors.document = Document::of_file(path.clone(), text, *preset);
                self.doors.news.say(Word::Saved(path));
            }
            Err(message) => {
                self.doors.closes = false;
                self.doors.trouble(message);
            }
        }
    }
}

/// The preset with its paths made absolute; the wrong settings stay with it, for it is the preset that lists them.
fn portable_from(folder: PathBuf, preset: Preset) -> Preset {
    let wrong = preset.wrong.clone();
    let experiment = Experiment {
        name: String::new(),
        preset,
        arms: Vec::new(),
        folder,
        sweep_axes: Vec::new(),
        measures: Vec::new(),
        claims: Vec::new(),
    };
    Preset {
        wrong,
        ..portable(&experiment)
    }
}

/// The script of an experiment.
pub(super) fn script(experiment: &Experiment) -> Result<NumpyScript, String> {
    NumpyScript::of(experiment, &Cancel::new()).map_err(|error| error.to_string())
}

fn put(path: &std::path::Path, bytes: &[u8]) -> Result<(), String> {
    atomic_write(path, |out| out.write_all(bytes)).map_err(|error| error.to_string())
}

fn is_same_folder(a: &std::path::Path, b: &std::path::Path) -> bool {
    let whole = |path: &std::path::Path| {
        let path = if path.as_os_str().is_empty() {
            std::path::Path::new(".")
        } else {
            path
        };
        std::fs::canonicalize(path).ok()
    };
    whole(a).is_some_and(|a| whole(b) == Some(a))
}
