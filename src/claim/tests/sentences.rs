//! What claims say of themselves.

use super::*;

/// Arms a, b and c over widths, and a sweep over the dimension.
const ARMS: &str = r#"(
    data: Sphere(d: 3, n: 12, n_test: 0, labels: Normal(std: 1.0)),
    observe: (observables: [Loss, NtkChange]),
    axes: [
        (field: "network.width", values: [100, 200, 400], names: ["a", "b", "c"]),
        (field: "data.d", values: [2, 4, 8], show: XAxis),
    ],
    sweep: (
        measures: [(name: "gap", of: "train_loss", at: Peak)],
        lines: [(name: "d = n", powers: [("data.d", 1), ("data.n", -1)])],
    ),
    claims: [(name: "c", expect: CLAIM)],
)"#;

/// What a claim of that preset says before anything was done.
fn sentence(claim: &str) -> String {
    let preset = crate::preset::parse(&ARMS.replace("CLAIM", claim));
    let preset = preset.unwrap_or_else(|error| panic!("{claim}: {error}"));
    let experiment = Experiment::check(preset, "x", ".".into());
    let experiment = experiment.unwrap_or_else(|error| panic!("{claim}: {error}"));
    let labels = experiment.arms.iter().map(|arm| arm.label.clone());
    let result = evaluate(&experiment, &RunHistory::new(labels)).remove(0);
    assert_eq!(result.verdict, Verdict::NotReached, "{claim}");
    result.expected
}

#[test]
fn a_claim_on_a_run_names_its_quantity_arms_moment_and_bounds() {
    for (claim, expected) in [
        (
            r#"Value(of: "train_loss", arm: "a", at: Step(3), at_least: 0.5, at_most: 2)"#,
            "train_loss of a ≥ 0.5 and ≤ 2, at step 3",
        ),
        (
            r#"Value(of: "train_loss", arm: "b", at: Rate(clock: Time, from: 0.9, to: 0.5), at_least: 0)"#,
            "train_loss of b ≥ 0, as a rate a unit of time between 0.9 and 0.5 of its first value",
        ),
        (
            r#"Ratio(of: "ntk_change", arm: "a", over: "b", at: Peak, at_most: 3)"#,
            "ntk_change of a over b ≤ 3, at its largest",
        ),
        (
            r#"Ratio(of: "ntk_change", arm: "a", over: "b", over_column: Some("train_loss"), at: End, over_at: Some(Step(20)), at_least: 3)"#,
            "ntk_change of a, at the end, over train_loss of b ≥ 3, at step 20",
        ),
        (
            r#"Order(of: "ntk_change", arms: ["a", "c"], at: FirstBelow("train_loss", 0.1), direction: Rising)"#,
            "ntk_change: a < c, where train_loss is first ≤ 0.1",
        ),
        (
            r#"Slope(of: "ntk_change", arms: ["a", "b", "c"], against: "network.width", at: End, at_most: -0.9)"#,
            "exponent of ntk_change in network.width ≤ -0.9, at the end",
        ),
        (
            r#"Steeper(of: "ntk_change", arms: ["a", "b", "c"], than: ["c", "b", "a"], against: "network.width", at: End)"#,
            "exponent of ntk_change in network.width over a, b, c below that over c, b, a, at the end",
        ),
        (
            r#"Bounded(arm: "a", by: "Thm 1", floor: 1e-3)"#,
            "a within Thm 1 at every record down to 0.001000",
        ),
        (
            r#"Monotone(of: "train_loss", arm: "a", direction: Falling)"#,
            "train_loss of a never rises",
        ),
    ] {
        assert_eq!(sentence(claim), expected);
    }
}

#[test]
fn a_claim_on_a_sweep_names_its_value_arms_place_and_bounds() {
    for (claim, expected) in [
        (
            r#"Transition(along: "d = n", arm: "a", at_least: 0.5, at_most: 2)"#,
            "a: success passes ½ along d = n at ≥ 0.5 and ≤ 2 of it",
        ),
        (
            r#"Sharpness(along: "d = n", arm: "a", at_least: 1)"#,
            "a: log-odds of success rise along ln(d = n) with a slope ≥ 1",
        ),
        (
            r#"NoneBelow(line: "d = n", arm: "b")"#,
            "b: no success below d = n",
        ),
        (
            r#"Order(of: Measure("gap"), arms: ["a", "b", "c"], direction: Falling)"#,
            "gap: a > b > c at every value",
        ),
        (
            r#"Slope(of: Measure("gap"), arm: "a", from: Some(3), to: Some(8), at_most: -1)"#,
            "a: exponent of gap ≤ -1, from 3, to 8",
        ),
        (
            r#"Monotone(of: Steps, arm: "a", direction: Rising)"#,
            "a: steps never falls by more than the 95 % interval of the difference",
        ),
        (
            r#"Cell(of: Success, cell: (arm: "a", x: 2), at_least: 0.1)"#,
            "success at cell a (2, 0) ≥ 0.1",
        ),
        (
            r#"Cell(of: Steps, cell: (arm: "a", x: 0), over: Some((arm: "b", x: 1)), at_most: 2)"#,
            "steps at cell a (0, 0) over cell b (1, 0) ≤ 2",
        ),
    ] {
        assert_eq!(sentence(&format!("Sweep({claim})")), expected);
    }
}

#[test]
fn a_run_and_a_sweep_write_the_same_bounds_alike() {
    for bounds in [
        "at_least: 0.25",
        "at_most: 1e-7",
        "at_least: -1, at_most: 1e3",
    ] {
        let end = |sentence: String, head: &str| {
            let end = sentence.strip_prefix(head).map(str::to_owned);
            end.unwrap_or_else(|| panic!("{sentence}"))
        };
        let run = sentence(&format!(
            r#"Value(of: "train_loss", arm: "a", at: End, {bounds})"#
        ));
        let sweep = sentence(&format!(
            "Sweep(Cell(of: Steps, cell: (arm: \"a\", x: 0), {bounds}))"
        ));
        let (run, sweep) = (
            end(run, "train_loss of a "),
            end(sweep, "steps at cell a (0, 0) "),
        );
        assert_eq!(run.strip_suffix(", at the end"), Some(sweep.as_str()));
    }
}
