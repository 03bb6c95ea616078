//! Sweeps from the inside: seeds, order, threads, and the run behind a cell.

use widescope::experiment::{Progress, run_all};
use widescope::history::{EventKind, Outcome, StopReason};
use widescope::preset::{Experiment, parse};
use widescope::spec::Quantity;
use widescope::sweep::{Plan, SweepEvent, Table, TrialEnd, TrialResult, Unit, run_sweep};
use widescope::task::Cancel;

const GRID: &str = r#"(
    data: Sphere(d: 3, n: 12, n_test: 0, labels: Normal(std: 1.0)),
    network: (width: 4, activation: Softplus),
    scaling: Standard,
    init: (output: SignedHalves),
    train: (method: GradientDescent(step: 0.15), stop: (steps: 300, relative_error: 0.3)),
    axes: [
        (field: "network.width", range: Linear(from: 2, to: 8, count: 4), show: Grid),
        (field: "data.d", values: [2, 4, 6], show: Grid),
    ],
    sweep: (trials: 3, measures: [(name: "final_error", of: "relative_error", at: End)]),
    observe: (observables: [Loss, NtkChange, JacobianSpectrum, Distances, FeatureMap(x1: Train(0), x2: Train(1))]),
)"#;

fn plan(text: &str) -> Plan {
    let preset = parse(text).unwrap_or_else(|error| panic!("{error}"));
    let experiment = Experiment::check(preset, "grid", ".".into());
    let experiment = experiment.unwrap_or_else(|error| panic!("{error}"));
    Plan::of(&experiment).expect("a sweep")
}

fn carried_out(plan: &Plan, units: &[usize], threads: usize) -> Vec<TrialResult> {
    let mut results = Vec::new();
    let table = Table::new(plan);
    let tell = &mut |event| {
        if let SweepEvent::Done(result) = event {
            results.push(result);
        }
    };
    run_sweep(plan, table, units, threads, &Cancel::new(), tell).expect("a sweep");
    results.sort_by_key(|result| result.unit);
    results
}

#[test]
fn results_depend_neither_on_threads_nor_on_the_other_trials() {
    let plan = plan(GRID);
    let all: Vec<usize> = (0..plan.units()).collect();
    let expected = carried_out(&plan, &all, 1);
    assert_eq!(expected.len(), 36);
    assert!(expected.iter().any(|r| r.end == TrialEnd::Reached));
    assert!(expected.iter().any(|r| r.end == TrialEnd::Steps));
    for threads in [2, 3, 8] {
        assert_eq!(carried_out(&plan, &all, threads), expected);
    }
    let some: Vec<usize> = (0..plan.units()).rev().step_by(5).collect();
    for result in carried_out(&plan, &some, 2) {
        assert_eq!(expected[plan.number(result.unit)], result);
    }
}

/// What a click on a cell opens: all that is observed changes nothing of the training.
#[test]
fn the_run_behind_a_trial_is_the_trial_bit_by_bit() {
    let plan = plan(GRID);
    let units: Vec<usize> = (0..plan.units()).step_by(7).collect();
    for trial in carried_out(&plan, &units, 2) {
        let opened = plan.opened(trial.unit).expect("the run");
        let mut last = None;
        let ends = run_all(&opened, &Cancel::new(), &mut |progress| {
            if let Progress::Event(EventKind::Recorded { record, .. }) = progress {
                last = Some(record);
            }
        });
        let ends = ends.expect("the run is carried out");
        let error = last.expect("records").get(Quantity::RelativeError);
        assert_eq!(ends[0].step, trial.steps);
        assert_eq!(error.map(f64::to_bits), trial.values[0].map(f64::to_bits));
        let reached = ends[0].outcome == Outcome::Finished(StopReason::RelativeError);
        assert_eq!(reached, trial.end == TrialEnd::Reached);
    }
}

#[test]
fn arms_of_a_cell_share_their_seed_and_cells_do_only_when_told() {
    let arms = GRID.replacen(
        "axes: [",
        "axes: [(field: \"network.activation\", values: [Softplus, Tanh]),",
        1,
    );
    let plan = plan(&arms);
    let half = plan.cells() / 2;
    for cell in 0..half {
        let seed = |cell| plan.seed(Unit { cell, trial: 1 });
        assert_eq!(seed(cell), seed(cell + half));
        assert_eq!(
            plan.preset(Unit { cell, trial: 1 }).expect("a preset").seed,
            seed(cell)
        );
    }
    let seeds = |plan: &Plan| {
        let units = (0..plan.units() / 2).map(|n| plan.seed(plan.unit(n)));
        units.collect::<std::collections::BTreeSet<_>>().len()
    };
    assert_eq!(seeds(&plan), 36);
    let common = arms.replacen("trials: 3", "trials: 3, draws: Common", 1);
    assert_eq!(seeds(&self::plan(&common)), 3);
}

#[test]
fn a_seed_does_not_depend_on_which_other_values_there_are() {
    let (few, many) = (
        plan(GRID),
        plan(&GRID.replace("[2, 4, 6]", "[2, 3, 4, 5, 6]")),
    );
    // (x = 1, y = 1) of the few is (x = 1, y = 2) of the many.
    let seed = |plan: &Plan, y| {
        let cell = plan.index(widescope::sweep::Cell { arm: 0, x: 1, y });
        plan.seed(Unit { cell, trial: 2 })
    };
    assert_eq!(seed(&few, 1), seed(&many, 2));
    assert_ne!(seed(&few, 1), seed(&many, 1));
}

#[test]
fn the_first_trials_are_a_coarse_grid_over_all_of_it() {
    let wide = GRID
        .replace("from: 2, to: 8, count: 4", "from: 1, to: 9, count: 9")
        .replace("[2, 4, 6]", "[1, 2, 3, 4, 5, 6, 7, 8, 9]");
    let plan = plan(&wide);
    let mut order = Vec::new();
    let all: Vec<usize> = (0..plan.units()).collect();
    let tell = &mut |event| {
        if let SweepEvent::Done(result) = event {
            order.push(result.unit);
        }
    };
    run_sweep(&plan, Table::new(&plan), &all, 1, &Cancel::new(), tell).expect("a sweep");
    let corner = |at: usize| at.is_multiple_of(8);
    for unit in &order[..4] {
        let cell = plan.cell(unit.cell);
        assert!(corner(cell.x) && corner(cell.y), "{cell:?}");
    }
    let coarse = order[..25].iter().map(|unit| plan.cell(unit.cell));
    assert!(
        coarse
            .clone()
            .all(|cell| cell.x % 2 == 0 && cell.y % 2 == 0)
    );
    assert!(
        order[..81].iter().all(|unit| unit.trial == 0),
        "every cell gets its first trial first"
    );
}

#[test]
fn a_trial_that_fails_or_diverges_is_a_result_and_the_others_go_on() {
    let diverging = GRID.replace("step: 0.15", "step: 1e30");
    let plan = plan(&diverging);
    let results = carried_out(&plan, &[0, 1, 2, 3], 2);
    assert!(
        results.iter().all(|r| r.end == TrialEnd::Diverged),
        "{results:?}"
    );
    let missing = GRID.replace(
        "init: (output: SignedHalves)",
        "init: (weights: Some(\"no.npz\"))",
    );
    let plan = self::plan(&missing);
    let results = carried_out(&plan, &[0, 35], 2);
    assert_eq!(results.len(), 2);
    for result in results {
        assert!(
            matches!(&result.end, TrialEnd::Failed(why) if why.contains("no.npz")),
            "{result:?}"
        );
        assert_eq!(result.values, [None]);
    }
}

#[test]
fn a_sweep_stops_when_it_is_asked_to() {
    let plan = plan(&GRID.replace("steps: 300, relative_error: 0.3", "steps: 1000000000"));
    let cancel = Cancel::new();
    let flag = cancel.clone();
    std::thread::spawn(move || {
        std::thread::sleep(std::time::Duration::from_millis(100));
        flag.cancel();
    });
    let all: Vec<usize> = (0..plan.units()).collect();
    let ended = run_sweep(&plan, Table::new(&plan), &all, 2, &cancel, &mut |_| {});
    assert!(ended.is_err());
}

#[test]
fn sweeps_that_are_none_are_refused_by_field() {
    let refused = |text: String, words: &[&str]| {
        let preset = parse(&text).unwrap_or_else(|error| panic!("{error}"));
        let error = Experiment::check(preset, "grid", ".".into()).expect_err(&text);
        let error = error.to_string();
        for word in words {
            assert!(error.contains(word), "{word:?} is not in: {error}");
        }
    };
    let with = |from: &str, to: &str| GRID.replacen(from, to, 1);
    refused(
        with("trials: 3", "trials: 0"),
        &["sweep.trials", "0", "1 to 10000"],
    );
    refused(
        with("show: Grid", "show: XAxis"),
        &["axes", "XAxis", "Grid"],
    );
    refused(
        with("count: 4", "count: 1"),
        &["axes.0.range.count", "2 to 1024"],
    );
    refused(with("from: 2", "from: 8"), &["axes.0.range.to"]);
    refused(with("[2, 4, 6]", "[2, 0, 6]"), &["data.d", "0"]);
    refused(with("\"data.d\"", "\"seed\""), &["axes.1.field", "seed"]);
    refused(
        with("relative_error\", at", "test_loss\", at"),
        &["sweep.measures.0.of", "test_loss"],
    );
    refused(
        with("final_error", "cell"),
        &["sweep.measures.0.name", "cell"],
    );
    refused(
        with("sweep: (", "sweep: (value: Measure(\"x\"), "),
        &["sweep.value", "x", "final_error"],
    );
    refused(
        with(
            "sweep: (",
            "sweep: (lines: [(name: \"l\", powers: [(\"data.n\", 1)])], ",
        ),
        &["sweep.lines.0.powers"],
    );
    let none = with(
        "sweep: (trials: 3, measures: [(name: \"final_error\", of: \"relative_error\", at: End)]),",
        "",
    );
    refused(none, &["sweep", "network.width"]);
}
