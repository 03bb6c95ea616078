//! `widescope export`: a run as one file of another kind.

mod format;
mod numpy;
mod tables;

use std::path::PathBuf;

use super::exit::Exit;
use super::source::Source;
use crate::export::check_writable;
use format::Format;

/// Writes a run as one file for other programs; the ending of its name says of which kind.
#[derive(Debug, clap::Args)]
#[command(after_help = format::in_words())]
pub struct Args {
    #[command(flatten)]
    source: Source,
    /// File to write.
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    /// No progress bar.
    #[arg(long, short)]
    quiet: bool,
}

/// Writes the file.
///
/// # Errors
/// Those of the ending, the preset and the file's place, all before training starts.
pub fn export(args: &Args) -> anyhow::Result<Exit> {
    let format = Format::of(&args.out)?;
    let experiment = args.source.load()?;
    check_writable(&args.out)?;
    (format.write)(args, &experiment)
}
