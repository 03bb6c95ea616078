//! Sweeps: trials over one or two fields, carried out in any order, kept in a journal, summed up.

mod cells;
mod cost;
mod data_cache;
mod exponent;
mod folder;
mod journal;
mod no_interval;
mod plan;
mod queue;
mod runner;
mod summary;
mod table;
mod transition;
mod trial;

pub use crate::fit::Interval;
pub use cost::largest_trial;
pub use exponent::{CurvePoint, SweepExponent};
pub use folder::{SweepFolder, journals_in};
pub use journal::{Head, Journal, JournalError, Saved, read_journal, write_merged};
pub use no_interval::NoInterval;
pub use plan::{Cell, Plan, Unit};
pub use runner::{SweepEvent, SweepProgress, run_sweep};
pub use summary::{CellSummary, value_of};
pub use table::Table;
pub use transition::{Transition, fit_transition};
pub use trial::{TrialEnd, TrialResult};
