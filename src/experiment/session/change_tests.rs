//! A change of the step is the same run whether it is made live or asked for by the preset.

use crate::history::{EventKind, RunHistory};
use crate::preset::Experiment;
use crate::spec::Quantity;
use crate::task::Cancel;
use crate::theory::{BoundEnd, Curve, PaperReport};

use super::Session;
use super::resume_tests::{Left, bits, experiment, line, resumed, saved_at};
use crate::experiment::engine::Networks;

/// Live changes: before which step, and to what.
type Live = [(u64, f64)];

/// A session with live changes, advanced by chunks of a size between them, with its history.
fn live(experiment: &Experiment, changes: &Live, chunk: u64) -> (Left, RunHistory) {
    let (cancel, mut events) = (Cancel::new(), Vec::new());
    let mut session = Session::start(&Networks, experiment, &cancel, &mut events).expect("starts");
    let mut changes = changes.iter().peekable();
    while !session.is_over() {
        while let Some((_, step)) = changes.next_if(|(at, _)| *at == session.step()) {
            session.set_step(*step, &mut events).expect("changes");
        }
        let next = changes.peek().map_or(u64::MAX, |(at, _)| *at);
        let target = next.min(session.step() + chunk);
        let advanced = session.advance(target, &cancel, &mut events);
        advanced.expect("not cancelled");
    }
    let labels = experiment.arms.iter().map(|arm| arm.label.clone());
    let mut history = RunHistory::new(labels);
    events.iter().for_each(|event| history.apply(event));
    let is_told = |event: &&EventKind| !matches!(event, EventKind::StepChanged { .. });
    let lines = events.iter().filter(is_told).map(line).collect();
    let ends = session.into_ends().iter().map(bits).collect();
    ((lines, ends), history)
}

/// Names the first event that is another one.
#[track_caller]
fn is_same(here: &Left, there: &Left, text: &str) {
    let other = here
        .0
        .iter()
        .zip(&there.0)
        .find(|(here, there)| here != there);
    let other = other.map(|(here, there)| [here, there].map(|line| &line[..line.len().min(200)]));
    assert_eq!(other, None, "{text}");
    assert!(here == there, "{text}");
}

/// Holds a run with live changes against the run of the preset that it saves.
#[track_caller]
fn is_kept(text: &str, changes: &Live) -> RunHistory {
    let begun = experiment(text);
    let (left, history) = live(&begun, changes, 5);
    let preset = history.as_run(&begun.preset);
    let kept = Experiment::check(preset, "test", begun.folder.clone()).expect("a sound preset");
    for chunk in [1, 4, 1000] {
        let (again, _) = live(&kept, &[], chunk);
        is_same(&again, &left, &format!("in chunks of {chunk}: {text}"));
    }
    for at in [0, 12, 13, 20, 26, 30] {
        let bytes = saved_at(&Networks, &kept, at);
        let again = resumed(&kept, &bytes).expect("it goes on");
        is_same(&again, &left, &format!("interrupted at {at}: {text}"));
    }
    let unchanged = live(&begun, &[], 5).0;
    assert!(unchanged.1 != left.1, "the changes do nothing: {text}");
    history
}

const DATA: &str = "data: Sphere(d: 5, n: 12, n_test: 7, labels: Normal(std: 1.0)),";
const OBSERVE: &str = "observe: (schedule: Every(7), observables: [Loss, TestLoss, LazyGap, \
     NtkChange, Distances, PathLength])";

/// One change between two records, one at a record, two before one step of which the last counts.
const CHANGES: [(u64, f64); 4] = [(12, 0.05), (13, 0.4), (26, 0.3), (26, 0.01)];

fn with(method: &str, network: &str, more: &str) -> String {
    format!(
        "({DATA} network: ({network}), train: (method: {method}, {more} stop: (steps: 40)), \
         {OBSERVE}, precision: PRECISION)"
    )
}

#[test]
fn gradient_descent_and_batches_in_both_precisions_and_spaces() {
    let methods = [
        "GradientDescent(step: 0.02)",
        "Sgd(step: 0.02, batch: 5)",
        "Sgd(step: 0.02, batch: 3, order: WithReplacement)",
    ];
    for method in methods {
        for space in ["WeightSpace", "SampleSpace"] {
            for precision in ["F32", "F64"] {
                let space = format!("representation: {space},");
                let text = with(method, "width: 40, activation: Tanh", &space);
                is_kept(&text.replace("PRECISION", precision), &CHANGES);
            }
        }
    }
}

#[test]
fn gradient_flow_in_both_precisions() {
    let flow = "GradientFlow(step: 0.02, tolerance: 1e-5)";
    for precision in ["F32", "F64"] {
        let text = with(flow, "width: 40, activation: Relu", "");
        is_kept(&text.replace("PRECISION", precision), &CHANGES);
    }
}

/// Steps that many are done of in a row: of linear and small networks, and of features that evolve.
#[test]
fn steps_that_are_done_in_a_row_are_not_done_across_a_change() {
    let descent = "GradientDescent(step: 0.02)";
    for (network, more) in [
        (
            "width: 30, activation: Identity",
            "representation: Reduced,",
        ),
        ("width: 3, activation: Softplus", ""),
        (
            "width: 64, activation: Relu",
            "representation: SampleSpace,",
        ),
    ] {
        let text = with(descent, network, more).replace("FeatureMovement, ", "");
        is_kept(&text.replace("PRECISION", "F32"), &CHANGES);
    }
}

#[test]
fn infinite_width_in_steps_and_in_time() {
    for method in [
        "GradientDescent(step: 0.02)",
        "GradientFlow(step: 0.02, tolerance: 1e-5)",
    ] {
        for stop in ["steps: 40", "steps: 40, loss: 0.0"] {
            let text = format!(
                "({DATA} network: (kind: InfiniteWidth, activation: Relu), scaling: Ntk, \
                 train: (method: {method}, stop: ({stop})), \
                 observe: (schedule: Every(7), observables: [Loss, TestLoss]))"
            );
            is_kept(&text, &CHANGES);
        }
    }
}

/// In units of each arm's own stable step, one of them over before the last change.
#[test]
fn arms_of_their_own_lengths_and_units() {
    let text = format!(
        r#"({DATA} scaling: Ntk, train: (step_unit: StableStep,
            method: GradientDescent(step: 0.3)), {OBSERVE},
            axes: [(field: "train.stop.steps", values: [15, 40],
                    linked: [(field: "network.width", values: [20, 30])])])"#
    );
    let history = is_kept(&text, &CHANGES);
    assert_eq!(history.arms()[0].last().map(|record| record.step), Some(15));
}

/// A live change takes the place of the preset's at the same step; later ones are made all the same.
#[test]
fn live_changes_and_those_of_the_preset_go_together() {
    let asked = "changes: [(at: 13, step: 3.0), (at: 33, step: 0.05)],";
    let descent = "GradientDescent(step: 0.02)";
    let text = with(descent, "width: 40, activation: Tanh", asked);
    let text = text.replace("PRECISION", "F64");
    let history = is_kept(&text, &CHANGES);
    let kept = history.as_run(&experiment(&text).preset).train.changes;
    let kept: Vec<_> = kept.iter().map(|change| (change.at, change.step)).collect();
    assert_eq!(kept, [(12, 0.05), (13, 0.4), (26, 0.01), (33, 0.05)]);
}

/// Before the first step it is the method's own step that is changed.
#[test]
fn a_live_change_at_the_start_is_another_first_step() {
    let descent = "GradientDescent(step: 0.02)";
    let text = with(descent, "width: 40, activation: Tanh", "").replace("PRECISION", "F32");
    let history = is_kept(&text, &[(0, 0.3)]);
    let kept = history.as_run(&experiment(&text).preset).train;
    assert_eq!((kept.method.step(), kept.changes.len()), (Some(0.3), 0));
}

/// The whole past of a session with live changes is told again when it is resumed.
#[test]
fn a_session_resumed_after_live_changes_tells_of_them() {
    let descent = "GradientDescent(step: 0.02)";
    let text = with(descent, "width: 40, activation: Tanh", "").replace("PRECISION", "F64");
    let asked = experiment(&text);
    let (cancel, mut events) = (Cancel::new(), Vec::new());
    let mut session = Session::start(&Networks, &asked, &cancel, &mut events).expect("starts");
    session.advance(13, &cancel, &mut events).expect("advances");
    session.set_step(0.4, &mut events).expect("changes");
    let records: Vec<_> = events
        .iter()
        .filter_map(|event| match event {
            EventKind::Recorded { record, .. } => Some(record.clone()),
            _ => None,
        })
        .collect();
    let saved = postcard::to_stdvec(&session.save(&[records])).expect("bytes");
    let (lines, ends) = resumed(&asked, &saved).expect("it goes on");
    let (unbroken, _) = live(&asked, &[(13, 0.4)], 3);
    let is_change = |line: &&String| line.starts_with("StepChanged");
    let (changes, others): (Vec<_>, Vec<_>) = lines.iter().partition(is_change);
    assert_eq!(changes, ["StepChanged { at: 13, step: 0.4 }"]);
    assert!(others.into_iter().eq(&unbroken.0) && ends == unbroken.1);
}

/// Three points, and a network that starts at 0 and has little to learn.
const DU: &str = "(data: Sphere(d: 8, n: 3, n_test: 0, labels: Normal(std: 0.01)), precision: F64, \
     scaling: Custom(a: (c: 1.0, m: -0.5), b: (c: 1.0), step_factor: (c: 1.0)), \
     init: (symmetrize: On), network: (width: 400), \
     train: (method: GradientDescent(step: 0.03), stop: (steps: 150)), \
     observe: (schedule: Every(1), observables: [Loss]))";

fn ends(history: &RunHistory, name: &str) -> Option<BoundEnd> {
    let facts = history.arms()[0].facts.as_ref().expect("it started");
    let mut bounds = facts.theory.iter().flat_map(|report| &report.bounds);
    bounds
        .find(|bound| bound.name == name)
        .expect("its bound")
        .end
        .clone()
}

/// Theorem 4.1 applies to this start, and to no later step of another size: drawn on, it would be one
/// that the loss breaks.
#[test]
fn a_bound_in_steps_ends_where_the_step_is_changed() {
    let asked = experiment(DU);
    let (_, history) = live(&asked, &[(20, 0.001)], 7);
    let end = ends(&history, "Thm 4.1").expect("it ends");
    assert_eq!(end.step, 20);
    assert!((end.time - 20.0 * 0.03).abs() < 1e-12, "{}", end.time);
    assert!(
        end.reason.contains("became 0.001, it was 0.03"),
        "{}",
        end.reason
    );
    let arm = &history.arms()[0];
    let facts = arm.facts.as_ref().expect("facts");
    let bounds = facts.theory.iter().flat_map(|report| &report.bounds);
    let theorem = bounds
        .into_iter()
        .find(|bound| bound.name == "Thm 4.1")
        .expect("it is there");
    assert!(theorem.applies(), "{:?}", theorem.failing);
    let above = |(step, time, loss): &(u64, f64, f64)| *loss > theorem.curve.at(*step, *time);
    let broken = arm
        .series(Quantity::TrainLoss)
        .find(above)
        .map(|(step, ..)| step);
    assert!(broken.is_some_and(|step| step > end.step), "{broken:?}");
}

/// Of several arms, between two records, and where another change follows.
#[test]
fn bounds_end_alike_however_a_run_is_held_up() {
    let axes = r#"axes: [(field: "network.width", values: [400, 420])],"#;
    let text = DU.replacen('(', &format!("({axes}"), 1);
    let text = text
        .replace("Every(1)", "Every(7)")
        .replace("steps: 150", "steps: 40");
    let history = is_kept(&text, &CHANGES);
    assert_eq!(ends(&history, "Thm 4.1").map(|end| end.step), Some(12));
    let told = history.arms()[1].facts.as_ref().map(|facts| &facts.theory);
    assert!(told.is_some_and(|theory| theory.iter().any(|report| report.since.is_some())));
}

#[test]
fn a_step_that_is_changed_back_at_once_ends_nothing() {
    let (_, history) = live(&experiment(DU), &[(20, 0.001), (20, 0.03)], 7);
    assert_eq!(ends(&history, "Thm 4.1"), None);
    let (_, history) = live(&experiment(DU), &[(20, 0.001), (21, 0.03)], 7);
    assert_eq!(ends(&history, "Thm 4.1").map(|end| end.step), Some(20));
}

#[test]
fn bounds_in_the_time_of_a_flow_go_on() {
    let text = DU.replace(
        "GradientDescent(step: 0.03)",
        "GradientFlow(step: 0.03, tolerance: 1e-6)",
    );
    let (_, history) = live(&experiment(&text), &[(20, 0.05)], 7);
    assert_eq!(ends(&history, "Thm 3.2"), None);
}

fn theory(text: &str) -> Vec<PaperReport> {
    let (_, history) = live(&experiment(text), &[], 1000);
    let facts = history.arms()[0].facts.clone();
    facts.expect("it started").theory.to_vec()
}

/// Curves that fall by steps, and what is summed or reached over them; no curve in time.
#[test]
fn every_bound_that_rests_on_the_steps_can_end() {
    let both = "train: (layers: Both, method: GradientDescent(step: 0.03), stop: (steps: 1))";
    let one_layer = both.replace("Both", "Hidden");
    let batches = one_layer.replace("GradientDescent(step: 0.03)", "Sgd(step: 0.03, batch: 1)");
    for (activation, train, least) in [
        ("Tanh", both, 3),
        ("Softplus", &one_layer, 6),
        ("Relu", &one_layer, 5),
        ("Relu", &batches, 6),
    ] {
        let text = format!(
            "(data: Sphere(d: 8, n: 3, n_test: 0, labels: Normal(std: 0.1)), scaling: Standard, \
             network: (width: 20, activation: {activation}), {train}, \
             observe: (observables: [Loss]))"
        );
        let reports = theory(&text);
        let bounds = || reports.iter().flat_map(|report| &report.bounds);
        let can_end = bounds().filter(|bound| bound.one_step.is_some()).count();
        assert!(can_end >= least, "{activation}: {can_end}");
        for bound in bounds() {
            let rests_on_steps = match bound.curve {
                Curve::Geometric { .. } => true,
                Curve::Exponential { .. } | Curve::ExponentialTo { .. } => false,
                Curve::Constant(_) => matches!(
                    bound.quantity,
                    Quantity::PathLength | Quantity::WeightDistance | Quantity::MaxNeuronDistance
                ),
            };
            assert_eq!(bound.one_step.is_some(), rests_on_steps, "{}", bound.name);
        }
    }
}
