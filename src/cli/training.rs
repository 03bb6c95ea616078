//! Training without a window, with progress and a way out.

use super::progress::Bar;
use crate::experiment::{ArmEnd, Progress, SavedExperiment, Saving, run_all, run_saving};
use crate::history::{EventKind, RunError};
use crate::preset::Experiment;
use crate::sweep::{Plan, SweepEvent, Table, run_sweep};
use crate::task::Cancel;

/// Trains every arm to its end and hands what happens to `note`.
///
/// # Errors
/// `RunError::Refused` where the run could not begin; `Cancelled` once `cancel` is raised, also
/// after the last step, for from then on nothing may be written.
pub fn train(
    experiment: &Experiment,
    cancel: &Cancel,
    quiet: bool,
    mut note: impl FnMut(EventKind),
) -> anyhow::Result<Vec<ArmEnd>> {
    let bar = Bar::new(quiet);
    let ends = run_all(experiment, cancel, &mut |progress| match progress {
        Progress::Step { step, last_step } => bar.set(step, last_step),
        Progress::Event(event) => note(event),
    })
    .map_err(plain)?;
    cancel.check()?;
    Ok(ends)
}

/// As [`train`], saving the run on its way.
///
/// # Errors
/// As [`train`]; `RunError::Refused` also where the saved run does not fit the experiment.
pub fn train_saving(
    experiment: &Experiment,
    cancel: &Cancel,
    quiet: bool,
    saving: Saving<'_, SavedExperiment>,
    mut note: impl FnMut(EventKind),
) -> anyhow::Result<Vec<ArmEnd>> {
    let bar = Bar::new(quiet);
    if let Some(saved) = &saving.from {
        bar.resume_at(saved.step());
    }
    let ends = run_saving(experiment, cancel, saving, &mut |progress| match progress {
        Progress::Step { step, last_step } => bar.set(step, last_step),
        Progress::Event(event) => note(event),
    })
    .map_err(plain)?;
    cancel.check()?;
    Ok(ends)
}

/// Carries out every trial of a sweep, as many at once as there are cores.
///
/// # Errors
/// `RunError::Refused` where the sweep could not begin; `Cancelled` once `cancel` is raised.
pub fn trials(plan: &Plan, cancel: &Cancel, quiet: bool) -> anyhow::Result<Table> {
    let bar = Bar::trials(quiet);
    let mut table = Table::new(plan);
    let units: Vec<usize> = (0..plan.units()).collect();
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let empty = Table::new(plan);
    run_sweep(
        plan,
        empty,
        &units,
        threads,
        cancel,
        &mut |event| match event {
            SweepEvent::Done(result) => table.insert(result),
            SweepEvent::Progress(progress) => bar.set_trials(&progress),
        },
    )
    .map_err(plain)?;
    Ok(table)
}

/// Gives a cancelled run its own type back, by which the exit code is chosen.
fn plain(error: RunError) -> anyhow::Error {
    match error {
        RunError::Cancelled(cancelled) => cancelled.into(),
        refused => refused.into(),
    }
}
