//! Engines whose runs can be saved and gone on with.

use crate::preset::Experiment;

use super::SavedExperiment;
use super::engine::{Engine, Networks, TrainingArm};
use super::session::saved::SavedSession;

/// What is saved of the sessions of an engine.
pub(crate) type SavedOf<E> = SavedSession<<<E as Engine>::Arm as TrainingArm>::Saved>;

/// An engine whose runs can be saved; where they can't, nothing comes of it.
pub(crate) trait Saves: Engine + Sized {
    /// What is saved of a run, of what is saved of its session.
    fn saved(&self, _of: &Experiment, _session: SavedOf<Self>) -> Option<SavedExperiment> {
        None
    }

    /// The other way round.
    fn session(&self, _of: &Experiment, _saved: SavedExperiment) -> Option<SavedOf<Self>> {
        None
    }
}

impl Saves for Networks {
    fn saved(&self, of: &Experiment, session: SavedOf<Self>) -> Option<SavedExperiment> {
        Some(SavedExperiment::of(of, session))
    }

    fn session(&self, of: &Experiment, saved: SavedExperiment) -> Option<SavedOf<Self>> {
        Some(saved.into_session(of))
    }
}
