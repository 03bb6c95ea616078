//! Datasets that several trials share.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use crate::data::Dataset;
use crate::experiment::{Engine, Networks, guarded};
use crate::history::RunError;
use crate::spec::{DataSpec, Preset};
use crate::task::Cancel;

/// Datasets kept: trials are carried out seed by seed, so the last few serve nearly all.
const KEPT: usize = 2;

type Loaded = Arc<OnceLock<Result<Arc<Dataset>, RunFailure>>>;

/// Datasets by their law and seed. Whoever asks first loads; others who ask for the same wait.
#[derive(Debug)]
pub(super) struct DataCache {
    folder: PathBuf,
    kept: Mutex<Vec<(DataSpec, u64, Loaded)>>,
}

/// Why a dataset can't be had.
#[derive(Clone, Debug)]
enum RunFailure {
    Cancelled,
    Refused(String),
}

impl DataCache {
    /// An empty cache; paths start from `folder`.
    pub(super) fn new(folder: PathBuf) -> Self {
        Self {
            folder,
            kept: Mutex::default(),
        }
    }

    /// The dataset of a preset.
    ///
    /// # Errors
    /// As the data themselves, and [`RunError::Cancelled`] once `cancel` is raised.
    pub(super) fn get(&self, preset: &Preset, cancel: &Cancel) -> Result<Arc<Dataset>, RunError> {
        let loaded = self.slot(preset);
        let data = loaded.get_or_init(|| {
            let load = || Networks.data(&preset.data, preset.seed, &self.folder, cancel);
            match guarded(load) {
                Ok(data) => Ok(Arc::new(data)),
                Err(RunError::Cancelled(_)) => Err(RunFailure::Cancelled),
                Err(RunError::Refused(message)) => Err(RunFailure::Refused(message)),
            }
        });
        match data {
            Ok(data) => Ok(data.clone()),
            Err(RunFailure::Cancelled) => Err(RunError::Cancelled(crate::task::Cancelled)),
            Err(RunFailure::Refused(message)) => Err(RunError::Refused(message.clone())),
        }
    }

    fn slot(&self, preset: &Preset) -> Loaded {
        // What a panic can leave behind here is a whole list of whole entries.
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let is_it =
            |(law, seed, _): &(DataSpec, u64, Loaded)| *seed == preset.seed && *law == preset.data;
        let entry = match kept.iter().position(is_it) {
            Some(i) => kept.remove(i),
            None => (preset.data.clone(), preset.seed, Loaded::default()),
        };
        let loaded = entry.2.clone();
        kept.push(entry);
        if kept.len() > KEPT {
            kept.remove(0);
        }
        loaded
    }
}
