//! Random commands: whatever is asked, a run is what its seed and its changes of δ make it.

use proptest::prelude::*;

use crate::experiment::Session;
use crate::experiment::scripted::experiment;
use crate::task::Cancel;
use crate::worker::{Command, SendError, Speed};

use super::*;

#[derive(Clone, Copy, Debug)]
enum Act {
    Load { seed: u64, play: bool },
    Send(Command),
    Drain,
    Nap,
}

fn act() -> impl Strategy<Value = Act> {
    prop_oneof![
        1 => (0..5_u64, any::<bool>()).prop_map(|(seed, play)| Act::Load { seed, play }),
        2 => Just(Act::Send(Command::Play)),
        2 => Just(Act::Send(Command::Pause)),
        4 => (0..40_u64).prop_map(|steps| Act::Send(Command::Step(steps))),
        4 => (0.1..3.0_f64).prop_map(|step| Act::Send(Command::SetStep(step))),
        1 => (1e3..1e5_f64)
            .prop_map(|rate| Act::Send(Command::SetSpeed(Speed::StepsPerSecond(rate)))),
        1 => Just(Act::Send(Command::SetSpeed(Speed::Unlimited))),
        4 => Just(Act::Drain),
        4 => Just(Act::Nap),
    ]
}

fn scripts() -> Vec<Script> {
    let steady = Script::steps(2500).recorded_every(2);
    vec![
        steady.clone(),
        Script {
            diverges_at: Some(300),
            ..steady.clone()
        },
        Script {
            panics_at: Some(700),
            ..steady
        },
    ]
}

/// The records of a run with changes of δ at these steps.
fn replay(seed: u64, changes: &[(u64, f64)]) -> Vec<(usize, u64, u64)> {
    let (cancel, mut kinds) = (Cancel::new(), Vec::new());
    let asked = experiment(3, seed);
    let engine = Scripted::new(scripts());
    let mut session = Session::start(&engine, &asked, &cancel, &mut kinds).expect("starts");
    for (at, step) in changes {
        session.advance(*at, &cancel, &mut kinds).expect("advances");
        session.set_step(*step, &mut kinds).expect("changes");
    }
    session
        .advance(u64::MAX, &cancel, &mut kinds)
        .expect("advances");
    let events: Vec<_> = kinds
        .into_iter()
        .map(|kind| Event {
            run: RunId(1),
            kind,
        })
        .collect();
    records(&events)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn a_run_is_what_its_seed_and_its_changes_make_it(acts in prop::collection::vec(act(), 1..200)) {
        let worker = spawn(scripts());
        let (mut seed, mut events) = (0, Vec::new());
        let mut run = worker.load(experiment(3, seed), false);
        for act in acts {
            match act {
                Act::Load { seed: other, play } => {
                    seed = other;
                    run = worker.load(experiment(3, seed), play);
                    events.clear();
                }
                Act::Send(command) => match worker.send(command) {
                    Ok(()) | Err(SendError::Busy) => {}
                    Err(error) => panic!("{error}"),
                },
                Act::Drain => events.extend(worker.events()),
                Act::Nap => std::thread::sleep(Duration::from_micros(300)),
            }
            prop_assert!(worker.events.len() <= crate::worker::handle::EVENTS);
        }
        worker.send(Command::SetSpeed(Speed::Unlimited)).expect("the newest is always taken");
        while worker.send(Command::Play) == Err(SendError::Busy) {
            events.extend(worker.events());
        }
        let is_over = |event: &Event| matches!(event.kind, EventKind::Finished);
        if !events.iter().any(is_over) {
            drain_until(&worker, &mut events, |kind| matches!(kind, EventKind::Finished));
        }
        prop_assert!(events.iter().all(|event| event.run == run));
        prop_assert!(events.last().is_some_and(is_over));
        let changes: Vec<_> = events.iter().filter_map(|event| match event.kind {
            EventKind::StepChanged { at, step } => Some((at, step)),
            _ => None,
        }).collect();
        prop_assert_eq!(records(&events), replay(seed, &changes));
    }
}
