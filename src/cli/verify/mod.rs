//! `widescope verify`: runs presets and holds their claims against what came out.

mod report;
mod verified;

use std::io::Write;
use std::path::PathBuf;

use super::exit::{Exit, complain, print};
use super::interrupt::cancel_on_interrupt;
use super::machine::Machine;
use super::source::{Overrides, Source};
use crate::export::{atomic_write, check_writable};
use crate::preset::library;
use crate::spec::Lasts;
use report::Report;
use verified::Verified;

/// Runs presets and checks each of their claims against what came out.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Names of shipped presets, or preset files.
    #[arg(value_name = "PRESET", required_unless_present = "all")]
    presets: Vec<String>,
    /// Every shipped preset that lasts seconds.
    #[arg(long, conflicts_with = "presets")]
    all: bool,
    /// With --all: also those that last minutes or hours.
    #[arg(long, requires = "all")]
    paper: bool,
    #[command(flatten)]
    overrides: Overrides,
    /// The report as one JSON document on stdout.
    #[arg(long)]
    json: bool,
    /// Writes the report as a Markdown page too.
    #[arg(long, value_name = "FILE")]
    markdown: Option<PathBuf>,
    /// No progress bar.
    #[arg(long, short)]
    quiet: bool,
}

impl Args {
    fn names(&self) -> anyhow::Result<Vec<String>> {
        if !self.all {
            return Ok(self.presets.clone());
        }
        let mut names = Vec::new();
        for name in library::names() {
            if self.paper || library::load(name)?.preset.lasts == Lasts::Seconds {
                names.push(name.to_owned());
            }
        }
        Ok(names)
    }
}

/// Runs one preset after the other and prints what each claim expected and got.
///
/// # Errors
/// Those of any preset and of a page that can't be written, before the first is run; and of a
/// preset's size.
pub fn verify(args: &Args) -> anyhow::Result<Exit> {
    let names = args.names()?;
    let sources = names.iter().map(|name| Source::new(name, &args.overrides));
    let experiments = sources
        .map(|source| source.load())
        .collect::<anyhow::Result<Vec<_>>>()?;
    if let Some(path) = &args.markdown {
        // Minutes of runs must not end at a page that can't be kept.
        check_writable(path).map_err(|error| anyhow::anyhow!("{error}"))?;
    }
    let cancel = cancel_on_interrupt()?;
    let mut presets = Vec::with_capacity(experiments.len());
    for experiment in &experiments {
        let verified = Verified::run(experiment, &cancel, args.quiet)?;
        if !args.json {
            print(&report::preset_text(&verified))?;
        }
        presets.push(verified);
    }
    let report = Report::new(presets, Machine::here());
    print(&if args.json {
        report.json()
    } else {
        report.summary()
    })?;
    if let Some(path) = &args.markdown {
        let page = report.markdown();
        if let Err(error) = atomic_write(path, |file| file.write_all(page.as_bytes())) {
            complain(&error.to_string());
            return Ok(Exit::Failed);
        }
    }
    Ok(if report.all_hold() {
        Exit::Done
    } else {
        Exit::Failed
    })
}
