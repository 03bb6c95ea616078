//! The series or the arrays of a run.

use super::Args;
use crate::cli::exit::{Exit, complain};
use crate::cli::interrupt::cancel_on_interrupt;
use crate::cli::run::without_feature_maps;
use crate::cli::training::train;
use crate::experiment::{ArmEnd, Estimate, InitialForm, check_given_files, initial_state};
use crate::export::{ArmRecords, ExportError, atomic_write, write_final, write_series};
use crate::history::{Outcome, RunHistory};
use crate::preset::Experiment;
use crate::task::Cancel;

/// Trains and writes the series.
///
/// # Errors
/// Those of the experiment's files and size.
pub(super) fn series(args: &Args, experiment: &Experiment) -> anyhow::Result<Exit> {
    let (history, ends) = trained(args, experiment)?;
    let arms = ArmRecords::of(experiment, &history);
    let written = atomic_write(&args.out, |out| write_series(out, &arms));
    Ok(ended(written, experiment, &ends))
}

/// Trains and writes what the networks began and ended with.
///
/// # Errors
/// Those of the experiment's files and size.
pub(super) fn arrays(args: &Args, experiment: &Experiment) -> anyhow::Result<Exit> {
    let (_, ends) = trained(args, experiment)?;
    let labels = experiment.arms.iter().map(|arm| arm.label.as_str());
    let states = ends.iter().map(|end| end.final_state.as_ref());
    let states: Vec<_> = labels.zip(states).collect();
    let began = |arm| initial_state(experiment, arm, InitialForm::AsRun, &Cancel::new()).ok();
    let written = atomic_write(&args.out, |out| write_final(out, &states, &began));
    Ok(ended(written, experiment, &ends))
}

fn trained(args: &Args, experiment: &Experiment) -> anyhow::Result<(RunHistory, Vec<ArmEnd>)> {
    check_given_files(experiment)?;
    let experiment = &without_feature_maps(experiment);
    Estimate::of(experiment)?
        .keeping_everything()
        .refuse_if_too_big_now()?;
    let cancel = cancel_on_interrupt()?;
    let labels = experiment.arms.iter().map(|arm| arm.label.clone());
    let mut history = RunHistory::with_budget(labels, usize::MAX);
    let ends = train(experiment, &cancel, args.quiet, |event| {
        history.apply(&event)
    })?;
    Ok((history, ends))
}

/// A file of a run that failed is written all the same, but the exit code says so.
fn ended(written: Result<(), ExportError>, experiment: &Experiment, ends: &[ArmEnd]) -> Exit {
    if let Err(error) = written {
        complain(&error.to_string());
        return Exit::Failed;
    }
    let mut exit = Exit::Done;
    for (arm, end) in experiment.arms.iter().zip(ends) {
        if !matches!(end.outcome, Outcome::Finished(_)) {
            complain(&format!("{}: {}", arm.label, end.outcome));
            exit = Exit::Failed;
        }
    }
    exit
}
