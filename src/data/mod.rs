//! Datasets: the papers' synthetic laws, MNIST, and the user's own files.

mod dataset;
mod digits;
mod error;
mod files;
mod laws;
mod limits;
mod load;
mod plane;
mod subset;

pub use dataset::{Dataset, LabelKind};
pub use digits::picked::{PickedDigits, picked_digits};
pub use digits::shown::{DigitImage, DigitSet, first_digits};
pub use error::{DataError, Fault};
pub use files::indices::load_indices;
pub use files::weights::{GivenWeights, load_weights};
pub(crate) use limits::free_memory;
pub use load::load;
pub use plane::Plane;
