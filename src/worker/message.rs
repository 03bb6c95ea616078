//! Messages to and from the worker.

use std::sync::Arc;

use crate::experiment::{ArmFacts, Outcome};
use crate::observe::Record;

/// Identifies one start of one experiment; every message of a run bears it, so that what is left
/// over from an earlier run can be told apart.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RunId(pub u64);

/// What the window asks of the worker about the run it has. (A new run is asked for with
/// `Worker::load`, which keeps at most one experiment pending.)
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Command {
    /// Train.
    Play,
    /// Stop training, keep the state.
    Pause,
    /// Do this many steps, then pause.
    Step(u64),
    /// Train at this speed.
    SetSpeed(Speed),
    /// Go on with another step δ.
    SetStep(f64),
}

/// How fast to train.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Speed {
    /// As fast as the machine can.
    #[default]
    Unlimited,
    /// At most this many steps a second.
    StepsPerSecond(f64),
}

/// An ordered message from the worker; none is lost.
#[derive(Clone, Debug)]
pub struct Event {
    /// The run it belongs to.
    pub run: RunId,
    /// What happened.
    pub kind: EventKind,
}

/// What happened in a run.
#[derive(Clone, Debug)]
pub enum EventKind {
    /// All arms are built (those that failed come as [`EventKind::Ended`] next).
    Started {
        /// Facts of each arm, in order; `None` for an arm that failed to start.
        arms: Vec<Option<ArmFacts>>,
    },
    /// An arm was measured.
    Recorded {
        /// Index of the arm.
        arm: usize,
        /// The measurement.
        record: Arc<Record>,
    },
    /// An arm ended.
    Ended {
        /// Index of the arm.
        arm: usize,
        /// How.
        outcome: Outcome,
    },
    /// The step δ was changed from this step on.
    StepChanged {
        /// Step on the common clock.
        at: u64,
        /// The new δ.
        step: f64,
    },
    /// Every arm ended.
    Finished,
    /// The run could not begin: refused by the size estimate, or its data could not be had.
    Refused {
        /// The field, the value and what is allowed.
        message: String,
    },
}

/// State of the run as of now; only the newest is kept.
#[derive(Clone, Debug, Default)]
pub struct Snapshot {
    /// The run it belongs to.
    pub run: RunId,
    /// What the worker is doing.
    pub activity: Activity,
    /// Step of the common clock.
    pub step: u64,
    /// Step at which the last arm stops.
    pub last_step: u64,
    /// Steps of the common clock a second, over the last second or so; 0 while paused.
    pub steps_per_second: f64,
    /// Bytes the arms hold, as estimated before their start.
    pub estimated_bytes: u64,
    /// Step of each arm.
    pub arm_steps: Vec<u64>,
}

/// What the worker is doing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Activity {
    /// No run was asked for yet.
    #[default]
    Idle,
    /// Building data, weights and the linearized twin.
    Starting,
    /// Training.
    Playing,
    /// Waiting for `Play` or `Step`.
    Paused,
    /// Every arm ended.
    Finished,
}
