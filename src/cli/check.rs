//! `widescope check`: whether a preset can be run, and what it would need.

use super::exit::{Exit, print};
use super::source::Source;
use super::table::aligned;
use crate::experiment::estimate::in_words;
use crate::experiment::{Estimate, check_given_files};
use crate::preset::{Arm, Experiment};
use crate::sweep::{Plan, largest_trial};

/// Checks a preset without running it: its fields, its arms, its wrong settings and the memory it needs.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    source: Source,
}

/// Prints `ok`, then the sizes of each arm, and what `run` would need; of a sweep also its own size.
///
/// # Errors
/// Those of the preset, of the files of data, batches and weights it names, of a run too big for the
/// free memory, and of stdout.
pub fn check(args: &Args) -> anyhow::Result<Exit> {
    let experiment = args.source.load()?;
    let estimate = Estimate::of(&experiment)?.keeping_everything();
    estimate.refuse_if_too_big_now()?;
    check_given_files(&experiment)?;
    if args.source.is_as_written() {
        experiment.wrong_settings()?;
    }
    print(&report(&experiment, &estimate))?;
    if let Some(plan) = Plan::of(&experiment) {
        print(&sweep_report(&plan)?)?;
    }
    Ok(Exit::Done)
}

fn report(experiment: &Experiment, estimate: &Estimate) -> String {
    let head = ["arm", "n", "n_test", "d", "width m", "D", "steps"]
        .map(str::to_owned)
        .to_vec();
    let rows: Vec<_> = std::iter::once(head)
        .chain(experiment.arms.iter().map(row))
        .collect();
    let work = estimate.flops_per_step / 1e9;
    format!(
        "ok: {}\n{}memory: up to {} to run and keep every record; work: {work:.3} GFLOP a step\n",
        experiment.name,
        aligned(&rows),
        in_words(estimate.bytes),
    )
}

/// The size of the sweep, after a look at every cell.
fn sweep_report(plan: &Plan) -> anyhow::Result<String> {
    plan.check()?;
    let bytes = largest_trial(plan)?;
    Ok(format!(
        "sweep: {} trials in {} cells; memory: up to {} for one of them\n",
        plan.units(),
        plan.cells(),
        in_words(bytes)
    ))
}

fn row(arm: &Arm) -> Vec<String> {
    let preset = &arm.preset;
    let sizes = preset.data.sizes();
    let known =
        |size: Option<usize>| size.map_or_else(|| "from the file".to_owned(), |s| s.to_string());
    vec![
        arm.label.clone(),
        known(sizes.map(|s| s.n)),
        known(sizes.map(|s| s.n_test)),
        known(sizes.map(|s| s.d)),
        preset.network.width.to_string(),
        known(sizes.and_then(|s| preset.network.embedding_dimension(s.d))),
        preset.train.stop.steps.to_string(),
    ]
}
