//! Arms and axes made into runs, and runs carried out.

mod arm_end;
mod arm_run;
mod cadence;
mod chunk;
mod engine;
pub mod estimate;
mod facts;
mod facts_of_start;
mod final_state;
mod infinite;
mod initial_state;
mod panics;
mod plan;
mod record_schedule;
mod run;
mod run_all;
mod run_saving;
mod saved_experiment;
mod saves;
#[cfg(test)]
pub(crate) mod scripted;
mod session;
mod start;
mod step_changes;
mod step_plan;
mod stop_rules;
mod timing;

pub use arm_end::ArmEnd;
pub use arm_run::{ArmRun, SavedArmRun};
pub(crate) use chunk::Chunk;
pub(crate) use engine::{Engine, Networks, TrainingArm};
pub use estimate::Estimate;
pub use estimate::arm::ArmEstimate;
pub use facts_of_start::add_facts_of_start;
pub use final_state::FinalState;
pub use initial_state::{
    InitialData, InitialForm, InitialHidden, InitialInputs, InitialNetwork, InitialState,
    initial_state,
};
pub use panics::keep_panics_of_arms;
#[cfg(test)]
pub(crate) use run_all::run_all_with;
pub use run_all::{Progress, facts_of_start, run_all};
pub use run_saving::{Saving, run_saving};
pub use saved_experiment::SavedExperiment;
pub(crate) use saves::Saves;
pub(crate) use session::Session;
pub(crate) use session::arm::{guarded, panic_text};
pub(crate) use session::saved::SavedSession;
pub use start::given_files::check_given_files;
pub use step_plan::{BatchTable, StepPlan, step_plan};
pub(crate) use stop_rules::DIVERGENCE;
pub use timing::ArmTiming;
