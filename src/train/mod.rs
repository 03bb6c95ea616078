//! Training in weight space and in sample space; no threads of its own, no clock, no drawing.

mod cancel;

pub use cancel::{Cancel, Cancelled};
