//! What of a claim is checked before anything is run.

use super::{PresetError, checked};
use crate::preset::{Experiment, parse};

/// Arms a, b and c over widths, and a sweep over the dimension.
const ARMS: &str = r#"(
    data: Sphere(d: 3, n: 12, n_test: 0, labels: Normal(std: 1.0)),
    observe: (observables: [Loss, NtkChange]),
    axes: [
        (field: "network.width", values: [3, 4, 8], names: ["a", "b", "c"]),
        (field: "data.d", values: [2, 4, 6, 8], show: XAxis),
    ],
    sweep: (
        measures: [(name: "final_error", of: "relative_error", at: End)],
        lines: [(name: "md = n", powers: [("network.width", 1), ("data.d", 1), ("data.n", -1)])],
    ),
    claims: [(name: "c", expect: CLAIM)],
)"#;

fn check(claim: &str) -> Result<Experiment, PresetError> {
    let preset = parse(&ARMS.replace("CLAIM", claim));
    checked(preset.unwrap_or_else(|error| panic!("{claim}: {error}")))
}

fn assert_refused(refusals: &[(&str, &str)]) {
    for (claim, begin) in refusals {
        let text = check(claim).expect_err(claim).to_string();
        assert!(text.starts_with(begin), "{claim}: {text}");
    }
}

#[test]
fn a_claim_on_a_run_that_it_cannot_decide_is_refused() {
    assert_refused(&[
        (
            r#"Value(of: "trian_loss", arm: "a", at: End, at_most: 1)"#,
            "claims.0.expect.of: unknown column `trian_loss` (did you mean `train_loss`?)",
        ),
        (
            r#"Value(of: "train_accuracy", arm: "a", at: End, at_most: 1)"#,
            "claims.0.expect.of: train_accuracy is not allowed; allowed: a column of observe.observables",
        ),
        (
            r#"Value(of: "train_loss", arm: "A", at: End, at_most: 1)"#,
            "claims.0.expect.arm: unknown arm `A` (did you mean `a`?); allowed: a, b, c",
        ),
        (
            r#"Value(of: "train_loss", at: End, at_most: 1)"#,
            "claims.0.expect.arm: unknown arm `` (did you mean `a`?); allowed: a, b, c",
        ),
        (
            r#"Value(of: "train_loss", arm: "a", at: End)"#,
            "claims.0.expect: a claim without bounds is not allowed; allowed: at_least, at_most or both",
        ),
        (
            r#"Value(of: "train_loss", arm: "a", at: End, at_least: inf)"#,
            "claims.0.expect.at_least: inf is not allowed; allowed: a finite number",
        ),
        (
            r#"Value(of: "train_loss", arm: "a", at: End, at_least: 2, at_most: 1)"#,
            "claims.0.expect.at_most: 1.0 is not allowed; allowed: a number from at_least = 2.0 up",
        ),
        (
            r#"Value(of: "train_loss", arm: "a", at: FirstBelow("loss", 1), at_most: 1)"#,
            "claims.0.expect.at.0: unknown column `loss`",
        ),
        (
            r#"Value(of: "train_loss", arm: "a", at: FirstBelow("train_loss", NaN), at_most: 1)"#,
            "claims.0.expect.at.1: NaN is not allowed; allowed: a finite number",
        ),
        (
            r#"Value(of: "train_loss", arm: "a", at: Rate(clock: Time, from: 2, to: 1), at_most: 1)"#,
            "claims.0.expect.at.from: 2.0 is not allowed; allowed: above 0, at most 1",
        ),
        (
            r#"Value(of: "train_loss", arm: "a", at: Rate(clock: Time, from: 0.5, to: 0.6), at_most: 1)"#,
            "claims.0.expect.at.to: 0.6 is not allowed; allowed: above 0, below from = 0.5",
        ),
        (
            r#"Ratio(of: "train_loss", arm: "a", over: "x", at: End, at_most: 1)"#,
            "claims.0.expect.over: unknown arm `x` (did you mean `a`?); allowed: a, b, c",
        ),
        (
            r#"Ratio(of: "train_loss", arm: "a", over: "b", over_column: Some("x"), at: End, at_most: 1)"#,
            "claims.0.expect.over_column: unknown column `x`",
        ),
        (
            r#"Ratio(of: "train_loss", arm: "a", over: "b", over_at: Some(FirstBelow("x", 1)), at: End, at_most: 1)"#,
            "claims.0.expect.over_at.0: unknown column `x`",
        ),
        (
            r#"Ratio(of: "train_loss", arm: "a", over: "b", at: End)"#,
            "claims.0.expect: a claim without bounds is not allowed; allowed: at_least, at_most or both",
        ),
        (
            r#"Order(of: "train_loss", arms: ["a"], at: End, direction: Rising)"#,
            "claims.0.expect.arms: 1 arms is not allowed; allowed: 2 to 3 arms",
        ),
        (
            r#"Order(of: "train_loss", arms: ["a", "x"], at: End, direction: Rising)"#,
            "claims.0.expect.arms.1: unknown arm `x` (did you mean `a`?); allowed: a, b, c",
        ),
        (
            r#"Slope(of: "train_loss", arms: ["a", "b"], against: "network.width", at: End, at_most: 1)"#,
            "claims.0.expect.arms: 2 arms is not allowed; allowed: 3 to 3 arms",
        ),
        (
            r#"Slope(of: "train_loss", arms: ["c", "b", "a"], against: "network.activation", at: End, at_most: 1)"#,
            "claims.0.expect.against: network.activation is not allowed; allowed: a field with a positive number in a",
        ),
        (
            r#"Slope(of: "train_loss", arms: ["c", "b", "a"], against: "network.width", at: End)"#,
            "claims.0.expect: a claim without bounds is not allowed; allowed: at_least, at_most or both",
        ),
        (
            r#"Steeper(of: "train_loss", arms: ["c", "b", "a"], than: ["a"], against: "network.width", at: End)"#,
            "claims.0.expect.than: 1 arms is not allowed; allowed: 3 to 3 arms",
        ),
        (
            r#"Steeper(of: "train_loss", arms: ["c", "b", "b"], than: ["c", "a", "b"], against: "x", at: End)"#,
            "claims.0.expect.against: x is not allowed; allowed: a field with a positive number in b",
        ),
        (
            r#"Bounded(arm: "x", by: "T")"#,
            "claims.0.expect.arm: unknown arm `x` (did you mean `a`?); allowed: a, b, c",
        ),
        (
            r#"Bounded(arm: "a", by: "T", floor: -1)"#,
            "claims.0.expect.floor: -1.0 is not allowed; allowed: a finite number from 0 up",
        ),
        (
            r#"Monotone(of: "x", arm: "x", direction: Rising)"#,
            "claims.0.expect.of: unknown column `x`",
        ),
        (
            r#"Monotone(of: "train_loss", arm: "x", direction: Rising)"#,
            "claims.0.expect.arm: unknown arm `x` (did you mean `a`?); allowed: a, b, c",
        ),
        (
            r#"Crosses(of: "train_loss", arm: "a", level: NaN, direction: Falling, clock: Steps, at_most: 9)"#,
            "claims.0.expect.level: NaN is not allowed; allowed: a finite number",
        ),
        (
            r#"Crosses(of: "train_loss", arm: "a", level: 0.1, direction: Falling, clock: Steps)"#,
            "claims.0.expect: a claim without bounds is not allowed; allowed: at_least, at_most or both",
        ),
    ]);
}

#[test]
fn a_claim_on_a_sweep_that_it_cannot_decide_is_refused() {
    assert_refused(&[
        (
            r#"Sweep(Transition(along: "x", arm: "a", at_least: 1))"#,
            "claims.0.expect.0.along: unknown line `x`; allowed: md = n",
        ),
        (
            r#"Sweep(Transition(along: "md = n", arm: "x", at_least: 1))"#,
            "claims.0.expect.0.arm: unknown arm `x` (did you mean `a`?); allowed: a, b, c",
        ),
        (
            r#"Sweep(Transition(along: "md = n", arm: "a"))"#,
            "claims.0.expect: a claim without bounds is not allowed; allowed: at_least, at_most or both",
        ),
        (
            r#"Sweep(Sharpness(along: "md = n", arm: "a", at_least: 2, at_most: 1))"#,
            "claims.0.expect.at_most: 1.0 is not allowed; allowed: a number from at_least = 2.0 up",
        ),
        (
            r#"Sweep(NoneBelow(line: "x", arm: "a"))"#,
            "claims.0.expect.0.line: unknown line `x`; allowed: md = n",
        ),
        (
            r#"Sweep(NoneBelow(line: "md = n", arm: "x"))"#,
            "claims.0.expect.0.arm: unknown arm `x` (did you mean `a`?); allowed: a, b, c",
        ),
        (
            r#"Sweep(Order(of: Measure("x"), arms: ["a", "b"], direction: Rising))"#,
            "claims.0.expect.0.of.0: unknown measure `x`; allowed: final_error",
        ),
        (
            r#"Sweep(Order(of: Steps, arms: ["a"], direction: Rising))"#,
            "claims.0.expect.0.arms: 1 arms is not allowed; allowed: two arms or more",
        ),
        (
            r#"Sweep(Order(of: Steps, arms: ["a", "x"], direction: Rising))"#,
            "claims.0.expect.0.arms.1: unknown arm `x` (did you mean `a`?); allowed: a, b, c",
        ),
        (
            r#"Sweep(Slope(of: Steps, arm: "x", at_least: 1))"#,
            "claims.0.expect.0.arm: unknown arm `x` (did you mean `a`?); allowed: a, b, c",
        ),
        (
            r#"Sweep(Slope(of: Steps, arm: "a"))"#,
            "claims.0.expect: a claim without bounds is not allowed; allowed: at_least, at_most or both",
        ),
        (
            r#"Sweep(Monotone(of: Measure("x"), arm: "a", direction: Rising))"#,
            "claims.0.expect.0.of.0: unknown measure `x`; allowed: final_error",
        ),
        (
            r#"Sweep(Monotone(of: Steps, arm: "x", direction: Rising))"#,
            "claims.0.expect.0.arm: unknown arm `x` (did you mean `a`?); allowed: a, b, c",
        ),
        (
            r#"Sweep(Cell(of: Measure("x"), cell: (arm: "a", x: 0), at_least: 1))"#,
            "claims.0.expect.0.of.0: unknown measure `x`; allowed: final_error",
        ),
        (
            r#"Sweep(Cell(of: Steps, cell: (arm: "x", x: 0), at_least: 1))"#,
            "claims.0.expect.0.cell.arm: unknown arm `x` (did you mean `a`?); allowed: a, b, c",
        ),
        (
            r#"Sweep(Cell(of: Steps, cell: (arm: "a", x: 4), at_least: 1))"#,
            "claims.0.expect.0.cell.x: 4 is not allowed; allowed: 0 to 3",
        ),
        (
            r#"Sweep(Cell(of: Steps, cell: (arm: "a", x: 0, y: 1), at_least: 1))"#,
            "claims.0.expect.0.cell.y: 1 is not allowed; allowed: 0 to 0",
        ),
        (
            r#"Sweep(Cell(of: Steps, cell: (arm: "a", x: 0), over: Some((arm: "a", x: 9)), at_least: 1))"#,
            "claims.0.expect.0.over.x: 9 is not allowed; allowed: 0 to 3",
        ),
        (
            r#"Sweep(Cell(of: Steps, cell: (arm: "a", x: 0)))"#,
            "claims.0.expect: a claim without bounds is not allowed; allowed: at_least, at_most or both",
        ),
    ]);
}

#[test]
fn a_claim_on_a_sweep_needs_one() {
    let text = r#"(claims: [(name: "c", expect: Sweep(NoneBelow(line: "x")))])"#;
    let error = checked(parse(text).expect("a preset")).expect_err("no sweep");
    assert_eq!(
        error.to_string(),
        "claims.0.expect: Sweep(…) is not allowed; allowed: a claim on a run, as the preset has no `sweep`"
    );
}

#[test]
fn arms_are_found_by_their_names_and_fields_read_once() {
    use crate::preset::claims::{Form, RunForm};
    let claim = r#"Slope(of: "ntk_change", arms: ["c", "a", "b"], against: "network.width", at: End, at_most: 0)"#;
    let mut experiment = check(claim).expect("a claim");
    let Form::Run(RunForm::Slope(slope)) = experiment.claims.remove(0).form else {
        panic!("a slope stays one")
    };
    let arms = slope.arms.iter();
    let arms: Vec<_> = arms
        .map(|a| (a.arm.index, &*a.arm.name, a.number))
        .collect();
    assert_eq!(arms, [(2, "c", 8.0), (0, "a", 3.0), (1, "b", 4.0)]);
}

#[test]
fn every_claim_of_a_preset_is_checked_in_its_order() {
    for name in crate::preset::library::names() {
        let experiment = crate::preset::library::load(name).expect(name);
        let (raw, checked) = (&experiment.preset.claims, &experiment.claims);
        assert!(
            raw.iter()
                .map(|c| &c.name)
                .eq(checked.iter().map(|c| &c.name)),
            "{name}"
        );
        let measures = experiment.preset.sweep.iter().flat_map(|s| &s.measures);
        let columns = measures.map(|m| m.of.as_str());
        assert!(
            columns.eq(experiment.measures.iter().map(|m| m.of.column())),
            "{name}"
        );
    }
}
