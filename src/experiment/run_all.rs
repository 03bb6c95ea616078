//! Carries out an experiment without a window.

use std::time::{Duration, Instant};

use crate::preset::Experiment;
use crate::task::Cancel;

use super::ArmEnd;
use super::chunk::Chunk;
use super::engine::{Engine, Networks, TrainingArm};
use super::session::Session;
use crate::history::{ArmFacts, EventKind, RunError};

/// Time between two reports of progress.
pub(super) const REPORT: Duration = Duration::from_millis(50);

/// What [`run_all`] tells while it works.
#[derive(Clone, Debug)]
pub enum Progress {
    /// Something happened.
    Event(EventKind),
    /// The common clock stands at `step`; the last arm ends at `last_step` at the latest.
    Step {
        /// Step of the common clock.
        step: u64,
        /// Step at which the last arm stops at the latest.
        last_step: u64,
    },
}

/// Trains all arms of an experiment to their ends, on the calling thread and rayon's.
///
/// The same session as the window's worker carries it out, so the records are equal bit by bit.
///
/// ```
/// use widescope::experiment::run_all;
/// use widescope::history::{Outcome, RunError, StopReason};
/// use widescope::preset::library;
/// use widescope::task::Cancel;
///
/// let cancel = Cancel::new();
/// let experiment = library::load("oymak-one-cell")?;
/// for end in run_all(&experiment, &cancel, &mut |_| {})? {
///     // Both arms fit their noise labels before the last step.
///     assert_eq!(end.outcome, Outcome::Finished(StopReason::RelativeError));
/// }
///
/// // A cancelled run is an error, so nobody takes half a run for a whole one.
/// cancel.cancel();
/// let stopped = run_all(&experiment, &cancel, &mut |_| {});
/// assert!(matches!(stopped, Err(RunError::Cancelled(_))));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// [`RunError::Refused`] where the run could not begin, [`RunError::Cancelled`] once `cancel` is
/// raised. An arm that fails or diverges is no error: its [`ArmEnd`] says so.
pub fn run_all(
    experiment: &Experiment,
    cancel: &Cancel,
    on_progress: &mut dyn FnMut(Progress),
) -> Result<Vec<ArmEnd>, RunError> {
    run_all_with(&Networks, experiment, cancel, on_progress)
}

/// As [`run_all`], with any engine.
pub(crate) fn run_all_with<E: Engine>(
    engine: &E,
    experiment: &Experiment,
    cancel: &Cancel,
    on_progress: &mut dyn FnMut(Progress),
) -> Result<Vec<ArmEnd>, RunError> {
    let mut events = Vec::new();
    let mut session = Session::start(engine, experiment, cancel, &mut events)?;
    let mut chunk = Chunk::lasting(REPORT);
    loop {
        report(&session, &mut events, on_progress);
        if session.is_over() {
            return Ok(session.into_ends());
        }
        one_chunk(&mut session, &mut chunk, cancel, &mut events)?;
    }
}

/// What is known of each arm from its start, theory included, with no step done; `None` for an arm that can't
/// start.
///
/// # Errors
/// As [`run_all`].
pub fn facts_of_start(
    experiment: &Experiment,
    cancel: &Cancel,
) -> Result<Vec<Option<ArmFacts>>, RunError> {
    let session = Session::start(&Networks, experiment, cancel, &mut Vec::new())?;
    Ok(session
        .arms
        .iter()
        .map(|arm| arm.facts().cloned())
        .collect())
}

/// Tells what happened and where the session stands.
pub(super) fn report<A: TrainingArm>(
    session: &Session<A>,
    events: &mut Vec<EventKind>,
    on_progress: &mut dyn FnMut(Progress),
) {
    events
        .drain(..)
        .for_each(|event| on_progress(Progress::Event(event)));
    on_progress(Progress::Step {
        step: session.step(),
        last_step: session.last_step(),
    });
}

/// Trains for about the time between two reports.
pub(super) fn one_chunk<A: TrainingArm>(
    session: &mut Session<A>,
    chunk: &mut Chunk,
    cancel: &Cancel,
    events: &mut Vec<EventKind>,
) -> Result<(), RunError> {
    let (step, began) = (session.step(), Instant::now());
    session.advance(step.saturating_add(chunk.steps()), cancel, events)?;
    chunk.learn(session.step().saturating_sub(step), began.elapsed());
    Ok(())
}
