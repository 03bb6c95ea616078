//! A session that goes on where another one was interrupted.

use std::sync::Arc;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::observe::Record;
use crate::preset::Experiment;
use crate::spec::StepChange;
use crate::task::Cancel;

use super::Session;
use super::arm::Dated;
use super::saved_arm::SavedArm;
use crate::experiment::engine::{Engine, TrainingArm};
use crate::history::{EventKind, RunError};

/// What of a session can't be made again from its preset.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SavedSession<S> {
    /// Step of the common clock.
    step: u64,
    arms: Vec<SavedArm<S>>,
    /// Live changes of the step δ so far.
    changes: Vec<StepChange>,
    /// Records of each arm so far, by rising step.
    records: Vec<Vec<Arc<Record>>>,
}

impl<S> SavedSession<S> {
    /// Step of the common clock.
    pub fn step(&self) -> u64 {
        self.step
    }

    /// Puts the records of each arm in place, without those after its step.
    pub(in crate::experiment) fn put_records(&mut self, records: &[Vec<Arc<Record>>]) {
        let until = |of: &Vec<Arc<Record>>| {
            let of = of.iter().filter(|record| record.step <= self.step);
            of.cloned().collect()
        };
        self.records = records.iter().map(until).collect();
    }
}

impl<A: TrainingArm> Session<A> {
    /// What is needed to go on from here; `records` are those of each arm so far.
    pub(crate) fn save(&self, records: &[Vec<Arc<Record>>]) -> SavedSession<A::Saved> {
        SavedSession {
            step: self.step(),
            arms: self.arms.iter().map(|arm| arm.save()).collect(),
            changes: self.changes.clone(),
            records: records.to_vec(),
        }
    }

    /// As [`Session::start`], and goes on where a session of the same experiment was saved: from
    /// there on the records are those of a session that was never interrupted, bit for bit. The
    /// events are those of its whole past.
    ///
    /// # Errors
    /// As [`Session::start`]; [`RunError::Refused`] also where the saved state does not fit, or an
    /// arm's start is not measured as it was.
    pub(crate) fn resume<E: Engine<Arm = A>>(
        engine: &E,
        experiment: &Experiment,
        saved: SavedSession<A::Saved>,
        cancel: &Cancel,
        events: &mut Vec<EventKind>,
    ) -> Result<Self, RunError> {
        let mut started = Vec::new();
        let mut session = Self::start(engine, experiment, cancel, &mut started)?;
        let counts = (saved.arms.len(), saved.records.len());
        if counts != (session.arms.len(), session.arms.len()) {
            return Err(RunError::Refused(format!(
                "the saved run has {} arms, this one {}",
                saved.arms.len(),
                session.arms.len()
            )));
        }
        refuse_other_start(experiment, &started, &saved.records)?;
        let last = |records: &Vec<Arc<Record>>| records.last().map_or(0, |record| record.step);
        let recorded: Vec<u64> = saved.records.iter().map(last).collect();
        let arms = session.arms.par_iter_mut().zip(saved.arms).zip(recorded);
        let restored: Vec<_> = arms
            .map(|((arm, saved), recorded)| arm.restore(saved, recorded, cancel))
            .collect();
        for (restored, arm) in restored.into_iter().zip(&experiment.arms) {
            restored.map_err(|error| in_arm(&arm.label, error))?;
        }
        let is_start = |event: &EventKind| matches!(event, EventKind::Started { .. });
        events.extend(started.into_iter().filter(is_start));
        session.changes = saved.changes;
        let dated = session.past(saved.records);
        session.tell(dated, false, events);
        Ok(session)
    }

    /// The dated events of each arm so far.
    fn past(&self, records: Vec<Vec<Arc<Record>>>) -> Vec<Vec<Dated>> {
        let arms = self.arms.iter().zip(records).enumerate();
        let of_arms = arms.map(|(arm, (state, records))| {
            let recorded = records
                .into_iter()
                .map(|record| (record.step, EventKind::Recorded { arm, record }));
            let ended = state.outcome().cloned();
            let ended = ended.map(|outcome| (state.step(), EventKind::Ended { arm, outcome }));
            let theory = state.ended_theory(arm);
            recorded.chain(ended).chain(theory).collect()
        });
        let changes = self
            .changes
            .iter()
            .map(|&StepChange { at, step }| (at, EventKind::StepChanged { at, step }));
        of_arms.chain([changes.collect()]).collect()
    }
}

fn in_arm(label: &str, error: RunError) -> RunError {
    match error {
        RunError::Refused(text) => RunError::Refused(format!("arm {label}: {text}")),
        cancelled => cancelled,
    }
}

/// Refuses to go on where the first record of an arm is not the saved one bit for bit.
fn refuse_other_start(
    experiment: &Experiment,
    started: &[EventKind],
    saved: &[Vec<Arc<Record>>],
) -> Result<(), RunError> {
    for event in started {
        let EventKind::Recorded { arm, record } = event else {
            continue;
        };
        let saved = saved.get(*arm).and_then(|records| records.first());
        let difference = match saved {
            Some(saved) => difference(record, saved),
            None => Some("it was not recorded".to_owned()),
        };
        if let Some(difference) = difference {
            let label = experiment.arms.get(*arm).map_or("", |arm| &arm.label[..]);
            return Err(RunError::Refused(format!(
                "arm {label}: the start measured here is not the saved one ({difference}): a file \
                 that the preset reads has changed, or this machine's processor rounds otherwise. \
                 Resume on the machine the run began on, or begin anew"
            )));
        }
    }
    Ok(())
}

/// What differs in two records; `None` where they are equal bit by bit.
fn difference(here: &Record, saved: &Record) -> Option<String> {
    let bytes = |record: &Record| postcard::to_stdvec(record);
    if let (Ok(here), Ok(saved)) = (bytes(here), bytes(saved))
        && here == saved
    {
        return None;
    }
    let other = |(quantity, value): (&_, &f64)| {
        let saved = saved.get(*quantity);
        let is_other = saved.is_none_or(|saved| saved.to_bits() != value.to_bits());
        is_other.then(|| match saved {
            Some(saved) => format!("{}: {value:?}, saved {saved:?}", quantity.column()),
            None => format!("{}: not saved", quantity.column()),
        })
    };
    let scalar = here.scalars.iter().find_map(other);
    Some(scalar.unwrap_or_else(|| "its spectra or fields differ".to_owned()))
}
