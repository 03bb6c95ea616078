//! Movement of features and weights from their start.

mod feature_sums;
mod features;

pub use features::{MovedParts, Movement};
