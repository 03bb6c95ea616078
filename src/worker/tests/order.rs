//! Order, back-pressure, and what is left of earlier runs.

use crate::experiment::scripted::experiment;
use crate::experiment::{Progress, run_all_with};
use crate::task::Cancel;
use crate::worker::Command;
use crate::worker::handle::EVENTS;

use super::*;

fn three_arms() -> Vec<Script> {
    let steady = Script::steps(900).recorded_every(3);
    vec![
        steady.clone(),
        Script {
            diverges_at: Some(500),
            ..steady.clone()
        },
        Script {
            panics_at: Some(700),
            ..steady
        },
    ]
}

fn headless(scripts: Vec<Script>, seed: u64) -> Vec<Event> {
    let mut events = Vec::new();
    let engine = Scripted::new(scripts.clone());
    let asked = experiment(scripts.len(), seed);
    run_all_with(&engine, &asked, &Cancel::new(), &mut |progress| {
        if let Progress::Event(kind) = progress {
            events.push(Event {
                run: RunId(1),
                kind,
            });
        }
    })
    .expect("runs");
    events
}

#[test]
fn the_window_sees_what_a_run_without_one_records() {
    let worker = spawn(three_arms());
    worker.load(experiment(3, 4), true);
    let events = all_events(&worker);
    assert_eq!(records(&events), records(&headless(three_arms(), 4)));
    assert!(matches!(events[0].kind, EventKind::Started { .. }));
}

#[test]
fn a_window_that_does_not_drain_holds_the_run_up_and_loses_nothing() {
    let scripts = vec![Script::steps(5 * EVENTS as u64)];
    let worker = spawn(scripts.clone());
    worker.load(experiment(1, 4), true);
    wait_for(&worker, |_| worker.events.is_full());
    std::thread::sleep(Duration::from_millis(50));
    let held = worker.snapshot();
    assert_eq!(held.activity, Activity::Playing);
    std::thread::sleep(Duration::from_millis(50));
    assert_eq!(
        worker.snapshot().step,
        held.step,
        "trained on while events waited"
    );
    worker.send(Command::Pause).expect("room");
    wait_for(&worker, |s| s.activity == Activity::Paused);
    worker.send(Command::Play).expect("room");
    assert_eq!(
        records(&all_events(&worker)),
        records(&headless(scripts, 4))
    );
}

#[test]
fn a_held_up_run_is_superseded_at_once() {
    let worker = spawn([Script::steps(u64::MAX)]);
    worker.load(experiment(1, 4), true);
    wait_for(&worker, |_| worker.events.is_full());
    let run = worker.load(experiment(1, 5), false);
    paused_at(&worker, run, 0);
}

#[test]
fn nothing_of_an_earlier_run_comes_after_a_load() {
    let worker = spawn([Script::steps(u64::MAX).recorded_every(100)]);
    for seed in 0..200 {
        let run = worker.load(experiment(1, seed), true);
        for _ in 0..(seed % 5) {
            assert!(worker.events().all(|event| event.run == run));
            std::thread::yield_now();
        }
    }
}

#[test]
fn the_worker_sends_nothing_of_a_run_after_a_newer_ones_first_message() {
    let worker = spawn([Script::steps(u64::MAX).recorded_every(100)]);
    let (mut last, mut newest, mut runs_seen) = (RunId::default(), RunId::default(), 0);
    for seed in 0..200 {
        newest = worker.load(experiment(1, seed), true);
        std::thread::sleep(Duration::from_micros(500));
        for event in worker.events.try_iter().take(EVENTS) {
            assert!(event.run >= last, "{:?} after {last:?}", event.run);
            runs_seen += u64::from(event.run > last);
            last = event.run;
        }
    }
    wait_for(&worker, |s| s.run == newest && s.step > 0);
    assert!(runs_seen > 1, "no run was superseded while it sent");
}

#[test]
fn loading_again_repeats_the_run_bit_by_bit() {
    let worker = spawn(three_arms());
    let asked = experiment(3, 4);
    worker.load(asked.clone(), true);
    let first = records(&all_events(&worker));
    worker.load(asked, true);
    assert_eq!(records(&all_events(&worker)), first);
}

#[test]
fn a_run_given_up_is_heard_of_no_more_and_another_follows() {
    let endless = || Script::steps(u64::MAX).recorded_every(1);
    let worker = spawn([endless()]);
    let run = worker.load(experiment(1, 1), true);
    wait_for(&worker, |s| s.run == run && s.step > 10);
    worker.unload();
    assert_eq!(worker.events().count(), 0);
    let idle = wait_for(&worker, |s| s.run != run);
    assert_eq!(idle.activity, Activity::Idle);
    worker.send(Command::Play).expect("room");
    std::thread::sleep(Duration::from_millis(30));
    assert_eq!(worker.events().count(), 0);
    let next = worker.load(experiment(1, 2), false);
    paused_at(&worker, next, 0);
    assert!(worker.events().all(|event| event.run == next));
}

#[test]
fn a_run_given_up_before_it_began_never_begins() {
    let worker = spawn([Script::steps(100)]);
    worker.load(experiment(1, 1), true);
    worker.unload();
    let last = worker.load(experiment(1, 2), false);
    assert!(last > RunId(2));
    paused_at(&worker, last, 0);
}
