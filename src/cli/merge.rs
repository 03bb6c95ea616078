//! `widescope merge`: makes one file of the journals of a sweep.

use std::path::PathBuf;

use super::exit::{Exit, complain, print};
use crate::export::check_writable;
use crate::sweep::{journals_in, write_merged};

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
