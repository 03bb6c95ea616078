//! A run made of formulas: deterministic records of the shape a real one has.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use widescope::experiment::{ArmFacts, Outcome, StopReason};
use widescope::history::RunHistory;
use widescope::network::{Activation, Scaling};
use widescope::observe::{FeatureSample, KernelImage, Quantity, Record};
use widescope::preset::{Arm, Experiment, PointRef, Preset, Source};
use widescope::theory::{Assumption, Bound, Curve, Need, PaperReport, Requirement};

/// Steps of a fake run.
pub const STEPS: u64 = 20_000;
const POINTS: usize = 120;
const NEURONS: usize = 512;

/// An experiment over these arms, the first three of which have the papers' scalings.
pub fn experiment(labels: &[&str]) -> Experiment {
    let scalings = [Scaling::Ours, Scaling::Ntk, Scaling::MeanField];
    let mut preset = Preset {
        title: "Lazy or learning features?".to_owned(),
        source: Source {
            paper: "Chen, Vanden-Eijnden, Bruna 2022".to_owned(),
            figure: "Figure 4 (live size)".to_owned(),
        },
        takeaway: "The same network moves its features under the mean-field scalings and freezes them under NTK.".to_owned(),
        story: "One network, one data set, three scalings. All three fit the training set, but only \
                some of them change what a hidden neuron responds to.\n\nThe regime is a matter of \
                the factors a and b and of the learning rates together.".to_owned(),
        notice: vec![
            "Under NTK the dots of the feature map hardly leave their grey ghosts.".to_owned(),
            "The linearized twin follows the NTK curve and departs from the others.".to_owned(),
        ],
        notes: vec!["Step 1 on the mean over n: on the sum it explodes for ReLU at the paper's n.".to_owned()],
        ..Preset::default()
    };
    preset.train.stop.steps = STEPS;
    let arm = |(index, label): (usize, &&str)| {
        let scaling = scalings[index % scalings.len()];
        Arm {
            index,
            label: (*label).to_owned(),
            preset: Preset {
                scaling,
                ..preset.clone()
            },
        }
    };
    Experiment {
        name: "fake".to_owned(),
        arms: labels.iter().enumerate().map(arm).collect(),
        preset,
        folder: PathBuf::new(),
    }
}

/// An empty history of the experiment's arms.
pub fn empty_history(experiment: &Experiment) -> RunHistory {
    RunHistory::new(experiment.arms.iter().map(|a| a.label.clone()))
}

/// A history with records up to a step; every arm bears its facts.
pub fn history(experiment: &Experiment, until: u64) -> RunHistory {
    let mut history = empty_history(experiment);
    for index in 0..experiment.arms.len() {
        history.set_facts(index, Some(facts(experiment, index)));
        for step in schedule(until) {
            history.push(index, Arc::new(record(index, step)));
        }
    }
    history
}

/// A history in which all arms did all steps.
pub fn finished(experiment: &Experiment) -> RunHistory {
    let mut history = history(experiment, STEPS);
    for index in 0..experiment.arms.len() {
        history.set_outcome(index, Outcome::Finished(StopReason::Steps));
    }
    history
}

/// A history whose records have a loss and nothing else, of arms no theorem is about.
pub fn bare(experiment: &Experiment) -> RunHistory {
    let mut history = empty_history(experiment);
    for index in 0..experiment.arms.len() {
        let facts = ArmFacts {
            theory: [].into(),
            ..facts(experiment, index)
        };
        history.set_facts(index, Some(facts));
        for step in schedule(STEPS) {
            let full = record(index, step);
            let loss = full.scalars[&Quantity::TrainLoss];
            let only = Record {
                step,
                time: full.time,
                scalars: BTreeMap::from([(Quantity::TrainLoss, loss)]),
                ..Record::default()
            };
            history.push(index, Arc::new(only));
        }
    }
    history
}

/// The experiment with linear networks.
pub fn linear_experiment(labels: &[&str]) -> Experiment {
    let mut experiment = experiment(labels);
    for arm in &mut experiment.arms {
        arm.preset.network.activation = Activation::Identity;
    }
    experiment
}

/// A history of linear networks: imbalances of rank 101, of which c is the hundredth.
pub fn linear(experiment: &Experiment) -> RunHistory {
    let mut history = empty_history(experiment);
    for index in 0..experiment.arms.len() {
        history.set_facts(index, Some(facts(experiment, index)));
        for step in schedule(STEPS) {
            let mut record = record(index, step);
            let drift = 1e-4 * (1.0 + (step as f64).ln_1p());
            let size = [5.0, 125.0][index % 2];
            let value = |i: usize| size * (1.5 - 0.012 * i as f64) * (1.0 + drift);
            let values: Arc<[f64]> = (0..101).map(value).collect();
            record.set(Quantity::ImbalanceMax, values[0]);
            record.set(Quantity::ImbalanceC, values[99]);
            record.imbalance = Some(values);
            history.push(index, Arc::new(record));
        }
    }
    history
}

/// A history in which the second arm diverged at step 63.
pub fn diverged(experiment: &Experiment) -> RunHistory {
    let mut history = empty_history(experiment);
    for index in 0..experiment.arms.len() {
        history.set_facts(index, Some(facts(experiment, index)));
        for step in schedule(if index == 1 { 63 } else { STEPS }) {
            let mut record = record(index, step);
            if index == 1 {
                let loss = 0.4 * (0.9 * step as f64).exp();
                record.scalars.insert(Quantity::TrainLoss, loss);
                record.scalars.insert(Quantity::NtkChange, 1e-3 * loss);
                if step > 60 {
                    record.scalars.values_mut().for_each(|v| *v = f64::NAN);
                }
            }
            history.push(index, Arc::new(record));
        }
        let end = if index == 1 {
            Outcome::Diverged {
                step: 62,
                last_finite_loss: 1.2e21,
                stable_step: Some(0.31),
            }
        } else {
            Outcome::Finished(StopReason::Steps)
        };
        history.set_outcome(index, end);
    }
    history
}

/// Steps 0, 1, 2, … evenly in log(step), twenty a decade.
fn schedule(until: u64) -> Vec<u64> {
    let mut steps: Vec<u64> = (0..=POINTS)
        .map(|k| 10f64.powf(k as f64 / 20.0).round() as u64)
        .collect();
    steps.push(0);
    steps.push(until);
    steps.retain(|s| *s <= until);
    steps.sort_unstable();
    steps.dedup();
    steps
}

fn facts(experiment: &Experiment, index: usize) -> ArmFacts {
    let arm = &experiment.arms[index];
    let factors = arm.preset.scaling.parameterization();
    ArmFacts {
        label: arm.label.clone(),
        n: 200,
        n_test: 500,
        d: 50,
        embedding: 1024,
        width: 1024,
        outputs: 1,
        a: factors.a.at(1024, 1024),
        b: factors.b.at(1024, 1024),
        hidden_step_factor: factors.hidden_step.at(1024, 1024),
        output_step_factor: factors.output_step.at(1024, 1024),
        omega1: 1.0,
        omega2: 1.0,
        sample_space: true,
        step_unit: 1.0,
        stable_step: Some(2.4),
        data: "200 training and 500 test points in R⁵⁰: (x₁, x₂, y) is one of (±1, 0, 1), (0, ±1, −1), the other coordinates uniform on [−1, 1].".to_owned(),
        estimated_bytes: 84_000_000,
        theory: theory(index),
    }
}

/// A report of the shape a real one has: one bound applies, another does not.
fn theory(index: usize) -> Arc<[PaperReport]> {
    let rate = character(index).1;
    let bound = |name: &str, quantity, curve, failing: &[&str]| Bound {
        name: name.to_owned(),
        definition:
            "‖u(k) − y‖² ≤ (1 − ηλ₀/2)ᵏ‖u(0) − y‖², with m = Ω(n⁶/(λ₀⁴δ³)) and η = O(λ₀/n²)"
                .to_owned(),
        quantity,
        upper: true,
        curve,
        failing: failing.iter().map(|text| (*text).to_owned()).collect(),
    };
    let assumption = |symbol: &str, value, need| Assumption {
        symbol: symbol.to_owned(),
        definition: "Gram matrix of an infinitely wide network, Du et al. (2)".to_owned(),
        value,
        need,
    };
    let du = PaperReport {
        paper: "Du, Zhai, Póczos, Singh 2019".to_owned(),
        assumptions: vec![
            assumption("λ₀ = λ_min(H^∞)", 0.247, Need::Above(0.0)),
            assumption("max |‖xₐ‖ − 1|", 0.0, Need::AtMost(1e-9)),
            assumption(
                "max_r ‖w_r(k) − w_r(0)‖ ≤ R with its constant",
                f64::NAN,
                Need::AtMost(3.1e-7),
            ),
        ],
        bounds: vec![
            bound(
                "Thm 3.2",
                Quantity::TrainLoss,
                Curve::Exponential {
                    start: 0.5,
                    rate: 100.0 * rate,
                },
                &[],
            ),
            bound(
                "Thm 4.1",
                Quantity::TrainLoss,
                Curve::Geometric {
                    start: 0.5,
                    factor: 1.0 - 0.2 * rate,
                },
                &[
                    "m = 1024 is below n⁶/(λ₀⁴δ³) = 1.7·10¹⁹",
                    "η = 1 exceeds λ₀/n² = 6.2·10⁻⁶",
                ],
            ),
            bound(
                "Lemma 4.1",
                Quantity::MaxNeuronDistance,
                Curve::Constant(3.2),
                &[],
            ),
        ],
        requirements: vec![
            Requirement {
                symbol: "m ≳ n⁶/(λ₀⁴δ³)".to_owned(),
                definition: "Thm 4.1".to_owned(),
                required: 1.7e19,
                actual: 1024.0,
                at_least: true,
            },
            Requirement {
                symbol: "η ≲ λ₀/n²".to_owned(),
                definition: "Thm 4.1".to_owned(),
                required: 6.2e-6,
                actual: 1.0,
                at_least: false,
            },
            Requirement {
                symbol: "n ≥ 1".to_owned(),
                definition: "a point to learn".to_owned(),
                required: 1.0,
                actual: 200.0,
                at_least: true,
            },
        ],
    };
    [du].into()
}

/// How far an arm leaves its linearization, and how fast it learns.
fn character(index: usize) -> (f64, f64) {
    let moving = [0.8, 0.02, 3.5, 0.2, 0.05, 1.4][index % 6];
    let rate = [9e-4, 4e-4, 2.2e-3, 6e-4, 3e-4, 1.3e-3][index % 6];
    (moving, rate)
}

fn record(index: usize, step: u64) -> Record {
    let (moving, rate) = character(index);
    let t = step as f64;
    let done = 1.0 - (-rate * t).exp();
    let wobble = 1.0 + 0.03 * (0.9 * (t + 1.0).ln() * (3.0 + index as f64)).sin();
    let size = [1.0, 1.0, 1.0 / 32.0][index % 3];
    let movement = moving * done * size;
    let scalars = BTreeMap::from([
        (
            Quantity::TrainLoss,
            0.5 * (-2.0 * rate * t).exp() * wobble + 1e-9,
        ),
        (
            Quantity::TestLoss,
            (0.5 - (0.3 + 0.05 * index as f64) * done) * wobble,
        ),
        (
            Quantity::LinearizedTrainLoss,
            0.5 * (-1.4 * rate * t).exp() + 1e-9,
        ),
        (Quantity::TrainAccuracy, 0.5 + 0.5 * done),
        (
            Quantity::TestAccuracy,
            0.5 + (0.35 + 0.03 * index as f64) * done,
        ),
        (Quantity::LazyGapTest, 4.0 * movement),
        (Quantity::LazyGapTrainMax, 3.0 * movement),
        (Quantity::FeatureMovement, movement),
        (Quantity::RelativeFeatureMovement, moving * done / 0.8),
        (Quantity::FeatureMovementBound, 0.2 * movement),
        (Quantity::NtkChange, 0.4 * moving * done),
        (Quantity::RelativeWeightDistance, 0.1 * moving * done),
        (Quantity::WeightDistance, 3.0 * moving * done),
        (Quantity::MaxNeuronDistance, 0.4 * moving * done),
        (Quantity::ImbalanceMax, 60.0 + 2.0 * moving * done),
        (Quantity::ImbalanceDrift, 1e-3 * moving * done),
        (
            Quantity::KernelAlignment,
            0.1 + 0.3 * moving.min(1.0) * done,
        ),
        (Quantity::PatternChanges, (0.2 * moving * done).min(0.5)),
    ]);
    Record {
        step,
        time: t / 200.0,
        scalars,
        singular_values: Some(spectrum(index, moving * done)),
        ntk_eigenvalues: None,
        features: Some(Arc::new(features(index, moving * done, size))),
        imbalance: Some(imbalance(index, moving * done)),
        neuron_distances: Some(distances(index, moving * done)),
        kernel: Some(Arc::new(kernel(index, moving * done))),
    }
}

/// ‖w_r‖² − ‖v_r‖² of the neurons of a ReLU network.
fn imbalance(index: usize, moved: f64) -> Arc<[f64]> {
    let value = |i: usize| 48.0 + 9.0 * normal(i, index) + 1.5 * moved * normal(i + 7, 2);
    (0..NEURONS).map(value).collect()
}

fn distances(index: usize, moved: f64) -> Arc<[f32]> {
    let value = |i: usize| (0.2 * moved * (1.0 + 0.4 * normal(i, index)).abs()) as f32;
    (0..NEURONS).map(value).collect()
}

/// A kernel of points on a circle, which aligns with a wave as the network moves.
fn kernel(index: usize, moved: f64) -> KernelImage {
    const SIDE: usize = 48;
    let angle = |i: usize| std::f64::consts::TAU * i as f64 / SIDE as f64;
    let value = |k: usize| {
        let (a, b) = (angle(k / SIDE), angle(k % SIDE));
        let start = (-(1.0 - (a - b).cos()) * 2.0).exp();
        let wave = (3.0 * a).sin() * (3.0 * b).sin();
        ((start + 0.3 * moved * wave) * (1.0 + index as f64)) as f32
    };
    KernelImage {
        points: (0..SIDE).map(|i| 4 * i).collect(),
        values: (0..SIDE * SIDE).map(value).collect(),
    }
}

fn spectrum(index: usize, moved: f64) -> Arc<[f64]> {
    let value = |i: usize| {
        let share = i as f64 / 199.0;
        let tail = if share > 0.93 && index % 3 == 2 {
            1e-7
        } else {
            1.0
        };
        (2.0 + moved)
            * (0.6 + 0.1 * index as f64)
            * (-(2.5 + 0.4 * moved) * share.powf(0.6)).exp()
            * tail
    };
    (0..200).map(value).collect()
}

/// A number in (0, 1) that depends on its arguments only: the golden-ratio sequence.
fn uniform(i: usize, stream: usize) -> f64 {
    let x = (i as f64 + 1.0)
        * [
            0.618_033_988_75,
            0.754_877_666_25,
            0.569_840_290_99,
            0.819_172_513_4,
        ][stream % 4];
    x.fract().clamp(1e-6, 1.0 - 1e-6)
}

fn normal(i: usize, stream: usize) -> f64 {
    let angle = std::f64::consts::TAU * uniform(i, stream + 1);
    (-2.0 * uniform(i, stream).ln()).sqrt() * angle.cos()
}

fn features(arm: usize, moved: f64, size: f64) -> FeatureSample {
    let points = vec![PointRef::Train(0), PointRef::Test(0), PointRef::Train(1)];
    let signs: Arc<[i8]> = (0..NEURONS)
        .map(|i| if uniform(i, 3) < 0.5 { -1 } else { 1 })
        .collect();
    let mut values = Vec::new();
    for point in 0..points.len() {
        for (i, sign) in signs.iter().enumerate() {
            let start = size * normal(i, point);
            let pull = f64::from(*sign) * if point == 1 { -0.6 } else { 1.0 };
            values.push((start + moved * size * (pull + 0.3 * normal(i + arm, 2))) as f32);
        }
    }
    FeatureSample {
        points,
        signs,
        values,
    }
}
