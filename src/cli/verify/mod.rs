//! `widescope verify`: runs presets and holds their claims against what came out.

mod precision;
mod report;
mod tried;
mod verified;
mod wrong_report;

use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::Context;

use super::exit::{Exit, complain, print};
use super::interrupt::cancel_on_interrupt;
use super::machine::Machine;
use super::source::{Overrides, Source};
use crate::export::{atomic_write, check_writable};
use crate::preset::{Experiment, library};
use crate::spec::{Lasts, Precision};
use crate::task::Cancel;
use precision::{AtPrecision, NotRun};
use report::Report;
use tried::Tried;
use verified::{Verified, places};
use wrong_report::WrongReport;

/// Runs presets and checks each of their claims against what came out.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Names of shipped presets, preset files, pictures that widescope wrote, or share strings.
    #[arg(value_name = "PRESET", required_unless_present = "all")]
    presets: Vec<String>,
    /// Every shipped preset that lasts seconds.
    #[arg(long, conflicts_with = "presets")]
    all: bool,
    /// With --all: also those that last minutes or hours.
    #[arg(long, requires = "all")]
    paper: bool,
    /// Runs each preset under its wrong settings too, and fails where no claim notices one.
    #[arg(long, conflicts_with = "markdown")]
    wrong: bool,
    /// Trains nothing: checks the claims on results that are there. DIR holds, by the name of a preset, the
    /// folder of its run or of its sweep, or its sweep's merged file NAME.csv. With --all every preset that
    /// has results there, however long it lasts.
    #[arg(long, value_name = "DIR", conflicts_with_all = ["wrong", "precision", "paper"])]
    from: Option<PathBuf>,
    /// Trains every preset in this float width, f32 or f64; one that needs the other is left out.
    #[arg(long, value_name = "WIDTH", value_parser = precision::read)]
    precision: Option<Precision>,
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
            let is_taken = match &self.from {
                Some(root) => {
                    let (folder, merged) = places(root, name);
                    folder.exists() || merged.exists()
                }
                None => self.paper || library::load(name)?.preset.lasts == Lasts::Seconds,
            };
            if is_taken {
                names.push(name.to_owned());
            }
        }
        Ok(names)
    }

    /// The presets to run, and those that are left out.
    fn experiments(&self) -> anyhow::Result<(Vec<Experiment>, Vec<NotRun>)> {
        let (mut experiments, mut left_out) = (Vec::new(), Vec::new());
        for name in self.names()? {
            let source = Source::new(&name, &self.overrides);
            match precision::load(source, self.precision)? {
                AtPrecision::Run(experiment) => experiments.push(*experiment),
                AtPrecision::NotRun(why) => left_out.push(why),
            }
        }
        Ok((experiments, left_out))
    }
}

/// Runs one preset after the other and prints what each claim expected and got.
///
/// # Errors
/// Those of any preset, of any wrong setting and of a page that can't be written, before the first is
/// run; and of a preset's size.
pub fn verify(args: &Args) -> anyhow::Result<Exit> {
    let (experiments, left_out) = args.experiments()?;
    if let Some(path) = &args.markdown {
        // Minutes of runs must not end at a page that can't be kept.
        check_writable(path).map_err(|error| anyhow::anyhow!("{error}"))?;
    }
    if args.wrong {
        return verify_wrong(args, &experiments, left_out);
    }
    let cancel = cancel_on_interrupt()?;
    let mut presets = Vec::with_capacity(experiments.len());
    for experiment in &experiments {
        let verified = match &args.from {
            None => Verified::run(experiment, &cancel, args.quiet)?,
            Some(root) => {
                let read = Verified::read(experiment, root, &cancel)?;
                read.with_context(|| no_results(root, &experiment.name))?
            }
        };
        if !args.json {
            print(&report::preset_text(&verified))?;
        }
        presets.push(verified);
    }
    if !args.json {
        print(&precision::lines(&left_out))?;
    }
    let report = Report::new(presets, left_out, Machine::here());
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
    Ok(ended(report.all_hold()))
}

/// Runs presets as they are and under each of their wrong settings.
fn verify_wrong(
    args: &Args,
    experiments: &[Experiment],
    left_out: Vec<NotRun>,
) -> anyhow::Result<Exit> {
    // A setting that can't be tried is said before hours of others.
    let settings = experiments.iter().map(Experiment::wrong_settings);
    let settings = settings.collect::<Result<Vec<_>, _>>()?;
    let cancel: Cancel = cancel_on_interrupt()?;
    let mut presets = Vec::with_capacity(experiments.len());
    for (experiment, settings) in experiments.iter().zip(settings) {
        let tried = Tried::run(experiment, settings, &cancel, args.quiet)?;
        if !args.json {
            print(&wrong_report::preset_text(&tried))?;
        }
        presets.push(tried);
    }
    if !args.json {
        print(&precision::lines(&left_out))?;
    }
    let report = WrongReport { presets, left_out };
    print(&if args.json {
        report.json()
    } else {
        report.summary()
    })?;
    Ok(ended(report.all_noticed()))
}

fn no_results(root: &Path, name: &str) -> String {
    let root = root.display();
    format!("--from {root}: no results of {name} in it; allowed: a folder {name}, or {name}.csv")
}

fn ended(well: bool) -> Exit {
    if well { Exit::Done } else { Exit::Failed }
}
