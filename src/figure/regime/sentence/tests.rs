//! The sentences of runs with given numbers.

use std::path::PathBuf;
use std::sync::Arc;

use super::*;
use crate::history::{ArmFacts, Outcome, Role, RunHistory};
use crate::observe::Record;
use crate::preset::parse;

fn experiment(arms: usize) -> Experiment {
    let values: Vec<String> = (0..arms).map(|k| (64 + k).to_string()).collect();
    let text = format!(
        r#"(axes: [(field: "network.width", values: [{}])])"#,
        values.join(", ")
    );
    Experiment::check(parse(&text).unwrap(), "test", PathBuf::new()).unwrap()
}

/// Loss and movement at steps 0, 1, 2, …; the loss is the sum over two points of one output.
type Course = [(f64, f64)];

/// A run of these arms. The size of the targets is 1 and the gap a tenth of the movement.
fn run(arms: &[(&str, &Course)]) -> RunHistory {
    let mut history = RunHistory::new(arms.iter().map(|(label, _)| (*label).to_owned()));
    for (arm, (_, course)) in arms.iter().enumerate() {
        history.set_facts(arm, Some(facts()));
        for (step, (loss, movement)) in course.iter().enumerate() {
            let mut record = Record {
                step: step as u64,
                ..Record::default()
            };
            record.set(Quantity::TrainLoss, *loss);
            record.set(Quantity::RelativeError, (2.0 * loss).sqrt());
            record.set(Quantity::FeatureMovement, *movement);
            record.set(Quantity::RelativeFeatureMovement, movement / 2.0);
            record.set(Quantity::LazyGapTrainMax, movement / 10.0);
            history.push(arm, Arc::new(record));
        }
    }
    history
}

fn facts() -> ArmFacts {
    ArmFacts {
        label: String::new(),
        n: 2,
        n_test: 0,
        d: 1,
        embedding: 1,
        width: 64,
        outputs: 1,
        a: 1.0,
        b: 1.0,
        hidden_step_factor: 1.0,
        output_step_factor: 1.0,
        omega1: 1.0,
        omega2: 1.0,
        sample_space: false,
        step_unit: 1.0,
        stable_step: None,
        data: String::new(),
        estimated_bytes: 0,
        theory: [].into(),
    }
}

fn said(history: &RunHistory, cursor: u64) -> Option<String> {
    let experiment = experiment(history.own_arms().len());
    let sentence = Sentence::new(&experiment, history, &BTreeSet::new(), cursor);
    sentence.map(|sentence| sentence.text)
}

const LAZY: (&str, &Course) = ("NTK", &[(0.5, 0.0), (0.2, 0.01), (0.1, 0.02)]);
const MOVING: (&str, &Course) = ("ours", &[(0.5, 0.0), (0.1, 0.34), (0.01, 0.8)]);

#[test]
fn two_arms_are_compared_at_the_lowest_loss_that_both_have_reached() {
    let history = run(&[MOVING, LAZY]);
    let at_the_end = "At equal training loss 0.10, ours moved its features 17 times as far as NTK; \
                      NTK stays within 0.20 % of its linearization.";
    assert_eq!(said(&history, 2).as_deref(), Some(at_the_end));
    // One step earlier NTK was at 0.2 only.
    let before = "At equal training loss 0.20, ours moved its features 34 times as far as NTK; \
                  NTK stays within 0.10 % of its linearization.";
    assert_eq!(said(&history, 1).as_deref(), Some(before));
}

#[test]
fn three_arms_are_named_and_of_more_the_most_and_the_least() {
    let middle: (&str, &Course) = ("MF", &[(0.5, 0.0), (0.1, 0.18)]);
    let three = "At equal training loss 0.10, ours moved its features 17 times and MF 9.0 times as \
                 far as NTK; NTK stays within 0.20 % of its linearization.";
    assert_eq!(
        said(&run(&[LAZY, middle, MOVING]), 2).as_deref(),
        Some(three)
    );
    let four = "At equal training loss 0.10, ours moved its features 17 times as far as NTK, the \
                most and the least of 4 arms; NTK stays within 0.20 % of its linearization.";
    let history = run(&[LAZY, middle, MOVING, middle]);
    assert_eq!(said(&history, 2).as_deref(), Some(four));
}

#[test]
fn names_of_several_fields_have_no_commas_in_the_sentence() {
    let (a, b) = (
        ("ours, n = 60, m = 8", MOVING.1),
        ("NTK, n = 60, m = 8", LAZY.1),
    );
    let text = "At equal training loss 0.10, ours at n = 60 and m = 8 moved its features 17 times as far \
                as NTK at n = 60 and m = 8; NTK at n = 60 and m = 8 stays within 0.20 % of its linearization.";
    assert_eq!(said(&run(&[a, b]), 2).as_deref(), Some(text));
}

#[test]
fn arms_that_moved_alike_are_called_so() {
    let other = |movement| [(0.5, 0.0), (0.1, movement)];
    let (a, b, c) = (other(0.9), other(1.0), other(1.1));
    let three = "At equal training loss 0.10, all arms moved their features about alike, 0.90 to 1.1 \
                 times their mean; a stays within 9.0 % of its linearization.";
    assert_eq!(
        said(&run(&[("a", &a), ("b", &b), ("c", &c)]), 1).as_deref(),
        Some(three)
    );
    let two = "At equal training loss 0.10, both arms moved their features alike; \
               b stays within 10 % of its linearization.";
    assert_eq!(said(&run(&[("a", &b), ("b", &b)]), 1).as_deref(), Some(two));
}

#[test]
fn an_arm_far_from_its_linearization_is_not_said_to_stay_near() {
    let far: (&str, &Course) = ("a", &[(0.5, 0.0), (0.1, 8.0)]);
    let farther: (&str, &Course) = ("b", &[(0.5, 0.0), (0.1, 16.0)]);
    let text = "At equal training loss 0.10, b moved its features 2.0 times as far as a; \
                a is up to 80 % of the targets away from its linearization.";
    assert_eq!(said(&run(&[far, farther]), 1).as_deref(), Some(text));
}

#[test]
fn what_is_said_to_be_within_a_share_is_within_it() {
    let shares = [0.0804, 0.08, 0.123, 0.5, 1.0, 2.314, 3e-7].map(percent);
    let texts = [
        "8.1 %", "8.0 %", "13 %", "50 %", "100 %", "240 %", "0.010 %",
    ];
    assert_eq!(shares, texts);
}

#[test]
fn one_arm_says_how_far_it_moved() {
    let text = "At training loss 0.010, the network has moved its features by 40 % of their size at \
                the start; the network stays within 8.0 % of its linearization.";
    assert_eq!(said(&run(&[MOVING]), 2).as_deref(), Some(text));
    // Beside an arm of which no features are measured it has its name.
    let mut history = run(&[MOVING, ("infinite", &[])]);
    history.set_facts(1, None);
    let text = "At training loss 0.010, ours has moved its features by 40 % of their size at the \
                start; ours stays within 8.0 % of its linearization.";
    assert_eq!(said(&history, 2).as_deref(), Some(text));
}

#[test]
fn nothing_is_said_where_nothing_moved_or_nothing_was_measured() {
    assert_eq!(said(&run(&[MOVING, LAZY]), 0), None);
    assert_eq!(said(&run(&[MOVING]), 0), None);
    assert_eq!(said(&run(&[("a", &[]), ("b", &[])]), 5), None);
    let nan: (&str, &Course) = ("a", &[(f64::NAN, f64::NAN), (0.1, f64::INFINITY)]);
    assert_eq!(said(&run(&[nan, nan]), 5), None);
}

#[test]
fn an_arm_that_did_not_move_at_all_has_no_ratio() {
    let frozen: (&str, &Course) = ("frozen", &[(0.5, 0.0), (0.1, 0.0)]);
    let text = "At equal training loss 0.10, ours moved its features by 0.34 on average and frozen \
                not at all; frozen stays within 0.010 % of its linearization.";
    assert_eq!(said(&run(&[MOVING, frozen]), 1).as_deref(), Some(text));
}

#[test]
fn an_arm_that_diverged_is_said_to_have_and_is_not_compared() {
    let mut history = run(&[MOVING, LAZY, ("MF", &[(0.5, 0.0), (9.0, 70.0)])]);
    history.set_outcome(
        2,
        Outcome::Diverged {
            step: 2,
            last_finite_loss: 9.0,
            stable_step: None,
        },
    );
    let text = "At equal training loss 0.10, ours moved its features 17 times as far as NTK; \
                NTK stays within 0.20 % of its linearization; MF diverged at step 2.";
    assert_eq!(said(&history, 2).as_deref(), Some(text));
    let mut alone = run(&[("MF", &[(0.5, 0.0)])]);
    alone.set_outcome(
        0,
        Outcome::Diverged {
            step: 2,
            last_finite_loss: 9.0,
            stable_step: None,
        },
    );
    assert_eq!(said(&alone, 2).as_deref(), Some("MF diverged at step 2."));
}

#[test]
fn runs_kept_beside_this_one_are_not_counted() {
    let course: &Course = &[(0.5, 0.0), (0.1, 2.0)];
    let alone = run(&[("ours", course), ("NTK", &[(0.5, 0.0), (0.1, 0.1)])]);
    let mut guest = alone.arms()[0].clone();
    guest.role = Role::Before { of: Some(0) };
    guest.label = "ours, before".to_owned();
    let together = alone.with_guests([guest]);
    assert!(said(&alone, 1).is_some());
    assert_eq!(said(&together, 1), said(&alone, 1));
}
