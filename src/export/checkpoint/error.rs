//! Why a run can't go on from a checkpoint.

use std::io;
use std::path::{Path, PathBuf};

use crate::preset::Difference;

/// Why a run can't be checkpointed, or go on from a checkpoint.
#[derive(Debug, thiserror::Error)]
pub enum CheckpointError {
    /// The file can't be read.
    #[error("can't read the checkpoint {}: {source}", path.display())]
    Unreadable {
        /// The checkpoint.
        path: PathBuf,
        /// Cause.
        source: io::Error,
    },
    /// The file is something else.
    #[error("{} is no checkpoint of widescope", path.display())]
    NotACheckpoint {
        /// The file.
        path: PathBuf,
    },
    /// A part is missing or was changed.
    #[error(
        "the checkpoint {} is damaged: its checksum or its structure is wrong. Nothing of it can be \
         used; delete it and begin anew",
        path.display()
    )]
    Damaged {
        /// The checkpoint.
        path: PathBuf,
    },
    /// Written in a format this program does not know.
    #[error(
        "the checkpoint {} has format {found}; this program reads format {known}. Resume with the \
         program that wrote it, or delete it and begin anew",
        path.display()
    )]
    OtherFormat {
        /// The checkpoint.
        path: PathBuf,
        /// Its format.
        found: u32,
        /// The format read here.
        known: u32,
    },
    /// Another version of the program may not compute the same.
    #[error(
        "the checkpoint {} was written by {found}, this is {this}, which may not compute the same. \
         Resume with that one, or delete it and begin anew",
        path.display()
    )]
    OtherProgram {
        /// The checkpoint.
        path: PathBuf,
        /// The program that wrote it.
        found: String,
        /// This program.
        this: String,
    },
    /// Another run than the one asked for.
    #[error(
        "the checkpoint {} is that of another run: {} is {} there and {} in the preset asked for. \
         Ask for the same preset and --set, or write into another folder",
        path.display(), difference.field, difference.there, difference.here
    )]
    OtherPreset {
        /// The checkpoint.
        path: PathBuf,
        /// The first field that differs.
        difference: Difference,
    },
    /// A file of the preset can't be read.
    #[error("{field}: can't read {}: {source}", path.display())]
    Input {
        /// The field that names it.
        field: String,
        /// The file.
        path: PathBuf,
        /// Cause.
        source: io::Error,
    },
    /// A file of the preset is not as it was.
    #[error(
        "{field}: {} has changed since the run began. Put the old file back, or delete the \
         checkpoint and begin anew",
        path.display()
    )]
    ChangedInput {
        /// The field that names it.
        field: String,
        /// The file.
        path: PathBuf,
    },
}

impl CheckpointError {
    pub(super) fn damaged(path: &Path) -> Self {
        Self::Damaged {
            path: path.to_owned(),
        }
    }
}
