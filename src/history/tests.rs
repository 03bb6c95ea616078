//! The laws of a history: sorted, within its budget, first and last kept.

use std::sync::Arc;

use proptest::prelude::*;

use super::{EventKind, Outcome, Role, RunHistory, StopReason};
use crate::observe::{FeatureSample, Record};
use crate::spec::{PointRef, Quantity};

fn record(step: u64, features: usize, spectrum: usize) -> Arc<Record> {
    let sample = |n: usize| FeatureSample {
        points: vec![PointRef::Train(0)],
        signs: vec![1; n].into(),
        values: vec![0.5; n],
    };
    Arc::new(Record {
        step,
        time: 0.5 * step as f64,
        scalars: [(Quantity::TrainLoss, 1.0 / (1.0 + step as f64))].into(),
        singular_values: (spectrum > 0).then(|| vec![1.0; spectrum].into()),
        ntk_eigenvalues: None,
        features: (features > 0).then(|| Arc::new(sample(features))),
        ..Record::default()
    })
}

fn filled(arms: usize, budget: usize, records: impl Iterator<Item = Arc<Record>>) -> RunHistory {
    let mut history = RunHistory::with_budget((0..arms).map(|i| i.to_string()), budget);
    for record in records {
        (0..arms).for_each(|arm| history.push(arm, record.clone()));
    }
    history
}

proptest! {
    #[test]
    fn stays_sorted_within_budget_and_keeps_both_ends(
        arms in 1..4_usize,
        budget in 0..200_000_usize,
        gaps in prop::collection::vec((1..50_u64, 0..3_usize, 0..3_usize), 1..700),
        size in 1..300_usize,
    ) {
        let mut history = RunHistory::with_budget((0..arms).map(|i| i.to_string()), budget);
        let mut step = 0;
        let mut pushed: Vec<Arc<Record>> = Vec::new();
        for (gap, features, spectrum) in gaps {
            let new = record(step, features * size, spectrum * size);
            for arm in 0..arms {
                history.push(arm, new.clone());
            }
            pushed.push(new);
            step += gap;
            for arm in history.arms() {
                let records = arm.records();
                prop_assert!(records.is_sorted_by(|a, b| a.step < b.step));
                let held: usize = records.iter().map(|r| r.bytes()).sum();
                prop_assert_eq!(arm.bytes(), held);
                prop_assert_eq!(arm.first().map(|r| r.step), Some(0));
                prop_assert_eq!(arm.first().map(|r| r.bytes()), pushed.first().map(|r| r.bytes()));
            }
            prop_assert!(
                history.bytes() <= budget || history.arms().iter().all(|a| a.records().len() <= 2),
                "{} bytes of {budget}", history.bytes()
            );
        }
        let last = pushed.last().expect("at least one");
        for arm in history.arms() {
            prop_assert!(arm.last().is_some_and(|kept| Arc::ptr_eq(kept, last)));
            for kept in arm.records() {
                let original = pushed.iter().find(|r| r.step == kept.step).expect("was pushed");
                prop_assert_eq!(&kept.scalars, &original.scalars);
                prop_assert_eq!(kept.time, original.time);
            }
        }
    }

    #[test]
    fn look_ups_agree_with_a_plain_search(
        steps in prop::collection::btree_set(0..400_u64, 1..60),
        with_features in prop::collection::vec(any::<bool>(), 60),
        asked in 0..420_u64,
    ) {
        let records = || steps.iter().zip(&with_features);
        let history =
            filled(1, usize::MAX, records().map(|(s, f)| record(*s, usize::from(*f), 0)));
        let arm = &history.arms()[0];
        let at_or_before = steps.iter().rev().find(|s| **s <= asked).copied();
        prop_assert_eq!(arm.at(asked).map(|r| r.step), at_or_before);
        prop_assert_eq!(arm.exactly_at(asked).is_some(), steps.contains(&asked));
        let before = steps.iter().rev().find(|s| **s < asked).copied();
        prop_assert_eq!(history.previous_step(asked), before);
        prop_assert_eq!(history.next_step(asked), steps.iter().find(|s| **s > asked).copied());
        let nearest = records().filter(|(_, f)| **f).map(|(s, _)| *s)
            .min_by_key(|s| (s.abs_diff(asked), *s));
        prop_assert_eq!(arm.nearest_with_features(asked).map(|r| r.step), nearest);
        prop_assert!(arm.nearest_with_spectrum(asked).is_none());
    }
}

#[test]
fn gives_up_payloads_before_scalars_and_spares_the_newest() {
    let one = record(0, 1000, 500).bytes();
    let history = filled(1, 600 * one, (0..3000).map(|step| record(step, 1000, 500)));
    let arm = &history.arms()[0];
    assert_eq!(
        arm.series(Quantity::TrainLoss).count(),
        3000,
        "no scalar was given up"
    );
    let newest = &arm.records()[3000 - 256..];
    assert!(
        newest
            .iter()
            .all(|r| r.features.is_some() && r.singular_values.is_some())
    );
    let old: Vec<u64> = arm.records()[..3000 - 256]
        .iter()
        .filter(|r| r.features.is_some())
        .map(|r| r.step)
        .collect();
    assert!(old.len() > 100, "{} old payloads left", old.len());
    let spread = old
        .windows(2)
        .take(100)
        .all(|w| w[1] - w[0] == old[1] - old[0]);
    assert!(spread && old[0] == 0, "not spread evenly: {old:?}");
    assert_eq!(
        arm.nearest_with_features(old[1] + 1).map(|r| r.step),
        Some(old[1])
    );
    assert_eq!(arm.nearest_with_spectrum(2990).map(|r| r.step), Some(2990));
}

#[test]
fn a_run_of_scalars_keeps_every_so_many_of_the_old_ones() {
    let one = record(0, 0, 0).bytes();
    let history = filled(
        2,
        2 * 1000 * one,
        (0..50_000).map(|step| record(step, 0, 0)),
    );
    for arm in history.arms() {
        let steps: Vec<u64> = arm.records().iter().map(|r| r.step).collect();
        assert!(steps.len() > 400 && steps.len() <= 1000, "{}", steps.len());
        assert!(steps.ends_with(&(50_000 - 256..50_000).collect::<Vec<_>>()));
        let widest = steps.windows(2).map(|w| w[1] - w[0]).max();
        assert!(
            widest.is_some_and(|gap| gap <= 256),
            "a gap of {widest:?} steps"
        );
    }
}

#[test]
fn a_series_gives_step_time_and_value() {
    let history = filled(
        1,
        usize::MAX,
        [0, 2, 3].into_iter().map(|s| record(s, 0, 0)),
    );
    let points: Vec<_> = history.arms()[0].series(Quantity::TrainLoss).collect();
    assert_eq!(points, [(0, 0.0, 1.0), (2, 1.0, 1.0 / 3.0), (3, 1.5, 0.25)]);
    assert_eq!(history.arms()[0].series(Quantity::NtkChange).count(), 0);
}

#[test]
fn scrubbing_goes_over_the_steps_of_all_arms() {
    let mut history = RunHistory::new(["a".into(), "b".into()]);
    [0, 4]
        .into_iter()
        .for_each(|step| history.push(0, record(step, 0, 0)));
    [0, 3, 9]
        .into_iter()
        .for_each(|step| history.push(1, record(step, 0, 0)));
    let forward: Vec<_> = std::iter::successors(Some(0), |s| history.next_step(*s)).collect();
    assert_eq!(forward, [0, 3, 4, 9]);
    let back: Vec<_> = std::iter::successors(Some(9), |s| history.previous_step(*s)).collect();
    assert_eq!(back, [9, 4, 3, 0]);
    assert_eq!(history.last_step(), 9);
}

#[test]
fn events_are_noted_and_change_the_version() {
    let mut history = RunHistory::new(["a".into()]);
    let outcome = Outcome::Finished(StopReason::Loss);
    let events = [
        EventKind::Started { arms: vec![None] },
        EventKind::Recorded {
            arm: 0,
            record: record(0, 0, 0),
        },
        EventKind::Recorded {
            arm: 7,
            record: record(0, 0, 0),
        },
        EventKind::StepChanged { at: 5, step: 0.5 },
        EventKind::StepChanged { at: 5, step: 0.25 },
        EventKind::Ended {
            arm: 0,
            outcome: outcome.clone(),
        },
        EventKind::Finished,
        EventKind::Refused {
            message: "why".into(),
        },
    ];
    for event in &events {
        let version = history.version();
        history.apply(event);
        assert!(history.version() > version, "{event:?}");
    }
    assert_eq!(history.arms()[0].records().len(), 1);
    assert_eq!(history.arms()[0].outcome, Some(outcome));
    assert_eq!(history.step_changes(), [(5, 0.25)]);
    assert!(history.is_finished());
    assert_eq!(history.refusal(), Some("why"));
}

#[test]
fn a_record_of_an_earlier_step_is_ignored_and_of_the_same_step_replaces() {
    let mut history = RunHistory::new(["a".into()]);
    for (step, spectrum) in [(0, 0), (5, 0), (3, 0), (5, 10)] {
        history.push(0, record(step, 0, spectrum));
    }
    let arm = &history.arms()[0];
    assert_eq!(
        arm.records().iter().map(|r| r.step).collect::<Vec<_>>(),
        [0, 5]
    );
    assert_eq!(arm.nearest_with_spectrum(0).map(|r| r.step), Some(5));
    assert_eq!(
        arm.bytes(),
        arm.records().iter().map(|r| r.bytes()).sum::<usize>()
    );
}

#[test]
fn guests_stand_behind_the_runs_own_arms_and_share_their_records() {
    let own = filled(2, usize::MAX, (0..5).map(|step| record(step, 3, 0)));
    let other = filled(1, usize::MAX, (0..9).map(|step| record(step, 3, 0)));
    let role = Role::Before { of: Some(1) };
    let guest = other.arms()[0].as_guest("before".to_owned(), role);
    let together = own.with_guests([guest]);
    assert_eq!((together.arms().len(), together.own_arms().len()), (3, 2));
    assert_eq!(together.arms()[2].place(), other.arms()[0].place());
    assert_eq!(together.arms()[0].place(), own.arms()[0].place());
    let found = together
        .before(1)
        .map(|(index, arm)| (index, arm.label.as_str()));
    assert_eq!(found, Some((2, "before")));
    assert!(together.before(0).is_none() && own.before(1).is_none());
}

#[test]
fn a_copy_is_as_it_was_and_the_run_goes_on() {
    let mut run = filled(1, usize::MAX, (0..5).map(|step| record(step, 0, 0)));
    let place = run.arms()[0].place();
    run.push(0, record(5, 0, 0));
    assert_eq!(
        run.arms()[0].place(),
        place,
        "nobody else holds them: nothing is copied"
    );
    let copy = run.clone();
    run.push(0, record(6, 0, 0));
    assert_eq!(copy.last_step(), 5);
    assert_eq!(run.last_step(), 6);
    for (kept, gone_on) in copy.arms()[0].records().iter().zip(run.arms()[0].records()) {
        assert!(Arc::ptr_eq(kept, gone_on));
    }
}
