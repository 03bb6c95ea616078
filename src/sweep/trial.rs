//! One trial: a run to its end, and what is read of it.

use std::path::Path;
use std::sync::Arc;

use crate::data::Dataset;
use crate::experiment::{ArmRun, guarded};
use crate::history::{Outcome, RunError, RunHistory, StopReason, read_only_arm};
use crate::preset::{Arm, Measure};
use crate::spec::{Moment, Observable, Preset, Quantity, Schedule};
use crate::task::{Cancel, Cancelled};

use super::{Plan, Unit};

/// What came out of a trial.
#[derive(Clone, Debug, PartialEq)]
pub struct TrialResult {
    /// The trial.
    pub unit: Unit,
    /// Its seed.
    pub seed: u64,
    /// How it ended.
    pub end: TrialEnd,
    /// Steps done.
    pub steps: u64,
    /// The measures in the order of the preset; `None` where the moment was not reached or the trial
    /// failed. May be NaN or infinite.
    pub values: Vec<Option<f64>>,
}

/// How a trial ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TrialEnd {
    /// It reached a limit on the error, the loss or the accuracy.
    Reached,
    /// It did all its steps and reached no limit.
    Steps,
    /// Its loss left the finite numbers.
    Diverged,
    /// It could not start, or its computation panicked; what happened, for people.
    Failed(String),
}

/// Carries out a trial with the data that `data` gives for its preset.
///
/// # Errors
/// [`Cancelled`] once `cancel` is raised. A trial that can't start or panics is a result.
pub(super) fn run_trial(
    plan: &Plan,
    unit: Unit,
    data: impl FnOnce(&Preset) -> Result<Arc<Dataset>, RunError>,
    cancel: &Cancel,
) -> Result<TrialResult, Cancelled> {
    let seed = plan.seed(unit);
    let measures = &plan.experiment().measures;
    let folder: &Path = &plan.experiment().folder;
    let done = guarded(|| {
        let preset = plan.preset(unit);
        let preset = preset.map_err(|error| RunError::Refused(error.to_string()))?;
        let data = data(&preset)?;
        measured(preset, &data, folder, measures, cancel)
    });
    match done {
        Ok((end, steps, values)) => Ok(TrialResult {
            unit,
            seed,
            end,
            steps,
            values,
        }),
        Err(RunError::Cancelled(cancelled)) => Err(cancelled),
        Err(RunError::Refused(message)) => Ok(TrialResult {
            unit,
            seed,
            end: TrialEnd::Failed(message),
            steps: 0,
            values: vec![None; measures.len()],
        }),
    }
}

type Measured = (TrialEnd, u64, Vec<Option<f64>>);

fn measured(
    mut preset: Preset,
    data: &Dataset,
    folder: &Path,
    measures: &[Measure],
    cancel: &Cancel,
) -> Result<Measured, RunError> {
    let observables = observables(&preset, measures);
    if measures.iter().all(|m| m.at == Moment::End) {
        // The first and the last record are always made.
        preset.observe.schedule = Schedule::Every(u64::MAX);
        preset.observe.also.clear();
    }
    let arm = Arm {
        index: 0,
        label: String::new(),
        preset,
    };
    let mut records = Vec::new();
    let mut run = ArmRun::start_measuring(&arm, data, folder, &observables, cancel, &mut records)?;
    let last = run.last_step();
    run.advance(last, cancel, &mut records)?;
    let (outcome, steps) = (run.outcome().cloned(), run.step());
    drop(run);
    let mut history = RunHistory::with_budget([String::new()], usize::MAX);
    records
        .into_iter()
        .for_each(|record| history.push(0, Arc::new(record)));
    let end = match outcome {
        Some(Outcome::Finished(StopReason::Steps)) | None => TrialEnd::Steps,
        Some(Outcome::Finished(_)) => TrialEnd::Reached,
        Some(Outcome::Diverged { .. }) => TrialEnd::Diverged,
        Some(Outcome::Failed { ref message }) => TrialEnd::Failed(message.clone()),
    };
    if let Some(outcome) = outcome {
        history.set_outcome(0, outcome);
    }
    let values = measures.iter();
    let values = values
        .map(|m| read_only_arm(&history, m.of, &m.at))
        .collect();
    Ok((end, steps, values))
}

/// The observables of a preset that the measures are read of.
fn observables(preset: &Preset, measures: &[Measure]) -> Vec<Observable> {
    let quantities: Vec<Quantity> = measures
        .iter()
        .flat_map(|m| match m.at {
            Moment::FirstBelow(quantity, _) => vec![m.of, quantity],
            _ => vec![m.of],
        })
        .collect();
    let is_read = |o: &&Observable| o.quantities().iter().any(|q| quantities.contains(q));
    let observables = &preset.observe.observables;
    observables.iter().filter(is_read).copied().collect()
}
