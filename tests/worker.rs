//! The worker with real networks: the window trains exactly what the command line trains, and lets
//! go of it at once.
//!
//! A program of its own, because it measures how soon: tests at work beside it would share its threads.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use widescope::experiment::{Progress, run_all};
use widescope::fit::fit_rate;
use widescope::history::RunHistory;
use widescope::observe::Record;
use widescope::preset::{Experiment, parse};
use widescope::spec::Quantity;
use widescope::task::Cancel;
use widescope::worker::{Activity, Command, EventKind, Snapshot, Speed, Worker};

/// Time after which a test gives up.
const PATIENCE: Duration = Duration::from_secs(120);

const THREE_SCALINGS: &str = r#"(
    data: SignedPairs(d: 6, n: 24, n_test: 16),
    network: (width: 48),
    loss: (over: Mean),
    train: (stop: (steps: 700)),
    axes: [(field: "scaling", values: [Ours, Ntk, MeanField])],
)"#;

fn experiment(text: &str) -> Arc<Experiment> {
    let preset = parse(text).expect("a preset");
    Arc::new(Experiment::check(preset, "test", PathBuf::new()).expect("an experiment"))
}

fn spawn() -> Worker {
    Worker::spawn(|| ()).expect("a thread")
}

/// All numbers of a record, bit by bit.
fn bits(arm: usize, record: &Record) -> Vec<u64> {
    let mut bits = vec![arm as u64, record.step, record.time.to_bits()];
    bits.extend(record.scalars.values().map(|value| value.to_bits()));
    for spectrum in [&record.singular_values, &record.ntk_eigenvalues] {
        bits.extend(
            spectrum
                .iter()
                .flat_map(|s| s.iter())
                .map(|value| value.to_bits()),
        );
    }
    let features = record.features.iter().flat_map(|sample| &sample.values);
    bits.extend(features.map(|value| u64::from(value.to_bits())));
    bits
}

fn headless(experiment: &Experiment) -> Vec<Vec<u64>> {
    let mut records = Vec::new();
    run_all(experiment, &Cancel::new(), &mut |progress| {
        if let Progress::Event(EventKind::Recorded { arm, record }) = progress {
            records.push(bits(arm, &record));
        }
    })
    .expect("runs");
    assert!(
        records.len() > 100,
        "{} records are too few to compare",
        records.len()
    );
    records
}

/// The records of the newest run, until it is finished.
fn records(worker: &Worker) -> Vec<Vec<u64>> {
    let (mut records, mut finished) = (Vec::new(), false);
    let began = Instant::now();
    while !finished {
        assert!(
            began.elapsed() < PATIENCE,
            "not finished: {:?}",
            worker.snapshot()
        );
        for event in worker.events() {
            match event.kind {
                EventKind::Recorded { arm, record } => records.push(bits(arm, &record)),
                EventKind::Finished => finished = true,
                _ => {}
            }
        }
        std::thread::sleep(Duration::from_millis(1));
    }
    records
}

fn wait_for(worker: &Worker, what: impl Fn(&Snapshot) -> bool) {
    let began = Instant::now();
    while !what(&worker.snapshot()) {
        assert!(
            began.elapsed() < PATIENCE,
            "waited in vain at {:?}",
            worker.snapshot()
        );
        std::thread::sleep(Duration::from_millis(1));
    }
}

#[test]
fn the_window_trains_what_the_command_line_trains() {
    let asked = experiment(THREE_SCALINGS);
    let expected = headless(&asked);
    let worker = spawn();
    for _ in 0..2 {
        worker.load(asked.clone(), true);
        assert!(records(&worker) == expected, "the records differ");
    }
}

#[test]
fn pausing_stepping_and_speed_change_no_bit() {
    let asked = experiment(THREE_SCALINGS);
    let worker = spawn();
    let run = worker.load(asked.clone(), false);
    for at in [1, 8, 100] {
        let from = worker.snapshot().step;
        worker.send(Command::Step(at - from)).expect("room");
        wait_for(&worker, |s| {
            s.run == run && s.activity == Activity::Paused && s.step == at
        });
    }
    worker
        .send(Command::SetSpeed(Speed::StepsPerSecond(500.0)))
        .expect("room");
    worker.send(Command::Play).expect("room");
    wait_for(&worker, |s| s.step > 150);
    worker.send(Command::Pause).expect("room");
    wait_for(&worker, |s| s.activity == Activity::Paused);
    worker
        .send(Command::SetSpeed(Speed::Unlimited))
        .expect("room");
    worker.send(Command::Play).expect("room");
    assert!(records(&worker) == headless(&asked), "the records differ");
}

#[test]
fn the_number_of_threads_changes_no_bit() {
    let asked = experiment(THREE_SCALINGS);
    let expected = headless(&asked);
    for threads in [1, 2, 3] {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .expect("a pool");
        assert!(
            pool.install(|| headless(&asked)) == expected,
            "{threads} threads differ"
        );
    }
}

#[test]
fn a_history_of_a_run_has_its_rate() {
    let asked = experiment(THREE_SCALINGS);
    let mut history = RunHistory::new(asked.arms.iter().map(|arm| arm.label.clone()));
    run_all(&asked, &Cancel::new(), &mut |progress| {
        if let Progress::Event(event) = progress {
            history.apply(&event);
        }
    })
    .expect("runs");
    assert!(history.is_finished());
    for arm in history.arms() {
        let losses: Vec<_> = arm.series(Quantity::TrainLoss).collect();
        assert_eq!(losses.first().map(|(step, ..)| *step), Some(0));
        let late = losses.iter().filter(|(step, ..)| *step > 300);
        let fit = fit_rate(late.map(|(_, time, loss)| (*time, *loss))).expect("a rate");
        let fell = losses
            .first()
            .zip(losses.last())
            .is_some_and(|(a, b)| b.2 < a.2);
        assert_eq!(fit.rate() > 0.0, fell, "{}: {fit:?}", arm.label);
        assert!(
            arm.nearest_with_features(350).is_some(),
            "{} has no features",
            arm.label
        );
        assert!(
            arm.nearest_with_spectrum(350).is_some(),
            "{} has no spectrum",
            arm.label
        );
    }
}

#[test]
fn a_wide_run_is_let_go_of_at_once_wherever_it_is() {
    let wide = experiment(
        "(data: SignedPairs(d: 50, n: 400, n_test: 50), network: (width: 65536), loss: (over: Mean), train: (stop: (steps: 1000)))",
    );
    let small = experiment(THREE_SCALINGS);
    let mut worst = Duration::ZERO;
    for moment in 0..8 {
        let worker = spawn();
        let run = worker.load(wide.clone(), true);
        let phase = if moment % 4 == 3 {
            Activity::Playing
        } else {
            Activity::Starting
        };
        wait_for(&worker, |s| s.run == run && s.activity == phase);
        std::thread::sleep(Duration::from_millis(97 * moment));
        let began = Instant::now();
        if moment % 2 == 0 {
            let run = worker.load(small.clone(), false);
            wait_for(&worker, |s| s.run == run);
        } else {
            drop(worker);
        }
        let took = began.elapsed();
        println!("moment {moment}, {phase:?}: let go of within {took:?}");
        worst = worst.max(took);
    }
    assert!(worst < Duration::from_secs(1), "took {worst:?}");
}
