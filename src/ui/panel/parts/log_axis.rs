//! Whether an axis is logarithmic.

pub use crate::page::choice::LogAxis;
