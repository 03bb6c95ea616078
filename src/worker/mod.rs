//! The background thread that trains, and the messages to and from it.

mod message;

pub use message::{Activity, Command, Event, EventKind, RunId, Snapshot, Speed};
