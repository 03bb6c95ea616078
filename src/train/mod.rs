//! Training in weight space and in sample space; no threads of its own, no clock, no drawing.

mod batches;
mod block;
mod block_batch;
mod block_flow;
mod block_kinks;
mod cancel;
mod cost;
mod evaluate;
mod factorization;
mod flow;
mod gram;
mod kink;
mod least_squares;
mod loss;
mod problem;
mod reduction;
mod row_space;
mod sgd;
mod storage;
mod trainer;

pub use batches::Batches;
pub use block::{BLOCK, BlockWeights, NeuronBlock, StepInput};
pub use block_batch::{Batch, BatchValues};
pub use cancel::{Cancel, Cancelled};
pub use cost::{choose_sample_space, step_flops};
pub use evaluate::EVALUATED_POINTS;
pub use factorization::{ThinSvd, orthonormal_basis, thin_svd};
pub(crate) use factorization::{abandonable, to_faer, to_ndarray};
pub use flow::{Flow, FlowStopped};
pub use gram::gram;
pub use loss::total_loss;
pub use problem::Problem;
pub use reduction::Reduction;
pub use row_space::RowSpace;
pub use storage::Storage;
pub use trainer::Trainer;
