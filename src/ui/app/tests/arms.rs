//! Arms by hand: added, changed alone or together, named, moved, taken away, and each taken back.

use egui::Key;
use egui_kittest::kittest::Queryable;

use super::fixture::{Scripted, Window, facts, harness, record, record_run, set, window};
use crate::history::{EventKind, RunHistory};
use crate::preset::{Edit, Experiment, parse, to_ron};
use crate::spec::{Preset, Quantity};
use crate::ui::App;
use crate::ui::action::{Action, ArmAction};

fn ask(harness: &mut Window, action: ArmAction) {
    harness.state_mut().apply(Action::Arm(action));
    harness.run();
}

fn draft(harness: &Window) -> Preset {
    harness.state().draft.preset.clone()
}

/// The arms that run, by their names, with their widths.
fn running(trainer: &Scripted) -> Vec<(String, usize)> {
    let script = trainer.0.borrow();
    let arms = script.loads.last().map(|(e, _)| e.arms.clone());
    let arms = arms.unwrap_or_default().into_iter();
    arms.map(|arm| (arm.label, arm.preset.network.width))
        .collect()
}

fn names(trainer: &Scripted) -> Vec<String> {
    running(trainer).into_iter().map(|(name, _)| name).collect()
}

/// A window whose run of three arms has records.
fn ready() -> (Window, Scripted) {
    let (mut harness, trainer) = window([1280.0, 1600.0]);
    record_run(&mut harness, &trainer, 1, &[0, 4]);
    (harness, trainer)
}

/// The controls as the user sees them, with what they act on.
fn set_here(harness: &mut Window, path: &str, text: &str) {
    let arm = harness.state().selected().map(|(arm, _)| arm);
    let edit = Edit::new(path, text);
    match arm {
        Some(arm) => ask(harness, ArmAction::Edit(arm, edit)),
        None => set(harness, path, text),
    }
}

#[test]
fn a_copy_is_changed_alone_and_both_are_taken_back_one_by_one() {
    let (mut harness, trainer) = ready();
    let before = draft(&harness);
    harness.get_by_label("+ arm").click();
    harness.run();
    assert_eq!(names(&trainer), ["ours", "NTK", "MF", "MF copy"]);
    let copied = draft(&harness);
    record_run(&mut harness, &trainer, 2, &[0]);
    assert_eq!(harness.state().selected().map(|(arm, _)| arm), Some(3));
    // The controls show the copy's own values: its scaling is to be chosen, not "varied by the arms".
    assert!(harness.query_by_label_contains("varied by").is_none());
    set_here(&mut harness, "network.width", "256");
    set_here(&mut harness, "network.width", "128");
    let widths: Vec<usize> = running(&trainer).into_iter().map(|(_, m)| m).collect();
    assert_eq!(widths, [1024, 1024, 1024, 128]);
    assert_eq!(names(&trainer)[3], "MF, m = 128");
    let edited = draft(&harness);
    assert_eq!(parse(&to_ron(&edited)), Ok(edited.clone()));
    let experiment = |preset: Preset| Experiment::check(preset, "test", ".".into()).expect("valid");
    let read = experiment(parse(&to_ron(&edited)).expect("a preset"));
    assert_eq!(read.preset, harness.state().experiment.preset);
    // A drag in one arm is one change; adding the arm another.
    for wanted in [&copied, &before] {
        harness.state_mut().apply(Action::Undo);
        assert_eq!(draft(&harness), *wanted);
    }
    harness.run();
    harness.state_mut().apply(Action::Redo);
    harness.state_mut().apply(Action::Redo);
    assert_eq!(draft(&harness), edited);
}

#[test]
fn controls_act_on_all_arms_unless_one_is_chosen() {
    let (mut harness, trainer) = ready();
    set_here(&mut harness, "network.width", "512");
    assert!(running(&trainer).iter().all(|(_, m)| *m == 512));
    ask(&mut harness, ArmAction::Select(Some(1)));
    set_here(&mut harness, "network.width", "64");
    let widths = || {
        running(&trainer)
            .into_iter()
            .map(|(_, m)| m)
            .collect::<Vec<_>>()
    };
    assert_eq!(widths(), [512, 64, 512]);
    // Another arm, another change, though of the same field.
    ask(&mut harness, ArmAction::Select(Some(2)));
    set_here(&mut harness, "network.width", "32");
    assert_eq!(widths(), [512, 64, 32]);
    harness.state_mut().apply(Action::Undo);
    assert_eq!(widths(), [512, 64, 512]);
    ask(&mut harness, ArmAction::Select(None));
    assert!(
        harness
            .query_all_by_label_contains("varied by the arms")
            .count()
            >= 2
    );
    set_here(&mut harness, "network.bias", "true");
    let script = trainer.0.borrow();
    let arms = &script.loads.last().expect("it runs").0.arms;
    assert!(arms.iter().all(|arm| arm.preset.network.bias));
}

#[test]
fn a_run_goes_on_where_an_arm_is_named_otherwise() {
    let (mut harness, trainer) = ready();
    let before = draft(&harness);
    ask(&mut harness, ArmAction::Rename(1, "lazy".into()));
    let runs = || trainer.0.borrow().loads.len();
    assert_eq!(runs(), 1, "nothing starts again");
    let labels = |harness: &Window| -> Vec<String> {
        let arms = harness.state().shown.history.arms().iter();
        arms.map(|arm| arm.label.clone()).collect()
    };
    assert_eq!(labels(&harness), ["ours", "lazy", "MF"]);
    assert!(harness.query_all_by_label("lazy").count() >= 1);
    let claims = to_ron(&draft(&harness));
    assert!(claims.contains("over: \"lazy\"") && !claims.contains("over: \"NTK\""));
    harness.state_mut().apply(Action::Undo);
    harness.run();
    assert_eq!((draft(&harness), runs()), (before, 1));
    assert_eq!(labels(&harness), ["ours", "NTK", "MF"]);
    // Two arms of one name are refused in words, and nothing is lost.
    ask(&mut harness, ArmAction::Rename(1, "ours".into()));
    let error = harness.state().draft.error.clone().expect("it is refused");
    assert!(error.message.contains("ours"), "{}", error.message);
    harness.get_by_label(&error.message);
}

/// The arms on screen, by their names.
fn shown(harness: &Window) -> Vec<String> {
    let arms = harness.state().shown.history.arms().iter();
    arms.map(|arm| arm.label.clone()).collect()
}

/// Step and loss of every record of an arm, found by its name.
fn losses(harness: &Window, name: &str) -> Vec<(u64, f64)> {
    let mut arms = harness.state().shown.history.arms().iter();
    let arm = arms.find(|arm| arm.label == name).expect("it is there");
    let series = arm.series(Quantity::TrainLoss);
    series.map(|(step, _, loss)| (step, loss)).collect()
}

#[test]
fn a_run_goes_on_where_its_arms_are_moved() {
    let (mut harness, trainer) = ready();
    harness.state_mut().apply(Action::ToggleArm(1));
    let before = draft(&harness);
    let all = |harness: &Window| ["ours", "NTK", "MF"].map(|name| losses(harness, name));
    let numbers = all(&harness);
    assert!(numbers[0] != numbers[1] && numbers[1] != numbers[2]);
    ask(&mut harness, ArmAction::Shift { arm: 1, up: true });
    ask(&mut harness, ArmAction::Shift { arm: 1, up: false });
    ask(&mut harness, ArmAction::Rename(0, "lazy".into()));
    ask(&mut harness, ArmAction::Rename(0, "NTK".into()));
    let runs = || trainer.0.borrow().loads.len();
    assert_eq!(runs(), 1, "nothing starts again");
    assert_eq!(shown(&harness), ["NTK", "MF", "ours"]);
    assert_eq!(all(&harness), numbers);
    assert_eq!(harness.state().draft.error, None);
    // The one that was hidden is, the claims find their arms, and what the worker says still comes to them.
    assert_eq!(harness.state().panels.shared.hidden_arms, [0].into());
    let app = harness.state();
    let labels = app
        .shown
        .experiment
        .arms
        .iter()
        .map(|arm| arm.label.as_str());
    assert_eq!(labels.collect::<Vec<_>>(), ["NTK", "MF", "ours"]);
    assert_eq!(app.draft.preset.claims, before.claims);
    let started = ["ours", "NTK", "MF"].map(|name| Some(facts(name)));
    trainer.tell(
        1,
        EventKind::Started {
            arms: started.into(),
        },
    );
    record_run(&mut harness, &trainer, 1, &[9]);
    for (arm, name) in ["ours", "NTK", "MF"].into_iter().enumerate() {
        let last = losses(&harness, name).last().copied();
        let said = record(arm, 9).get(Quantity::TrainLoss);
        assert_eq!(last, said.map(|loss| (9, loss)), "{name}");
    }
    let facts = harness.state().shown.history.arms().iter();
    let named = facts.map(|arm| arm.facts.as_ref().map(|facts| facts.label.as_str()));
    assert_eq!(named.collect::<Vec<_>>(), ["NTK", "MF", "ours"].map(Some));
    for _ in 0..4 {
        harness.state_mut().apply(Action::Undo);
    }
    harness.run();
    assert_eq!((draft(&harness), runs()), (before, 1));
    assert_eq!(shown(&harness), ["ours", "NTK", "MF"]);
    assert_eq!(harness.state().panels.shared.hidden_arms, [1].into());
    // Where there is nowhere to go, nothing happens either.
    ask(&mut harness, ArmAction::Shift { arm: 0, up: true });
    assert_eq!(runs(), 1);
}

#[test]
fn arms_moved_while_a_run_starts_stand_where_they_were_put() {
    let (mut harness, trainer) = ready();
    set(&mut harness, "network.width", "512");
    ask(&mut harness, ArmAction::Shift { arm: 0, up: false });
    assert_eq!(trainer.0.borrow().loads.len(), 2);
    assert_eq!(
        shown(&harness),
        ["ours", "NTK", "MF"],
        "the run before is still shown"
    );
    record_run(&mut harness, &trainer, 2, &[0, 5]);
    assert_eq!(shown(&harness), ["NTK", "ours", "MF"]);
    let said = record(0, 5).get(Quantity::TrainLoss);
    assert_eq!(losses(&harness, "ours").last().map(|last| last.1), said);
}

#[test]
fn arms_are_moved_and_taken_away_and_come_back() {
    let (mut harness, trainer) = ready();
    let before = draft(&harness);
    ask(&mut harness, ArmAction::Shift { arm: 2, up: true });
    assert_eq!(shown(&harness), ["ours", "MF", "NTK"]);
    let moved = draft(&harness);
    assert_eq!(moved.claims, before.claims);
    ask(&mut harness, ArmAction::Remove(0));
    assert_eq!(names(&trainer), ["MF", "NTK"]);
    ask(&mut harness, ArmAction::Remove(0));
    assert!(draft(&harness).axes.is_empty());
    assert_eq!(running(&trainer).len(), 1);
    ask(&mut harness, ArmAction::Remove(0));
    assert!(harness.state().draft.error.is_some(), "one arm stays");
    for _ in 0..2 {
        harness.state_mut().apply(Action::Undo);
    }
    assert_eq!(draft(&harness), moved);
    harness.state_mut().apply(Action::Undo);
    assert_eq!(draft(&harness), before);
}

#[test]
fn the_menu_of_an_arm_does_the_same() {
    let (mut harness, trainer) = ready();
    harness.get_by_label("Change the arm NTK").click();
    harness.run();
    harness.get_by_label("Copy").click();
    harness.run();
    assert_eq!(names(&trainer)[3], "NTK copy");
    record_run(&mut harness, &trainer, 2, &[0]);
    harness.get_by_label("Change the arm NTK copy").click();
    harness.run();
    // A click into the field leaves the menu open.
    harness.get_by_label("Name of the arm").click();
    harness.run();
    harness
        .get_by_label("Name of the arm")
        .type_text(" of mine");
    harness.run();
    harness.key_press(Key::Enter);
    harness.run();
    let last = harness.state().experiment.arms[3].label.clone();
    assert!(last.contains("of mine"), "{last}");
    harness.get_by_label("Controls act on").click();
    harness.run();
    harness.get_by_label("all arms").click();
    harness.run();
    assert_eq!(harness.state().selected(), None);
}

#[test]
fn without_a_trainer_nothing_is_offered_that_would_run_again() {
    let experiment = super::fixture::experiment();
    let app = App::with_history(experiment, RunHistory::default());
    let mut harness = harness(app, [1280.0, 1600.0]);
    harness.run();
    assert!(harness.query_by_label("+ arm").is_none());
}
