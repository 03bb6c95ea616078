//! An arm that is over.

use crate::history::{ArmFacts, Outcome};

use super::{ArmTiming, FinalState};

/// What is left of an arm at the end of a run.
#[derive(Clone, Debug)]
pub struct ArmEnd {
    /// Facts from its start; `None` where it failed to start.
    pub facts: Option<ArmFacts>,
    /// How it ended.
    pub outcome: Outcome,
    /// Steps done; for a failed arm the last recorded step.
    pub step: u64,
    /// How long it trained, and how much of that it measured.
    pub timing: ArmTiming,
    /// Weights and outputs; `None` for a failed arm.
    pub final_state: Option<FinalState>,
}
