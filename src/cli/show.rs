//! `widescope show`: the resolved preset.

use super::exit::{Exit, print};
use super::source::Source;
use crate::preset;

/// Prints the resolved preset as RON, every field written out.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    source: Source,
}

/// Prints the resolved preset as RON.
///
/// # Errors
/// Those of the preset and of stdout.
pub fn show(args: &Args) -> anyhow::Result<Exit> {
    let experiment = args.source.load()?;
    print(&format!(
        "{}\n",
        preset::to_ron(&experiment.preset).trim_end()
    ))?;
    Ok(Exit::Done)
}
