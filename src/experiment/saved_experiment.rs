//! What is saved of a run.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::SavedArmRun;
use super::session::saved::SavedSession;
use super::start::teacher;
use super::start::teacher::Lesson;
use crate::observe::Record;
use crate::preset::Experiment;

/// What of a run can't be made again from its preset in little time.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SavedExperiment {
    /// What teachers said, each with an arm that was told.
    lessons: Vec<(usize, Arc<Lesson>)>,
    session: SavedSession<SavedArmRun>,
}

impl SavedExperiment {
    /// That of a session's.
    pub(super) fn of(experiment: &Experiment, session: SavedSession<SavedArmRun>) -> Self {
        Self {
            lessons: teacher::lessons_of(experiment),
            session,
        }
    }

    /// The session's, what teachers said being known from then on.
    pub(super) fn into_session(self, experiment: &Experiment) -> SavedSession<SavedArmRun> {
        teacher::remember(experiment, self.lessons);
        self.session
    }

    /// Step of the common clock.
    pub fn step(&self) -> u64 {
        self.session.step()
    }

    /// The same with the records of each arm up to its step, which somebody else has kept.
    pub fn with_records(mut self, records: &[Vec<Arc<Record>>]) -> Self {
        self.session.put_records(records);
        self
    }
}
