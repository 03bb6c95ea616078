//! `widescope sweep`: carries out the trials of a sweep and keeps every result.

use std::path::{Path, PathBuf};

use super::exit::{Exit, complain, print};
use super::interrupt::cancel_on_interrupt;
use super::progress::Bar;
use super::shard::Shard;
use super::source::Source;
use super::summary::unmet;
use super::sweep_summary;
use crate::claim::evaluate_sweep;
use crate::history::RunError;
use crate::preset::Experiment;
use crate::sweep::{
    Journal, JournalError, Plan, Saved, SweepEvent, SweepFolder, Table, run_sweep, write_merged,
};
use crate::task::Cancel;

/// Carries out the trials of a sweep, each kept as soon as it is done, and sums them up.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    source: Source,
    /// Folder of the sweep; it is made where it is missing. Every result is appended to a journal in
    /// it; trials.csv and cells.csv are written when all trials are there.
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// The i-th of N parts of the trials, for example 1/8.
    #[arg(long, value_name = "I/N", default_value = "1/1")]
    shard: Shard,
    /// Goes on with the journal in the folder.
    #[arg(long)]
    resume: bool,
    /// Trials at once [default: as many as there are cores].
    #[arg(long, value_name = "COUNT")]
    threads: Option<std::num::NonZeroUsize>,
    /// The summary as one JSON document on stdout.
    #[arg(long)]
    json: bool,
    /// No progress bar and, without --json, no summary.
    #[arg(long, short)]
    quiet: bool,
}

/// Carries out the trials that are not there yet.
///
/// # Errors
/// Those of the preset, a preset without a sweep, a folder that holds another sweep or can't be
/// written into, all before the first trial.
pub fn sweep(args: &Args) -> anyhow::Result<Exit> {
    let experiment = args.source.load()?;
    let plan = plan_of(&experiment)?;
    plan.check()?;
    let cancel = cancel_on_interrupt()?;
    let folder = SweepFolder::prepare(&args.out)?;
    let path = folder.journal(args.shard.index, args.shard.count);
    let (mut journal, table) = begin(&path, &plan, args.resume)?;
    let units: Vec<usize> = table
        .missing()
        .filter(|unit| args.shard.has(*unit))
        .collect();
    let early = carry_out(args, &plan, table, &units, &cancel, &mut journal)?;
    let on_disk = journal.finish();
    if let Some(end) = early {
        return Ok(end);
    }
    // From here on every result is in a journal, and what fails is the writing of what follows from it.
    on_disk
        .map_err(anyhow::Error::from)
        .and_then(|()| conclude(args, &folder))
        .or_else(|error| {
            complain(&format!("{error}; the journal has every result so far"));
            Ok(Exit::Failed)
        })
}

/// The sweep of an experiment.
///
/// # Errors
/// An experiment without one.
pub(super) fn plan_of(experiment: &Experiment) -> anyhow::Result<Plan> {
    Plan::of(experiment).ok_or_else(|| {
        anyhow::anyhow!(
            "sweep: the preset `{}` has none; allowed: a preset with `sweep` and an axis with show: \
             XAxis, or two with show: Grid",
            experiment.name
        )
    })
}

/// The journal to append to, and what is in it already.
fn begin(path: &Path, plan: &Plan, resume: bool) -> anyhow::Result<(Journal, Table)> {
    let mut table = Table::new(plan);
    if !path.exists() {
        return Ok((Journal::create(path, plan)?, table));
    }
    if !resume {
        anyhow::bail!(
            "{}: a sweep was begun here; allowed: --resume to go on with it, or another --out",
            path.display()
        );
    }
    let (journal, saved) = Journal::resume(path, plan)?;
    if saved.damaged > 0 {
        let (path, rows) = (path.display(), saved.damaged);
        complain(&format!(
            "{path}: {rows} damaged rows are left out and done again"
        ));
    }
    saved.results.into_iter().for_each(|r| table.insert(r));
    Ok((journal, table))
}

/// Carries out `units`; tells what ended it early and gives the exit code, if something did.
fn carry_out(
    args: &Args,
    plan: &Plan,
    table: Table,
    units: &[usize],
    cancel: &Cancel,
    journal: &mut Journal,
) -> anyhow::Result<Option<Exit>> {
    let threads = args.threads.map_or_else(
        || std::thread::available_parallelism().map_or(1, usize::from),
        usize::from,
    );
    let bar = Bar::trials(args.quiet);
    let mut failed: Option<JournalError> = None;
    let ended = run_sweep(
        plan,
        table,
        units,
        threads,
        cancel,
        &mut |event| match event {
            SweepEvent::Progress(progress) => bar.set_trials(&progress),
            SweepEvent::Done(result) => {
                if failed.is_none()
                    && let Err(error) = journal.append(&result)
                {
                    failed = Some(error);
                    cancel.cancel();
                }
            }
        },
    );
    drop(bar);
    if let Some(error) = failed {
        complain(&format!(
            "{error}; the results before it are kept, and --resume goes on"
        ));
        return Ok(Some(Exit::Failed));
    }
    match ended {
        Ok(()) => Ok(None),
        Err(RunError::Refused(message)) => anyhow::bail!(message),
        Err(RunError::Cancelled(_)) => {
            complain("interrupted; every finished trial is kept, and --resume goes on");
            Ok(Some(Exit::Interrupted))
        }
    }
}

/// Merges and sums up what is in the folder, where all of it is.
fn conclude(args: &Args, folder: &SweepFolder) -> anyhow::Result<Exit> {
    let journals = crate::sweep::journals_in(&args.out)?;
    let merged = merged_if_complete(&journals, folder)?;
    let Some((plan, table)) = merged else {
        if !args.quiet {
            let text = "the other shards are missing; `widescope missing` lists their trials\n";
            print(text)?;
        }
        return Ok(Exit::Done);
    };
    sum_up(args, &plan, &table, folder)
}

/// Prints what came out. Where that is not for people, what failed goes to stderr, for a script's log.
fn sum_up(args: &Args, plan: &Plan, table: &Table, folder: &SweepFolder) -> anyhow::Result<Exit> {
    let claims = evaluate_sweep(plan, table);
    if args.json {
        print(&sweep_summary::json(plan, table, &claims, &folder.files()))?;
    } else if !args.quiet {
        print(&sweep_summary::text(plan, table, &claims))?;
    }
    let failed: Vec<String> = unmet(&claims).collect();
    if args.json || args.quiet {
        failed.iter().for_each(|failure| complain(failure));
    }
    Ok(if failed.is_empty() {
        Exit::Done
    } else {
        Exit::Failed
    })
}

fn merged_if_complete(
    journals: &[(PathBuf, Saved)],
    folder: &SweepFolder,
) -> anyhow::Result<Option<(Plan, Table)>> {
    let Some((_, first)) = journals.first() else {
        return Ok(None);
    };
    let mut table = Table::new(&first.plan);
    let results = journals.iter().flat_map(|(_, saved)| &saved.results);
    results.for_each(|result| table.insert(result.clone()));
    if !table.is_complete() {
        return Ok(None);
    }
    let merged = write_merged(journals, false, &folder.trials())?;
    let plan = first.plan.clone();
    let Some(table) = merged else { return Ok(None) };
    folder.write_cells(&plan, &table)?;
    Ok(Some((plan, table)))
}
