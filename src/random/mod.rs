//! Random numbers: one stream a purpose, and the seeds of a sweep's trials.

mod seed;
pub mod stream;

pub use seed::trial_seed;
