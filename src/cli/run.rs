//! `widescope run`: trains and writes the tables.

use std::path::PathBuf;

use anyhow::bail;

use super::checkpoint::{Checkpointing, train_as_planned};
use super::exit::{Exit, complain, print};
use super::interrupt::cancel_on_interrupt;
use super::source::Source;
use super::summary;
use super::summary::ArmSummary;
use crate::claim::ClaimResult;
use crate::experiment::{
    ArmEnd, Estimate, InitialForm, InitialState, check_given_files, initial_state,
};
use crate::export::{ArmRecords, InputFiles, Provenance, RunFolder, portable, with_outcomes};
use crate::history::RunHistory;
use crate::preset::{Difference, Experiment};
use crate::spec::Observable;
use crate::task::Cancel;
use crate::{claim, preset};

/// Trains every arm and writes series.csv, spectra.csv, final.npz and run.ron.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    source: Source,
    /// Folder the files are written into; it is made where it is missing.
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// The summary as one JSON document on stdout.
    #[arg(long)]
    json: bool,
    /// Replaces the files of another run in DIR.
    #[arg(long)]
    overwrite: bool,
    #[command(flatten)]
    checkpoint: Checkpointing,
    /// No progress bar and, without --json, no summary.
    #[arg(long, short)]
    quiet: bool,
}

/// Trains, writes the files and sums up.
///
/// # Errors
/// Those of the preset, of the files it names, of its size, and of a folder that can't be written
/// into, all before training starts.
pub fn run(args: &Args) -> anyhow::Result<Exit> {
    let experiment = args.source.load()?;
    check_given_files(&experiment)?;
    let tabled = without_feature_maps(&experiment);
    let estimate = Estimate::of(&tabled)?.keeping_everything();
    let estimate = if args.checkpoint.is_wanted() {
        estimate.saving()
    } else {
        estimate
    };
    estimate.refuse_if_too_big_now()?;
    let can_save = estimate.saving().refuse_if_too_big_now().is_ok();
    let inputs = InputFiles::of(&tabled)?;
    let cancel = cancel_on_interrupt()?;
    let folder = RunFolder::prepare(&args.out)?;
    let plan = args.checkpoint.plan(&folder, &tabled, can_save)?;
    if !args.overwrite {
        refuse_other_run(&folder, &tabled)?;
    }
    let labels = experiment.arms.iter().map(|arm| arm.label.clone());
    // The tables hold every record, however many there are.
    let mut history = RunHistory::with_budget(labels, usize::MAX);
    let note = |event| history.apply(&event);
    let ends = match train_as_planned(plan, (&tabled, &folder), &cancel, args.quiet, note)? {
        Ok(ends) => ends,
        Err(exit) => return Ok(exit),
    };
    let arms = ArmRecords::of(&experiment, &history);
    let finals: Vec<_> = ends.iter().map(|end| end.final_state.as_ref()).collect();
    let are_unchanged = inputs.are_as_they_were(&tabled);
    let initial = |arm| began(&tabled, arm, are_unchanged);
    let ron = preset_text(args, &experiment, &ends);
    if let Err(error) = folder.write(&arms, (&finals, &initial), &ron) {
        complain(&error.to_string());
        return Ok(Exit::Failed);
    }
    if let Err(error) = folder.remove_checkpoint() {
        complain(&error.to_string());
    }
    let evaluated = claim::evaluate(&experiment, &history);
    let claims = experiment.claims.iter().zip(evaluated);
    let (of_sweep, claims): (Vec<_>, Vec<_>) = claims.partition(|(claim, _)| claim.is_on_sweep());
    let claims: Vec<ClaimResult> = claims.into_iter().map(|(_, result)| result).collect();
    if !of_sweep.is_empty() && !args.quiet {
        let name = &experiment.name;
        complain(&format!(
            "claims about the sweep are not checked by a run; `widescope sweep {name} --out DIR` does"
        ));
    }
    sum_up(
        args,
        &experiment,
        &summaries(&arms, &ends),
        &claims,
        &folder,
    )
}

/// What an arm began with, for `final.npz`. It is made again from the preset's files, which may have changed
/// during a long run: then it is left out, for the results are worth keeping without it. An interruption no
/// longer counts, since the training is done.
fn began(experiment: &Experiment, arm: usize, are_unchanged: bool) -> Option<InitialState> {
    let made = if are_unchanged {
        initial_state(experiment, arm, InitialForm::AsRun, &Cancel::new())
            .map_err(|error| error.to_string())
    } else {
        Err("a file that the preset names has changed since the run began".to_owned())
    };
    made.map_err(|why| {
        complain(&format!(
            "final.npz: what arm {arm} began with is left out: {why}"
        ));
    })
    .ok()
}

/// Refuses to replace the files of another run; those of the same are written again as they were.
fn refuse_other_run(folder: &RunFolder, experiment: &Experiment) -> anyhow::Result<()> {
    let Some(found) = folder.finished() else {
        return Ok(());
    };
    match Difference::between(&portable(experiment), &found) {
        None => Ok(()),
        Some(Difference { field, here, there }) => bail!(
            "--out {}: it holds the files of another run: {field} is {there} there and {here} here; \
             allowed: another folder, or --overwrite",
            folder.path().display()
        ),
    }
}

/// What is trained: feature maps are large, and in none of the tables.
pub(super) fn without_feature_maps(experiment: &Experiment) -> Experiment {
    let mut tabled = experiment.clone();
    for arm in &mut tabled.arms {
        let observables = &mut arm.preset.observe.observables;
        observables.retain(|observable| !matches!(observable, Observable::FeatureMap { .. }));
    }
    tabled
}

/// The resolved preset, headed by where it comes from and followed by how each arm ended.
fn preset_text(args: &Args, experiment: &Experiment, ends: &[ArmEnd]) -> String {
    let command = ["widescope", "run"]
        .map(str::to_owned)
        .into_iter()
        .chain(args.source.words());
    let ron = preset::to_ron(&portable(experiment));
    let ron = Provenance::new(experiment, ron, Some(&command.collect::<Vec<_>>())).headed_ron();
    let arms = experiment.arms.iter().zip(ends);
    let arms = arms.map(|(arm, end)| (arm.label.as_str(), &end.outcome));
    with_outcomes(&ron, arms).unwrap_or_else(|error| {
        complain(&format!("run.ron: how the arms ended is left out: {error}"));
        ron
    })
}

fn summaries<'a>(arms: &[ArmRecords<'a>], ends: &'a [ArmEnd]) -> Vec<ArmSummary<'a>> {
    let arms = arms.iter().zip(ends);
    arms.map(|(arm, end)| ArmSummary {
        label: arm.label,
        seed: arm.seed,
        steps: end.step,
        outcome: &end.outcome,
        timing: end.timing,
        last: arm.records.last().map(AsRef::as_ref),
    })
    .collect()
}

/// Prints the summary. Where it is not for people, what failed goes to stderr, for a script's log.
fn sum_up(
    args: &Args,
    experiment: &Experiment,
    arms: &[ArmSummary<'_>],
    claims: &[ClaimResult],
    folder: &RunFolder,
) -> anyhow::Result<Exit> {
    if args.json {
        print(&summary::json(
            &experiment.name,
            arms,
            claims,
            &folder.files(),
        ))?;
    } else if !args.quiet {
        print(&summary::text(arms, claims))?;
    }
    let failed = summary::failures(arms, claims);
    if args.json || args.quiet {
        failed.iter().for_each(|failure| complain(failure));
    }
    Ok(if failed.is_empty() {
        Exit::Done
    } else {
        Exit::Failed
    })
}
