//! Play, pause, step and speed.

use crate::experiment::scripted::experiment;
use crate::worker::{Command, Speed};

use super::*;

#[test]
fn step_does_exactly_so_many_and_pauses() {
    let worker = spawn([Script::steps(10_000), Script::steps(30)]);
    let run = worker.load(experiment(2, 1), false);
    paused_at(&worker, run, 0);
    let mut at = 0;
    for steps in [1, 2, 7, 100, 1000] {
        worker.send(Command::Step(steps)).expect("room");
        at += steps;
        let paused = paused_at(&worker, run, at);
        assert_eq!(paused.arm_steps, [at, at.min(30)]);
        assert_eq!(paused.steps_per_second, 0.0);
        assert_eq!(paused.last_step, 10_000);
        assert_eq!(paused.estimated_bytes, 2000);
        worker.events().for_each(drop);
    }
    for _ in 0..5 {
        worker.send(Command::Step(3)).expect("room");
    }
    paused_at(&worker, run, at + 15);
}

#[test]
fn commands_right_after_a_load_belong_to_it() {
    let worker = spawn([Script::steps(100)]);
    worker.load(experiment(1, 1), false);
    worker.send(Command::Play).expect("room");
    let run = worker.load(experiment(1, 2), false);
    worker.send(Command::Step(5)).expect("room");
    paused_at(&worker, run, 5);
}

#[test]
fn pauses_and_steps_do_not_show_in_the_records() {
    let script = Script::steps(400).recorded_every(9);
    let plain = spawn([script.clone()]);
    plain.load(experiment(1, 3), true);
    let worker = spawn([script]);
    let run = worker.load(experiment(1, 3), false);
    for at in [1, 9, 50] {
        let step = worker.snapshot().step.max(if at == 1 { 0 } else { 1 });
        worker.send(Command::Step(at - step)).expect("room");
        paused_at(&worker, run, at);
    }
    worker.send(Command::Play).expect("room");
    assert_eq!(records(&all_events(&worker)), records(&all_events(&plain)));
    assert_eq!(worker.snapshot().activity, Activity::Finished);
}

#[test]
fn a_speed_is_kept_and_holds_for_the_next_run() {
    let worker = spawn([Script::steps(u64::MAX).recorded_every(u64::MAX)]);
    worker
        .send(Command::SetSpeed(Speed::StepsPerSecond(200.0)))
        .expect("room");
    for seed in 0..2 {
        let run = worker.load(experiment(1, seed), true);
        wait_for(&worker, |s| s.run == run && s.step > 0);
        let (began, from) = (Instant::now(), worker.snapshot().step);
        std::thread::sleep(Duration::from_millis(400));
        let done = worker.snapshot().step - from;
        // An unlimited run would do a hundred thousand; a slow machine does fewer than wished.
        let most = 200.0 * began.elapsed().as_secs_f64() + 52.0;
        assert!(
            done > 0 && (done as f64) < most,
            "{done} steps of at most {most}"
        );
    }
    worker
        .send(Command::SetSpeed(Speed::Unlimited))
        .expect("room");
    wait_for(&worker, |s| s.step > 10_000);
}

#[test]
fn a_change_of_the_step_waits_for_no_play() {
    let worker = spawn([Script::steps(100)]);
    let run = worker.load(experiment(1, 1), false);
    paused_at(&worker, run, 0);
    worker.send(Command::SetStep(0.25)).expect("room");
    let mut events = Vec::new();
    drain_until(
        &worker,
        &mut events,
        |kind| matches!(kind, EventKind::StepChanged { at: 0, step } if *step == 0.25),
    );
    assert_eq!(worker.snapshot().activity, Activity::Paused);
}
