//! Datasets: the papers' synthetic laws, MNIST, and the user's own files.

mod dataset;
pub mod stream;

pub use dataset::{Dataset, LabelKind};
