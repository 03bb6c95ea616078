//! Threads and their interruption: a flag that stops work, and a crew that stays together over many steps.

mod cancel;
pub(crate) mod crew;
mod memory;

pub use cancel::{Cancel, Cancelled};
pub(crate) use memory::give_back_freed_memory;
