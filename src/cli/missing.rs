//! `widescope missing`: the trials of a sweep that have no result yet.

use std::path::PathBuf;

use super::exit::{Exit, print};
use crate::sweep::{Table, journals_in};

/// Lists the trials of a sweep that have no result yet; exit code 1 where there are any.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Folders of the shards, or journals.
    #[arg(required = true, value_name = "DIR")]
    from: Vec<PathBuf>,
    /// As one JSON document.
    #[arg(long)]
    json: bool,
}

/// Prints a line a missing trial.
///
/// # Errors
/// Folders without journals, journals that can't be read or belong to different sweeps.
pub fn missing(args: &Args) -> anyhow::Result<Exit> {
    let mut journals = Vec::new();
    for path in &args.from {
        journals.extend(journals_in(path)?);
    }
    let Some((_, first)) = journals.first() else {
        anyhow::bail!("no journal there; allowed: the --out of a sweep");
    };
    let plan = &first.plan;
    let mut table = Table::new(plan);
    for (path, saved) in &journals {
        saved.head.same_sweep(&first.head).map_err(|difference| {
            anyhow::anyhow!("{}: of another sweep: {difference}", path.display())
        })?;
        saved.results.iter().for_each(|r| table.insert(r.clone()));
    }
    let units: Vec<_> = table.missing().map(|number| plan.unit(number)).collect();
    let text = if args.json {
        let rows = units.iter().map(|unit| {
            let cell = plan.label(unit.cell);
            serde_json::json!({ "cell": unit.cell, "values": cell, "trial": unit.trial })
        });
        let document = serde_json::json!({
            "missing": units.len(), "trials": plan.units(), "units": rows.collect::<Vec<_>>(),
        });
        format!("{document:#}\n")
    } else {
        let lines = units.iter().map(|unit| {
            format!(
                "cell {} ({}), trial {}\n",
                unit.cell,
                plan.label(unit.cell),
                unit.trial
            )
        });
        let lines: String = lines.collect();
        format!(
            "{lines}{} of {} trials are missing\n",
            units.len(),
            plan.units()
        )
    };
    print(&text)?;
    Ok(if units.is_empty() {
        Exit::Done
    } else {
        Exit::Failed
    })
}
