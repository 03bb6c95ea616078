//! Arms and axes made into runs, and runs carried out.

mod arm_run;
mod final_state;
mod outcome;

pub use arm_run::ArmRun;
pub use final_state::FinalState;
pub use outcome::{ArmFacts, Outcome, RunError, StopReason};
