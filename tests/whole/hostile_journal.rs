//! Journals of sweeps as a crash, a bad disk or bad will may leave them.

use std::fs;
use std::path::Path;

use proptest::prelude::*;
use widescope::preset::{Experiment, parse};
use widescope::sweep::{Journal, Plan, SweepEvent, Table, TrialResult, read_journal, run_sweep};
use widescope::task::Cancel;

const PRESET: &str = r#"(
    data: Sphere(d: 2, n: 4, n_test: 0, labels: Normal(std: 1.0)),
    network: (width: 2, activation: Softplus),
    scaling: Standard,
    train: (method: GradientDescent(step: 0.1), stop: (steps: 5, relative_error: 0.9)),
    axes: [(field: "network.width", values: [1, 2, 3], show: XAxis)],
    sweep: (trials: 2, measures: [(name: "error", of: "relative_error", at: End)]),
    observe: (observables: [Loss]),
)"#;

fn plan() -> Plan {
    let experiment = Experiment::check(parse(PRESET).expect("RON"), "small", ".".into());
    Plan::of(&experiment.expect("a preset")).expect("a sweep")
}

/// A whole journal of the plan, and its results.
fn written(path: &Path, plan: &Plan) -> Vec<TrialResult> {
    let mut results = Vec::new();
    let mut journal = Journal::create(path, plan).expect("a journal");
    let all: Vec<usize> = (0..plan.units()).collect();
    run_sweep(
        plan,
        Table::new(plan),
        &all,
        1,
        &Cancel::new(),
        &mut |event| {
            if let SweepEvent::Done(result) = event {
                journal.append(&result).expect("room");
                results.push(result);
            }
        },
    )
    .expect("a sweep");
    journal.finish().expect("room");
    results
}

/// One change of a text's bytes.
#[derive(Clone, Debug)]
enum Change {
    Flip(usize, u8),
    Cut(usize),
    Insert(usize, Vec<u8>),
    Repeat(usize, usize),
}

fn change() -> impl Strategy<Value = Change> {
    let at = 0..10_000_usize;
    prop_oneof![
        (at.clone(), 1..=255_u8).prop_map(|(i, bits)| Change::Flip(i, bits)),
        at.clone().prop_map(Change::Cut),
        (at.clone(), prop::collection::vec(any::<u8>(), 1..40))
            .prop_map(|(i, b)| Change::Insert(i, b)),
        (at.clone(), at).prop_map(|(from, to)| Change::Repeat(from, to)),
    ]
}

fn changed(mut bytes: Vec<u8>, change: &Change) -> Vec<u8> {
    let within = |i: usize| i % bytes.len().max(1);
    match change {
        Change::Flip(i, bits) => {
            let i = within(*i);
            if let Some(byte) = bytes.get_mut(i) {
                *byte ^= bits;
            }
        }
        Change::Cut(i) => bytes.truncate(within(*i)),
        Change::Insert(i, more) => {
            let i = within(*i);
            bytes.splice(i..i, more.iter().copied());
        }
        Change::Repeat(from, to) => {
            let (from, to) = (within(*from), within(*to));
            let part = bytes[from.min(to)..from.max(to)].to_vec();
            bytes.splice(from..from, part);
        }
    }
    bytes
}

#[test]
fn what_is_read_of_a_damaged_journal_was_written_or_is_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("journal.csv");
    let plan = plan();
    let results = written(&path, &plan);
    let whole = fs::read(&path).expect("the journal");
    let saved = read_journal(&path).expect("a whole journal");
    assert_eq!((saved.results.len(), saved.damaged), (6, 0));
    let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig {
        cases: 2_000,
        failure_persistence: None,
        ..ProptestConfig::default()
    });
    let changes = prop::collection::vec(change(), 1..4);
    let outcome = runner.run(&changes, |changes| {
        let bytes = changes.iter().fold(whole.clone(), changed);
        fs::write(&path, bytes).expect("room");
        // A damaged head is an error; a head that still reads may be of another sweep.
        if let Ok(saved) = read_journal(&path)
            && saved.head.same_sweep(&read_head(&whole, &path)).is_ok()
        {
            for result in &saved.results {
                prop_assert!(results.contains(result), "{result:?} was never written");
            }
        }
        Ok(())
    });
    outcome.unwrap_or_else(|error| panic!("{error}"));
}

/// The head of a journal by its bytes.
fn read_head(whole: &[u8], beside: &Path) -> widescope::sweep::Head {
    let path = beside.with_extension("whole");
    if !path.exists() {
        fs::write(&path, whole).expect("room");
    }
    read_journal(&path).expect("a whole journal").head
}

#[test]
fn a_journal_cut_anywhere_goes_on_to_the_same_results() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("journal.csv");
    let plan = plan();
    let results = written(&path, &plan);
    let whole = fs::read(&path).expect("the journal");
    let rows = whole
        .windows(5)
        .position(|w| w == b"\ncell")
        .expect("columns")
        + 1;
    let columns = rows
        + whole[rows..]
            .iter()
            .position(|b| *b == b'\n')
            .expect("a line")
        + 1;
    for length in columns..=whole.len() {
        fs::write(&path, &whole[..length]).expect("room");
        let (mut journal, saved) = Journal::resume(&path, &plan).expect("a journal");
        assert_eq!(saved.damaged, 0);
        for result in results.iter().skip(saved.results.len()) {
            journal.append(result).expect("room");
        }
        drop(journal);
        assert!(
            fs::read(&path).expect("the journal") == whole,
            "cut at {length}"
        );
    }
}
