//! A run as the window sees it: its experiment, what it recorded, how it stands.

use std::sync::Arc;

use crate::history::{ArmHistory, EventKind, Outcome, RunHistory};
use crate::observe::Record;
use crate::preset::Experiment;
use crate::worker::{Activity, RunId, Snapshot};

use super::dead::Death;
use super::scrubber::Course;
use super::seats::Seats;

/// A run as the window sees it.
#[derive(Clone, Debug)]
pub struct RunView {
    /// Identifies its messages; `None` for a history shown without a worker.
    pub id: Option<RunId>,
    /// What runs.
    pub experiment: Arc<Experiment>,
    /// The same as the controls say it: with the changes that it went on with.
    pub controls: Arc<Experiment>,
    /// What it recorded so far.
    pub history: RunHistory,
    /// How it stands.
    pub snapshot: Snapshot,
    /// Floating-point operations of one step of all arms, as estimated; 0 where it is not known.
    pub flops_per_step: f64,
    /// How it came to be.
    pub origin: Origin,
    /// Where the arms of the worker stand in the experiments and in the history.
    seats: Seats,
}

/// How a run came to be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Origin {
    /// Number of the preset that it was made from, of those loaded one after the other.
    pub preset: u64,
    /// Whether it was asked to train as soon as it has started.
    pub plays: bool,
    /// Whether it goes on with a series of changes of one field, which are taken back together.
    pub continues: bool,
}

impl RunView {
    /// A run that was just asked for.
    pub fn starting(
        id: RunId,
        experiment: Arc<Experiment>,
        flops_per_step: f64,
        origin: Origin,
    ) -> Self {
        let history = RunHistory::new(experiment.arms.iter().map(|arm| arm.label.clone()));
        let snapshot = Snapshot {
            run: id,
            activity: Activity::Starting,
            ..Snapshot::default()
        };
        Self {
            id: Some(id),
            controls: Arc::clone(&experiment),
            experiment,
            history,
            snapshot,
            flops_per_step,
            origin,
            seats: Seats::default(),
        }
    }

    /// Notes what its worker says happened.
    pub fn note(&mut self, kind: &EventKind) {
        self.history.apply(&self.seats.event(kind));
        if let EventKind::Started { .. } = kind {
            self.name_arms();
        }
    }

    /// The records of each arm, in the order in which its worker has the arms.
    pub fn records_of_worker(&self) -> Vec<Vec<Arc<Record>>> {
        let arms = self.history.arms();
        let of = |arm: usize| arms.get(self.seats.of(arm));
        let records = (0..arms.len()).map(|arm| of(arm).map_or(&[][..], |arm| arm.records()));
        records.map(<[_]>::to_vec).collect()
    }

    /// Whether its arms stand in another order than its worker has them.
    pub fn is_rearranged(&self) -> bool {
        let arms = self.history.arms().len();
        (0..arms).any(|arm| self.seats.of(arm) != arm)
    }

    /// Notes how its worker says it stands.
    pub fn stand(&mut self, snapshot: &Snapshot) {
        self.snapshot = self.seats.snapshot(snapshot);
    }

    /// Its arms have other names, or stand in another order, in these experiments; `order` is where each
    /// of them stood before. The worker need not know.
    pub fn rearrange(
        &mut self,
        order: &[usize],
        experiment: Arc<Experiment>,
        controls: Arc<Experiment>,
    ) {
        self.seats.rearrange(order);
        self.history.rearrange(order);
        let mut reseated = Seats::default();
        reseated.rearrange(order);
        self.snapshot = reseated.snapshot(&self.snapshot);
        self.experiment = experiment;
        self.controls = controls;
        self.name_arms();
    }

    fn name_arms(&mut self) {
        for (index, arm) in self.experiment.arms.iter().enumerate() {
            self.history.rename(index, &arm.label);
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
            controls: Arc::clone(&experiment),
            experiment,
            history,
            snapshot,
            flops_per_step: 0.0,
            origin: Origin::default(),
            seats: Seats::default(),
        }
    }

    /// The same with its records alone: nobody trains it any more, and no message reaches it.
    pub fn at_rest(&self) -> Self {
        let activity = if self.is_over() {
            Activity::Finished
        } else {
            Activity::Idle
        };
        Self {
            id: None,
            snapshot: Snapshot {
                activity,
                steps_per_second: 0.0,
                ..self.snapshot.clone()
            },
            ..self.clone()
        }
    }

    /// Whether every arm ended.
    pub fn is_over(&self) -> bool {
        let arms = self.history.arms();
        arms.iter().all(|arm| arm.outcome.is_some())
    }

    /// Whether there are records of a part of it, and nothing to train the rest with.
    pub fn is_broken_off(&self) -> bool {
        self.id.is_none() && self.snapshot.activity == Activity::Idle && self.has_records()
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
            _ => Death::of(arm).map(|death| death.sentence(arm)),
        };
        self.history.arms().iter().filter_map(trouble).collect()
    }

    /// Whether an arm can't learn: its kernel is 0.
    pub fn has_died(&self) -> bool {
        let mut arms = self.history.arms().iter();
        arms.any(|arm| Death::of(arm).is_some())
    }

    /// The largest step δ that is stable in every arm that diverged or died after a larger one, where it
    /// is known.
    pub fn stable_step(&self) -> Option<f64> {
        let stable = |arm: &ArmHistory| match arm.outcome {
            Some(Outcome::Diverged { stable_step, .. }) => stable_step,
            _ if matches!(Death::of(arm), Some(Death::By(_))) => self.overstepped(arm),
            _ => None,
        };
        self.history
            .arms()
            .iter()
            .filter_map(stable)
            .filter(|s| s.is_finite() && *s > 0.0)
            .reduce(f64::min)
    }

    /// The stable step of an arm whose first step is above it.
    fn overstepped(&self, arm: &ArmHistory) -> Option<f64> {
        let facts = arm.facts.as_ref()?;
        let stable = facts.stable_step?;
        let step = self.experiment.preset.train.method.step()? * facts.step_unit;
        (step > stable).then_some(stable)
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
