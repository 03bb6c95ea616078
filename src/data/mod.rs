//! Datasets: the papers' synthetic laws, MNIST, and the user's own files.

mod csv_table;
mod dataset;
mod digits;
mod error;
mod file;
mod idx;
mod indices;
mod labels;
mod limits;
mod linear;
mod load;
mod mnist;
mod npy;
mod npy_header;
mod npz;
mod quadratic_net;
mod subset;
mod synthetic;
mod weights;

pub use dataset::{Dataset, LabelKind};
pub use error::{DataError, Fault};
pub use indices::load_indices;
pub(crate) use limits::free_memory;
pub use load::load;
pub use weights::{GivenWeights, load_weights};
