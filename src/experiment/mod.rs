//! Arms and axes made into runs, and runs carried out.

mod outcome;

pub use outcome::{ArmFacts, Outcome, RunError, StopReason};
