//! Cancel, panics and the end of the worker.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use crate::experiment::scripted::experiment;
use crate::history::Outcome;

use super::*;

#[test]
fn a_load_and_a_drop_stop_a_slow_step() {
    let slow = Script::steps(10).taking(Duration::from_secs(60));
    let engine = Scripted::new([slow]);
    let live = engine.live_arms.clone();
    let worker = Worker::spawn_with(engine, || ()).expect("a thread");
    let run = worker.load(experiment(1, 1), true);
    wait_for(&worker, |s| s.run == run && s.activity == Activity::Playing);
    let began = Instant::now();
    let run = worker.load(experiment(1, 2), true);
    wait_for(&worker, |s| s.run == run && s.activity == Activity::Playing);
    println!("superseded in {:?}", began.elapsed());
    assert!(began.elapsed() < Duration::from_secs(1));
    assert_eq!(
        live.load(Ordering::SeqCst),
        1,
        "the earlier run's arm is still there"
    );
    let began = Instant::now();
    drop(worker);
    println!("dropped in {:?}", began.elapsed());
    assert!(began.elapsed() < Duration::from_secs(1));
    assert_eq!(live.load(Ordering::SeqCst), 0);
}

#[test]
fn a_load_and_a_drop_stop_a_slow_start() {
    let slow = Script {
        start_takes: Duration::from_secs(60),
        ..Script::steps(10)
    };
    let worker = spawn([slow]);
    for seed in 0..3 {
        let began = Instant::now();
        let run = worker.load(experiment(1, seed), true);
        wait_for(&worker, |s| {
            s.run == run && s.activity == Activity::Starting
        });
        assert!(began.elapsed() < Duration::from_secs(1));
    }
    let began = Instant::now();
    drop(worker);
    assert!(began.elapsed() < Duration::from_secs(1));
}

#[test]
fn an_idle_worker_and_a_held_up_one_end_at_once() {
    drop(spawn([]));
    let worker = spawn([Script::steps(u64::MAX)]);
    worker.load(experiment(1, 1), true);
    wait_for(&worker, |_| worker.events.is_full());
    let began = Instant::now();
    drop(worker);
    assert!(began.elapsed() < Duration::from_secs(1));
}

#[test]
fn a_panic_in_an_arm_is_its_outcome_and_the_worker_goes_on() {
    let worker = spawn([
        Script::steps(20),
        Script {
            panics_at: Some(3),
            ..Script::steps(20)
        },
        Script {
            panics_at: Some(0),
            ..Script::steps(20)
        },
    ]);
    for seed in 0..2 {
        worker.load(experiment(3, seed), true);
        let events = all_events(&worker);
        let failed: Vec<_> = events
            .iter()
            .filter_map(|event| match &event.kind {
                EventKind::Ended {
                    arm,
                    outcome: Outcome::Failed { message },
                } => Some((*arm, message.contains("scripted panic at"))),
                _ => None,
            })
            .collect();
        assert_eq!(failed, [(2, true), (1, true)]);
        let EventKind::Started { arms } = &events[0].kind else {
            panic!("{:?}", events[0])
        };
        let started: Vec<_> = arms.iter().map(Option::is_some).collect();
        assert_eq!(started, [true, true, false]);
        assert_eq!(
            records(&events)
                .iter()
                .filter(|(arm, ..)| *arm == 0)
                .count(),
            21
        );
    }
}

#[test]
fn a_panic_outside_the_arms_costs_the_run_and_not_the_worker() {
    let break_down = Arc::new(AtomicBool::new(false));
    let trap = break_down.clone();
    let engine = Scripted::new([Script::steps(u64::MAX).recorded_every(u64::MAX)]);
    let worker = Worker::spawn_with(engine, move || {
        assert!(
            !trap.swap(false, Ordering::SeqCst),
            "scripted panic of the window"
        );
    })
    .expect("a thread");
    worker.load(experiment(1, 1), true);
    let mut events = Vec::new();
    drain_until(&worker, &mut events, |kind| {
        matches!(kind, EventKind::Started { .. })
    });
    break_down.store(true, Ordering::SeqCst);
    drain_until(&worker, &mut events, |kind| {
        matches!(kind, EventKind::Refused { message }
            if message.contains("scripted panic of the window"))
    });
    wait_for(&worker, |s| s.activity == Activity::Idle);
    let run = worker.load(experiment(1, 2), true);
    wait_for(&worker, |s| s.run == run && s.step > 100);
}

#[test]
fn a_run_without_data_is_refused_and_the_worker_idle() {
    let engine = Scripted {
        no_data: true,
        ..Scripted::new([Script::steps(1)])
    };
    let worker = Worker::spawn_with(engine, || ()).expect("a thread");
    let run = worker.load(experiment(1, 1), true);
    let mut events = Vec::new();
    drain_until(
        &worker,
        &mut events,
        |kind| matches!(kind, EventKind::Refused { message } if message.contains("data.path")),
    );
    wait_for(&worker, |s| s.run == run && s.activity == Activity::Idle);
}

#[test]
fn the_window_is_called_after_the_last_news() {
    let calls = Arc::new(AtomicUsize::new(0));
    let counter = calls.clone();
    let worker = Worker::spawn_with(Scripted::new([Script::steps(500)]), move || {
        counter.fetch_add(1, Ordering::SeqCst);
    })
    .expect("a thread");
    worker.load(experiment(1, 1), true);
    wait_for(&worker, |s| s.activity == Activity::Finished);
    let began = Instant::now();
    // Drains only when called, as a window does.
    let (mut seen, mut finished) = (0, false);
    while !finished {
        assert!(began.elapsed() < PATIENCE, "not called after the last news");
        if calls.load(Ordering::SeqCst) > seen {
            seen = calls.load(Ordering::SeqCst);
            finished = worker
                .events()
                .any(|event| matches!(event.kind, EventKind::Finished));
        }
        std::thread::sleep(Duration::from_millis(1));
    }
}
