//! What can be wrong with a dataset.

use std::path::{Path, PathBuf};

use thiserror::Error;

/// A dataset that cannot be made as asked.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum DataError {
    /// A preset field has a value that is not allowed.
    #[error("{field} = {value}: {allowed}")]
    Field {
        /// Path of the field, as in `--set`.
        field: &'static str,
        /// The value found.
        value: String,
        /// What is allowed.
        allowed: String,
    },
    /// A file does not hold what it should.
    #[error("{}: {fault}", file.display())]
    File {
        /// The file.
        file: PathBuf,
        /// What was found in it and what is allowed.
        fault: Fault,
    },
}

impl DataError {
    /// An error about a preset field.
    pub(super) fn field(
        field: &'static str,
        value: impl ToString,
        allowed: impl Into<String>,
    ) -> Self {
        Self::Field {
            field,
            value: value.to_string(),
            allowed: allowed.into(),
        }
    }
}

/// What was found in a file, and what is allowed there.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{found}; {allowed}")]
pub struct Fault {
    /// What was found, with its place.
    pub found: String,
    /// What is allowed there.
    pub allowed: String,
}

impl Fault {
    pub(super) fn new(found: impl Into<String>, allowed: impl Into<String>) -> Self {
        Self {
            found: found.into(),
            allowed: allowed.into(),
        }
    }

    /// A failure of the operating system or of a decoder.
    pub(super) fn unreadable(cause: impl std::fmt::Display) -> Self {
        Self::new(
            format!("cannot be read ({cause})"),
            "a complete, readable file is needed",
        )
    }

    /// The fault with its place put in front.
    pub(super) fn at(self, place: impl std::fmt::Display) -> Self {
        Self::new(format!("{place}: {}", self.found), self.allowed)
    }

    pub(super) fn in_file(self, file: &Path) -> DataError {
        DataError::File {
            file: file.to_owned(),
            fault: self,
        }
    }
}
