//! Where the worker leaves its newest state, and the window finds it.

use std::sync::{Arc, Mutex, PoisonError};

use super::Snapshot;

/// The newest snapshot.
#[derive(Debug, Default)]
pub(super) struct Board(Mutex<Arc<Snapshot>>);

impl Board {
    pub(super) fn put(&self, snapshot: Snapshot) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Arc::new(snapshot);
    }

    pub(super) fn get(&self) -> Arc<Snapshot> {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }
}
