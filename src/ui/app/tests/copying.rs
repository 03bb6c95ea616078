//! What goes to the clipboard, and what comes from it.

use std::time::{Duration, Instant};

use egui::{Event, OutputCommand};

use crate::export::share;
use crate::preset::{Experiment, library};
use crate::spec::PanelKind;
use crate::ui::App;
use crate::ui::action::Action;
use crate::ui::door_action::DoorAction;

use super::doors::{complaint, name, settle};
use super::fixture::{Window, harness, history, window};

/// What the window asked of the desktop since the last frame, until something came.
fn commands(harness: &mut Window) -> Vec<OutputCommand> {
    let began = Instant::now();
    loop {
        harness.step();
        let commands = harness.output().platform_output.commands.clone();
        if !commands.is_empty() {
            return commands;
        }
        assert!(
            began.elapsed() < Duration::from_secs(60),
            "nothing was copied"
        );
        std::thread::sleep(Duration::from_millis(5));
    }
}

#[test]
fn a_panel_is_copied_as_a_picture_and_as_numbers() {
    let experiment = library::load(library::DEFAULT).expect("it ships");
    let recorded = history(&experiment, 40);
    let app = App::with_history(experiment, recorded);
    let mut harness = harness(app, [1280.0, 720.0]);
    harness.run();
    harness
        .state_mut()
        .apply(Action::Door(DoorAction::CopyData(Some(PanelKind::Loss))));
    let copied = commands(&mut harness);
    let Some(OutputCommand::CopyText(text)) = copied.first() else {
        panic!("{copied:?}: {}", complaint(&harness));
    };
    let head = text.lines().next().expect("a head");
    assert!(
        head.contains("ours") && head.contains("NTK") && head.contains('\t'),
        "{head}"
    );
    assert!(text.lines().count() > 10, "{text}");
    harness.run();
    // Nothing is hovered: the large panel, whose figure needs what was not recorded here.
    harness
        .state_mut()
        .apply(Action::Door(DoorAction::CopyImage(Some(PanelKind::Loss))));
    let copied = commands(&mut harness);
    let Some(OutputCommand::CopyImage(image)) = copied.first() else {
        panic!("{copied:?}: {}", complaint(&harness));
    };
    assert_eq!(image.size, [1920, 1080]);
    let colours: std::collections::BTreeSet<_> =
        image.pixels.iter().map(|p| p.to_array()).collect();
    assert!(colours.len() > 20, "an empty picture");
}

#[test]
fn hidden_arms_are_no_numbers() {
    let experiment = library::load(library::DEFAULT).expect("it ships");
    let recorded = history(&experiment, 40);
    let mut app = App::with_history(experiment, recorded);
    app.apply(Action::ToggleArm(1));
    let mut harness = harness(app, [1280.0, 720.0]);
    harness.run();
    harness
        .state_mut()
        .apply(Action::Door(DoorAction::CopyData(Some(PanelKind::Loss))));
    let copied = commands(&mut harness);
    let Some(OutputCommand::CopyText(text)) = copied.first() else {
        panic!("{copied:?}");
    };
    assert!(text.contains("ours") && !text.contains("NTK"), "{text}");
}

#[test]
fn settings_that_were_copied_are_opened_by_pasting() {
    let (mut harness, _trainer) = window([1280.0, 720.0]);
    harness.run();
    let mut other = library::load("du-fig1-live").expect("it ships");
    other.preset.seed = 77;
    let other = Experiment::check(other.preset, &other.name, other.folder).expect("sound");
    let text = share::string(&other, false).expect("a string");
    harness.event(Event::Paste(text));
    settle(&mut harness);
    assert_eq!(
        (name(&harness), complaint(&harness)),
        ("du-fig1-live".to_owned(), String::new())
    );
    assert_eq!(harness.state().draft.preset.seed, 77);
    // What is nothing is told of, and nothing happens.
    harness.event(Event::Paste("The quick brown fox".to_owned()));
    settle(&mut harness);
    assert_ne!(complaint(&harness), "");
    assert_eq!(name(&harness), "du-fig1-live");
    // The text copied here is the one that another window takes.
    harness
        .state_mut()
        .apply(Action::Door(DoorAction::CopySettings));
    let copied = commands(&mut harness);
    let Some(OutputCommand::CopyText(text)) = copied.first() else {
        panic!("{copied:?}: {}", complaint(&harness));
    };
    let read = share::read(text, &[]).expect("a share string");
    assert_eq!(read.preset.seed, 77);
}
