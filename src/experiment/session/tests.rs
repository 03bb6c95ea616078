//! A session's laws: order, isolation, and independence of how it is advanced.

use std::sync::atomic::Ordering;

use crate::spec::Quantity;
use crate::task::Cancel;

use super::Session;
use crate::experiment::Progress;
use crate::experiment::run_all::run_all_with;
use crate::experiment::scripted::{Script, Scripted, experiment};
use crate::history::{EventKind, Outcome, RunError, StopReason};

/// An event in a form that is compared bit by bit.
fn line(event: &EventKind) -> String {
    match event {
        EventKind::Recorded { arm, record } => {
            let loss = record.get(Quantity::TrainLoss).map(f64::to_bits);
            format!("arm {arm} step {} loss {loss:?}", record.step)
        }
        other => format!("{other:?}"),
    }
}

fn advanced_by(scripts: &[Script], mut sizes: impl Iterator<Item = u64>) -> Vec<String> {
    let engine = Scripted::new(scripts.to_vec());
    let (cancel, mut events) = (Cancel::new(), Vec::new());
    let asked = experiment(scripts.len(), 7);
    let mut session = Session::start(&engine, &asked, &cancel, &mut events).expect("starts");
    while !session.is_over() {
        let target = session.step() + sizes.next().expect("endless");
        session
            .advance(target, &cancel, &mut events)
            .expect("not cancelled");
    }
    events.iter().map(line).collect()
}

fn mixed() -> Vec<Script> {
    let steady = Script::steps(200).recorded_every(7);
    vec![
        steady.clone(),
        Script {
            diverges_at: Some(57),
            ..steady.clone()
        },
        Script {
            steps: 120,
            ..steady
        },
    ]
}

#[test]
fn events_do_not_depend_on_how_far_each_advance_goes() {
    let one_by_one = advanced_by(&mixed(), std::iter::repeat(1));
    assert_eq!(
        one_by_one,
        advanced_by(&mixed(), [3, 50, 1, 29].into_iter().cycle())
    );
    assert_eq!(one_by_one, advanced_by(&mixed(), std::iter::repeat(1000)));
}

#[test]
fn a_panic_or_a_refusal_ends_its_arm_and_leaves_the_others_bit_equal() {
    let of_arm_0 = |lines: Vec<String>| -> Vec<String> {
        lines
            .into_iter()
            .filter(|l| l.starts_with("arm 0"))
            .collect()
    };
    let undisturbed = of_arm_0(advanced_by(&mixed(), std::iter::repeat(10)));
    assert_eq!(undisturbed.len(), 30, "steps 0, 7, …, 196 and 200");
    for fault in [
        Script {
            panics_at: Some(0),
            ..Script::steps(200)
        },
        Script {
            panics_at: Some(33),
            ..Script::steps(200)
        },
        Script {
            refuses: true,
            ..Script::steps(200)
        },
    ] {
        let mut scripts = mixed();
        scripts[1] = fault;
        let disturbed = advanced_by(&scripts, std::iter::repeat(10));
        assert!(
            disturbed.iter().any(|l| l.contains("Failed")),
            "{disturbed:?}"
        );
        assert_eq!(of_arm_0(disturbed), undisturbed);
    }
}

#[test]
fn a_panic_is_told_with_its_text_after_the_records_before_it() {
    let engine = Scripted::new([Script {
        panics_at: Some(5),
        ..Script::steps(9)
    }]);
    let mut recorded = Vec::new();
    let ends = run_all_with(
        &engine,
        &experiment(1, 1),
        &Cancel::new(),
        &mut |progress| {
            if let Progress::Event(EventKind::Recorded { record, .. }) = progress {
                recorded.push(record.step);
            }
        },
    )
    .expect("an arm's panic is no error of the run");
    assert_eq!(recorded, [0, 1, 2, 3, 4]);
    let Outcome::Failed { message } = &ends[0].outcome else {
        panic!("{:?}", ends[0].outcome)
    };
    assert!(message.contains("scripted panic at 5"), "{message}");
    assert_eq!(ends[0].step, 4);
    assert!(ends[0].final_state.is_none());
}

#[test]
fn arms_of_one_law_and_seed_share_one_dataset() {
    let engine = Scripted::new(vec![Script::steps(1); 4]);
    let mut asked = (*experiment(4, 1)).clone();
    asked.arms[3].preset.seed = 2;
    run_all_with(&engine, &asked, &Cancel::new(), &mut |_| ()).expect("runs");
    assert_eq!(engine.data_loads.load(Ordering::SeqCst), 2);
}

#[test]
fn without_data_the_run_is_refused_and_says_why() {
    let engine = Scripted {
        no_data: true,
        ..Scripted::new([Script::steps(1)])
    };
    let refused = run_all_with(&engine, &experiment(1, 1), &Cancel::new(), &mut |_| ());
    let Err(RunError::Refused(message)) = refused else {
        panic!("{refused:?}")
    };
    assert!(message.contains("data.path"), "{message}");
}

#[test]
fn a_run_too_big_is_refused_before_its_data_are_had() {
    let engine = Scripted {
        too_big: true,
        ..Scripted::new([Script::steps(1)])
    };
    let refused = run_all_with(&engine, &experiment(1, 1), &Cancel::new(), &mut |_| ());
    let Err(RunError::Refused(message)) = refused else {
        panic!("{refused:?}")
    };
    assert!(message.contains("network.width"), "{message}");
    assert_eq!(engine.data_loads.load(Ordering::SeqCst), 0);
}

#[test]
fn a_change_of_the_step_is_told_once_and_reaches_every_arm() {
    let engine = Scripted::new(mixed());
    let (cancel, mut events) = (Cancel::new(), Vec::new());
    let mut session =
        Session::start(&engine, &experiment(3, 7), &cancel, &mut events).expect("starts");
    session.advance(10, &cancel, &mut events).expect("advances");
    session.set_step(0.5, &mut events).expect("changes");
    session
        .advance(200, &cancel, &mut events)
        .expect("advances");
    let lines: Vec<_> = events.iter().map(line).collect();
    let plain = advanced_by(&mixed(), std::iter::repeat(1000));
    let changes = lines
        .iter()
        .filter(|l| l.contains("StepChanged { at: 10, step: 0.5 }"))
        .count();
    assert_eq!(changes, 1);
    for arm in 0..3 {
        let at_14 = |lines: &[String]| {
            lines
                .iter()
                .find(|l| l.starts_with(&format!("arm {arm} step 14 ")))
                .cloned()
        };
        assert!(at_14(&lines).is_some());
        assert_ne!(at_14(&lines), at_14(&plain), "arm {arm} kept its δ");
    }
}

#[test]
fn ends_tell_outcomes_and_the_last_event_is_finished() {
    let engine = Scripted::new(mixed());
    let mut last = None;
    let ends = run_all_with(
        &engine,
        &experiment(3, 7),
        &Cancel::new(),
        &mut |progress| {
            if let Progress::Event(event) = progress {
                last = Some(event);
            }
        },
    )
    .expect("runs");
    assert!(matches!(last, Some(EventKind::Finished)));
    assert_eq!(
        ends.iter().map(|end| end.step).collect::<Vec<_>>(),
        [200, 57, 120]
    );
    assert_eq!(ends[0].outcome, Outcome::Finished(StopReason::Steps));
    assert!(matches!(
        ends[1].outcome,
        Outcome::Diverged { step: 57, .. }
    ));
    assert!(ends.iter().all(|end| end.final_state.is_some()));
}

#[test]
fn a_raised_flag_abandons_the_run() {
    let engine = Scripted::new(mixed());
    let cancel = Cancel::new();
    let result = run_all_with(&engine, &experiment(3, 7), &cancel, &mut |progress| {
        if let Progress::Event(EventKind::Recorded { .. }) = progress {
            cancel.cancel();
        }
    });
    assert!(matches!(result, Err(RunError::Cancelled(_))));
    assert_eq!(engine.live_arms.load(Ordering::SeqCst), 0);
}
