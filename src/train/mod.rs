//! Training in weight space and in sample space; no threads of its own, no clock, no drawing.

mod block;
mod cancel;
mod cost;
mod gram;
mod problem;
mod trainer;

pub use block::{BLOCK, BlockWeights, NeuronBlock, StepInput};
pub use cancel::{Cancel, Cancelled};
pub use cost::{choose_sample_space, step_flops};
pub use gram::gram;
pub use problem::Problem;
pub use trainer::Trainer;
