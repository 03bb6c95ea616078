//! `widescope check`: whether a preset can be run, and what it would need.

use super::exit::{Exit, print};
use super::source::Source;
use super::table::aligned;
use crate::preset::{Arm, Experiment};

/// Checks a preset without running it: its fields, its arms and the memory they need.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    source: Source,
}

/// Prints `ok`, then the sizes of each arm.
///
/// # Errors
/// Those of the preset and of stdout.
pub fn check(args: &Args) -> anyhow::Result<Exit> {
    let experiment = args.source.load()?;
    print(&report(&experiment))?;
    Ok(Exit::Done)
}

fn report(experiment: &Experiment) -> String {
    let head = ["arm", "n", "n_test", "d", "width m", "D", "steps"]
        .map(str::to_owned)
        .to_vec();
    let rows: Vec<_> = std::iter::once(head)
        .chain(experiment.arms.iter().map(row))
        .collect();
    format!("ok: {}\n{}", experiment.name, aligned(&rows))
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
