//! An arm that goes on where another one was interrupted.

use serde::{Deserialize, Serialize};

use crate::history::Outcome;
use crate::theory::DeltaChange;

/// What of an arm can't be made again from its preset.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(in crate::experiment) enum SavedArm<S> {
    /// In training, or ended by a stop rule.
    Training(S),
    /// Failed at its start or by a panic: nothing of it is used any more.
    Failed {
        step: u64,
        outcome: Option<Outcome>,
        /// The change of the step at which bounds of it had ended.
        changed: Option<DeltaChange>,
    },
}
