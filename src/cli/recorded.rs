//! Results that are there already: a run's folder, a sweep's journals.

use std::path::Path;
use std::sync::Arc;

use anyhow::bail;

use super::merge::journals_in;
use crate::experiment::facts_of_start;
use crate::export::recorded_run;
use crate::history::{ArmFacts, RunHistory};
use crate::observe::Record;
use crate::preset::{Arm, Difference, Experiment};
use crate::spec::Method;
use crate::sweep::{Plan, Table};
use crate::task::Cancel;
use crate::theory::{DeltaChange, after_change};

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
    let facts = facts_of_start(experiment, cancel)?;
    for (index, (arm, facts)) in experiment.arms.iter().zip(facts).enumerate() {
        let records = history
            .arms()
            .get(index)
            .map_or(&[][..], |arm| arm.records());
        let facts = facts.map(|facts| with_change(arm, facts, records));
        history.set_facts(index, facts);
    }
    Ok(history)
}

/// The facts of a start with the bounds ended that the preset's first change of the step ends.
fn with_change(arm: &Arm, mut facts: ArmFacts, records: &[Arc<Record>]) -> ArmFacts {
    let train = &arm.preset.train;
    let is_flow = matches!(train.method, Method::GradientFlow { .. });
    let Some(from) = train.method.step().filter(|_| !is_flow) else {
        return facts;
    };
    let mut changes = train.changes.iter();
    if let Some(change) = changes.find(|change| change.step != from) {
        // Up to the change every step took as long.
        let before = records.iter().rev();
        let mut before = before.filter(|record| record.step > 0 && record.step <= change.at);
        let time = before.next().map_or(f64::NAN, |record| {
            record.time / record.step as f64 * change.at as f64
        });
        let [from, to] = [from, change.step].map(|step| step * facts.step_unit);
        let change = DeltaChange {
            at: change.at,
            time,
            from,
            to,
        };
        facts.theory = after_change(&facts.theory, change).into();
    }
    facts
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
