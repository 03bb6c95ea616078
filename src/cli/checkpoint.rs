//! `run --checkpoint` and `run --resume`.

use std::time::Duration;

use anyhow::bail;

use super::exit::{Exit, complain};
use super::training::{train, train_saving};
use crate::experiment::{ArmEnd, SavedExperiment, Saving};
use crate::export::{Checkpoint, CheckpointWriter, RunFolder, portable};
use crate::history::EventKind;
use crate::preset::{Difference, Experiment};
use crate::task::{Cancel, Cancelled};

/// An interrupted run is kept from this age on, also where nobody asked for checkpoints.
const WORTH_KEEPING: Duration = Duration::from_secs(30);

/// Longest time between two checkpoints, in minutes: a week.
const LONGEST: f64 = 7.0 * 24.0 * 60.0;

/// How a run is kept safe from interruptions.
#[derive(Debug, clap::Args)]
pub struct Checkpointing {
    /// Writes run.checkpoint into DIR every so many minutes, and on Ctrl-C or a termination signal;
    /// --resume goes on from it. It is removed when the run is done. Without this option only an
    /// interruption writes it, once the run is half a minute old.
    #[arg(long, value_name = "MINUTES", value_parser = minutes)]
    checkpoint: Option<Duration>,
    /// Goes on from the checkpoint in DIR, to the same files byte for byte; PRESET and --set must be
    /// those of the run. Goes on writing checkpoints, as often as before or as --checkpoint says.
    /// Does nothing where the run is finished.
    #[arg(long)]
    resume: bool,
}

/// What to do about checkpoints.
#[derive(Debug)]
pub enum Plan {
    /// Train without any: there is no memory for them.
    Without,
    /// Write some, and begin at the one that is given.
    With {
        /// Where to go on.
        from: Option<Box<SavedExperiment>>,
        /// Time between two; `None` for one on an interruption only.
        every: Option<Duration>,
        /// Writes them.
        writer: CheckpointWriter,
    },
    /// The run is finished already.
    Finished,
}

impl Checkpointing {
    /// Whether checkpoints are written or read.
    pub fn is_wanted(&self) -> bool {
        self.resume || self.checkpoint.is_some()
    }

    /// What to do, before anything is trained. Unfinished work is never overwritten. `can_save` says
    /// whether there is memory to save what nobody asked for.
    ///
    /// # Errors
    /// A checkpoint that is missing, in the way, damaged, or of another run.
    pub fn plan(
        &self,
        folder: &RunFolder,
        experiment: &Experiment,
        can_save: bool,
    ) -> anyhow::Result<Plan> {
        let path = folder.checkpoint();
        let exists = path.symlink_metadata().is_ok();
        match (self.resume, exists) {
            (false, true) => bail!(
                "{} is the checkpoint of an unfinished run; go on with --resume, or delete it to \
                 begin anew",
                path.display()
            ),
            (false, false) if self.checkpoint.is_none() && !can_save => Ok(Plan::Without),
            (false, false) => Ok(Plan::With {
                from: None,
                every: self.checkpoint,
                writer: CheckpointWriter::new(experiment, self.checkpoint)?,
            }),
            (true, false) => finished(folder, experiment),
            (true, true) => {
                let checkpoint = Checkpoint::read(&path, experiment)?;
                let every = self.checkpoint.or(checkpoint.every);
                Ok(Plan::With {
                    from: Some(Box::new(checkpoint.run)),
                    every,
                    writer: CheckpointWriter::new(experiment, every)?,
                })
            }
        }
    }
}

/// `--resume` without a checkpoint: fine only where the run asked for is done.
fn finished(folder: &RunFolder, experiment: &Experiment) -> anyhow::Result<Plan> {
    let path = folder.checkpoint();
    let Some(found) = folder.finished() else {
        bail!(
            "there is no checkpoint {}; begin the run with --checkpoint MINUTES",
            path.display()
        );
    };
    match Difference::between(&portable(experiment), &found) {
        None => Ok(Plan::Finished),
        Some(Difference { field, here, there }) => bail!(
            "there is no checkpoint {}, and the folder holds the files of another run: {field} is \
             {there} there and {here} in the preset asked for",
            path.display()
        ),
    }
}

/// Trains as planned. Where there are no ends to write: how the program ends, people having been
/// told why.
///
/// # Errors
/// As [`train`] and [`train_saving`].
pub fn train_as_planned(
    plan: Plan,
    (experiment, folder): (&Experiment, &RunFolder),
    cancel: &Cancel,
    quiet: bool,
    note: impl FnMut(EventKind),
) -> anyhow::Result<Result<Vec<ArmEnd>, Exit>> {
    let (from, every, writer) = match plan {
        Plan::Finished => {
            complain("the run is finished; there is nothing to go on from");
            return Ok(Err(Exit::Done));
        }
        Plan::Without => return train(experiment, cancel, quiet, note).map(Ok),
        Plan::With {
            from,
            every,
            writer,
        } => (from, every, writer),
    };
    let path = folder.checkpoint();
    if let (Some(saved), false) = (&from, quiet) {
        complain(&format!("resumed at step {}", saved.step()));
    }
    let mut written = from.as_ref().map(|saved| saved.step());
    let mut save = |saved: SavedExperiment| match writer.write(&path, &saved) {
        Ok(()) => written = Some(saved.step()),
        // A run that can go on should; the checkpoint before is still there.
        Err(error) => complain(&error.to_string()),
    };
    let is_asked_for = every.is_some() || from.is_some();
    let saving = Saving {
        from: from.map(|saved| *saved),
        every,
        interrupted_after: if is_asked_for {
            Duration::ZERO
        } else {
            WORTH_KEEPING
        },
        save: &mut save,
    };
    let ends = train_saving(experiment, cancel, quiet, saving, note);
    match (ends, written) {
        (Err(error), Some(step)) if error.downcast_ref::<Cancelled>().is_some() => {
            complain(&format!(
                "interrupted; go on from step {step} with --resume ({})",
                path.display()
            ));
            Ok(Err(Exit::Interrupted))
        }
        (ends, _) => ends.map(Ok),
    }
}

fn minutes(text: &str) -> Result<Duration, String> {
    let allowed = "allowed: minutes, more than 0 and at most a week, for example 10";
    let minutes: f64 = text.trim().parse().map_err(|_| allowed.to_owned())?;
    if minutes > 0.0 && minutes <= LONGEST {
        return Ok(Duration::from_secs_f64(60.0 * minutes));
    }
    Err(allowed.to_owned())
}
