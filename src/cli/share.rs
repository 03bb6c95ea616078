//! `widescope share`: the preset as one word of text.

use super::exit::{Exit, complain, print};
use super::source::Source;
use crate::export::{run_command, share};

/// Longest string that is passed on without a remark: what most programs let one paste.
const HANDY: usize = 2000;

/// Prints the preset as one word of text, to be pasted wherever a preset is named.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    source: Source,
    /// All of the preset, so that the string does not rest on the text of a shipped one.
    #[arg(long)]
    whole: bool,
    /// The command line that runs the preset instead.
    #[arg(long, conflicts_with = "whole")]
    command: bool,
}

/// Prints the share string of a preset, or its command line.
///
/// # Errors
/// Those of the preset, of a file it names that can't be read, and of stdout.
pub fn share(args: &Args) -> anyhow::Result<Exit> {
    let experiment = args.source.load()?;
    let text = if args.command {
        run_command(&experiment)?
    } else {
        share::string(&experiment, args.whole)?
    };
    print(&format!("{text}\n"))?;
    if !args.command && text.len() > HANDY {
        complain(&format!(
            "the string has {} characters; a preset file is easier to pass on: widescope show … > FILE.ron",
            text.len()
        ));
    }
    Ok(Exit::Done)
}
