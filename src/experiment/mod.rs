//! Arms and axes made into runs, and runs carried out.

mod arm_run;
mod cadence;
mod chunk;
pub mod claim;
mod engine;
pub mod estimate;
mod estimate_arm;
mod estimate_method;
mod event;
mod final_state;
mod given_files;
mod initial_biases;
mod kernel_run;
mod kernel_setup;
mod outcome;
mod panics;
mod representation;
#[cfg(test)]
mod resume_tests;
mod run;
mod run_all;
mod run_saving;
mod saved_run;
mod saved_session;
#[cfg(test)]
pub(crate) mod scripted;
mod session;
mod session_arm;
#[cfg(test)]
mod session_tests;
mod setup;
mod stepping;
mod storage;
mod teacher;
mod timing;
mod watch;

pub use arm_run::{ArmRun, SavedArmRun};
pub use estimate::Estimate;
pub use estimate_arm::ArmEstimate;
pub use event::EventKind;
pub use final_state::FinalState;
pub use given_files::check_given_files;
pub use outcome::{ArmFacts, Outcome, RunError, StopReason};
pub use panics::keep_panics_of_arms;
pub use run_all::{ArmEnd, Progress, run_all};
pub use run_saving::{SavedExperiment, Saving, run_saving};
pub use timing::ArmTiming;

pub(crate) use chunk::Chunk;
pub(crate) use engine::{Engine, Networks, TrainingArm};
#[cfg(test)]
pub(crate) use run_all::run_all_with;
pub(crate) use session::Session;
pub(crate) use session_arm::{guarded, panic_text};
