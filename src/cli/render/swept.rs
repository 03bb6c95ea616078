//! The sweep behind a picture: carried out, or read from files.

use std::path::Path;

use anyhow::bail;

use crate::cli::merge::journals_in;
use crate::cli::progress::Bar;
use crate::history::RunError;
use crate::preset::{Difference, Experiment};
use crate::sweep::{Plan, SweepEvent, Table, run_sweep};
use crate::task::Cancel;
use crate::ui::SweepView;

/// Carries out a sweep to its end.
///
/// # Errors
/// A sweep that can't begin; `Cancelled` once `cancel` is raised.
pub(super) fn carried_out(plan: Plan, cancel: &Cancel, quiet: bool) -> anyhow::Result<SweepView> {
    plan.check()?;
    let mut table = Table::new(&plan);
    let units: Vec<usize> = table.missing().collect();
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let bar = Bar::trials(quiet);
    let before = table.clone();
    let tell = &mut |event| match event {
        SweepEvent::Done(result) => table.insert(result),
        SweepEvent::Progress(progress) => bar.set_trials(&progress),
    };
    run_sweep(&plan, before, &units, threads, cancel, tell).map_err(|error| match error {
        RunError::Cancelled(cancelled) => anyhow::Error::from(cancelled),
        refused => refused.into(),
    })?;
    Ok(SweepView::recorded(plan, table))
}

/// The results in a merged file, a journal, or the journals of a folder, for the sweep of
/// `experiment`, whose preset says what is shown of them.
///
/// # Errors
/// Files that can't be read, or that are of another sweep, with the field in which it differs.
pub(super) fn read(experiment: &Experiment, plan: Plan, path: &Path) -> anyhow::Result<SweepView> {
    let journals = journals_in(path)?;
    if journals.is_empty() {
        bail!(
            "--from {}: no journal in it; allowed: the --out of a sweep, or of a merge",
            path.display()
        );
    }
    let mut table = Table::new(&plan);
    for (path, saved) in journals {
        let there = &saved.plan.experiment().preset;
        if let Some(difference) = Difference::between(&experiment.preset, there) {
            bail!(
                "--from {}: it is of another sweep: {} is {} there and {} here",
                path.display(),
                difference.field,
                difference.there,
                difference.here
            );
        }
        saved.results.into_iter().for_each(|r| table.insert(r));
    }
    Ok(SweepView::recorded(plan, table))
}
