//! What a run recorded, in bounded memory, for scrubbing.

mod arm_history;
mod rate;
mod run_history;
#[cfg(test)]
mod tests;
mod thinning;

pub use arm_history::ArmHistory;
pub use rate::{Rate, fit_line, fit_rate};
pub use run_history::{DEFAULT_BUDGET, RunHistory};
