//! The run before, beside the next one.

use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable;

use super::fixture::{end, facts, record_run, restarted, set, width_before, window};
use crate::claim::evaluate;
use crate::figure::Story;
use crate::history::{EventKind, Role};
use crate::ui::App;
use crate::ui::action::{Action, KeptAction};
use crate::worker::{Activity, RunId, Snapshot};

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
fn escape_closes_the_help_first() {
    let (mut harness, _) = restarted();
    harness.key_press_modifiers(Modifiers::SHIFT, Key::Questionmark);
    harness.run();
    harness.key_press(Key::Escape);
    harness.run();
    assert!(harness.query_by_label("Keys and words").is_none());
    assert!(harness.state().kept.before().is_some());
}
