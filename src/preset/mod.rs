//! What to run, as data: the preset as written, and the checked experiment made of it.

mod defaults;
mod experiment;
mod spec;

pub use experiment::{Arm, Experiment};
pub use spec::*;
