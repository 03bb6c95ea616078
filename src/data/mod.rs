//! Datasets: the papers' synthetic laws, MNIST, and the user's own files.

mod dataset;

pub use dataset::{Dataset, LabelKind};
