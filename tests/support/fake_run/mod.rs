//! A run made of formulas: deterministic records of the shape a real one has.

mod facts;
mod payload;
mod record;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use widescope::history::{ArmFacts, Outcome, RunHistory, StopReason};
use widescope::network::{Activation, Scaling};
use widescope::observe::Record;
use widescope::preset::{Arm, Experiment};
use widescope::spec::{Preset, Quantity, Source};

use facts::facts;
use record::record;

/// Steps of a fake run.
pub const STEPS: u64 = 20_000;
const POINTS: usize = 120;

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
        sweep_axes: Vec::new(),
        measures: Vec::new(),
        claims: Vec::new(),
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
