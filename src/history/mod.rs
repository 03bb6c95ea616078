//! What a run recorded, in bounded memory, for scrubbing.

mod run_history;

pub use run_history::{ArmHistory, RunHistory};
