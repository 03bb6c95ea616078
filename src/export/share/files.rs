//! The files that a shared preset names: their names go with it, not what is in them.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::ShareError;
use crate::export::named_files::{named_mut, sum};
use crate::preset::Experiment;
use crate::spec::Preset;

/// A file that a shared preset names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct NamedFile {
    /// Field that names it.
    field: String,
    /// Its name without folders.
    name: String,
    /// CRC-32 of its bytes.
    checksum: u32,
}

/// The preset of an experiment with bare names of files, and these files.
pub(super) fn bare(experiment: &Experiment) -> Result<(Preset, Vec<NamedFile>), ShareError> {
    let mut preset = experiment.preset.clone();
    let mut files = Vec::new();
    for (field, written) in named_mut(&mut preset) {
        let path = experiment.folder.join(written.as_str());
        let checksum = sum(&path).map_err(|source| ShareError::File {
            field: field.to_owned(),
            path: path.clone(),
            source,
        })?;
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        *written = name.clone().into_owned();
        files.push(NamedFile {
            field: field.to_owned(),
            name: name.into_owned(),
            checksum,
        });
    }
    Ok((preset, files))
}

impl NamedFile {
    /// Where the file is.
    ///
    /// # Errors
    /// As [`super::Shared::with_files`].
    pub(super) fn found(&self, offered: &[PathBuf], folder: &Path) -> Result<PathBuf, ShareError> {
        for path in offered {
            if self.sum(path)? == self.checksum {
                return Ok(path.clone());
            }
        }
        // A name with folders in it would look elsewhere.
        let name = Path::new(&self.name).file_name();
        let is_bare = name.is_some_and(|name| name == self.name.as_str());
        let here = Some(folder.join(&self.name)).filter(|path| is_bare && path.is_file());
        let Some(path) = here.or_else(|| offered.last().cloned()) else {
            return Err(ShareError::MissingFile {
                field: self.field.clone(),
                name: self.name.clone(),
                checksum: self.checksum,
            });
        };
        let found = self.sum(&path)?;
        if found == self.checksum {
            return Ok(path);
        }
        Err(ShareError::OtherFile {
            field: self.field.clone(),
            path,
            found,
            checksum: self.checksum,
        })
    }

    fn sum(&self, path: &Path) -> Result<u32, ShareError> {
        sum(path).map_err(|source| ShareError::File {
            field: self.field.clone(),
            path: path.to_owned(),
            source,
        })
    }

    /// Puts the file's place into the field that names it.
    pub(super) fn put(&self, preset: &mut Preset, path: &Path) {
        for (field, written) in named_mut(preset) {
            if field == self.field {
                *written = path.to_string_lossy().into_owned();
            }
        }
    }
}
