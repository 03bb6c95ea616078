//! What comes in by the doors, and what goes out.

use std::path::Path;
use std::time::{Duration, Instant};

use egui::{Event, Key, Modifiers};

use crate::experiment::{Progress, run_all};
use crate::export::{ArmRecords, write_series};
use crate::history::RunHistory;
use crate::preset::{ArmsByHand, Difference, Experiment, library};
use crate::settings::{Colours, ConfigFolder, Keeper};
use crate::spec::{PanelKind, Place};
use crate::task::Cancel;
use crate::ui::App;
use crate::ui::action::Action;
use crate::ui::door_action::DoorAction;
use crate::ui::doors::Word;
use crate::ui::theme::ThemeChoice;

use super::fixture::{Window, record_run, set, window};

/// Draws until nothing is under way any more.
pub(super) fn settle(harness: &mut Window) {
    let began = Instant::now();
    loop {
        harness.run();
        if !harness.state().doors.errands.is_busy() {
            break;
        }
        assert!(
            began.elapsed() < Duration::from_secs(60),
            "it takes for ever"
        );
        std::thread::sleep(Duration::from_millis(5));
    }
    harness.run();
}

pub(super) fn asked(harness: &mut Window, action: DoorAction) {
    harness.run();
    harness.state_mut().apply(Action::Door(action));
    settle(harness);
}

pub(super) fn name(harness: &Window) -> String {
    harness.state().experiment.name.clone()
}

/// What the doors complain of.
pub(super) fn complaint(harness: &Window) -> String {
    let words = harness.state().doors.news.words();
    let troubles = words.filter_map(|word| match word {
        Word::Trouble(text) => Some(text.clone()),
        Word::Saved(_) | Word::Done(_) => None,
    });
    troubles.collect::<Vec<_>>().join("\n")
}

pub(super) fn written(folder: &Path, name: &str, text: &str) -> std::path::PathBuf {
    let path = folder.join(name);
    std::fs::write(&path, text).expect("written");
    path
}

#[test]
fn what_is_opened_takes_the_place_of_what_was_there_and_undo_brings_that_back() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = written(folder.path(), "mine.ron", "(seed: 9, title: \"Mine\")");
    let (mut harness, trainer) = window([1280.0, 720.0]);
    set(&mut harness, "network.width", "512");
    asked(&mut harness, DoorAction::OpenPath(path));
    assert_eq!(
        (name(&harness), complaint(&harness)),
        ("mine".to_owned(), String::new())
    );
    assert_eq!(harness.state().draft.preset.seed, 9);
    harness.state_mut().apply(Action::Undo);
    harness.run();
    let draft = &harness.state().draft.preset;
    assert_eq!(
        (name(&harness), draft.network.width),
        (library::DEFAULT.to_owned(), 512)
    );
    // The changes made there can be taken back too, and what was opened can be shown again.
    harness.state_mut().apply(Action::Undo);
    assert_eq!(harness.state().draft.preset.network.width, 1024);
    harness.state_mut().apply(Action::Redo);
    harness.state_mut().apply(Action::Redo);
    assert_eq!(name(&harness), "mine");
    let loads = trainer.0.borrow().loads.len();
    assert!(loads >= 4, "{loads}");
}

#[test]
fn what_cannot_be_opened_leaves_everything_and_says_why() {
    let folder = tempfile::tempdir().expect("a folder");
    let (mut harness, _trainer) = window([1280.0, 720.0]);
    let path = written(folder.path(), "points.csv", "x1,y\n1,2\n");
    asked(&mut harness, DoorAction::OpenPath(path));
    assert!(
        complaint(&harness).contains("data: File(path: \"points.csv\""),
        "{}",
        complaint(&harness)
    );
    let path = written(folder.path(), "bad.ron", "(network: (widht: 3))");
    asked(&mut harness, DoorAction::OpenPath(path));
    assert!(complaint(&harness).contains("bad.ron") && complaint(&harness).contains("width"));
    assert_eq!(name(&harness), library::DEFAULT);
}

#[test]
fn a_path_is_typed_completed_and_opened_by_keys() {
    let folder = tempfile::tempdir().expect("a folder");
    written(folder.path(), "only-one.ron", "(seed: 4)");
    let (mut harness, _trainer) = window([1280.0, 720.0]);
    harness.run();
    harness.key_press_modifiers(Modifiers::COMMAND, Key::O);
    settle(&mut harness);
    assert!(
        harness.state().doors.path.is_some(),
        "no dialog of the desktop: the sheet"
    );
    // What stood in the field is replaced.
    harness.key_press_modifiers(Modifiers::COMMAND, Key::A);
    harness.event(Event::Text(format!("{}/on", folder.path().display())));
    for _ in 0..20 {
        harness.step();
        std::thread::sleep(Duration::from_millis(10));
    }
    harness.key_press(Key::Tab);
    harness.run();
    harness.key_press(Key::Enter);
    harness.run();
    settle(&mut harness);
    assert!(harness.state().doors.path.is_none());
    assert_eq!(
        (name(&harness), harness.state().draft.preset.seed),
        ("only-one".to_owned(), 4)
    );
}

#[test]
fn no_key_acts_on_the_run_while_a_path_is_typed() {
    let (mut harness, _trainer) = window([1280.0, 720.0]);
    harness.run();
    asked(&mut harness, DoorAction::Open);
    let seed = harness.state().draft.preset.seed;
    harness.event(Event::Text("n".into()));
    harness.key_press(Key::N);
    harness.run();
    assert_eq!(harness.state().draft.preset.seed, seed);
    harness.key_press(Key::Escape);
    harness.run();
    assert!(harness.state().doors.path.is_none() && harness.state().doors.pending.is_none());
}

/// The bytes of `series.csv` of an experiment that is trained.
fn series(experiment: &Experiment) -> Vec<u8> {
    let labels = experiment.arms.iter().map(|arm| arm.label.clone());
    let mut history = RunHistory::with_budget(labels, usize::MAX);
    let ran = run_all(experiment, &Cancel::new(), &mut |progress| {
        if let Progress::Event(event) = progress {
            history.apply(&event);
        }
    });
    ran.expect("it trains");
    let mut bytes = Vec::new();
    write_series(&mut bytes, &ArmRecords::of(experiment, &history)).expect("written");
    bytes
}

#[test]
fn a_picture_of_a_changed_window_makes_the_same_run_in_another() {
    let folder = tempfile::tempdir().expect("a folder");
    let (mut harness, trainer) = window([1280.0, 720.0]);
    set(&mut harness, "claims", "[]");
    set(&mut harness, "data", "SignedPairs(d: 4, n: 8, n_test: 6)");
    set(&mut harness, "network.width", "16");
    set(&mut harness, "train.stop.steps", "20");
    let arms = ArmsByHand::of(&harness.state().draft.preset).expect("three arms");
    let copy = arms.copied(2).expect("a fourth");
    harness.state_mut().apply(Action::Edit(copy));
    set(&mut harness, "seed", "5");
    let run = trainer.0.borrow().loads.len() as u64;
    record_run(&mut harness, &trainer, run, &[0, 3, 10, 20]);
    harness.state_mut().panels.shared.log_y.0 = Some(false);
    let place = Place::Row(vec![
        (
            0.5,
            Place::Tabs {
                panels: vec![PanelKind::Loss, PanelKind::Story],
                shown: 1,
            },
        ),
        (
            0.5,
            Place::Tabs {
                panels: vec![
                    PanelKind::FeatureMap,
                    PanelKind::Regime,
                    PanelKind::Spectrum,
                ],
                shown: 0,
            },
        ),
    ]);
    harness.state_mut().workspace.arrange(&place);
    harness.run();
    for (part, ending) in [
        ("window", "png"),
        ("window", "svg"),
        ("panel", "png"),
        ("panel", "svg"),
        ("panel", "pdf"),
    ] {
        let path = folder.path().join(format!("{part}.{ending}"));
        let order = crate::ui::doors::Order {
            part: match part {
                "window" => crate::ui::doors::Part::Window,
                _ => crate::ui::doors::Part::Panel(PanelKind::Loss),
            },
            format: crate::ui::doors::Format::of_ending(ending).expect("a format"),
            size: "column".to_owned(),
            dark: false,
            caption: true,
        };
        let subject = harness.state().subject();
        let bytes = crate::ui::app::doors::figure(&subject, &order, "").expect("a figure");
        std::fs::write(&path, bytes).expect("written");
        let (mut other, _trainer) = window([1280.0, 720.0]);
        asked(&mut other, DoorAction::OpenPath(path.clone()));
        assert_eq!(complaint(&other), "", "{}", path.display());
        let (here, there) = (harness.state(), other.state());
        assert_eq!(
            Difference::between(&here.draft.preset, &there.draft.preset),
            None
        );
        assert_eq!(there.panels.shared.log_y.0, Some(false));
        assert_eq!(
            there.workspace.place(),
            Some(place.clone()),
            "{}",
            path.display()
        );
        let names = |app: &App| {
            app.experiment
                .arms
                .iter()
                .map(|arm| arm.label.clone())
                .collect::<Vec<_>>()
        };
        assert_eq!(names(here), names(there));
        let bytes = series(&there.experiment);
        assert!(
            bytes.len() > 500 && bytes == series(&here.experiment),
            "{}",
            path.display()
        );
    }
}

#[test]
fn what_the_window_shows_is_there_at_the_next_start() {
    let folder = tempfile::tempdir().expect("a folder");
    let keeper = || Keeper::open(ConfigFolder::At(folder.path().to_owned()));
    let app = || {
        App::with_history(
            library::load(library::DEFAULT).expect("it ships"),
            RunHistory::default(),
        )
    };
    let mut first = app().with_keeper(keeper());
    first.apply(Action::SetTheme(ThemeChoice::Light));
    first.panels.shared.bounds = true;
    first.panels.shared.hidden_arms = [1].into();
    first.workspace.arrange(&Place::Tabs {
        panels: vec![PanelKind::Story],
        shown: 0,
    });
    first.doors.settings.note_opened("du-fig1-live", "Du");
    first.close();
    let second = app().with_keeper(keeper());
    assert_eq!(second.choice, ThemeChoice::Light);
    assert!(second.panels.shared.bounds);
    assert!(
        second.panels.shared.hidden_arms.is_empty(),
        "arms are of one run"
    );
    let place = second.workspace.place().expect("as it was left");
    assert_eq!(place.panels()[0], PanelKind::Story);
    assert_eq!(second.doors.settings.recent[0].source, "du-fig1-live");
    assert_eq!(second.doors.settings.theme, Colours::Light);
}

#[test]
fn a_drop_opens_what_was_dropped() {
    #[derive(Debug)]
    struct Dropped(std::path::PathBuf);
    impl egui::DroppedFile for Dropped {
        fn path(&self) -> &Path {
            &self.0
        }
        fn bytes(&self) -> Result<Vec<u8>, String> {
            Err("nobody asks".to_owned())
        }
    }
    let folder = tempfile::tempdir().expect("a folder");
    let path = written(folder.path(), "dropped.ron", "(seed: 21)");
    let (mut harness, _trainer) = window([1280.0, 720.0]);
    harness.run();
    harness
        .input_mut()
        .dropped_files
        .push(std::sync::Arc::new(Dropped(path)));
    harness.step();
    settle(&mut harness);
    assert_eq!(
        (name(&harness), complaint(&harness)),
        ("dropped".to_owned(), String::new())
    );
}
