//! A run, and the sweep around it, carried out to be shown.

use anyhow::Context;

use super::Args;
use crate::cli::exit::{Exit, complain};
use crate::cli::interrupt::cancel_on_interrupt;
use crate::cli::training::{train, trials};
use crate::experiment::Estimate;
use crate::export::{Provenance, portable};
use crate::history::{Outcome, RunHistory};
use crate::page::content::possible;
use crate::preset::{self, Experiment};
use crate::spec::PanelKind;
use crate::sweep::{Plan, Table};

/// What was carried out.
pub(super) struct Recorded {
    /// What the run recorded.
    pub history: RunHistory,
    /// Its sweep, where a panel that shows it is wanted.
    pub sweep: Option<(Plan, Table)>,
}

/// Trains, and carries out the sweep where one of the panels shows it; without panels, where the preset has one.
///
/// # Errors
/// Those of the experiment's files and size.
pub(super) fn carried_out(
    args: &Args,
    experiment: &Experiment,
    panels: &[PanelKind],
) -> anyhow::Result<Recorded> {
    for kind in panels {
        possible(*kind, experiment).with_context(|| format!("--panels {kind:?}"))?;
    }
    Estimate::of(experiment)?.refuse_if_too_big_now()?;
    let cancel = cancel_on_interrupt()?;
    let is_of_sweep = |kind: &PanelKind| matches!(kind, PanelKind::Phase | PanelKind::Curves);
    let is_wanted = panels.is_empty() || panels.iter().any(is_of_sweep);
    let plan = Plan::of(experiment).filter(|_| is_wanted);
    let sweep = match plan {
        None => None,
        Some(plan) => {
            plan.check()?;
            let table = trials(&plan, &cancel, args.quiet)?;
            Some((plan, table))
        }
    };
    let mut history = RunHistory::new(experiment.arms.iter().map(|arm| arm.label.clone()));
    train(experiment, &cancel, args.quiet, |event| {
        history.apply(&event)
    })?;
    cancel.check()?;
    Ok(Recorded { history, sweep })
}

/// Where the file comes from; `options` are the words that ask for more than the preset and the file.
pub(super) fn provenance(args: &Args, experiment: &Experiment, options: Vec<String>) -> Provenance {
    let head = ["widescope", "export"].map(str::to_owned).into_iter();
    let out = ["--out".to_owned(), args.out.to_string_lossy().into_owned()];
    let words: Vec<String> = head
        .chain(args.source.words())
        .chain(options)
        .chain(out)
        .collect();
    let ron = preset::to_ron(&portable(experiment));
    Provenance::new(experiment, ron, Some(&words))
}

/// A file of a run that failed is written all the same, but the exit code says so.
pub(super) fn ended(history: &RunHistory) -> Exit {
    let mut exit = Exit::Done;
    for arm in history.arms() {
        if let Some(outcome) = arm
            .outcome
            .as_ref()
            .filter(|o| !matches!(o, Outcome::Finished(_)))
        {
            complain(&format!("{}: {outcome}", arm.label));
            exit = Exit::Failed;
        }
    }
    exit
}
