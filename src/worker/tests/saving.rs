//! A run that was saved goes on as if nothing had been.

use crate::history::RunHistory;
use crate::preset::{Experiment, parse};
use crate::worker::Command;

use super::*;

fn experiment() -> Arc<Experiment> {
    let text = "(data: SignedPairs(d: 4, n: 8, n_test: 6), network: (width: 16), \
         train: (method: GradientDescent(step: 0.05), stop: (steps: 60)), \
         axes: [(field: \"scaling\", values: [Ours, Ntk], show: Arms)], \
         observe: (schedule: Every(3), observables: [Loss, FeatureMovement]))";
    let preset = parse(text).expect("a preset");
    Arc::new(Experiment::check(preset, "saved", ".".into()).expect("sound"))
}

/// The losses of every record, by arm and step.
fn sorted(events: &[Event]) -> Vec<(usize, u64, u64)> {
    let mut records = records(events);
    records.sort_unstable();
    records
}

#[test]
fn a_run_that_was_saved_goes_on_as_if_nothing_had_been() {
    let experiment = experiment();
    let whole = Worker::spawn(|| ()).expect("a thread");
    whole.load(Arc::clone(&experiment), true);
    let whole = sorted(&all_events(&whole));
    // A run that is paused half-way, saved, and given up.
    let worker = Worker::spawn(|| ()).expect("a thread");
    let run = worker.load(Arc::clone(&experiment), false);
    worker.send(Command::Step(31)).expect("taken");
    paused_at(&worker, run, 31);
    worker.save();
    let began = Instant::now();
    let saved = loop {
        if let Some(saved) = worker.saved() {
            break saved;
        }
        assert!(began.elapsed() < PATIENCE, "nothing was saved");
        std::thread::sleep(Duration::from_millis(1));
    };
    let mut history = RunHistory::new(experiment.arms.iter().map(|arm| arm.label.clone()));
    worker.events().for_each(|event| history.apply(&event.kind));
    drop(worker);
    let records: Vec<_> = history
        .arms()
        .iter()
        .map(|arm| arm.records().to_vec())
        .collect();
    assert_eq!(saved.step(), 31);
    let saved = saved.with_records(&records);
    // It goes on in another one.
    let worker = Worker::spawn(|| ()).expect("a thread");
    worker.resume(experiment, true, saved);
    assert_eq!(sorted(&all_events(&worker)), whole);
}

#[test]
fn what_was_saved_of_another_run_is_given_to_nobody() {
    let worker = Worker::spawn(|| ()).expect("a thread");
    let run = worker.load(experiment(), false);
    paused_at(&worker, run, 0);
    worker.save();
    let run = worker.load(experiment(), false);
    paused_at(&worker, run, 0);
    std::thread::sleep(Duration::from_millis(50));
    assert!(worker.saved().is_none());
}
