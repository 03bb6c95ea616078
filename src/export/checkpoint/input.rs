//! The files that a preset names, as they were when a run began.

use std::collections::BTreeMap;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::export::named_files::{named, sum};
use crate::preset::Experiment;

use super::CheckpointError;

/// A file that a preset names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Input {
    /// Field of the preset.
    field: String,
    /// Where it is.
    path: PathBuf,
    /// CRC-32 of its bytes.
    checksum: u32,
}

impl Input {
    /// The files that the arms of an experiment read.
    ///
    /// # Errors
    /// Names the field and the file that can't be read.
    pub(super) fn of(experiment: &Experiment) -> Result<Vec<Self>, CheckpointError> {
        let named = experiment.arms.iter().flat_map(|arm| named(&arm.preset));
        let files: BTreeMap<PathBuf, &str> = named
            .map(|(field, path)| (experiment.folder.join(path), field))
            .collect();
        let summed = files.into_iter().map(|(path, field)| match sum(&path) {
            Ok(checksum) => Ok(Self {
                field: field.to_owned(),
                path: std::path::absolute(&path).unwrap_or(path),
                checksum,
            }),
            Err(source) => Err(CheckpointError::Input {
                field: field.to_owned(),
                path,
                source,
            }),
        });
        summed.collect()
    }

    /// # Errors
    /// [`CheckpointError::ChangedInput`] for the first file that is not as it was.
    pub(super) fn refuse_changed(before: &[Self], now: &[Self]) -> Result<(), CheckpointError> {
        let changed = now.iter().find(|input| !before.contains(input));
        changed.map_or(Ok(()), |input| {
            Err(CheckpointError::ChangedInput {
                field: input.field.clone(),
                path: input.path.clone(),
            })
        })
    }
}

/// The files that an experiment reads, as they were at some time.
#[derive(Clone, Debug)]
pub struct InputFiles(Vec<Input>);

impl InputFiles {
    /// Those of now.
    ///
    /// # Errors
    /// Names the field and the file that can't be read.
    pub fn of(experiment: &Experiment) -> Result<Self, CheckpointError> {
        Input::of(experiment).map(Self)
    }

    /// Whether the experiment would read the same bytes again.
    pub fn are_as_they_were(&self, experiment: &Experiment) -> bool {
        Input::of(experiment).is_ok_and(|now| Input::refuse_changed(&self.0, &now).is_ok())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::preset::parse;

    #[test]
    fn a_file_that_was_changed_or_taken_away_is_noticed() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("points.csv");
        std::fs::write(&path, "x1,y\n1,2\n3,4\n").expect("a file");
        let preset = parse("(data: File(path: \"points.csv\"))").expect("a preset");
        let experiment = Experiment::check(preset, "own", folder.path().to_owned());
        let experiment = experiment.expect("an experiment");
        let files = InputFiles::of(&experiment).expect("its file");
        assert!(files.are_as_they_were(&experiment));
        std::fs::write(&path, "x1,y\n1,2\n3,5\n").expect("a file");
        assert!(!files.are_as_they_were(&experiment));
        std::fs::remove_file(&path).expect("no file");
        assert!(!files.are_as_they_were(&experiment));
    }
}
