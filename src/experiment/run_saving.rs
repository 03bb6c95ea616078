//! Carries out an experiment that survives interruptions.

use std::sync::Arc;
use std::time::{Duration, Instant};

use crate::observe::Record;
use crate::preset::Experiment;
use crate::task::{Cancel, Cancelled};

use super::chunk::Chunk;
use super::engine::{Engine, Networks};
use super::run_all::{REPORT, one_chunk, report};
use super::saves::SavedOf;
use super::session::Session;
use super::{ArmEnd, Progress, SavedExperiment};
use crate::history::{EventKind, RunError};

/// How a run is saved, and from where it goes on.
pub struct Saving<'a, S> {
    /// Where it goes on; `None` for its start.
    pub from: Option<S>,
    /// Time between two saves, the first after the start; `None` for none of them.
    pub every: Option<Duration>,
    /// From so long after the start on, the run is saved when it is interrupted.
    pub interrupted_after: Duration,
    /// Takes what is saved.
    pub save: &'a mut dyn FnMut(S),
}

/// As [`super::run_all`], saving the run on its way. Once training has begun, `cancel` ends the run
/// between two steps, after a last save where one is due.
///
/// # Errors
/// As [`super::run_all`]; [`RunError::Refused`] also where the saved run does not fit the experiment.
pub fn run_saving(
    experiment: &Experiment,
    cancel: &Cancel,
    saving: Saving<'_, SavedExperiment>,
    on_progress: &mut dyn FnMut(Progress),
) -> Result<Vec<ArmEnd>, RunError> {
    let from = saving.from.map(|saved| saved.into_session(experiment));
    let mut save = |session| (saving.save)(SavedExperiment::of(experiment, session));
    let saving = Saving {
        from,
        every: saving.every,
        interrupted_after: saving.interrupted_after,
        save: &mut save,
    };
    run_saving_with(&Networks, experiment, cancel, saving, on_progress)
}

/// As [`run_saving`], with any engine.
pub(crate) fn run_saving_with<E: Engine>(
    engine: &E,
    experiment: &Experiment,
    cancel: &Cancel,
    saving: Saving<'_, SavedOf<E>>,
    on_progress: &mut dyn FnMut(Progress),
) -> Result<Vec<ArmEnd>, RunError> {
    let Saving {
        from,
        every,
        interrupted_after,
        save,
    } = saving;
    let (mut events, began) = (Vec::new(), Instant::now());
    // The start of a new run is saved at once: it may have taken a teacher's training.
    let mut is_due = from.is_none() && every.is_some();
    let mut session = match from {
        Some(saved) => Session::resume(engine, experiment, saved, cancel, &mut events)?,
        None => Session::start(engine, experiment, cancel, &mut events)?,
    };
    let mut records = vec![Vec::new(); experiment.arms.len()];
    let (mut chunk, mut saved_at) = (Chunk::lasting(REPORT), Instant::now());
    loop {
        events.iter().for_each(|event| keep(event, &mut records));
        report(&session, &mut events, on_progress);
        let is_cancelled = cancel.is_cancelled();
        if session.is_over() && !is_cancelled {
            return Ok(session.into_ends());
        }
        is_due |= every.is_some_and(|every| saved_at.elapsed() >= every);
        is_due |= is_cancelled && began.elapsed() >= interrupted_after;
        if is_due {
            save(session.save(&records));
            (is_due, saved_at) = (false, Instant::now());
        }
        if is_cancelled {
            return Err(Cancelled.into());
        }
        // A step that is broken off leaves nothing that could be saved, so it is not told of
        // `cancel`.
        one_chunk(&mut session, &mut chunk, &Cancel::new(), &mut events)?;
    }
}

fn keep(event: &EventKind, records: &mut [Vec<Arc<Record>>]) {
    if let EventKind::Recorded { arm, record } = event
        && let Some(records) = records.get_mut(*arm)
    {
        records.push(Arc::clone(record));
    }
}
