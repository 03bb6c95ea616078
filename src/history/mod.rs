//! What a run recorded, in bounded memory, for scrubbing.

mod arm_history;
mod event;
mod moments;
mod outcome;
mod role;
mod run_history;
#[cfg(test)]
mod tests;
mod thinning;

pub use arm_history::ArmHistory;
pub use event::EventKind;
pub(crate) use moments::{NotReached, Reading, find_arm, head, read, read_only_arm};
pub use outcome::{ArmFacts, Outcome, RunError, StopReason};
pub use role::{Role, Settings};
pub use run_history::{DEFAULT_BUDGET, RunHistory};
