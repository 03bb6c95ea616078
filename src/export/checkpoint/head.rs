//! What a checkpoint says of its run.

use std::path::Path;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::export::{COMMIT, VERSION, portable};
use crate::preset;
use crate::preset::{Difference, Experiment};
use crate::spec::Preset;

use super::CheckpointError;
use super::input::Input;

/// What a checkpoint says of its run.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Head {
    /// Version of the program.
    version: String,
    /// Its commit, for people: another one of the same version may go on.
    commit: Option<String>,
    /// The resolved preset as RON.
    preset: String,
    /// Time between two checkpoints; `None` for one on an interruption only.
    pub(super) every: Option<Duration>,
    inputs: Vec<Input>,
}

impl Head {
    /// # Errors
    /// [`CheckpointError::Input`] where a file of the preset can't be read.
    pub(super) fn new(
        experiment: &Experiment,
        every: Option<Duration>,
    ) -> Result<Self, CheckpointError> {
        Ok(Self {
            version: VERSION.to_owned(),
            commit: Some(COMMIT.to_owned()),
            preset: preset::to_ron(&portable(experiment)),
            every,
            inputs: Input::of(experiment)?,
        })
    }

    /// # Errors
    /// Where the program, the preset or a file of it is not that of the run.
    pub(super) fn refuse_another(
        &self,
        path: &Path,
        experiment: &Experiment,
    ) -> Result<(), CheckpointError> {
        if self.version != VERSION {
            return Err(CheckpointError::OtherProgram {
                path: path.to_owned(),
                found: program(&self.version, self.commit.as_deref()),
                this: program(VERSION, Some(COMMIT)),
            });
        }
        let of_file = self.preset(path)?;
        if let Some(difference) = Difference::between(&portable(experiment), &of_file) {
            return Err(CheckpointError::OtherPreset {
                path: path.to_owned(),
                difference,
            });
        }
        Input::refuse_changed(&self.inputs, &Input::of(experiment)?)
    }

    /// The preset of the run.
    ///
    /// # Errors
    /// [`CheckpointError::Damaged`] where there is none.
    pub(super) fn preset(&self, path: &Path) -> Result<Preset, CheckpointError> {
        preset::parse(&self.preset).map_err(|_| CheckpointError::damaged(path))
    }
}

fn program(version: &str, commit: Option<&str>) -> String {
    match commit {
        Some(commit) => format!("widescope {version} (commit {commit})"),
        None => format!("widescope {version}"),
    }
}
