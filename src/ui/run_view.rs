//! A run as the window sees it: its experiment, what it recorded, how it stands.

use std::sync::Arc;

use crate::history::{ArmHistory, Outcome, RunHistory};
use crate::preset::Experiment;
use crate::worker::{Activity, RunId, Snapshot};

use super::scrubber::Course;

/// A run as the window sees it.
#[derive(Clone, Debug)]
pub struct RunView {
    /// Identifies its messages; `None` for a history shown without a worker.
    pub id: Option<RunId>,
    /// What runs.
    pub experiment: Arc<Experiment>,
    /// What it recorded so far.
    pub history: RunHistory,
    /// How it stands.
    pub snapshot: Snapshot,
    /// Floating-point operations of one step of all arms, as estimated; 0 where it is not known.
    pub flops_per_step: f64,
}

impl RunView {
    /// A run that was just asked for.
    pub fn starting(id: RunId, experiment: Arc<Experiment>, flops_per_step: f64) -> Self {
        let history = RunHistory::new(experiment.arms.iter().map(|arm| arm.label.clone()));
        let snapshot = Snapshot {
            run: id,
            activity: Activity::Starting,
            ..Snapshot::default()
        };
        Self {
            id: Some(id),
            experiment,
            history,
            snapshot,
            flops_per_step,
        }
    }

    /// A recorded run, for pictures.
    pub fn recorded(experiment: Arc<Experiment>, history: RunHistory) -> Self {
        let ended = history.arms().iter().all(|arm| arm.outcome.is_some());
        let bytes = |arm: &ArmHistory| arm.facts.as_ref().map_or(0, |f| f.estimated_bytes);
        let snapshot = Snapshot {
            activity: if ended {
                Activity::Finished
            } else {
                Activity::Paused
            },
            step: history.last_step(),
            // A run that a stop rule ended goes no further than its records.
            last_step: if ended {
                history.last_step()
            } else {
                last_step(&experiment)
            },
            estimated_bytes: history.arms().iter().map(bytes).sum(),
            ..Snapshot::default()
        };
        Self {
            id: None,
            experiment,
            history,
            snapshot,
            flops_per_step: 0.0,
        }
    }

    /// Whether anything was recorded.
    pub fn has_records(&self) -> bool {
        self.history.arms().iter().any(|arm| arm.first().is_some())
    }

    /// Step at which the run stops at the latest.
    pub fn last_step(&self) -> u64 {
        if self.snapshot.last_step > 0 {
            self.snapshot.last_step
        } else {
            last_step(&self.experiment)
        }
    }

    /// How its steps are spread along the scrubber.
    pub fn course(&self, logarithmic: bool) -> Course {
        Course {
            end: self.last_step().max(self.history.last_step()),
            logarithmic,
        }
    }

    /// What went wrong with single arms, one sentence each.
    pub fn troubles(&self) -> Vec<String> {
        let trouble = |arm: &ArmHistory| match &arm.outcome {
            Some(outcome @ (Outcome::Diverged { .. } | Outcome::Failed { .. })) => {
                Some(format!("{}: {outcome}.", arm.label))
            }
            _ => None,
        };
        self.history.arms().iter().filter_map(trouble).collect()
    }

    /// The largest step δ that is stable in every arm that diverged, where it is known.
    pub fn stable_step(&self) -> Option<f64> {
        let stable = |arm: &ArmHistory| match arm.outcome {
            Some(Outcome::Diverged { stable_step, .. }) => stable_step,
            _ => None,
        };
        self.history
            .arms()
            .iter()
            .filter_map(stable)
            .filter(|s| s.is_finite() && *s > 0.0)
            .reduce(f64::min)
    }
}

fn last_step(experiment: &Experiment) -> u64 {
    experiment
        .arms
        .iter()
        .map(|arm| arm.preset.train.stop.steps)
        .max()
        .unwrap_or(0)
}
