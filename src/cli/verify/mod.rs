//! `widescope verify`: runs presets and holds their claims against what came out.

mod machine;
mod report;
mod trial;

use std::path::PathBuf;

use anyhow::Context;

use super::exit::{Exit, print};
use super::interrupt::cancel_on_interrupt;
use super::source::{Overrides, Source};
use crate::export::atomic_write;
use crate::preset::{Lasts, library};
use machine::Machine;
use report::Report;
use trial::Trial;

/// Runs presets and holds each of their claims against what came out.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Names of shipped presets, or preset files.
    #[arg(value_name = "PRESET", required_unless_present = "all")]
    presets: Vec<String>,
    /// Every shipped preset that lasts seconds.
    #[arg(long, conflicts_with = "presets")]
    all: bool,
    /// With --all: those that last minutes or hours too.
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
/// Those of any preset, before the first is run; of its size; and of a page that can't be written.
pub fn verify(args: &Args) -> anyhow::Result<Exit> {
    let names = args.names()?;
    let sources = names.iter().map(|name| Source::new(name, &args.overrides));
    let experiments = sources
        .map(|source| source.load())
        .collect::<anyhow::Result<Vec<_>>>()?;
    let cancel = cancel_on_interrupt()?;
    let mut trials = Vec::with_capacity(experiments.len());
    for experiment in &experiments {
        let trial = Trial::run(experiment, &cancel, args.quiet)?;
        if !args.json {
            print(&report::trial_text(&trial))?;
        }
        trials.push(trial);
    }
    let report = Report::new(trials, Machine::here());
    if let Some(path) = &args.markdown {
        let page = report.markdown();
        atomic_write(path, |file| {
            std::io::Write::write_all(file, page.as_bytes())
        })
        .context("the report is not kept")?;
    }
    print(&if args.json {
        report.json()
    } else {
        report.summary()
    })?;
    Ok(if report.all_hold() {
        Exit::Done
    } else {
        Exit::Failed
    })
}
