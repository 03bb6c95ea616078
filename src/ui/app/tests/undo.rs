//! What undo and redo bring back.

use std::sync::Arc;

use egui::Key;
use egui_kittest::kittest::Queryable;

use super::fixture::{end, record, record_run, restarted, set, width_before, window};
use crate::history::{EventKind, RunHistory};
use crate::observe::Record;
use crate::ui::action::Action;
use crate::ui::cursor::Cursor;
use crate::ui::kept::Kept;
use crate::worker::Command;

/// Every record of every arm, as the very same piece of memory.
fn records(history: &RunHistory) -> Vec<Vec<*const Record>> {
    let arms = history.own_arms().iter();
    arms.map(|arm| arm.records().iter().map(Arc::as_ptr).collect())
        .collect()
}

#[test]
fn undo_and_redo_show_the_very_records_and_train_nothing() {
    let (mut harness, trainer) = window([1280.0, 720.0]);
    record_run(&mut harness, &trainer, 1, &[0, 4, 30]);
    let first = records(&harness.state().shown.history);
    set(&mut harness, "network.width", "512");
    record_run(&mut harness, &trainer, 2, &[0, 3]);
    let second = records(&harness.state().shown.history);
    for (action, width, expected) in [
        (Action::Undo, 1024, &first),
        (Action::Redo, 512, &second),
        (Action::Undo, 1024, &first),
    ] {
        harness.state_mut().apply(action);
        // What the worker had still to say of the run it gave up.
        trainer.record(2, &[4]);
        harness.run();
        let app = harness.state();
        assert_eq!(&records(&app.shown.history), expected);
        assert_eq!(app.shown.experiment.preset.network.width, width);
        assert_eq!(app.draft.preset.network.width, width);
        assert_eq!(app.experiment.preset.network.width, width);
        assert_ne!(width_before(app), Some(width));
    }
    let script = trainer.0.borrow();
    assert_eq!((script.loads.len(), script.unloads), (2, 3));
    assert!(script.commands.is_empty());
}

#[test]
fn undo_while_the_next_run_starts_keeps_the_one_on_screen() {
    let (mut harness, trainer) = window([1280.0, 720.0]);
    record_run(&mut harness, &trainer, 1, &[0, 4, 30]);
    let first = records(&harness.state().shown.history);
    set(&mut harness, "network.width", "512");
    harness.state_mut().apply(Action::Undo);
    record_run(&mut harness, &trainer, 2, &[0]);
    let app = harness.state();
    assert!(app.next.is_none() && app.shown.is_broken_off());
    assert_eq!(records(&app.shown.history), first);
    assert_eq!(trainer.0.borrow().unloads, 1);
}

#[test]
fn a_run_brought_back_half_done_is_trained_anew_by_play() {
    let (mut harness, trainer) = restarted();
    harness.state_mut().apply(Action::Undo);
    harness.run();
    harness.get_by_label("Train anew");
    harness.get_by_label_contains("brought back, up to step 30");
    harness.key_press(Key::Space);
    harness.run();
    let script = trainer.0.borrow();
    let (experiment, plays) = script.loads.last().expect("a run");
    assert_eq!(script.loads.len(), 3);
    assert_eq!(experiment.preset.network.width, 1024);
    assert!(plays);
}

#[test]
fn a_finished_run_brought_back_is_replayed_by_play() {
    let (mut harness, trainer) = window([1280.0, 720.0]);
    trainer.record(1, &[0, 4, 1000]);
    end(&trainer, 1);
    harness.run();
    set(&mut harness, "network.width", "512");
    record_run(&mut harness, &trainer, 2, &[0, 3]);
    harness.state_mut().apply(Action::Undo);
    harness.run();
    harness.get_by_label("Replay");
    harness.key_press(Key::Space);
    harness.run_steps(4);
    assert!(matches!(harness.state().cursor, Cursor::At(_)));
    assert_eq!(trainer.0.borrow().loads.len(), 2);
}

#[test]
fn a_live_change_of_a_run_that_nobody_trains_starts_it_anew() {
    let (mut harness, trainer) = restarted();
    harness.state_mut().apply(Action::Undo);
    set(&mut harness, "train.method.step", "0.25");
    let script = trainer.0.borrow();
    assert!(script.commands.is_empty(), "{:?}", script.commands);
    let started = &script.loads[2].0.preset;
    assert_eq!(started.network.width, 1024);
    assert_eq!(started.train.method.step(), Some(0.25));
}

#[test]
fn a_run_that_went_on_with_another_step_is_found_by_what_the_controls_said() {
    let (mut harness, trainer) = window([1280.0, 720.0]);
    record_run(&mut harness, &trainer, 1, &[0, 4]);
    set(&mut harness, "train.method.step", "0.25");
    trainer.tell(1, EventKind::StepChanged { at: 4, step: 0.25 });
    record_run(&mut harness, &trainer, 1, &[9]);
    let first = records(&harness.state().shown.history);
    set(&mut harness, "network.width", "512");
    record_run(&mut harness, &trainer, 2, &[0]);
    harness.state_mut().apply(Action::Undo);
    let app = harness.state();
    assert_eq!(records(&app.shown.history), first);
    assert_eq!(app.draft.preset.train.method.step(), Some(0.25));
    assert_eq!(app.shown.history.step_changes(), [(4, 0.25)]);
    assert_eq!(trainer.0.borrow().commands, [Command::SetStep(0.25)]);
}

#[test]
fn beyond_the_budget_the_oldest_goes_and_undo_trains_it_again() {
    let (mut harness, trainer) = window([1280.0, 720.0]);
    // Room for two runs of two records in three arms, not for three.
    let budget = 15 * record(0, 0).bytes();
    harness.state_mut().kept = Kept::with_budget(budget);
    record_run(&mut harness, &trainer, 1, &[0, 3]);
    let changes = [
        ("network.width", "512"),
        ("seed", "7"),
        ("network.width", "256"),
    ];
    for (run, (path, text)) in (2..).zip(changes) {
        set(&mut harness, path, text);
        record_run(&mut harness, &trainer, run, &[0, 3]);
        assert!(harness.state().kept.bytes() <= budget);
    }
    for loads in [4, 4, 5] {
        harness.state_mut().apply(Action::Undo);
        assert_eq!(trainer.0.borrow().loads.len(), loads);
    }
    let script = trainer.0.borrow();
    let again = &script.loads[4].0.preset;
    assert_eq!((again.network.width, again.seed), (1024, 1));
}

#[test]
fn undo_after_a_refused_run_keeps_the_one_on_screen() {
    let (mut harness, trainer) = window([1280.0, 720.0]);
    record_run(&mut harness, &trainer, 1, &[0, 4]);
    let first = records(&harness.state().shown.history);
    set(&mut harness, "network.width", "65536");
    let message = "needs 99 GB".to_owned();
    trainer.tell(2, EventKind::Refused { message });
    harness.run();
    harness.state_mut().apply(Action::Undo);
    let app = harness.state();
    assert_eq!(records(&app.shown.history), first);
    assert_eq!(app.draft.preset.network.width, 1024);
    assert_eq!(trainer.0.borrow().loads.len(), 2);
}

#[test]
fn undo_back_and_forth_through_a_drag_loses_no_run() {
    let (mut harness, trainer) = window([1280.0, 720.0]);
    record_run(&mut harness, &trainer, 1, &[0, 9]);
    for (run, width) in (2..).zip(["512", "384"]) {
        set(&mut harness, "network.width", width);
        record_run(&mut harness, &trainer, run, &[0, 3]);
    }
    set(&mut harness, "seed", "4");
    record_run(&mut harness, &trainer, 4, &[0, 3]);
    use Action::{Redo, Undo};
    let steps = [
        (Undo, 384, 1),
        (Undo, 1024, 1),
        (Redo, 384, 1),
        (Redo, 384, 4),
        (Undo, 384, 1),
    ];
    for (action, width, seed) in steps {
        harness.state_mut().apply(action);
        let preset = &harness.state().shown.experiment.preset;
        assert_eq!((preset.network.width, preset.seed), (width, seed));
    }
    assert_eq!(trainer.0.borrow().loads.len(), 4);
}
