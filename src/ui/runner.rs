//! What the window needs of whoever carries out runs: the worker, or a stand-in in tests.

use std::sync::Arc;

use crate::experiment::SavedExperiment;
use crate::preset::Experiment;
use crate::worker::{Command, Event, RunId, Snapshot, Worker};

/// Trains an experiment in the background.
pub trait Runner {
    /// Replaces the run by a new one; at most one waits, the latest.
    fn load(&mut self, experiment: Arc<Experiment>, play: bool) -> RunId;

    /// As [`Self::load`], and goes on where the run was saved.
    fn resume(
        &mut self,
        experiment: Arc<Experiment>,
        play: bool,
        _saved: SavedExperiment,
    ) -> RunId {
        self.load(experiment, play)
    }

    /// Asks for the run to be saved; [`Self::saved`] has it when that is done.
    fn save(&mut self) {}

    /// The run as it was saved, without its records: those of the events taken afterwards are all that it had,
    /// and may be more.
    fn saved(&mut self) -> Option<SavedExperiment> {
        None
    }

    /// Gives the run up, with all memory it takes.
    fn unload(&mut self);

    /// Asks something of the run.
    ///
    /// # Errors
    /// Why it was not taken, for people.
    fn send(&mut self, command: Command) -> Result<(), String>;

    /// The messages since the last call, in order.
    fn events(&mut self) -> Vec<Event>;

    /// The state as of now.
    fn snapshot(&mut self) -> Arc<Snapshot>;
}

impl Runner for Worker {
    fn load(&mut self, experiment: Arc<Experiment>, play: bool) -> RunId {
        Worker::load(self, experiment, play)
    }

    fn resume(&mut self, experiment: Arc<Experiment>, play: bool, saved: SavedExperiment) -> RunId {
        Worker::resume(self, experiment, play, saved)
    }

    fn save(&mut self) {
        Worker::save(self);
    }

    fn saved(&mut self) -> Option<SavedExperiment> {
        Worker::saved(self)
    }

    fn unload(&mut self) {
        Worker::unload(self);
    }

    fn send(&mut self, command: Command) -> Result<(), String> {
        Worker::send(self, command).map_err(|error| error.to_string())
    }

    fn events(&mut self) -> Vec<Event> {
        Worker::events(self).collect()
    }

    fn snapshot(&mut self) -> Arc<Snapshot> {
        Worker::snapshot(self)
    }
}
