//! Where the worker leaves a saved run, and the window finds it.

use std::sync::{Mutex, PoisonError};

use crate::experiment::SavedExperiment;

use super::RunId;

/// The newest saved run.
#[derive(Debug, Default)]
pub(super) struct Shelf(Mutex<Option<(RunId, SavedExperiment)>>);

impl Shelf {
    pub(super) fn put(&self, run: RunId, saved: SavedExperiment) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some((run, saved));
    }

    pub(super) fn take(&self) -> Option<(RunId, SavedExperiment)> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}
