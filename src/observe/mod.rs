//! Observables: what is measured of a network in training, one a file.

mod quantity;
mod record;

pub use quantity::Quantity;
pub use record::{FeatureSample, Record};
