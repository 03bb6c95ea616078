//! The worker with scripted arms. No test decides by a clock, but for a second's grace.

mod flood;
#[cfg(target_os = "linux")]
mod memory;
mod order;
mod pauses;
mod random;
mod resilience;
mod saving;

use std::sync::Arc;
use std::time::{Duration, Instant};

use crate::experiment::scripted::{Script, Scripted};
use crate::spec::Quantity;

use super::{Activity, Event, RunId, Snapshot, Worker};
use crate::history::EventKind;

/// Time after which a test gives up.
const PATIENCE: Duration = Duration::from_secs(20);

fn spawn(scripts: impl IntoIterator<Item = Script>) -> Worker {
    Worker::spawn_with(Scripted::new(scripts), || ()).expect("a thread")
}

/// Drains events until one satisfies the condition.
fn drain_until(worker: &Worker, events: &mut Vec<Event>, stop: impl Fn(&EventKind) -> bool) {
    let began = Instant::now();
    loop {
        let new: Vec<_> = worker.events().collect();
        let found = new.iter().any(|event| stop(&event.kind));
        events.extend(new);
        if found {
            return;
        }
        assert!(
            began.elapsed() < PATIENCE,
            "waited in vain after {} events",
            events.len()
        );
        std::thread::sleep(Duration::from_millis(1));
    }
}

fn all_events(worker: &Worker) -> Vec<Event> {
    let mut events = Vec::new();
    drain_until(worker, &mut events, |kind| {
        matches!(kind, EventKind::Finished)
    });
    events
}

/// Waits until the snapshot satisfies the condition.
fn wait_for(worker: &Worker, what: impl Fn(&Snapshot) -> bool) -> Arc<Snapshot> {
    let began = Instant::now();
    loop {
        let snapshot = worker.snapshot();
        if what(&snapshot) {
            return snapshot;
        }
        assert!(began.elapsed() < PATIENCE, "waited in vain at {snapshot:?}");
        std::thread::sleep(Duration::from_millis(1));
    }
}

fn paused_at(worker: &Worker, run: RunId, step: u64) -> Arc<Snapshot> {
    wait_for(worker, |s| {
        s.run == run && s.activity == Activity::Paused && s.step == step
    })
}

/// Arm, step and the bits of the loss of every record.
fn records(events: &[Event]) -> Vec<(usize, u64, u64)> {
    let record = |event: &Event| match &event.kind {
        EventKind::Recorded { arm, record } => Some((
            *arm,
            record.step,
            record.get(Quantity::TrainLoss)?.to_bits(),
        )),
        _ => None,
    };
    events.iter().filter_map(record).collect()
}
