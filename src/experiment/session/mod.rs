//! All arms of an experiment on one clock; the window and the command line both train with it.

pub(super) mod arm;
#[cfg(test)]
mod change_tests;
#[cfg(test)]
pub(super) mod resume_tests;
pub(super) mod saved;
pub(super) mod saved_arm;
#[cfg(test)]
pub(super) mod tests;

use std::path::Path;
use std::sync::Arc;

use rayon::prelude::*;

use crate::data::Dataset;
use crate::preset::Experiment;
use crate::spec::StepChange;
use crate::task::{Cancel, Cancelled};

use super::engine::{Engine, TrainingArm};
use super::{ArmEnd, ArmTiming};
use crate::history::{EventKind, RunError};
use arm::{Dated, SessionArm, date, guarded};

/// All arms of an experiment, trained to equal steps.
///
/// Arms run in parallel and share nothing they change, so neither the threads nor the targets
/// given to [`Session::advance`] show in what is recorded.
#[derive(Debug)]
pub(crate) struct Session<A> {
    pub(super) arms: Vec<SessionArm<A>>,
    /// Live changes of the step δ.
    pub(super) changes: Vec<StepChange>,
    estimated_bytes: u64,
}

impl<A: TrainingArm> Session<A> {
    /// Checks that the memory suffices, gets the data (once for all arms that share law and seed)
    /// and starts every arm.
    ///
    /// An arm that can't start is an event. Errors: [`RunError::Refused`] where the run is too big
    /// or no arm has data, [`RunError::Cancelled`] once `cancel` is raised.
    pub(crate) fn start<E: Engine<Arm = A>>(
        engine: &E,
        experiment: &Experiment,
        cancel: &Cancel,
        events: &mut Vec<EventKind>,
    ) -> Result<Self, RunError> {
        let estimate = || engine.estimate(experiment).map_err(RunError::Refused);
        let estimated_bytes = guarded(estimate)?;
        let data = data_of_arms(engine, experiment, cancel)?;
        let folder: &Path = &experiment.folder;
        let started: Vec<_> = experiment
            .arms
            .par_iter()
            .zip(data)
            .enumerate()
            .map(|(index, (arm, data))| {
                let mut dated = Vec::new();
                let state = SessionArm::start(
                    index,
                    |records| {
                        let data = data.map_err(RunError::Refused)?;
                        engine.start(arm, &data, folder, cancel, records)
                    },
                    &mut dated,
                );
                state.map(|state| (state, dated))
            })
            .collect();
        let started = started.into_iter().collect::<Result<Vec<_>, _>>()?;
        let (arms, dated): (Vec<_>, Vec<_>) = started.into_iter().unzip();
        let session = Self {
            arms,
            changes: Vec::new(),
            estimated_bytes,
        };
        let facts = session
            .arms
            .iter()
            .map(|arm| arm.facts().cloned())
            .collect();
        events.push(EventKind::Started { arms: facts });
        session.tell(dated, false, events);
        Ok(session)
    }

    /// Trains every arm that has not ended until `target` steps of the common clock.
    pub(crate) fn advance(
        &mut self,
        target: u64,
        cancel: &Cancel,
        events: &mut Vec<EventKind>,
    ) -> Result<(), Cancelled> {
        self.change(events, |index, arm, dated| {
            arm.advance(index, target, cancel, dated)
        })
    }

    /// Goes on with another step δ in every arm.
    pub(crate) fn set_step(
        &mut self,
        step: f64,
        events: &mut Vec<EventKind>,
    ) -> Result<(), Cancelled> {
        if !self.is_over() {
            // Arms that have not ended stand at the same step.
            let at = self.step();
            self.changes.push(StepChange { at, step });
            events.push(EventKind::StepChanged { at, step });
        }
        self.change(events, |index, arm, dated| arm.set_step(index, step, dated))
    }

    fn change(
        &mut self,
        events: &mut Vec<EventKind>,
        change: impl Fn(usize, &mut SessionArm<A>, &mut Vec<Dated>) -> Result<(), Cancelled> + Sync,
    ) -> Result<(), Cancelled> {
        let was_over = self.is_over();
        let dated: Vec<_> = self
            .arms
            .par_iter_mut()
            .enumerate()
            .map(|(index, arm)| {
                let mut dated = Vec::new();
                change(index, arm, &mut dated).map(|()| dated)
            })
            .collect();
        let dated = dated.into_iter().collect::<Result<Vec<_>, _>>()?;
        self.tell(dated, was_over, events);
        Ok(())
    }

    /// Puts the events of all arms in order, and says when the last arm ended.
    pub(super) fn tell(&self, dated: Vec<Vec<Dated>>, was_over: bool, events: &mut Vec<EventKind>) {
        let mut dated: Vec<Dated> = dated.into_iter().flatten().collect();
        dated.sort_by_key(date);
        events.extend(dated.into_iter().map(|(_, event)| event));
        if self.is_over() && !was_over {
            events.push(EventKind::Finished);
        }
    }

    /// Whether every arm ended.
    pub(crate) fn is_over(&self) -> bool {
        self.arms.iter().all(SessionArm::is_over)
    }

    /// Step of the common clock: that of the arm that went furthest.
    pub(crate) fn step(&self) -> u64 {
        self.arm_steps().max().unwrap_or(0)
    }

    /// Step of each arm.
    pub(crate) fn arm_steps(&self) -> impl Iterator<Item = u64> + '_ {
        self.arms.iter().map(SessionArm::step)
    }

    /// How long each arm trained, and measured.
    pub(crate) fn timings(&self) -> Vec<ArmTiming> {
        self.arms.iter().map(SessionArm::timing).collect()
    }

    /// Step at which the last arm ends at the latest.
    pub(crate) fn last_step(&self) -> u64 {
        self.arms
            .iter()
            .map(SessionArm::last_step)
            .max()
            .unwrap_or(0)
    }

    /// Bytes the run holds at most, as estimated before its start.
    pub(crate) fn estimated_bytes(&self) -> u64 {
        self.estimated_bytes
    }

    /// What is left of every arm that ended.
    pub(crate) fn into_ends(self) -> Vec<ArmEnd> {
        self.arms.into_iter().filter_map(SessionArm::end).collect()
    }
}

type ArmData = Result<Arc<Dataset>, String>;

fn data_of_arms<E: Engine>(
    engine: &E,
    experiment: &Experiment,
    cancel: &Cancel,
) -> Result<Vec<ArmData>, RunError> {
    let mut data: Vec<ArmData> = Vec::with_capacity(experiment.arms.len());
    for arm in &experiment.arms {
        cancel.check()?;
        let (spec, seed) = (&arm.preset.data, arm.preset.seed);
        let same = experiment
            .arms
            .iter()
            .zip(&data)
            .find(|(other, _)| other.preset.seed == seed && other.preset.data == *spec)
            .map(|(_, data)| data.clone());
        data.push(match same {
            Some(same) => same,
            None => load(engine, arm, &experiment.folder, cancel)?,
        });
    }
    if data.iter().all(Result::is_err)
        && let Some(Err(message)) = data.first()
    {
        return Err(RunError::Refused(message.clone()));
    }
    Ok(data)
}

fn load<E: Engine>(
    engine: &E,
    arm: &crate::preset::Arm,
    folder: &Path,
    cancel: &Cancel,
) -> Result<ArmData, Cancelled> {
    let (spec, seed) = (&arm.preset.data, arm.preset.seed);
    match guarded(|| engine.data(spec, seed, folder, cancel)) {
        Ok(data) => Ok(Ok(Arc::new(data))),
        Err(RunError::Cancelled(cancelled)) => Err(cancelled),
        Err(RunError::Refused(message)) => Ok(Err(message)),
    }
}
