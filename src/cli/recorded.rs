//! Results that are there already: a run's folder, a sweep's journals.

use std::path::Path;

use anyhow::bail;

use crate::experiment::add_facts_of_start;
use crate::export::recorded_run;
use crate::history::RunHistory;
use crate::preset::{Difference, Experiment};
use crate::sweep::{Plan, Table, journals_in};
use crate::task::Cancel;

/// Whether `run` wrote its files into the folder.
pub fn holds_run(folder: &Path) -> bool {
    folder.join("run.ron").is_file()
}

/// The run in a folder, with the theory on its start, which is in none of the files.
///
/// # Errors
/// Files that can't be read or are of another run, with the field in which it differs; a start that can't be
/// made.
pub fn run(folder: &Path, experiment: &Experiment, cancel: &Cancel) -> anyhow::Result<RunHistory> {
    let mut history = recorded_run(folder, experiment)?;
    add_facts_of_start(&mut history, experiment, cancel)?;
    Ok(history)
}

/// The results in a merged file, a journal, or the journals of a folder, for the sweep of `experiment`.
///
/// # Errors
/// Files that can't be read, or that are of another sweep, with the field in which it differs.
pub fn sweep(path: &Path, experiment: &Experiment, plan: &Plan) -> anyhow::Result<Table> {
    let journals = journals_in(path)?;
    if journals.is_empty() {
        bail!(
            "--from {}: no journal in it; allowed: the --out of a sweep, or of a merge",
            path.display()
        );
    }
    let mut table = Table::new(plan);
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
    Ok(table)
}
