//! Claims about whole curves: rates, exponents, bounds, peaks.

use super::*;

fn loss_of_a(at: Moment) -> Expectation {
    Expectation::Value {
        of: "train_loss".to_owned(),
        arm: "a".to_owned(),
        at,
        at_least: Some(0.0),
        at_most: None,
    }
}

#[test]
fn a_rate_is_fitted_between_two_shares_of_the_start() {
    let mut history = history(&[&[0.0; 12]]);
    let at = |from, to| Moment::Rate {
        clock: CountedIn::Steps,
        from,
        to,
    };
    // The loss halves at every step, so its rate is ln 2.
    let halving = result(loss_of_a(at(0.5, 1e-2)), &history);
    assert_eq!(halving.verdict, Verdict::Pass);
    assert!((halving.value.expect("a rate") - 2f64.ln()).abs() < 1e-12);
    assert!(
        halving.measured.ends_with("steps 1 to 7"),
        "{}",
        halving.measured
    );
    let not_there = result(loss_of_a(at(0.5, 1e-9)), &history);
    assert_eq!(not_there.verdict, Verdict::NotReached);
    end(&mut history);
    let to_the_end = result(loss_of_a(at(0.5, 1e-9)), &history);
    assert_eq!(to_the_end.verdict, Verdict::Pass);
}

#[test]
fn the_peak_is_known_at_the_end() {
    let mut history = history(&[&[1.0, 9.0, 2.0]]);
    let expect = || Expectation::Value {
        of: "ntk_change".to_owned(),
        arm: "a".to_owned(),
        at: Moment::Peak,
        at_least: None,
        at_most: Some(9.0),
    };
    assert_eq!(result(expect(), &history).verdict, Verdict::NotReached);
    end(&mut history);
    let peak = result(expect(), &history);
    assert_eq!((peak.verdict, peak.value), (Verdict::Pass, Some(9.0)));
}

#[test]
fn a_power_law_has_its_exponent() {
    let mut history = history(&[&[8.0], &[4.0], &[2.0]]);
    end(&mut history);
    let expect = |at_most| Expectation::Slope {
        of: "ntk_change".to_owned(),
        arms: ["a", "b", "c"].map(str::to_owned).to_vec(),
        against: "network.width".to_owned(),
        at: Moment::End,
        at_least: None,
        at_most: Some(at_most),
    };
    let result_of = |at_most| result(expect(at_most), &history);
    assert!((result_of(-0.9).value.expect("a slope") + 1.0).abs() < 1e-12);
    assert_eq!(result_of(-0.9).verdict, Verdict::Pass);
    assert_eq!(result_of(-1.1).verdict, Verdict::Fail);
    // One run an arm: a range, and no error.
    let told = result_of(-0.9).measured;
    assert!(
        told.starts_with("-1.000 over 3 arms, -1.000 to -1.0"),
        "{told}"
    );
    assert!(told.ends_with(" between neighbouring arms"), "{told}");
}

fn with_bound(history: &mut RunHistory, start: f64, failing: Vec<String>) {
    let bound = Bound {
        name: "Thm 1".to_owned(),
        definition: String::new(),
        quantity: Quantity::TrainLoss,
        upper: true,
        curve: Curve::Geometric { start, factor: 0.5 },
        accuracy: Accuracy::default(),
        failing,
        one_step: None,
        end: None,
    };
    let report = PaperReport {
        bounds: vec![bound],
        ..PaperReport::default()
    };
    let facts = ArmFacts {
        theory: [report].into(),
        ..crate::experiment::scripted::facts("a")
    };
    history.set_facts(0, Some(facts));
}

#[test]
fn a_bound_is_met_or_broken_or_does_not_apply() {
    let expect = || Expectation::Bounded {
        arm: "a".to_owned(),
        by: "Thm 1".to_owned(),
        floor: 0.0,
    };
    let mut history = history(&[&[0.0; 4]]);
    end(&mut history);
    assert_eq!(result(expect(), &history).verdict, Verdict::NotReached);
    with_bound(&mut history, 1.0, Vec::new());
    assert_eq!(result(expect(), &history).verdict, Verdict::Pass);
    with_bound(&mut history, 0.999, Vec::new());
    assert_eq!(result(expect(), &history).verdict, Verdict::Fail);
    with_bound(&mut history, 1.0, vec!["λ₀ = 0".to_owned()]);
    let result = result(expect(), &history);
    assert_eq!(result.verdict, Verdict::NotReached);
    assert_eq!(result.measured, "Thm 1 does not apply: λ₀ = 0");
}

/// The loss 1, ½ against 1, 0.49.
#[test]
fn a_bound_is_kept_up_to_the_errors_of_the_computation() {
    let expect = || Expectation::Bounded {
        arm: "a".to_owned(),
        by: "Thm 1".to_owned(),
        floor: 0.0,
    };
    let verdict = |integration| {
        let mut history = history(&[&[0.0; 2]]);
        end(&mut history);
        with_bound(&mut history, 1.0, Vec::new());
        let facts = history.arms()[0].facts.clone().expect("facts");
        let mut report = facts.theory[0].clone();
        report.bounds[0].curve = Curve::Geometric {
            start: 1.0,
            factor: 0.49,
        };
        report.bounds[0].accuracy.integration = integration;
        let theory = [report].into();
        history.set_facts(0, Some(ArmFacts { theory, ..facts }));
        result(expect(), &history)
    };
    // ½ ≤ (√0.49 + √E)² from E = (√½ − 0.7)² = 5.05·10⁻⁵ on.
    let failed = verdict(5.0e-5);
    assert_eq!(failed.verdict, Verdict::Fail);
    let held = verdict(5.1e-5);
    assert_eq!((held.verdict, held.value), (Verdict::Pass, Some(1.0)));
    let broken = verdict(0.0);
    assert!((broken.value.expect("a ratio") - 0.5 / 0.49).abs() < 1e-12);
    assert_eq!(verdict(f64::NAN).verdict, Verdict::Fail);
}

/// The loss halves at every step from 1 on, the bound from its start on.
#[test]
fn a_bound_that_ended_is_broken_before_or_says_nothing_of_every_record() {
    let expect = || Expectation::Bounded {
        arm: "a".to_owned(),
        by: "Thm 1".to_owned(),
        floor: 0.0,
    };
    let ended_at = |step, start| {
        let mut history = history(&[&[0.0; 4]]);
        end(&mut history);
        with_bound(&mut history, start, Vec::new());
        let facts = history.arms()[0].facts.clone().expect("facts");
        let mut theory = facts.theory.to_vec();
        let reason = "the step became 0.2".to_owned();
        let time = 0.0;
        theory[0].bounds[0].end = Some(BoundEnd { step, time, reason });
        history.apply(&EventKind::TheoryChanged {
            arm: 0,
            theory: theory.into(),
        });
        result(expect(), &history)
    };
    let kept = ended_at(2, 1.0);
    assert_eq!(kept.verdict, Verdict::NotReached);
    assert!(
        kept.measured
            .ends_with("Thm 1 ends at step 2: the step became 0.2"),
        "{}",
        kept.measured
    );
    assert_eq!(ended_at(2, 0.999).verdict, Verdict::Fail);
    // The last record is that of step 3.
    assert_eq!(ended_at(3, 1.0).verdict, Verdict::Pass);
}

#[test]
fn monotone_means_at_every_record() {
    let expect = |direction| Expectation::Monotone {
        of: "ntk_change".to_owned(),
        arm: "a".to_owned(),
        direction,
    };
    let verdict = |values: &[f64], direction| {
        let mut history = history(&[values]);
        end(&mut history);
        result(expect(direction), &history).verdict
    };
    assert_eq!(verdict(&[1.0, 1.0, 2.0], Direction::Rising), Verdict::Pass);
    assert_eq!(verdict(&[1.0, 3.0, 2.0], Direction::Rising), Verdict::Fail);
    assert_eq!(verdict(&[3.0, f64::NAN], Direction::Falling), Verdict::Fail);
    assert_eq!(verdict(&[3.0, 2.0], Direction::Falling), Verdict::Pass);
}

#[test]
fn of_two_power_laws_the_steeper_is_told() {
    let mut history = history(&[&[8.0, 8.0], &[4.0, 7.0], &[2.0, 6.0]]);
    end(&mut history);
    let arms = || ["a", "b", "c"].map(str::to_owned).to_vec();
    let expect = |of: &str| Expectation::Steeper {
        of: of.to_owned(),
        arms: arms(),
        than: arms(),
        against: "network.width".to_owned(),
        at: Moment::End,
    };
    // An exponent is not below itself.
    let same = result(expect("ntk_change"), &history);
    assert_eq!(same.verdict, Verdict::Fail);
    assert!(same.measured.starts_with("-0.20"), "{}", same.measured);
}

#[test]
fn a_level_is_crossed_at_the_first_record_there() {
    let crosses = |(of, level): (&str, f64), direction, clock, at_most| Expectation::Crosses {
        of: of.to_owned(),
        arm: "a".to_owned(),
        level,
        direction,
        clock,
        at_least: None,
        at_most: Some(at_most),
    };
    let mut history = history(&[&[1.0, f64::NAN, 3.0, 0.0]]);
    end(&mut history);
    // The loss halves at every step.
    let falls = |level, at_most| {
        let of = ("train_loss", level);
        let expect = crosses(of, Direction::Falling, CountedIn::Steps, at_most);
        result(expect, &history)
    };
    let quarter = falls(0.3, 2.0);
    assert_eq!((quarter.verdict, quarter.value), (Verdict::Pass, Some(2.0)));
    assert_eq!(
        quarter.expected,
        "train_loss of a is first ≤ 0.3 at step ≤ 2"
    );
    assert_eq!(quarter.measured, "a 0.2500 at step 2, time 0");
    assert_eq!(falls(0.3, 1.9).verdict, Verdict::Fail);
    let never = falls(0.1, 9.0);
    assert_eq!(never.verdict, Verdict::NotReached);
    assert_eq!(never.measured, "a has no train_loss ≤ 0.1 to step 3");
    // What is not a number is passed over.
    let of = ("ntk_change", 2.0);
    let rises = result(
        crosses(of, Direction::Rising, CountedIn::Time, 0.5),
        &history,
    );
    assert_eq!((rises.verdict, rises.value), (Verdict::Pass, Some(0.0)));
    assert!(rises.measured.contains("at step 2"), "{}", rises.measured);
    assert_eq!(rises.expected, "ntk_change of a is first ≥ 2 at time ≤ 0.5");
}
