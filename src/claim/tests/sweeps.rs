//! Claims on the cells of a sweep.

use super::*;
use crate::preset::parse;
use crate::sweep::{TrialEnd, TrialResult, Unit};

/// Arms a and b over three dimensions, two trials a cell.
const SWEEP: &str = r#"(
    data: Sphere(d: 3, n: 12, n_test: 0, labels: Normal(std: 1.0)),
    observe: (observables: [Loss]),
    axes: [
        (field: "network.width", values: [100, 200], names: ["a", "b"]),
        (field: "data.d", values: [2, 4, 8], show: XAxis),
    ],
    sweep: (
        trials: 2,
        measures: [(name: "gap", of: "train_loss", at: End)],
        lines: [(name: "3d = n", powers: [("data.d", 1), ("data.n", -1)], equals: 0.34)],
    ),
    claims: [(name: "c", expect: Sweep(CLAIM))],
)"#;

fn plan(claim: &str) -> Plan {
    let preset = parse(&SWEEP.replace("CLAIM", claim)).unwrap_or_else(|e| panic!("{claim}: {e}"));
    let experiment = Experiment::check(preset, "x", ".".into());
    let experiment = experiment.unwrap_or_else(|error| panic!("{claim}: {error}"));
    Plan::of(&experiment).expect("a sweep")
}

fn insert(table: &mut Table, plan: &Plan, number: usize, gap: f64) {
    let unit = plan.unit(number);
    let Unit { trial, .. } = unit;
    table.insert(TrialResult {
        unit,
        seed: plan.seed(unit),
        end: if plan.cell(unit.cell).x == 2 {
            TrialEnd::Reached
        } else {
            TrialEnd::Steps
        },
        steps: 10 + u64::from(trial),
        values: vec![Some(gap)],
    });
}

/// A claim once every trial is there, the gap a function of arm and position.
fn result_of(claim: &str, gap: impl Fn(usize, usize) -> f64) -> ClaimResult {
    let plan = plan(claim);
    let mut table = Table::new(&plan);
    for number in 0..plan.units() {
        let cell = plan.cell(plan.unit(number).cell);
        insert(&mut table, &plan, number, gap(cell.arm, cell.x));
    }
    evaluate_sweep(&plan, &table).remove(0)
}

#[test]
fn nothing_is_decided_before_the_last_trial() {
    let plan = plan(r#"NoneBelow(line: "3d = n", arm: "a")"#);
    let mut table = Table::new(&plan);
    for number in 0..plan.units() {
        let open = evaluate_sweep(&plan, &table).remove(0);
        assert_eq!(open.verdict, Verdict::NotReached);
        assert_eq!(open.measured, format!("{number} of 12 trials are there"));
        insert(&mut table, &plan, number, 1.0);
    }
    let whole = evaluate_sweep(&plan, &table).remove(0);
    assert_eq!(whole.verdict, Verdict::Pass);
    assert_eq!(
        (whole.measured, whole.value),
        ("0 of 4 trials".to_owned(), Some(0.0))
    );
}

#[test]
fn a_sweep_leaves_the_claims_on_its_run_alone() {
    let text = SWEEP.replace("Sweep(CLAIM)", r#"Sweep(NoneBelow(line: "3d = n", arm: "a"))), (name: "r", expect: Value(of: "train_loss", arm: "a", at: End, at_most: 1)"#);
    let experiment = Experiment::check(parse(&text).expect("a preset"), "x", ".".into());
    let experiment = experiment.expect("an experiment");
    let plan = Plan::of(&experiment).expect("a sweep");
    let mut table = Table::new(&plan);
    (0..plan.units()).for_each(|number| insert(&mut table, &plan, number, 1.0));
    let of_run = evaluate(&experiment, &RunHistory::new(["a", "b"].map(str::to_owned)));
    assert_eq!(of_run[0].measured, "the sweep has not been carried out");
    let both = with_sweep(&experiment, of_run.clone(), (&plan, &table));
    assert_eq!(both[0], evaluate_sweep(&plan, &table)[0]);
    assert_eq!(both[1], of_run[1]);
    assert_eq!(evaluate_sweep(&plan, &table).len(), 1);
}

#[test]
fn a_power_law_along_the_axis_has_its_exponent() {
    let claim = r#"Slope(of: Measure("gap"), arm: "b", at_least: -2.1, at_most: -1.9)"#;
    let square = |_, x: usize| 0.25_f64.powi(x as i32);
    let result = result_of(claim, square);
    assert_eq!(result.verdict, Verdict::Pass, "{result:?}");
    assert!((result.value.expect("an exponent") + 2.0).abs() < 1e-12);
    let flat = result_of(claim, |_, _| 1.0);
    assert_eq!((flat.verdict, flat.value), (Verdict::Fail, Some(0.0)));
}

#[test]
fn an_exponent_has_an_interval_where_seeds_can_tell_one() {
    let claim = r#"Slope(of: Measure("gap"), arm: "b", at_least: -2.1, at_most: -1.9)"#;
    let told = |spec: &str| {
        let text = SWEEP.replace("CLAIM", claim).replace("trials: 2", spec);
        let experiment = Experiment::check(parse(&text).expect("a preset"), "x", ".".into());
        let plan = Plan::of(&experiment.expect("an experiment")).expect("a sweep");
        let mut table = Table::new(&plan);
        for number in 0..plan.units() {
            // ln gap = 0, −1.4, −2.8, but the middle one is off by 0.1.
            let x = plan.cell(plan.unit(number).cell).x;
            let gap = 0.25_f64.powi(x as i32) * if x == 1 { 0.1_f64.exp() } else { 1.0 };
            insert(&mut table, &plan, number, gap);
        }
        evaluate_sweep(&plan, &table).remove(0).measured
    };
    // Three values leave one degree of freedom, t = 12.71; the residuals are −0.1/3, 0.2/3, −0.1/3.
    let residuals = 0.1 * (2.0_f64 / 3.0).sqrt();
    let half = 12.7062 * residuals / (2.0 * 2f64.ln().powi(2)).sqrt();
    let expected = format!("-2.000 ± {half:.3} over 3 values (95 %: scatter of the centres");
    assert!(
        told("trials: 2").starts_with(&expected),
        "{} {expected}",
        told("trials: 2")
    );
    for (spec, reason) in [
        (
            "trials: 1",
            "a value with one trial does not show how seeds disagree",
        ),
        ("trials: 2, draws: Common", "cells share their seeds"),
    ] {
        let told = told(spec);
        assert!(
            !told.contains('±') && told.contains("no 95 % interval: "),
            "{told}"
        );
        assert!(
            told.contains("between neighbouring values") && told.contains(reason),
            "{told}"
        );
    }
}

/// What a curve that falls at its middle value by so much comes to, where both trials of a cell are `spread`
/// apart, drawn so.
fn falling_by(fall: f64, spread: f64, spec: &str) -> ClaimResult {
    let claim = r#"Monotone(of: Measure("gap"), arm: "b", direction: Rising)"#;
    let text = SWEEP.replace("CLAIM", claim).replace("trials: 2", spec);
    let experiment = Experiment::check(parse(&text).expect("a preset"), "x", ".".into());
    let plan = Plan::of(&experiment.expect("an experiment")).expect("a sweep");
    let mut table = Table::new(&plan);
    for number in 0..plan.units() {
        let Unit { cell, trial } = plan.unit(number);
        let centre = [5.0, 5.0 - fall, 9.0][plan.cell(cell).x];
        insert(
            &mut table,
            &plan,
            number,
            centre + spread * f64::from(trial),
        );
    }
    evaluate_sweep(&plan, &table).remove(0)
}

#[test]
fn a_curve_may_turn_back_within_the_interval_of_the_difference() {
    // Two trials 0.2 apart: standard errors 0.1, of the difference 0.1414; t(2) at 97.5 % is 4.3027.
    for (fall, verdict) in [(0.4, Verdict::Pass), (0.7, Verdict::Fail)] {
        let result = falling_by(fall, 0.2, "trials: 2");
        let text = &result.measured;
        assert_eq!(result.verdict, verdict, "{text}");
        assert!(
            text.contains("± 0.6085") && text.contains("Welch"),
            "{text}"
        );
        let share = result.value.expect("a share");
        assert!((share - fall / 0.60849).abs() < 1e-3, "{share}");
    }
    // Seeds that both cells share leave no noise in their difference.
    let shared = falling_by(0.01, 0.2, "trials: 2, draws: Common");
    assert_eq!(shared.verdict, Verdict::Fail, "{}", shared.measured);
    assert!(
        shared.measured.contains("seed by seed"),
        "{}",
        shared.measured
    );
    // A single trial shows no noise to forgive.
    let alone = falling_by(0.01, 0.2, "trials: 1");
    assert_eq!(alone.verdict, Verdict::Fail);
    assert!(
        alone.measured.contains("no 95 % interval"),
        "{}",
        alone.measured
    );
    assert!(falling_by(-1.0, 0.2, "trials: 1").holds());
}

#[test]
fn what_is_no_number_never_passes_in_a_sweep() {
    for claim in [
        r#"Order(of: Measure("gap"), arms: ["b", "a"], direction: Falling)"#,
        r#"Monotone(of: Measure("gap"), arm: "b", direction: Falling)"#,
        r#"Cell(of: Measure("gap"), cell: (arm: "b", x: 1), at_least: -1e300)"#,
        r#"Cell(of: Measure("gap"), cell: (arm: "b", x: 0), over: Some((arm: "b", x: 1)), at_least: -1e300)"#,
        r#"Slope(of: Measure("gap"), arm: "b", at_least: -1e300)"#,
    ] {
        let number = |arm, x| (1.0 + arm as f64) / (1.0 + x as f64);
        let finite = result_of(claim, number);
        assert_eq!(finite.verdict, Verdict::Pass, "{claim}: {finite:?}");
        let bad = |arm, x| if x == 1 { f64::NAN } else { number(arm, x) };
        let result = result_of(claim, bad);
        assert!(!result.holds(), "{claim}: {result:?}");
    }
}

#[test]
fn one_exponent_is_below_another_by_more_than_its_error() {
    let claim = r#"Steeper(of: Measure("gap"), arm: "a", than: "b")"#;
    let d = [2.0_f64, 4.0, 8.0];
    // Powers of d with a bend, so that the fits have errors.
    let bent = |power: f64, bend: f64| move |x: usize| d[x].powf(power) * [1.0, bend, 1.0][x];
    let held = |low: f64, high: f64| {
        let (a, b) = (bent(low, 1.05), bent(high, 1.05));
        result_of(claim, |arm, x| if arm == 0 { a(x) } else { b(x) })
    };
    let steeper = held(-1.5, -0.5);
    assert_eq!(steeper.verdict, Verdict::Pass, "{steeper:?}");
    let expected = "exponent of gap: a below b by more than the 95 % intervals of both";
    assert_eq!(steeper.expected, expected);
    assert_eq!(held(-0.5, -1.5).verdict, Verdict::Fail);
    // A slope's error is some 0.04 here: a difference of 0.02 is none.
    assert_eq!(held(-1.02, -1.0).verdict, Verdict::Fail);
    let unclear = result_of(claim, |arm, _| if arm == 0 { f64::NAN } else { 1.0 });
    assert_ne!(unclear.verdict, Verdict::Pass);
}

#[test]
fn a_cell_that_diverged_is_no_measure_of_another() {
    let claims = [
        r#"Cell(of: Measure("gap"), cell: (arm: "a", x: 0), over: Some((arm: "a", x: 1)), at_most: 0.1)"#,
        r#"Order(of: Measure("gap"), arms: ["b", "a"], direction: Rising)"#,
        r#"Monotone(of: Measure("gap"), arm: "a", direction: Rising)"#,
        r#"Slope(of: Measure("gap"), arm: "a", at_least: 0.0)"#,
    ];
    let alone = r#"Cell(of: Measure("gap"), cell: (arm: "a", x: 1), at_least: 1e6)"#;
    for claim in claims.into_iter().chain([alone]) {
        let plan = plan(claim);
        let mut table = Table::new(&plan);
        for number in 0..plan.units() {
            let unit = plan.unit(number);
            let cell = plan.cell(unit.cell);
            let diverges = cell.arm == 0 && cell.x == 1;
            table.insert(TrialResult {
                unit,
                seed: plan.seed(unit),
                end: if diverges {
                    TrialEnd::Diverged
                } else {
                    TrialEnd::Steps
                },
                steps: 10,
                values: vec![Some(if diverges { 1e10 } else { 1.0 })],
            });
        }
        let result = evaluate_sweep(&plan, &table).remove(0);
        let lost = "2 of 2 trials diverged";
        assert!(
            result.measured.contains(lost),
            "{claim}: {}",
            result.measured
        );
        let holds = result.verdict == Verdict::Pass;
        assert_eq!(holds, claim == alone, "{claim}: {}", result.measured);
    }
}
