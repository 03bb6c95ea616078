//! Keys, buttons and the scrubber.

use egui::{Key, Modifiers, Role};
use egui_kittest::kittest::Queryable;

use super::fixture::{Scripted, window};
use crate::preset::Edit;
use crate::ui::action::{Action, ArmAction};
use crate::ui::cursor::Cursor;
use crate::worker::{Activity, Command, Speed};

#[test]
fn space_plays_and_pauses() {
    let (mut harness, trainer) = window([1280.0, 720.0]);
    trainer.record(1, &[0]);
    harness.run();
    harness.key_press(Key::Space);
    harness.run();
    assert_eq!(trainer.0.borrow().commands, [Command::Play]);
    trainer.0.borrow_mut().snapshot.activity = Activity::Playing;
    harness.run();
    harness.key_press(Key::Space);
    harness.run();
    assert_eq!(trainer.0.borrow().commands, [Command::Play, Command::Pause]);
}

/// A window whose run is finished after these steps, at 100 steps a second.
fn finished(steps: &[u64]) -> (egui_kittest::Harness<'static, crate::ui::App>, Scripted) {
    let (mut harness, trainer) = window([1280.0, 720.0]);
    trainer.record(1, steps);
    trainer.0.borrow_mut().snapshot.activity = Activity::Finished;
    harness.run();
    let speed = Speed::StepsPerSecond(100.0);
    harness.state_mut().apply(Action::SetSpeed(speed));
    trainer.0.borrow_mut().commands.clear();
    (harness, trainer)
}

#[test]
fn a_finished_run_is_replayed_from_its_start_and_stops_at_its_end() {
    let (mut harness, trainer) = finished(&[0, 4, 9, 30]);
    harness.key_press(Key::Space);
    harness.step();
    assert_eq!(harness.state().cursor, Cursor::At(0));
    let mut seen = vec![];
    while let Cursor::At(step) = harness.state().cursor {
        harness.get_by_label("Pause the replay");
        seen.push(step);
        harness.step();
    }
    // A frame of the test lasts 0.02 s: two steps.
    assert!((15..=16).contains(&seen.len()), "{seen:?}");
    let even = (0..).zip(&seen).all(|(k, step)| step.abs_diff(2 * k) <= 1);
    assert!(even, "{seen:?}");
    harness.run();
    harness.get_by_label("Replay");
    assert!(trainer.0.borrow().commands.is_empty());
}

#[test]
fn a_replay_pauses_and_goes_on_from_there() {
    let (mut harness, _) = finished(&[0, 4, 9, 1000]);
    harness.get_by_label("Replay").click();
    harness.run_steps(8);
    harness.key_press(Key::Space);
    harness.run();
    let Cursor::At(step) = harness.state().cursor else {
        panic!("at the end")
    };
    assert!(step > 0, "nothing was played");
    harness.run_steps(8);
    assert_eq!(harness.state().cursor, Cursor::At(step), "it is paused");
    harness.key_press(Key::Space);
    harness.run_steps(8);
    assert!(matches!(harness.state().cursor, Cursor::At(s) if s > step));
    harness.key_press(Key::Home);
    harness.run();
    assert_eq!(
        harness.state().cursor,
        Cursor::At(0),
        "the user's choice ends it"
    );
}

#[test]
fn another_run_ends_a_replay() {
    let (mut harness, trainer) = finished(&[0, 4, 9, 1000]);
    harness.key_press(Key::Space);
    harness.run_steps(4);
    harness.state_mut().apply(Action::Restart);
    trainer.record(2, &[0, 4]);
    harness.run();
    assert_eq!(harness.state().cursor, Cursor::Live);
    assert_eq!(harness.state().replay, None);
}

#[test]
fn arrows_walk_over_the_records_and_train_one_step_at_the_end() {
    let (mut harness, trainer) = window([1280.0, 720.0]);
    trainer.record(1, &[0, 4, 9]);
    harness.run();
    let mut press = |key: Key| {
        harness.key_press(key);
        harness.run();
        harness.state().cursor
    };
    assert_eq!(press(Key::ArrowLeft), Cursor::At(4));
    assert_eq!(press(Key::ArrowLeft), Cursor::At(0));
    assert_eq!(press(Key::ArrowRight), Cursor::At(4));
    assert_eq!(press(Key::ArrowRight), Cursor::Live);
    assert_eq!(press(Key::Home), Cursor::At(0));
    assert_eq!(press(Key::End), Cursor::Live);
    assert!(trainer.0.borrow().commands.is_empty());
    assert_eq!(press(Key::ArrowRight), Cursor::Live);
    assert_eq!(trainer.0.borrow().commands, [Command::Step(1)]);
}

#[test]
fn r_keeps_the_seed_and_n_takes_another() {
    let (mut harness, trainer) = window([1280.0, 720.0]);
    for key in [Key::R, Key::N] {
        harness.key_press(key);
        harness.run();
    }
    let seeds: Vec<u64> = trainer
        .0
        .borrow()
        .loads
        .iter()
        .map(|(e, _)| e.preset.seed)
        .collect();
    assert_eq!(seeds, [1, 1, 2]);
}

#[test]
fn digits_show_and_hide_arms() {
    let (mut harness, trainer) = window([1280.0, 720.0]);
    trainer.record(1, &[0]);
    harness.run();
    let mut press = |key: Key| {
        harness.key_press(key);
        harness.run();
        harness
            .state()
            .panels
            .shared
            .hidden_arms
            .iter()
            .copied()
            .collect::<Vec<_>>()
    };
    assert_eq!(press(Key::Num2), [1]);
    assert_eq!(press(Key::Num3), [1, 2]);
    assert_eq!(press(Key::Num2), [2]);
    assert_eq!(press(Key::Num9), [2]);
}

#[test]
fn keys_do_nothing_while_a_number_is_typed() {
    let (mut harness, trainer) = window([1280.0, 720.0]);
    harness
        .get_by_role_and_label(Role::SpinButton, "points n")
        .click();
    harness.run();
    for key in [Key::R, Key::N, Key::Space, Key::Num1, Key::F] {
        harness.key_press(key);
        harness.run();
    }
    assert_eq!(trainer.0.borrow().loads.len(), 1);
    assert!(harness.state().panels.shared.hidden_arms.is_empty());
}

#[test]
fn the_scrubber_moves_the_cursor() {
    let (mut harness, trainer) = window([1280.0, 720.0]);
    trainer.record(1, &[0, 5, 50, 500, 20_000]);
    harness.run();
    let rect = harness.get_by_label("Step shown").rect();
    harness.drag_at(rect.center());
    harness.run();
    harness.drop_at(rect.center());
    harness.run();
    let Cursor::At(step) = harness.state().cursor else {
        panic!("still live")
    };
    // Halfway on a logarithmic track: about √20 000.
    assert!((100..200).contains(&step), "{step}");
    harness.get_by_label("To the end").click();
    harness.run();
    assert_eq!(harness.state().cursor, Cursor::Live);
}

#[test]
fn the_speed_menu_sets_the_speed() {
    let (mut harness, trainer) = window([1280.0, 720.0]);
    harness.get_by_label("Speed").click();
    harness.run();
    harness.get_by_label("10 steps/s").click();
    harness.run();
    assert_eq!(
        trainer.0.borrow().commands,
        [Command::SetSpeed(Speed::StepsPerSecond(10.0))]
    );
}

#[test]
fn a_panel_is_shown_alone_and_all_again() {
    let (mut harness, trainer) = window([1600.0, 1000.0]);
    trainer.record(1, &[0]);
    harness.run();
    assert!(harness.query_by_label("SPECTRUM").is_some());
    harness.hover_at(egui::pos2(600.0, 300.0));
    harness.run();
    harness.key_press(Key::F);
    harness.run();
    assert!(harness.query_by_label("FEATURE MAP").is_some());
    assert!(harness.query_by_label("SPECTRUM").is_none());
    harness.key_press(Key::F);
    harness.run();
    assert!(harness.query_by_label("SPECTRUM").is_some());
}

#[test]
fn the_help_sheet_opens_and_closes() {
    let (mut harness, _) = window([1280.0, 720.0]);
    harness.key_press_modifiers(Modifiers::SHIFT, Key::Questionmark);
    harness.run();
    harness.get_by_label("Keys and words");
    harness.key_press(Key::Escape);
    harness.run();
    assert!(harness.query_by_label("Keys and words").is_none());
}

#[test]
fn every_press_of_n_counts_however_fast() {
    let (mut harness, trainer) = window([1280.0, 720.0]);
    let press = egui::Event::Key {
        key: Key::N,
        physical_key: None,
        pressed: true,
        repeat: false,
        modifiers: Modifiers::NONE,
    };
    (0..20).for_each(|_| harness.event(press.clone()));
    harness.run();
    let script = trainer.0.borrow();
    let seeds: Vec<u64> = script.loads.iter().map(|(e, _)| e.preset.seed).collect();
    assert_eq!(seeds, (1..=21).collect::<Vec<_>>());
    assert_eq!(harness.state().draft.preset.seed, 21);
}

#[test]
fn another_seed_leaves_a_paused_run_paused() {
    let (mut harness, trainer) = window([1280.0, 720.0]);
    trainer.record(1, &[0, 4]);
    harness.run();
    for _ in 0..2 {
        harness.key_press(Key::N);
        harness.run();
    }
    let plays = |trainer: &Scripted| -> Vec<bool> {
        let script = trainer.0.borrow();
        script.loads.iter().map(|(_, plays)| *plays).collect()
    };
    assert_eq!(plays(&trainer), [true, false, false]);
    trainer.record(3, &[0]);
    trainer.0.borrow_mut().snapshot.activity = Activity::Playing;
    harness.run();
    harness.key_press(Key::N);
    harness.run();
    assert_eq!(plays(&trainer), [true, false, false, true]);
    assert!(trainer.0.borrow().commands.is_empty());
}

#[test]
fn a_changed_setting_leaves_a_paused_run_paused() {
    let (mut harness, trainer) = window([1280.0, 720.0]);
    trainer.record(1, &[0, 4]);
    harness.run();
    let plays = |trainer: &Scripted| trainer.0.borrow().loads.last().map(|(_, plays)| *plays);
    let arm = |action| Action::Arm(action);
    let edit = |path: &str, text: &str| Edit::new(path, text);
    let paused = [
        Action::Edit(edit("network.width", "512")),
        arm(ArmAction::Copy(0)),
        arm(ArmAction::Edit(0, edit("network.width", "64"))),
        arm(ArmAction::Remove(1)),
        Action::Undo,
        Action::Redo,
    ];
    for (run, action) in (2..).zip(paused) {
        harness.state_mut().apply(action);
        assert_eq!(trainer.0.borrow().loads.len(), run);
        assert_eq!(plays(&trainer), Some(false), "run {run}");
        // Without a record no earlier run is brought back in the place of this one.
        harness.run();
    }
    trainer.record(7, &[0]);
    harness.run();
    // It stands at its start, and waits to be asked.
    harness.get_by_label("Play");
    assert!(trainer.0.borrow().commands.is_empty());
    harness.key_press(Key::Space);
    harness.run();
    assert_eq!(trainer.0.borrow().commands, [Command::Play]);
    // Who asks for a start means it.
    for action in [
        Action::Restart,
        Action::RestartWith(edit("network.width", "256")),
    ] {
        harness.state_mut().apply(action);
        assert_eq!(plays(&trainer), Some(true));
    }
}

#[test]
fn a_run_in_training_is_replayed_from_the_step_shown() {
    let (mut harness, trainer) = window([1280.0, 720.0]);
    trainer.record(1, &[0, 4, 1000]);
    trainer.0.borrow_mut().snapshot.activity = Activity::Playing;
    harness.run();
    let speed = Speed::StepsPerSecond(100.0);
    harness.state_mut().apply(Action::SetSpeed(speed));
    trainer.0.borrow_mut().commands.clear();
    harness.key_press(Key::Home);
    harness.run();
    harness.get_by_label("Replay");
    harness.key_press(Key::Space);
    harness.run_steps(8);
    assert!(matches!(harness.state().cursor, Cursor::At(s) if s > 0));
    assert!(harness.state().replay.is_some());
    assert!(trainer.0.borrow().commands.is_empty(), "it trains on");
    harness.key_press(Key::End);
    harness.run();
    harness.key_press(Key::Space);
    harness.run();
    assert_eq!(trainer.0.borrow().commands, [Command::Pause]);
}
