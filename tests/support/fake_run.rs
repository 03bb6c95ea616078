//! A run made of formulas: deterministic records of the shape a real one has.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use widescope::experiment::{ArmFacts, Outcome, StopReason};
use widescope::history::RunHistory;
use widescope::network::Scaling;
use widescope::observe::{FeatureSample, Quantity, Record};
use widescope::preset::{Arm, Experiment, PointRef, Preset, Source};

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
        stable_step: Some(2.4),
        data: "200 training and 500 test points in R⁵⁰: (x₁, x₂, y) is one of (±1, 0, 1), (0, ±1, −1), the other coordinates uniform on [−1, 1].".to_owned(),
        estimated_bytes: 84_000_000,
        theory: [].into(),
    }
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
        (Quantity::PatternChanges, (0.2 * moving * done).min(0.5)),
    ]);
    Record {
        step,
        time: t / 200.0,
        scalars,
        singular_values: Some(spectrum(index, moving * done)),
        ntk_eigenvalues: None,
        features: Some(Arc::new(features(index, moving * done, size))),
        ..Record::default()
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
