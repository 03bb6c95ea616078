//! What is saved, and what is asked before it is lost.

use crate::network::Activation;
use crate::preset::{Difference, Edit, library};
use crate::ui::action::Action;
use crate::ui::door_action::{DoorAction, Leave};

use super::doors::{asked, complaint, settle, written};
use super::fixture::{Window, record_run, set, window};

#[test]
fn a_preset_that_is_saved_is_read_as_it_was_and_only_then_unsaved_no_more() {
    let folder = tempfile::tempdir().expect("a folder");
    let text = "(\n    // mine\n    seed: 4,\n    network: (width: 64),\n)\n";
    let path = written(folder.path(), "mine.ron", text);
    let (mut harness, trainer) = window([1280.0, 720.0]);
    asked(&mut harness, DoorAction::OpenPath(path.clone()));
    record_run(&mut harness, &trainer, 2, &[0, 4]);
    assert!(!harness.state().is_unsaved());
    set(&mut harness, "network.width", "96");
    assert!(harness.state().is_unsaved());
    asked(&mut harness, DoorAction::SavePreset);
    assert_eq!(complaint(&harness), "");
    assert!(!harness.state().is_unsaved());
    let text = std::fs::read_to_string(&path).expect("the file");
    assert!(
        text.contains("// mine") && text.contains("network: (width: 96)"),
        "{text}"
    );
    let read = library::load(&path.to_string_lossy()).expect("a preset");
    let here = &harness.state().draft.preset;
    assert_eq!(Difference::between(here, &read.preset), None);
}

#[test]
fn a_wrong_setting_that_the_user_has_made_is_not_saved() {
    let folder = tempfile::tempdir().expect("a folder");
    let wrong = "Set(kind: Activation, changes: {\"network.activation\": \"Tanh\"})";
    let path = written(folder.path(), "mine.ron", &format!("(wrong: [{wrong}])"));
    let (mut harness, trainer) = window([1280.0, 720.0]);
    asked(&mut harness, DoorAction::OpenPath(path.clone()));
    record_run(&mut harness, &trainer, 2, &[0, 4]);
    set(&mut harness, "network.activation", "Tanh");
    asked(&mut harness, DoorAction::SavePreset);
    assert_eq!(complaint(&harness), "");
    let read = library::load(&path.to_string_lossy()).expect("a preset");
    assert_eq!(read.preset.network.activation, Activation::Tanh);
    assert!(read.preset.wrong.is_empty());
    assert!(read.wrong_settings().is_ok());
}

#[test]
fn closing_asks_once_where_something_would_be_lost() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = written(folder.path(), "mine.ron", "(seed: 4)");
    let (mut harness, _trainer) = window([1280.0, 720.0]);
    let close = |harness: &mut Window| {
        let viewport = harness
            .input_mut()
            .viewports
            .entry(egui::ViewportId::ROOT)
            .or_default();
        viewport.events.push(egui::ViewportEvent::Close);
        harness.step();
        let viewport = harness
            .input_mut()
            .viewports
            .entry(egui::ViewportId::ROOT)
            .or_default();
        viewport.events.clear();
    };
    // A shipped preset with a change: nothing of the user's.
    set(&mut harness, "network.width", "96");
    close(&mut harness);
    assert!(!harness.state().doors.asks_to_close);
    asked(&mut harness, DoorAction::OpenPath(path.clone()));
    set(&mut harness, "network.width", "96");
    close(&mut harness);
    assert!(harness.state().doors.asks_to_close);
    harness
        .state_mut()
        .apply(Action::Door(DoorAction::Close(Leave::Stay)));
    assert!(!harness.state().doors.asks_to_close && !harness.state().doors.closes);
    harness
        .state_mut()
        .apply(Action::Door(DoorAction::Close(Leave::Save)));
    settle(&mut harness);
    assert!(harness.state().doors.closes);
    assert!(
        std::fs::read_to_string(&path)
            .expect("the file")
            .contains("96")
    );
}

#[test]
fn an_edit_of_a_preset_opened_from_a_folder_finds_its_files_when_saved_elsewhere() {
    let (here, there) = (
        tempfile::tempdir().expect("a folder"),
        tempfile::tempdir().expect("a folder"),
    );
    written(
        here.path(),
        "points.csv",
        "x1,x2,y\n1,0,1\n0,1,-1\n0.5,0.5,1\n",
    );
    let path = written(
        here.path(),
        "own.ron",
        "(data: File(path: \"points.csv\", outputs: 1))",
    );
    let (mut harness, _trainer) = window([1280.0, 720.0]);
    asked(&mut harness, DoorAction::OpenPath(path));
    assert_eq!(complaint(&harness), "");
    harness
        .state_mut()
        .apply(Action::Edit(Edit::new("seed", "8")));
    let copy = there.path().join("copy.ron");
    harness.state_mut().write_preset(copy.clone());
    settle(&mut harness);
    let read = library::load(&copy.to_string_lossy()).expect("a preset");
    assert_eq!(read.preset.seed, 8);
    let text = std::fs::read_to_string(&copy).expect("the file");
    assert!(
        text.contains(
            &here
                .path()
                .join("points.csv")
                .to_string_lossy()
                .into_owned()
        ),
        "{text}"
    );
}
