//! Named training problems and how fast they run: the engine's own steps, timed.
//!
//! A problem is a preset's text; what is timed is the [`crate::experiment::ArmRun`] of it, as a window
//! or a command advances it, with nothing observed between its first record and its last.

mod benchmark;
mod growth;
mod measure;
mod measurement;
mod memory;
mod operations;
mod peak;
mod problem;

pub use benchmark::{Benchmark, LISTED, UnknownBenchmark};
pub use growth::{GrowthPoint, GrowthSize, grow, growing};
pub use measure::{BenchError, Effort, measure};
pub use measurement::{Measurement, Unit};
pub use memory::peak_memory;
pub use operations::{Form, evaluation_flops, step_flops_of};
pub use peak::gemm_peak;
pub use problem::experiment;
