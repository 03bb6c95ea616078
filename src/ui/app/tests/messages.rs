//! What the worker says, and what the window makes of it.

use std::sync::Arc;
use std::time::Duration;

use egui_kittest::kittest::Queryable;

use super::fixture::{facts, record_run, set, window};
use crate::experiment::ArmTiming;
use crate::history::{EventKind, Outcome};
use crate::observe::Record;
use crate::spec::Quantity;
use crate::ui::action::Action;
use crate::worker::{Activity, RunId, Snapshot};

#[test]
fn messages_of_a_replaced_run_are_left_aside() {
    let (mut harness, trainer) = window([1280.0, 720.0]);
    trainer.record(1, &[0, 3]);
    harness.run();
    harness.state_mut().apply(Action::NewSeed);
    trainer.record(1, &[4, 5]);
    trainer.tell(
        1,
        EventKind::Refused {
            message: "stale".into(),
        },
    );
    harness.run();
    assert_eq!(harness.state().shown.history.last_step(), 3);
    assert_eq!(harness.state().notice, None);
    trainer.record(2, &[0]);
    trainer.record(1, &[99]);
    harness.run();
    assert_eq!(harness.state().shown.id, Some(RunId(2)));
    assert_eq!(harness.state().shown.history.last_step(), 0);
    assert_eq!(harness.state().shown.experiment.preset.seed, 2);
}

#[test]
fn the_old_run_stays_until_the_new_one_has_something_to_show() {
    let (mut harness, trainer) = window([1280.0, 720.0]);
    trainer.record(1, &[0, 3]);
    harness.run();
    harness.state_mut().apply(Action::Restart);
    harness.run();
    assert_eq!(harness.state().shown.id, Some(RunId(1)));
    trainer.tell(
        2,
        EventKind::Started {
            arms: vec![Some(facts("Ours")), None, None],
        },
    );
    harness.run();
    assert_eq!(harness.state().shown.id, Some(RunId(1)));
    for arm in 0..3 {
        trainer.tell(
            2,
            EventKind::Ended {
                arm,
                outcome: Outcome::Failed {
                    message: "no weights".into(),
                },
            },
        );
    }
    harness.run();
    assert_eq!(harness.state().shown.id, Some(RunId(2)));
}

#[test]
fn a_divergence_names_the_step_and_offers_a_stable_one() {
    let (mut harness, trainer) = window([1600.0, 1000.0]);
    trainer.record(1, &[0, 40]);
    let outcome = Outcome::Diverged {
        step: 41,
        last_finite_loss: 1e30,
        stable_step: Some(0.37),
    };
    trainer.tell(1, EventKind::Ended { arm: 1, outcome });
    harness.run();
    let label = harness.state().shown.experiment.arms[1].label.clone();
    harness.get_by_label_contains(&format!("{label}: diverged at step 41"));
    harness.get_by_label_contains("Restart with δ").click();
    harness.run();
    let script = trainer.0.borrow();
    assert_eq!(script.loads.len(), 2);
    assert_eq!(script.loads[1].0.preset.train.method.step(), Some(0.33));
}

#[test]
fn a_dead_start_is_said_with_the_way_back() {
    let (mut harness, trainer) = window([1600.0, 1000.0]);
    record_run(&mut harness, &trainer, 1, &[0, 3]);
    set(&mut harness, "init.omega_ratio", "1000.0");
    let dead = Record {
        scalars: [(Quantity::NtkMax, 0.0), (Quantity::FeatureSize, 0.0)].into(),
        ..Record::default()
    };
    trainer.record(2, &[]);
    for arm in 0..3 {
        let record = Arc::new(dead.clone());
        trainer.tell(2, EventKind::Recorded { arm, record });
    }
    harness.run();
    harness.get_by_label_contains("the network is dead at the start");
    assert!(harness.query_by_label_contains("diverged").is_none());
    harness.get_by_label_contains("Set ω₂/ω₁ back to").click();
    harness.run();
    let script = trainer.0.borrow();
    let ratios = script.loads.iter().map(|(e, _)| e.preset.init.omega_ratio);
    assert_eq!(ratios.collect::<Vec<_>>(), [None, Some(1000.0), None]);
}

#[test]
fn what_the_worker_does_is_said() {
    let (mut harness, trainer) = window([1280.0, 720.0]);
    let mut say = |activity, rate: f64, words: &str| {
        trainer.0.borrow_mut().snapshot = Snapshot {
            run: RunId(1),
            activity,
            step: 10_000,
            last_step: 20_000,
            steps_per_second: rate,
            estimated_bytes: 84_000_000,
            ..Snapshot::default()
        };
        harness.run();
        harness.get_by_label_contains(words);
    };
    say(Activity::Starting, 0.0, "starting");
    say(Activity::Paused, 0.0, "paused · 84\u{202f}MB");
    say(Activity::Finished, 0.0, "finished at step 10\u{2009}000");
    say(
        Activity::Playing,
        1000.0,
        "1000 steps/s · ETA 10\u{202f}s · 84\u{202f}MB",
    );
}

#[test]
fn the_share_of_time_spent_in_measuring_is_said() {
    let (mut harness, trainer) = window([1280.0, 720.0]);
    let second = Duration::from_secs(1);
    let timing = |measuring| ArmTiming {
        training: second,
        measuring,
    };
    trainer.0.borrow_mut().snapshot = Snapshot {
        run: RunId(1),
        activity: Activity::Paused,
        estimated_bytes: 84_000_000,
        timings: vec![timing(second / 10), timing(second / 50)],
        ..Snapshot::default()
    };
    harness.run();
    harness.get_by_label_contains("measuring 6\u{202f}% · 84\u{202f}MB");
}
