//! What stands behind a path, a name or a share string, read for the window.

use std::path::{Path, PathBuf};

use crate::experiment::{SavedExperiment, add_facts_of_start};
use crate::export::share::is_share_string;
use crate::export::{Checkpoint, RunFolder, open, recorded_run};
use crate::history::RunHistory;
use crate::preset::{Difference, Experiment, library, parse};
use crate::spec::Preset;
use crate::sweep::{Plan, Table, journals_in};
use crate::task::Cancel;
use crate::ui::SweepView;

use super::document::Document;

/// Endings of files that can be opened, as a dialog offers them.
pub const OPENED: [&str; 8] = [
    "ron",
    "png",
    "svg",
    "pdf",
    "html",
    "htm",
    "csv",
    "checkpoint",
];

/// Endings of files of data.
const DATA: [&str; 6] = ["csv", "tsv", "npz", "npy", "txt", "gz"];

/// What can be opened, in words.
const ALLOWED: &str = "a preset (.ron), a picture or page that widescope wrote (.png, .svg, .pdf, .html), a share \
    string, the folder of a run, and the folder or the merged file of a sweep";

/// What was found.
pub struct Found {
    /// The experiment.
    pub experiment: Experiment,
    /// The file of its preset, where it came from one.
    pub document: Document,
    /// What is there of it.
    pub results: Results,
    /// What stands for it in the list of what was opened last; a share string is in none.
    pub source: Option<String>,
    /// What its user should know.
    pub notice: Option<String>,
}

/// What is there of an experiment beside its preset.
pub enum Results {
    /// Nothing: it is trained.
    None,
    /// A run to its end.
    Run(RunHistory),
    /// A run that was broken off, with its folder.
    Unfinished(Box<SavedExperiment>, PathBuf),
    /// Trials of its sweep.
    Sweep(Box<SweepView>),
}

/// Reads what stands behind a source: the path of a file or folder, a shipped preset's name, a share string.
/// Files that a share string asks for are looked for in the working folder.
///
/// # Errors
/// What was found there instead, and what is allowed.
pub fn read(source: &str) -> Result<Found, String> {
    let path = Path::new(source);
    if library::find(source).is_some() || is_share_string(source) {
        return experiment(source);
    }
    if path.is_dir() {
        return folder(path);
    }
    if let Some(of) = folder_of(path) {
        return folder(of);
    }
    let ending = path.extension().unwrap_or_default().to_string_lossy();
    let ending = ending.to_ascii_lowercase();
    if ending == "csv" && path.is_file() && begins_as_journal(path) {
        return sweep(path);
    }
    if DATA.contains(&ending.as_str()) && path.is_file() {
        return Err(data(path));
    }
    if path.is_absolute() && !path.exists() {
        return Err(format!("{source}: there is no such file or folder"));
    }
    experiment(source)
}

fn experiment(source: &str) -> Result<Found, String> {
    let opened = open(source, &[], &[]).map_err(|error| {
        let message = error.to_string();
        // What is no text at all is told what would be something.
        match message.contains("UTF-8") || message.contains("is no preset") {
            true => format!("{message}; allowed: {ALLOWED}"),
            false => message,
        }
    })?;
    let experiment = opened.experiment;
    let document = document(source, &experiment);
    Ok(Found {
        document,
        results: Results::None,
        source: (!is_share_string(source)).then(|| lasting(source)),
        notice: opened.notice,
        experiment,
    })
}

/// The file of a preset, where the source is one.
pub fn document(source: &str, experiment: &Experiment) -> Document {
    let path = Path::new(source);
    let is_ron = path
        .extension()
        .is_some_and(|e| e.eq_ignore_ascii_case("ron"));
    let text = if is_ron && library::find(source).is_none() {
        std::fs::read_to_string(path).ok()
    } else {
        None
    };
    match text.and_then(|text| Some((parse(&text).ok()?, text))) {
        Some((saved, text)) => Document::of_file(absolute(path), text, saved),
        None => Document::unnamed(&experiment.name, experiment.preset.clone()),
    }
}

/// A source that means the same in another working folder.
pub fn lasting(source: &str) -> String {
    match library::find(source) {
        Some(_) => source.to_owned(),
        None => absolute(Path::new(source)).to_string_lossy().into_owned(),
    }
}

fn absolute(path: &Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.to_owned())
}

/// The folder of a run or of a sweep.
fn folder(path: &Path) -> Result<Found, String> {
    if path.join("run.checkpoint").is_file() {
        return unfinished(path);
    }
    if path.join("run.ron").is_file() {
        return run(path);
    }
    let journals =
        std::fs::read_dir(path).map_err(|error| format!("{}: {error}", path.display()))?;
    let mut names = journals.flatten().map(|entry| entry.file_name());
    if names.any(|name| name.to_string_lossy().starts_with("journal")) {
        return sweep(path);
    }
    Err(format!(
        "{}: a folder without a run (run.ron), a checkpoint (run.checkpoint) or a sweep (journal.csv); allowed: \
         {ALLOWED}",
        path.display()
    ))
}

/// The folder of the run that a file is one of: a dialog of files can't choose the folder itself.
fn folder_of(path: &Path) -> Option<&Path> {
    let name = path.file_name()?.to_str()?;
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    let folder = folder.unwrap_or(Path::new("."));
    let is_of_run = match name {
        "run.checkpoint" => true,
        "run.ron" => folder.join("series.csv").is_file(),
        _ => false,
    };
    (is_of_run && path.is_file()).then_some(folder)
}

/// A run that is finished.
fn run(path: &Path) -> Result<Found, String> {
    let file = path.join("run.ron");
    let file = file.to_string_lossy();
    let mut experiment = library::load(&file).map_err(|error| error.to_string())?;
    experiment.name = name_of(&experiment.preset, path);
    let mut history = recorded_run(path, &experiment).map_err(|error| error.to_string())?;
    let facts = add_facts_of_start(&mut history, &experiment, &Cancel::new());
    let notice = facts.err().map(|error| {
        format!(
            "{}: the theory on its start is left out: {error}",
            path.display()
        )
    });
    Ok(Found {
        document: Document::unnamed(&experiment.name, experiment.preset.clone()),
        results: Results::Run(history),
        source: Some(lasting(&path.to_string_lossy())),
        notice,
        experiment,
    })
}

/// A run that was broken off.
fn unfinished(path: &Path) -> Result<Found, String> {
    let folder = RunFolder::existing(path);
    let file = folder.checkpoint();
    let preset = Checkpoint::preset(&file).map_err(|error| error.to_string())?;
    let name = name_of(&preset, path);
    let experiment = Experiment::check(preset, &name, PathBuf::from("."));
    let experiment = experiment.map_err(|error| format!("{}: {error}", file.display()))?;
    let checkpoint = Checkpoint::read(&file, &experiment).map_err(|error| error.to_string())?;
    Ok(Found {
        document: Document::unnamed(&experiment.name, experiment.preset.clone()),
        notice: Some(format!(
            "{} goes on from step {}.",
            path.display(),
            checkpoint.run.step()
        )),
        results: Results::Unfinished(Box::new(checkpoint.run), path.to_owned()),
        source: Some(lasting(&path.to_string_lossy())),
        experiment,
    })
}

/// The journals of a sweep, or one file of them all.
fn sweep(path: &Path) -> Result<Found, String> {
    let journals = journals_in(path).map_err(|error| error.to_string())?;
    let Some((_, first)) = journals.first() else {
        return Err(format!("{}: no journal in it", path.display()));
    };
    let plan: Plan = first.plan.clone();
    let mut experiment = plan.experiment().clone();
    experiment.name = first.head.name.clone();
    let mut table = Table::new(&plan);
    for (journal, saved) in &journals {
        let there = &saved.plan.experiment().preset;
        if let Some(difference) = Difference::between(&experiment.preset, there) {
            return Err(format!(
                "{}: of another sweep than the others of its folder: {} is {} and not {}",
                journal.display(),
                difference.field,
                difference.there,
                difference.here
            ));
        }
        saved.results.iter().for_each(|r| table.insert(r.clone()));
    }
    Ok(Found {
        document: Document::unnamed(&experiment.name, experiment.preset.clone()),
        results: Results::Sweep(Box::new(SweepView::recorded(plan, table))),
        source: Some(lasting(&path.to_string_lossy())),
        notice: None,
        experiment,
    })
}

/// Whether the first bytes of a file are those of a journal.
fn begins_as_journal(path: &Path) -> bool {
    use std::io::Read;
    let mut first = [0; 17];
    let read = std::fs::File::open(path).and_then(|mut file| file.read_exact(&mut first));
    read.is_ok() && first == *b"# widescope sweep"
}

/// Own data: there is no preset in them.
fn data(path: &Path) -> String {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    format!(
        "{}: this is data and no preset. Own data are opened by a preset that names them: save one beside the file \
         with the field `data: File(path: {name:?}, test: None, outputs: 1)`, and open that",
        path.display()
    )
}

/// The name of a run that says none: that of the shipped preset with its title, else of its folder.
fn name_of(preset: &Preset, folder: &Path) -> String {
    let has_title = |shipped: &&library::Shipped| {
        !preset.title.is_empty() && parse(shipped.text).is_ok_and(|of| of.title == preset.title)
    };
    let shipped = library::SHIPPED.iter().find(has_title);
    match (shipped, folder.file_name()) {
        (Some(shipped), _) => shipped.name.to_owned(),
        (None, Some(name)) => name.to_string_lossy().into_owned(),
        (None, None) => "run".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(source: &str) -> String {
        read(source).map(|_| ()).expect_err("it can't be opened")
    }

    #[test]
    fn what_cannot_be_opened_is_told_what_can() {
        let folder = tempfile::tempdir().expect("a folder");
        let at = |name: &str| folder.path().join(name).to_string_lossy().into_owned();
        assert!(refusal(&at("nowhere.ron")).contains("no such file"));
        assert!(refusal(&folder.path().to_string_lossy()).contains("journal.csv"));
        std::fs::write(at("points.csv"), "x1,y\n1,2\n").expect("written");
        let message = refusal(&at("points.csv"));
        assert!(
            message.contains("data: File(path: \"points.csv\""),
            "{message}"
        );
        std::fs::write(at("photo.png"), b"\x89PNG\r\n\x1a\nnothing").expect("written");
        assert!(refusal(&at("photo.png")).contains("photo.png"));
        std::fs::write(at("noise.ron"), [0xff, 0x00, 0x13]).expect("written");
        let message = refusal(&at("noise.ron"));
        assert!(
            message.contains("noise.ron") && message.contains("allowed: a preset"),
            "{message}"
        );
    }

    #[test]
    fn a_preset_file_is_the_document_and_a_shipped_one_is_none() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("mine.ron");
        std::fs::write(&path, "(seed: 9)").expect("written");
        let found = read(&path.to_string_lossy()).expect("a preset");
        assert_eq!(found.experiment.preset.seed, 9);
        assert_eq!(found.document.path.as_deref(), Some(path.as_path()));
        let shipped = read(library::DEFAULT).expect("it ships");
        assert_eq!(shipped.document.path, None);
        assert_eq!(shipped.source.as_deref(), Some(library::DEFAULT));
    }
}
