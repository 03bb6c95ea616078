mod curves;
mod sentences;
mod sweeps;

use std::collections::BTreeMap;
use std::sync::Arc;

use super::*;
use crate::history::{ArmFacts, EventKind, Outcome, StopReason};
use crate::number::four_digits as short;
use crate::observe::Record;
use crate::preset::{PresetError, set};
use crate::spec::{ClaimSpec, CountedIn, Direction, Expectation, Moment, Preset, Quantity};
use crate::theory::{Accuracy, Bound, BoundEnd, Curve, PaperReport};

/// Arms a, b, … with a training loss of 1, ½, ¼ … and an NTK change as given, a record a step.
fn history(ntk_changes: &[&[f64]]) -> RunHistory {
    let labels = ["a", "b", "c"].into_iter().take(ntk_changes.len());
    let mut history = RunHistory::new(labels.map(str::to_owned));
    for (arm, values) in ntk_changes.iter().enumerate() {
        for (step, value) in values.iter().enumerate() {
            let loss = 0.5_f64.powi(step as i32);
            let scalars =
                BTreeMap::from([(Quantity::TrainLoss, loss), (Quantity::NtkChange, *value)]);
            history.push(
                arm,
                Arc::new(Record {
                    step: step as u64,
                    scalars,
                    ..Record::default()
                }),
            );
        }
    }
    history
}

fn end(history: &mut RunHistory) {
    for arm in 0..history.arms().len() {
        history.set_outcome(arm, Outcome::Finished(StopReason::Steps));
    }
}

fn ratio(at: Moment, at_least: Option<f64>, at_most: Option<f64>) -> Expectation {
    let [of, arm, over] = ["ntk_change", "a", "b"].map(str::to_owned);
    Expectation::Ratio {
        of,
        arm,
        over,
        over_column: None,
        at,
        over_at: None,
        at_least,
        at_most,
    }
}

fn order(direction: Direction) -> Expectation {
    let arms = ["a", "b", "c"].map(str::to_owned).to_vec();
    Expectation::Order {
        of: "ntk_change".to_owned(),
        arms,
        at: Moment::End,
        direction,
    }
}

/// A claim of an experiment with so many arms: a, or a, b and c with the widths 100, 200 and 400.
fn checked(arms: usize, expect: Expectation) -> Result<Experiment, PresetError> {
    let claim = ClaimSpec {
        name: "c".to_owned(),
        expect,
        tolerance: String::new(),
    };
    let mut preset = Preset {
        title: "a".to_owned(),
        claims: vec![claim],
        ..Preset::default()
    };
    let axis = match arms {
        1 => "[]",
        2 => r#"[(field: "network.width", values: [100, 200], names: ["a", "b"])]"#,
        _ => r#"[(field: "network.width", values: [100, 200, 400], names: ["a", "b", "c"])]"#,
    };
    preset = set(&preset, "axes", axis)?;
    preset = set(&preset, "observe.observables", "[Loss, NtkChange]")?;
    Experiment::check(preset, "x", ".".into())
}

fn result(expect: Expectation, history: &RunHistory) -> ClaimResult {
    let experiment = checked(history.arms().len(), expect).expect("a claim that can be decided");
    evaluate(&experiment, history).remove(0)
}

#[test]
fn a_ratio_is_read_where_each_arm_gets_there() {
    let history = history(&[&[1.0, 6.0, 7.0], &[1.0, 2.0, 3.0]]);
    let at = Moment::FirstBelow("train_loss".to_owned(), 0.5);
    let passed = result(ratio(at.clone(), Some(3.0), None), &history);
    assert_eq!((passed.verdict, passed.value), (Verdict::Pass, Some(3.0)));
    assert_eq!(
        passed.expected,
        "ntk_change of a over b ≥ 3, where train_loss is first ≤ 0.5"
    );
    assert_eq!(
        passed.measured,
        "3.000 (a 6.000 at step 1, b 2.000 at step 1)"
    );
    assert_eq!(
        result(ratio(at.clone(), Some(3.001), None), &history).verdict,
        Verdict::Fail
    );
    assert_eq!(
        result(ratio(at, None, Some(2.999)), &history).verdict,
        Verdict::Fail
    );
    let never = Moment::FirstBelow("train_loss".to_owned(), 0.1);
    let open = result(ratio(never, Some(3.0), None), &history);
    assert_eq!((open.verdict, open.value), (Verdict::NotReached, None));
    assert_eq!(open.measured, "a has no train_loss ≤ 0.1 to step 2");
}

#[test]
fn the_end_is_reached_once_every_arm_of_the_claim_ended() {
    let mut history = history(&[&[1.0, 8.0], &[1.0, 2.0]]);
    assert_eq!(
        result(ratio(Moment::End, Some(4.0), None), &history).verdict,
        Verdict::NotReached
    );
    history.set_outcome(0, Outcome::Finished(StopReason::Loss));
    assert_eq!(
        result(ratio(Moment::End, Some(4.0), None), &history).verdict,
        Verdict::NotReached
    );
    end(&mut history);
    assert_eq!(
        result(ratio(Moment::End, Some(4.0), None), &history).verdict,
        Verdict::Pass
    );
}

#[test]
fn a_step_is_reached_by_a_record_there_or_after_or_by_the_end() {
    let mut history = history(&[&[1.0, 8.0, 9.0], &[1.0, 2.0, 3.0]]);
    assert_eq!(
        result(ratio(Moment::Step(1), Some(4.0), None), &history).verdict,
        Verdict::Pass
    );
    assert_eq!(
        result(ratio(Moment::Step(5), Some(1.0), None), &history).verdict,
        Verdict::NotReached
    );
    end(&mut history);
    assert_eq!(
        result(ratio(Moment::Step(5), Some(1.0), None), &history).value,
        Some(3.0)
    );
}

#[test]
fn an_order_is_strict() {
    let mut falling = history(&[&[3.0], &[2.0], &[1.0]]);
    end(&mut falling);
    assert_eq!(
        result(order(Direction::Falling), &falling).verdict,
        Verdict::Pass
    );
    assert_eq!(
        result(order(Direction::Rising), &falling).verdict,
        Verdict::Fail
    );
    let mut level = history(&[&[3.0], &[2.0], &[2.0]]);
    end(&mut level);
    assert_eq!(
        result(order(Direction::Falling), &level).verdict,
        Verdict::Fail
    );
    assert_eq!(
        result(order(Direction::Falling), &level).expected,
        "ntk_change: a > b > c, at the end"
    );
}

#[test]
fn what_is_not_finite_never_passes() {
    for bad in [f64::NAN, f64::INFINITY] {
        let mut history = history(&[&[bad], &[1.0], &[0.5]]);
        end(&mut history);
        assert_eq!(
            result(ratio(Moment::End, Some(0.0), None), &history).verdict,
            Verdict::Fail
        );
        assert_eq!(
            result(order(Direction::Falling), &history).verdict,
            Verdict::Fail
        );
    }
    let mut nothing_moved = history(&[&[1.0], &[0.0]]);
    end(&mut nothing_moved);
    assert_eq!(
        result(ratio(Moment::End, Some(5.0), None), &nothing_moved).verdict,
        Verdict::Fail
    );
}

#[test]
fn what_was_not_measured_at_a_step_is_read_where_it_last_was() {
    let mut history = history(&[&[1.0, 6.0], &[1.0, 2.0]]);
    for arm in 0..2 {
        let scalars = BTreeMap::from([(Quantity::TrainLoss, 0.25)]);
        let record = Record {
            step: 2,
            scalars,
            ..Record::default()
        };
        history.push(arm, Arc::new(record));
    }
    let at_two = result(ratio(Moment::Step(2), Some(3.0), None), &history);
    assert_eq!(at_two.verdict, Verdict::Pass);
    assert_eq!(
        at_two.measured,
        "3.000 (a 6.000 at step 1, b 2.000 at step 1)"
    );
}

#[test]
fn what_is_not_there_is_not_reached() {
    let mut history = RunHistory::new(["a", "b", "c"].map(str::to_owned));
    assert_eq!(
        result(ratio(Moment::Step(0), Some(0.0), None), &history).measured,
        "a has no records"
    );
    end(&mut history);
    assert_eq!(
        result(ratio(Moment::End, Some(0.0), None), &history).verdict,
        Verdict::NotReached
    );
    assert_eq!(
        result(order(Direction::Rising), &history).verdict,
        Verdict::NotReached
    );
}

#[test]
fn numbers_have_four_digits() {
    let written = [
        123_456.0,
        12_345.0,
        1.0,
        0.001_234_56,
        1.2e-9,
        0.0,
        f64::NAN,
    ]
    .map(short);
    assert_eq!(
        written,
        [
            "1.235e5", "12345", "1.000", "0.001235", "1.200e-9", "0", "NaN"
        ]
    );
}

#[test]
fn a_ratio_may_compare_two_columns_at_two_moments() {
    let mut history = history(&[&[1.0, 6.0, 8.0]]);
    end(&mut history);
    let expect = Expectation::Ratio {
        of: "ntk_change".to_owned(),
        arm: String::new(),
        over: String::new(),
        over_column: Some("train_loss".to_owned()),
        at: Moment::End,
        over_at: Some(Moment::Step(1)),
        at_least: Some(16.0),
        at_most: None,
    };
    let result = result(expect, &history);
    assert_eq!((result.verdict, result.value), (Verdict::Pass, Some(16.0)));
    assert_eq!(
        result.expected,
        "ntk_change, at the end, over train_loss ≥ 16, at step 1"
    );
}

#[test]
fn programs_read_one_shape_whatever_came_out() {
    let unclear = history(&[&[1.0, f64::NAN], &[1.0, 2.0]]);
    let clear = history(&[&[1.0, 6.0], &[1.0, 2.0]]);
    let written = |at_least, history: &RunHistory| {
        let result = result(ratio(Moment::Step(1), Some(at_least), None), history);
        serde_json::to_string(&result).expect("a claim can be written")
    };
    assert_eq!(
        written(0.0, &unclear),
        r#"{"name":"c","holds":false,"expected":"ntk_change of a over b ≥ 0, at step 1","got":"NaN (a NaN at step 1, b 2.000 at step 1)","value":null}"#
    );
    assert_eq!(
        written(3.0, &clear),
        r#"{"name":"c","holds":true,"expected":"ntk_change of a over b ≥ 3, at step 1","got":"3.000 (a 6.000 at step 1, b 2.000 at step 1)","value":3.0}"#
    );
}
