//! `widescope merge`: makes one file of the journals of a sweep.

use std::path::{Path, PathBuf};

use anyhow::Context;

use super::exit::{Exit, complain, print};
use crate::export::check_writable;
use crate::sweep::{Saved, read_journal, write_merged};

/// Merges the journals of a sweep's shards into one file, the same byte for byte however the trials were
/// shared out, ordered or interrupted.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Folders of the shards, or journals.
    #[arg(required = true, value_name = "DIR")]
    from: Vec<PathBuf>,
    /// File the trials are written into.
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    /// Also merges journals of different versions of the program, or of processors that round
    /// differently: their numbers agree to rounding only.
    #[arg(long)]
    mixed: bool,
    /// Says nothing where no trial is missing.
    #[arg(long, short)]
    quiet: bool,
}

/// Merges, and says how many trials are missing.
///
/// # Errors
/// Folders without journals, journals that can't be read or don't belong together, a file that can't
/// be written.
pub fn merge(args: &Args) -> anyhow::Result<Exit> {
    let mut journals = Vec::new();
    for path in &args.from {
        let found = journals_in(path)?;
        if found.is_empty() {
            anyhow::bail!(
                "{}: no journal in it; allowed: the --out of a sweep",
                path.display()
            );
        }
        journals.extend(found);
    }
    check_writable(&args.out)?;
    let Some(table) = write_merged(&journals, args.mixed, &args.out)? else {
        return Ok(Exit::BadInput);
    };
    let (done, units) = (table.done(), table.units());
    if table.is_complete() {
        if !args.quiet {
            print(&format!("{done} trials in {}\n", args.out.display()))?;
        }
        return Ok(Exit::Done);
    }
    complain(&format!(
        "{} of {units} trials are missing; {} holds the others",
        units - done,
        args.out.display()
    ));
    Ok(Exit::Failed)
}

/// The journals of a folder by name, or the one journal that a path names.
///
/// # Errors
/// A folder or a journal that can't be read.
pub(super) fn journals_in(path: &Path) -> anyhow::Result<Vec<(PathBuf, Saved)>> {
    let mut paths = Vec::new();
    if path.is_dir() {
        let entries = std::fs::read_dir(path).with_context(|| path.display().to_string())?;
        for entry in entries {
            let entry = entry.with_context(|| path.display().to_string())?;
            let name = entry.file_name();
            let name = name.to_string_lossy();
            if name.starts_with("journal") && name.ends_with(".csv") {
                paths.push(entry.path());
            }
        }
    } else {
        paths.push(path.to_owned());
    }
    paths.sort();
    let read = |path: PathBuf| read_journal(&path).map(|saved| (path, saved));
    Ok(paths.into_iter().map(read).collect::<Result<_, _>>()?)
}
