//! The command line as a user calls it.

mod bench;
mod export;
mod inspect;
mod levels;
mod recompute;
mod resume;
mod run;
mod run_failures;
mod share;
mod support;
mod sweep;
mod usage;
mod verify;

#[cfg(feature = "render")]
mod pictures;
#[cfg(feature = "render")]
mod render;
mod render_sweep;
#[cfg(unix)]
mod unix;
