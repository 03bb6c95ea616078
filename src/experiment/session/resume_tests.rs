//! A run that was interrupted ends as one that was not, bit for bit.

use std::path::PathBuf;

use crate::preset::{Experiment, parse};
use crate::task::Cancel;

use super::Session;
use super::saved::SavedSession;
use crate::experiment::engine::{Engine, Networks};
use crate::experiment::scripted::{Script, Scripted};
use crate::experiment::{ArmEnd, FinalState, SavedArmRun};
use crate::history::{EventKind, RunError};

pub(super) fn experiment(text: &str) -> Experiment {
    Experiment::check(parse(text).expect("a preset"), "test", PathBuf::new()).expect("sound")
}

/// An event in a form that is compared bit by bit.
pub(super) fn line(event: &EventKind) -> String {
    match event {
        EventKind::Recorded { arm, record } => {
            let bytes = postcard::to_stdvec(record.as_ref()).expect("bytes");
            format!("arm {arm} step {} {bytes:?}", record.step)
        }
        // A NaN is not equal to itself, but its text is.
        other => format!("{other:?}"),
    }
}

pub(super) fn bits(end: &ArmEnd) -> (String, Vec<Vec<u64>>) {
    let bits = |state: &FinalState| {
        let matrices = [&state.w, &state.v, &state.f, &state.f_test]
            .map(|matrix| matrix.iter().map(|x| x.to_bits()).collect());
        let biases = state.c.iter().flatten().map(|x| x.to_bits()).collect();
        [matrices.to_vec(), vec![biases]].concat()
    };
    let state = end.final_state.as_ref().map(bits).unwrap_or_default();
    (format!("{:?} at {}", end.outcome, end.step), state)
}

/// What a run leaves: its events and its ends.
pub(super) type Left = (Vec<String>, Vec<(String, Vec<Vec<u64>>)>);

fn finish<E: Engine>(mut session: Session<E::Arm>, mut events: Vec<EventKind>) -> Left {
    while !session.is_over() {
        let target = session.step() + 5;
        let advanced = session.advance(target, &Cancel::new(), &mut events);
        advanced.expect("not cancelled");
    }
    let ends = session.into_ends().iter().map(bits).collect();
    (events.iter().map(line).collect(), ends)
}

/// The bytes of a session interrupted at a step.
pub(super) fn saved_at<E: Engine>(engine: &E, experiment: &Experiment, step: u64) -> Vec<u8> {
    let (cancel, mut events) = (Cancel::new(), Vec::new());
    let mut session = Session::start(engine, experiment, &cancel, &mut events).expect("it starts");
    let advanced = session.advance(step, &cancel, &mut events);
    advanced.expect("not cancelled");
    let mut records = vec![Vec::new(); experiment.arms.len()];
    for event in events {
        if let EventKind::Recorded { arm, record } = event {
            records[arm].push(record);
        }
    }
    postcard::to_stdvec(&session.save(&records)).expect("bytes")
}

pub(super) fn resumed(experiment: &Experiment, bytes: &[u8]) -> Result<Left, RunError> {
    let saved: SavedSession<SavedArmRun> = postcard::from_bytes(bytes).expect("a saved session");
    let mut events = Vec::new();
    let session = Session::resume(&Networks, experiment, saved, &Cancel::new(), &mut events)?;
    Ok(finish::<Networks>(session, events))
}

#[track_caller]
fn survives(text: &str, interruptions: &[u64]) -> Left {
    let experiment = experiment(text);
    let (cancel, mut events) = (Cancel::new(), Vec::new());
    let session = Session::start(&Networks, &experiment, &cancel, &mut events).expect("it starts");
    let unbroken = finish::<Networks>(session, events);
    for step in interruptions {
        let bytes = saved_at(&Networks, &experiment, *step);
        let resumed = resumed(&experiment, &bytes).expect("it goes on");
        assert!(resumed == unbroken, "interrupted at {step}: {text}");
    }
    unbroken
}

const DATA: &str = "data: Gaussian(d: 5, n: 12, n_test: 7, labels: Normal(std: 1.0)),";
const MEASURES: &str = "observables: [Loss, TestLoss, LazyGap, FeatureMovement, NtkChange, \
     JacobianSpectrum, Distances, PatternChanges, PathLength, NeuronDistances, Gradient, \
     Alignment, KernelImage, ActiveFraction, FeatureMap(x1: Train(0), x2: Test(1))]";

fn network(activation: &str) -> String {
    network_of(150, activation)
}

fn network_of(width: usize, activation: &str) -> String {
    format!("network: (width: {width}, activation: {activation}),")
}

#[test]
fn gradient_descent_in_both_spaces_and_precisions() {
    for precision in ["F32", "F64"] {
        for space in ["WeightSpace", "SampleSpace"] {
            for layers in ["Hidden", "Output", "Both"] {
                survives(
                    &format!(
                        "(precision: {precision}, {DATA} {} train: (layers: {layers}, \
                         method: GradientDescent(step: 0.02), representation: {space}, \
                         stop: (steps: 40)), observe: (schedule: Every(7), {MEASURES}))",
                        network("Tanh"),
                    ),
                    &[0, 1, 7, 23, 40],
                );
            }
        }
    }
}

#[test]
fn outputs_over_the_plane_of_the_data() {
    for space in ["WeightSpace", "SampleSpace"] {
        survives(
            &format!(
                "(data: Circles(n: 12, n_test: 7, noise: 0.1), {} train: (representation: {space}, \
                 method: GradientDescent(step: 0.02), stop: (steps: 20)), \
                 observe: (schedule: Every(7), observables: [Loss, TestLoss, DecisionSurface(grid: 8)]))",
                network("Tanh"),
            ),
            &[0, 7, 13],
        );
    }
}

#[test]
fn batches_in_every_order_and_storage() {
    // Of the last two data no features are held between records.
    for (data, network, measures) in [
        (DATA, network("Relu"), MEASURES),
        (
            "data: Gaussian(d: 3, n: 2100, n_test: 7, labels: Normal(std: 1.0)),",
            "network: (width: 10, activation: Gelu, bias: true, output_bias: true),".to_owned(),
            "observables: [Loss, TestLoss, Distances, PathLength]",
        ),
    ] {
        for order in ["Shuffled", "WithReplacement"] {
            for space in ["WeightSpace", "SampleSpace"] {
                if data != DATA && space == "SampleSpace" {
                    continue;
                }
                survives(
                    &format!(
                        "(precision: F32, {data} {network} loss: (over: Mean), \
                         train: (layers: Both, method: Sgd(step: 0.05, batch: 5, order: {order}), \
                         representation: {space}, stop: (steps: 250, loss: 1e-9)), \
                         observe: (schedule: Log(per_decade: 5), {measures}))",
                    ),
                    &[0, 3, 16, 101, 173],
                );
            }
        }
    }
}

#[test]
fn gradient_flow_with_and_without_kinks() {
    for activation in ["Tanh", "Relu", "LeakyRelu"] {
        for precision in ["F32", "F64"] {
            for space in ["WeightSpace", "SampleSpace"] {
                survives(
                    &format!(
                        "(precision: {precision}, {DATA} {} train: (layers: Both, \
                         method: GradientFlow(step: 0.05, tolerance: 1e-5), \
                         representation: {space}, stop: (steps: 12)), \
                         observe: (schedule: Every(5), {MEASURES}))",
                        // A flow stops at each kink of each neuron: few of them, but no whole vector.
                        network_of(43, activation),
                    ),
                    &[0, 1, 6, 11],
                );
            }
        }
    }
}

#[test]
fn features_that_stay_at_their_kink() {
    // Few points and one output of either sign: kinks that attract from both sides are common.
    survives(
        &format!(
            "(precision: F64, {DATA} network: (width: 6, activation: Relu), \
             init: (output: Gaussian(1.0)), train: (layers: Hidden, \
             method: GradientFlow(step: 0.2, tolerance: 1e-6), stop: (steps: 60)), \
             observe: (schedule: Every(20), {MEASURES}))",
        ),
        &[5, 20, 31, 47, 59],
    );
}

#[test]
fn reduced_linear_networks_and_the_constants_of_the_feature_map() {
    for precision in ["F32", "F64"] {
        survives(
            &format!(
                "(precision: {precision}, data: Linear(d: 9, n: 6, n_test: 5, outputs: 2, \
                 inputs: Gaussian, rank: None, noise: 0.01), \
                 network: (width: 40, activation: Identity), scaling: Standard, \
                 train: (layers: Both, method: GradientDescent(step: 0.002), \
                 stop: (steps: 60)), observe: (schedule: Every(9), \
                 observables: [Loss, TestLoss, LazyGap, Imbalance, MinNorm, FeatureJacobian]))"
            ),
            &[0, 9, 33],
        );
    }
    survives(
        &format!(
            "(precision: F32, {DATA} {} train: (layers: Both, \
             method: GradientDescent(step: 0.3), step_unit: StableStep, stop: (steps: 40)), \
             observe: (schedule: Every(3), observables: [Loss, FeatureJacobian]))",
            network("Softplus"),
        ),
        &[2, 19],
    );
}

#[test]
fn least_squares_and_infinite_width() {
    survives(
        &format!(
            "(precision: F32, {DATA} {} train: (layers: Output, method: LeastSquares, \
             stop: (steps: 1)), observe: (schedule: Every(1), \
             observables: [Loss, TestLoss, JacobianSpectrum, Distances]))",
            network("Softplus"),
        ),
        &[0, 1],
    );
    for method in [
        "GradientDescent(step: 0.01)",
        "GradientFlow(step: 0.01, tolerance: 1e-6)",
    ] {
        for stop in ["steps: 200", "steps: 200, relative_error: 0.3"] {
            survives(
                &format!(
                    "(precision: F64, {DATA} network: (kind: InfiniteWidth, activation: Relu), \
                     scaling: Ntk, train: (layers: Both, method: {method}, stop: ({stop})), \
                     observe: (schedule: Log(per_decade: 3), \
                     observables: [Loss, TestLoss, NtkSpectrum]))",
                ),
                &[0, 1, 37, 150],
            );
        }
    }
}

#[test]
fn arms_that_ended_or_diverged_before_the_interruption() {
    let (events, ends) = survives(
        &format!(
            "(precision: F32, {DATA} network: (width: 60, activation: Relu), scaling: Ntk, \
             train: (layers: Hidden, method: GradientDescent(step: 0.1), \
             stop: (steps: 60, relative_error: 0.6)), \
             axes: [(field: \"train.method.step\", values: [0.001, 0.2, 1.0, 50.0], show: Arms)], \
             observe: (schedule: Every(11), {MEASURES}))",
        ),
        &[0, 4, 30, 59],
    );
    let ended = |how: &str| ends.iter().filter(|(end, _)| end.contains(how)).count();
    for how in ["Steps", "Diverged", "RelativeError"] {
        let outcomes = ends.iter().map(|(end, _)| end).collect::<Vec<_>>();
        assert!(ended(how) > 0, "{how}: {outcomes:?}");
    }
    assert_eq!(events.last().map(String::as_str), Some("Finished"));
}

#[test]
fn lazy_digits_with_several_outputs() {
    survives(
        "(precision: F32, data: Mnist(classes: [1, 7, 8], n: 30, n_test: 12, targets: OneHot, \
         pixels: Sphere), network: (width: 40, activation: Relu, bias: true), scaling: Ntk, \
         loss: (kind: CrossEntropy, over: Mean), train: (layers: Both, \
         method: GradientDescent(step: 0.5), stop: (steps: 40, accuracy: 0.99)), \
         observe: (schedule: Every(6), observables: [Loss, TestLoss, Accuracy, NtkChange]))",
        &[5, 18],
    );
}

fn scripts() -> Vec<Script> {
    let steady = Script::steps(60).recorded_every(7);
    vec![
        steady.clone(),
        Script {
            panics_at: Some(20),
            ..steady.clone()
        },
        Script {
            refuses: true,
            ..steady
        },
    ]
}

#[test]
fn arms_that_failed_stay_failed() {
    let engine = Scripted::new(scripts());
    let experiment = crate::experiment::scripted::experiment(3, 7);
    let (cancel, mut events) = (Cancel::new(), Vec::new());
    let session = Session::start(&engine, &experiment, &cancel, &mut events).expect("it starts");
    let unbroken = finish::<Scripted>(session, events);
    for step in [5, 33] {
        let saved = postcard::from_bytes(&saved_at(&engine, &experiment, step)).expect("saved");
        let mut events = Vec::new();
        let session = Session::resume(&engine, &experiment, saved, &cancel, &mut events);
        let resumed = finish::<Scripted>(session.expect("it goes on"), events);
        assert_eq!(resumed, unbroken, "interrupted at {step}");
    }
}

#[test]
fn another_start_or_shape_is_refused_by_name() {
    let text = |seed, width, precision, method| {
        format!(
            "(seed: {seed}, precision: {precision}, {DATA} network: (width: {width}), \
             train: (method: {method}, stop: (steps: 30)), observe: (observables: [Loss]))"
        )
    };
    let descent = "GradientDescent(step: 0.01)";
    let bytes = saved_at(&Networks, &experiment(&text(1, 20, "F64", descent)), 10);
    let refused = |text: String| {
        let refused = resumed(&experiment(&text), &bytes).map(|_| ());
        refused.expect_err("refused").to_string()
    };
    let other_seed = refused(text(2, 20, "F64", descent));
    assert!(other_seed.contains("train_loss"), "{other_seed}");
    assert!(other_seed.contains("begin anew"), "{other_seed}");
    let other_method = refused(text(1, 20, "F64", "Sgd(step: 0.01, batch: 3)"));
    assert!(other_method.contains("train.method"), "{other_method}");
    let two_arms = text(1, 20, "F64", descent).replace(
        "train:",
        "axes: [(field: \"seed\", values: [1, 2], show: Arms)], train:",
    );
    assert!(refused(two_arms).contains("1 arms, this one 2"));
}
