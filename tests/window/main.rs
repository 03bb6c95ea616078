//! The window and its pictures: panels, presets and sweeps drawn without a display, mostly against
//! stored pictures.
#![cfg(feature = "render")]

mod cpu_renderer;
mod doors;
#[path = "../support/fake_run/mod.rs"]
mod fake_run;
mod fake_sweep;
mod figures;
mod frame_budget;
mod gallery;
mod harness;
mod layout;
mod panels;
mod pictures;
mod presets;
mod snapshot;
mod sweep_marker;
mod sweep_opened;
mod sweep_panels;
