//! What happens in a run, in order.

use std::sync::Arc;

use crate::observe::Record;
use crate::theory::PaperReport;

use super::{ArmFacts, Outcome};

/// What happened in a run.
///
/// The order does not depend on timing: after [`EventKind::Started`] come records and ends by
/// rising step of the common clock, and by arm within a step; after those of a step comes what a change
/// of δ there changed.
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
    /// The step δ was changed live, from this step on in every arm that has not ended.
    StepChanged {
        /// Step on the common clock.
        at: u64,
        /// The new δ.
        step: f64,
    },
    /// Bounds of an arm ended, as its step δ was changed.
    TheoryChanged {
        /// Index of the arm.
        arm: usize,
        /// What stands of what its facts said.
        theory: Arc<[PaperReport]>,
    },
    /// Every arm ended.
    Finished,
    /// The run could not begin, being refused by the size estimate or left without data; or it was
    /// lost to a fault of the program outside its arms.
    Refused {
        /// The field, the value and what is allowed.
        message: String,
    },
}
