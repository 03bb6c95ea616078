//! Threads and their interruption: a flag that stops work, and a crew that stays together over many steps.

mod cancel;
pub(crate) mod crew;

pub use cancel::{Cancel, Cancelled};
