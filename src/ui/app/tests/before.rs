//! The run before: a ghost beside the next one, and what undo brings back.

use std::sync::Arc;

use egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;

use super::fixture::{Scripted, facts, record, window};
use crate::claim::evaluate;
use crate::figure::Story;
use crate::history::{EventKind, Outcome, Role, RunHistory, StopReason};
use crate::observe::Record;
use crate::preset::Edit;
use crate::ui::App;
use crate::ui::action::{Action, KeptAction};
use crate::ui::cursor::Cursor;
use crate::ui::kept::Kept;
use crate::worker::{Activity, Command, RunId, Snapshot};

type Window = Harness<'static, App>;

fn set(harness: &mut Window, path: &str, text: &str) {
    let edit = Edit::new(path, text);
    harness.state_mut().apply(Action::Edit(edit));
}

/// The run `run` records these steps, and is drawn.
fn record_run(harness: &mut Window, trainer: &Scripted, run: u64, steps: &[u64]) {
    trainer.record(run, steps);
    harness.run();
}

/// A window whose run of width 1024 has recorded steps 0 to 30, and was followed by one of width 512 at
/// steps 0 and 3.
fn restarted() -> (Window, Scripted) {
    let (mut harness, trainer) = window([1600.0, 1000.0]);
    record_run(&mut harness, &trainer, 1, &[0, 4, 30]);
    set(&mut harness, "network.width", "512");
    record_run(&mut harness, &trainer, 2, &[0, 3]);
    (harness, trainer)
}

/// Every record of every arm, as the very same piece of memory.
fn records(history: &RunHistory) -> Vec<Vec<*const Record>> {
    let arms = history.own_arms().iter();
    arms.map(|arm| arm.records().iter().map(Arc::as_ptr).collect())
        .collect()
}

fn width_before(app: &App) -> Option<usize> {
    let before = app.kept.before()?;
    Some(before.experiment.preset.network.width)
}

fn end(trainer: &Scripted, run: u64) {
    for arm in 0..3 {
        let outcome = Outcome::Finished(StopReason::Steps);
        trainer.tell(run, EventKind::Ended { arm, outcome });
    }
}

#[test]
fn a_restart_leaves_the_run_before_beside_the_next() {
    let (harness, _) = restarted();
    let app = harness.state();
    assert_eq!(app.shown.id, Some(RunId(2)));
    assert_eq!(width_before(app), Some(1024));
    let together = app.kept.beside(&app.shown).expect("a guest");
    let names: Vec<&str> = together
        .arms()
        .iter()
        .map(|arm| arm.label.as_str())
        .collect();
    let after = ["ours", "NTK", "MF"];
    assert_eq!(names[..3], after);
    assert_eq!(names[3..], ["ours, before", "NTK, before", "MF, before"]);
    for (index, arm) in together.arms().iter().enumerate() {
        let role = match index {
            0..3 => Role::Trained,
            _ => Role::Before {
                of: Some(index - 3),
            },
        };
        assert_eq!(arm.role, role);
    }
    // Each panel with curves names it.
    assert!(harness.query_all_by_label("NTK, before").count() >= 2);
    assert_eq!(app.before_arms(), 3..6);
}

#[test]
fn the_next_restart_takes_its_place() {
    let (mut harness, trainer) = restarted();
    set(&mut harness, "seed", "9");
    record_run(&mut harness, &trainer, 3, &[0, 50]);
    assert_eq!(width_before(harness.state()), Some(512));
}

#[test]
fn another_preset_leaves_none_and_puts_it_away() {
    let (mut harness, trainer) = restarted();
    harness
        .state_mut()
        .apply(Action::Load("chen-fig1-live".into()));
    record_run(&mut harness, &trainer, 3, &[0]);
    assert_eq!(harness.state().shown.experiment.name, "chen-fig1-live");
    assert!(harness.state().kept.has_no_guests());
}

#[test]
fn a_restart_of_the_same_run_leaves_none() {
    let (mut harness, trainer) = window([1280.0, 720.0]);
    record_run(&mut harness, &trainer, 1, &[0, 4]);
    harness.key_press(Key::R);
    harness.run();
    record_run(&mut harness, &trainer, 2, &[0]);
    assert_eq!(harness.state().shown.id, Some(RunId(2)));
    assert!(harness.state().kept.before().is_none());
}

#[test]
fn it_is_put_away_by_escape_and_by_its_button() {
    let (mut harness, trainer) = restarted();
    harness.key_press(Key::Escape);
    harness.run();
    assert!(harness.state().kept.before().is_none());
    set(&mut harness, "network.width", "256");
    record_run(&mut harness, &trainer, 3, &[0, 40]);
    assert_eq!(width_before(harness.state()), Some(512));
    harness.get_by_label("Put the run before away").click();
    harness.run();
    assert!(harness.state().kept.before().is_none());
}

#[test]
fn of_a_drag_the_run_before_it_stays() {
    let (mut harness, trainer) = window([1280.0, 720.0]);
    record_run(&mut harness, &trainer, 1, &[0, 1000]);
    for (run, width) in (2..).zip(["512", "384", "256"]) {
        set(&mut harness, "network.width", width);
        record_run(&mut harness, &trainer, run, &[0, 2]);
        assert_eq!(width_before(harness.state()), Some(1024));
    }
    // One that went further than the first takes its place.
    record_run(&mut harness, &trainer, 4, &[2000]);
    set(&mut harness, "network.width", "128");
    record_run(&mut harness, &trainer, 5, &[0]);
    assert_eq!(width_before(harness.state()), Some(256));
}

#[test]
fn while_a_run_starts_the_picture_says_what_comes() {
    let (mut harness, trainer) = window([1280.0, 720.0]);
    record_run(&mut harness, &trainer, 1, &[0, 4]);
    let coming = "starting with m = 512 …";
    assert!(harness.query_by_label(coming).is_none());
    set(&mut harness, "network.width", "512");
    harness.run();
    harness.get_by_label(coming);
    record_run(&mut harness, &trainer, 2, &[0]);
    assert!(harness.query_by_label(coming).is_none());
    harness.state_mut().apply(Action::Restart);
    harness.run();
    harness.get_by_label("starting again …");
}

#[test]
fn messages_of_its_run_reach_it_no_more() {
    let (mut harness, trainer) = restarted();
    let kept = |app: &App| app.kept.before().map(|run| run.history.last_step());
    assert_eq!(kept(harness.state()), Some(30));
    trainer.record(1, &[31, 99]);
    trainer.tell(1, EventKind::StepChanged { at: 31, step: 0.5 });
    trainer.0.borrow_mut().snapshot = Snapshot {
        run: RunId(1),
        activity: Activity::Playing,
        ..Snapshot::default()
    };
    harness.run();
    let app = harness.state();
    assert_eq!(kept(app), Some(30));
    assert_eq!(app.shown.history.last_step(), 3);
    let before = app.kept.before().expect("the run before");
    assert!(before.history.step_changes().is_empty());
    assert_eq!(before.snapshot.activity, Activity::Idle);
}

#[test]
fn what_is_said_and_saved_of_the_run_is_of_its_own_arms() {
    let (mut harness, trainer) = restarted();
    let labels = ["ours", "NTK", "MF"].map(|label| Some(facts(label)));
    trainer.tell(
        2,
        EventKind::Started {
            arms: labels.into(),
        },
    );
    end(&trainer, 2);
    harness.state_mut().apply(Action::Kept(KeptAction::Pin));
    harness.run();
    let app = harness.state();
    let run = &app.shown;
    assert_eq!(run.history.arms().len(), 3);
    assert_eq!(run.history.own_arms().len(), 3);
    assert!(run.is_over());
    let together = app.kept.beside(run).expect("guests");
    assert_eq!((together.arms().len(), together.own_arms().len()), (9, 3));
    let [plain, seen] = [&run.history, &together].map(|h| Story::new(&run.experiment, h));
    assert_eq!(plain, seen);
    let verdicts = |history| {
        let claims = evaluate(&run.experiment, history);
        claims
            .iter()
            .map(|claim| format!("{claim:?}"))
            .collect::<Vec<_>>()
    };
    assert_eq!(verdicts(&run.history), verdicts(&together));
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

#[test]
fn escape_closes_the_help_first() {
    let (mut harness, _) = restarted();
    harness.key_press_modifiers(Modifiers::SHIFT, Key::Questionmark);
    harness.run();
    harness.key_press(Key::Escape);
    harness.run();
    assert!(harness.query_by_label("Keys and words").is_none());
    assert!(harness.state().kept.before().is_some());
}
