//! Floods of wishes keep only the last.

use crate::experiment::scripted::experiment;
use crate::worker::{Command, SendError, Speed};

use super::*;

#[test]
fn of_ten_thousand_loads_the_last_runs_and_none_queues() {
    let engine = Scripted::new([Script::steps(50)]);
    let loads = engine.data_loads.clone();
    let worker = Worker::spawn_with(engine, || ()).expect("a thread");
    let mut last = RunId::default();
    for seed in 0..10_000 {
        last = worker.load(experiment(1, seed), true);
    }
    assert_eq!(last, RunId(10_000));
    let events = all_events(&worker);
    assert!(events.iter().all(|event| event.run == last));
    let alone = spawn([Script::steps(50)]);
    alone.load(experiment(1, 9_999), true);
    assert_eq!(records(&events), records(&all_events(&alone)));
    let begun = loads.load(std::sync::atomic::Ordering::SeqCst);
    println!("began {begun} of 10 000 runs");
    std::thread::sleep(Duration::from_millis(50));
    assert_eq!(worker.events().count(), 0, "a run waited in a queue");
}

#[test]
fn of_ten_thousand_changes_of_the_step_the_last_holds() {
    let worker = spawn([Script::steps(u64::MAX).recorded_every(u64::MAX)]);
    worker.load(experiment(1, 1), true);
    let mut events = Vec::new();
    drain_until(&worker, &mut events, |kind| {
        matches!(kind, EventKind::Started { .. })
    });
    for k in 1..=10_000 {
        worker
            .send(Command::SetStep(f64::from(k) * 1e-4))
            .expect("the newest is always taken");
    }
    drain_until(
        &worker,
        &mut events,
        |kind| matches!(kind, EventKind::StepChanged { step, .. } if *step == 1.0),
    );
    std::thread::sleep(Duration::from_millis(50));
    let late = worker
        .events()
        .filter(|e| matches!(e.kind, EventKind::StepChanged { .. }))
        .count();
    assert_eq!(late, 0, "an older wish came after the last");
}

#[test]
fn a_step_or_speed_no_run_can_have_is_refused() {
    let worker = spawn([Script::steps(1)]);
    for bad in [f64::NAN, f64::INFINITY, 0.0, -1.0] {
        assert!(matches!(
            worker.send(Command::SetStep(bad)),
            Err(SendError::Step(_))
        ));
        let speed = Command::SetSpeed(Speed::StepsPerSecond(bad));
        assert!(matches!(worker.send(speed), Err(SendError::Speed(_))));
    }
}

#[test]
fn too_many_commands_are_refused_without_waiting() {
    let slow_start = Script {
        start_takes: Duration::from_secs(60),
        ..Script::steps(10)
    };
    let worker = spawn([slow_start]);
    let run = worker.load(experiment(1, 1), false);
    wait_for(&worker, |s| {
        s.run == run && s.activity == Activity::Starting
    });
    let sent = (0..1000)
        .filter(|_| worker.send(Command::Play).is_ok())
        .count();
    assert_eq!(sent, 64);
    assert_eq!(worker.send(Command::Play), Err(SendError::Busy));
}
