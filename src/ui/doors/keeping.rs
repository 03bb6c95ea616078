//! A run that is kept in a folder as it goes on.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use crate::experiment::{Estimate, SavedExperiment};
use crate::export::{CheckpointWriter, RunFolder};
use crate::observe::Record;
use crate::preset::Experiment;
use crate::worker::RunId;

/// Time between two checkpoints.
pub const EVERY: Duration = Duration::from_secs(300);

/// A run that is kept in a folder as it goes on.
#[derive(Debug)]
pub struct Keeping {
    folder: RunFolder,
    writer: Arc<CheckpointWriter>,
    /// The run.
    pub run: RunId,
    /// When it was last asked for; `None` where it is to be asked at once.
    asked: Option<Instant>,
    /// Whether its end was kept.
    ended: bool,
    /// Whether it was told of once, so that every five minutes pass without a word.
    pub told: bool,
}

impl Keeping {
    /// Keeps a run of an experiment in a folder, which is made where it is missing.
    ///
    /// # Errors
    /// A folder that can't be written into or holds another run, a file of the preset that can't be read, too
    /// little memory.
    pub fn new(
        path: &Path,
        experiment: &Experiment,
        run: RunId,
        resumed: bool,
    ) -> Result<Self, String> {
        let estimate = Estimate::of(experiment).map_err(|error| error.to_string())?;
        let fits = estimate.saving().refuse_if_too_big_now();
        fits.map_err(|error| error.to_string())?;
        let folder = RunFolder::prepare(path).map_err(|error| error.to_string())?;
        if !resumed && (folder.checkpoint().exists() || folder.finished().is_some()) {
            return Err(format!(
                "{}: it holds another run already; allowed: an empty or new folder",
                path.display()
            ));
        }
        let writer =
            CheckpointWriter::new(experiment, Some(EVERY)).map_err(|error| error.to_string())?;
        Ok(Self {
            folder,
            writer: Arc::new(writer),
            run,
            asked: resumed.then(Instant::now),
            ended: false,
            told: false,
        })
    }

    /// The folder.
    pub fn path(&self) -> PathBuf {
        self.folder.path().to_owned()
    }

    /// Whether the run is to be saved now; asked every frame. A run that has ended is saved once more.
    pub fn is_due(&mut self, is_over: bool) -> bool {
        let ends = is_over && !self.ended;
        let due = ends
            || self
                .asked
                .is_none_or(|asked| !is_over && asked.elapsed() >= EVERY);
        if due {
            self.asked = Some(Instant::now());
            self.ended |= is_over;
        }
        due
    }

    /// What writes a run that was saved, with the records of its arms in the order of its worker, into the folder;
    /// gives its step.
    pub fn writing(
        &self,
        saved: SavedExperiment,
        records: Vec<Vec<Arc<Record>>>,
    ) -> impl FnOnce() -> Result<u64, String> + Send + 'static + use<> {
        let (writer, path) = (Arc::clone(&self.writer), self.folder.checkpoint());
        move || {
            let saved = saved.with_records(&records);
            let step = saved.step();
            let written = writer.write(&path, &saved);
            written.map(|()| step).map_err(|error| error.to_string())
        }
    }
}
