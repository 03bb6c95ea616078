//! What leaves the program: tables, arrays and the provenance every file carries; and the experiment found
//! again in what left it.

mod atomic;
pub mod base64;
mod cell;
mod checkpoint;
mod command_line;
pub mod embedded;
mod final_arrays;
mod folder;
mod initial_arrays;
mod named_files;
mod numpy;
mod open;
mod outcomes;
mod portable;
mod provenance;
mod recorded;
mod series;
pub mod share;
mod spectra;

pub use atomic::{ExportError, atomic_write, check_writable};
pub use cell::{text_cell, text_of_cell};
pub use checkpoint::{Checkpoint, CheckpointError, CheckpointWriter, InputFiles};
pub use command_line::run_command;
pub use final_arrays::{Initial, write_final};
pub use folder::RunFolder;
pub use numpy::NumpyScript;
pub use open::{OpenError, Opened, open};
pub use outcomes::with_outcomes;
pub use portable::portable;
pub use provenance::{COMMIT, PRESET_KEY, Provenance, VERSION};
pub use recorded::{RecordedError, recorded_run};
pub use series::write_series;
pub use spectra::write_spectra;

use std::sync::Arc;

use crate::history::RunHistory;
use crate::observe::Record;
use crate::preset::Experiment;

/// The records of one arm as the tables list them.
#[derive(Clone, Copy, Debug)]
pub struct ArmRecords<'a> {
    /// Name of the arm.
    pub label: &'a str,
    /// Seed of the arm.
    pub seed: u64,
    /// Its records, by rising step.
    pub records: &'a [Arc<Record>],
}

impl<'a> ArmRecords<'a> {
    /// The arms of an experiment with what was recorded of them, in order.
    pub fn of(experiment: &'a Experiment, history: &'a RunHistory) -> Vec<Self> {
        let arms = experiment.arms.iter().zip(history.arms());
        arms.map(|(arm, recorded)| Self {
            label: &arm.label,
            seed: arm.preset.seed,
            records: recorded.records(),
        })
        .collect()
    }
}

/// A number as text that reads back as the same double: `NaN`, `inf` and `-inf` where it is not finite.
fn number(x: f64) -> String {
    format!("{x:?}")
}
