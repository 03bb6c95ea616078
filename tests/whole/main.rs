//! What stands on the training engine, without a toolkit: theory, data files, whole runs, sweeps
//! and their journals, claims, and what the panels show.

mod data_files;
#[path = "../support/fake_run/mod.rs"]
mod fake_run;
mod figures;
mod hostile_data;
mod hostile_journal;
#[cfg(feature = "render")]
mod replay;
mod runs;
mod shipped_claims;
mod sweep;
mod sweep_oracle;
mod theory;
