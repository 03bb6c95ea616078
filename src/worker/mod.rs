//! The background thread that trains, and the messages to and from it.
//!
//! The window asks with [`Worker::load`] and [`Worker::send`], and sees ordered [`Event`]s, of
//! which none is lost, beside the newest [`Snapshot`]. None of its calls waits for the worker.

mod board;
mod handle;
mod inbox;
mod message;
mod pace;
mod priority;
mod run;
mod service;
mod shelf;
mod sweep;
#[cfg(test)]
mod tests;
mod waker;

pub use crate::history::EventKind;
pub use handle::Worker;
pub use message::{Activity, Command, Event, RunId, SendError, Snapshot, Speed};
pub use sweep::{SweepEnd, SweepId, SweepNews, SweepWorker};
