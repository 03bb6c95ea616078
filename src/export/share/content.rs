//! What a share string holds.

use serde::{Deserialize, Serialize};

use super::ShareError;
use super::files::NamedFile;

/// Longest name of an experiment, in characters.
const MAX_NAME: usize = 200;

/// Everything in a share string.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Packed {
    /// Name of the experiment.
    pub(super) name: String,
    /// Files that its preset names.
    pub(super) files: Vec<NamedFile>,
    /// Its preset.
    pub(super) content: Content,
}

/// A preset.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) enum Content {
    /// The shipped preset of the experiment's name, with fields set otherwise.
    Changes {
        /// CRC-32 of its text.
        checksum: u32,
        /// Paths and values, as in `--set`.
        edits: Vec<(String, String)>,
    },
    /// All of it.
    Whole {
        /// Its text.
        ron: String,
    },
}

impl Packed {
    pub(super) fn bytes(&self) -> Vec<u8> {
        // Writing to memory fails on what postcard has no form for; strings and numbers have one.
        postcard::to_stdvec(self).unwrap_or_default()
    }

    /// # Errors
    /// [`ShareError::Structure`] where the bytes are not what [`Self::bytes`] gives.
    pub(super) fn read(bytes: &[u8]) -> Result<Self, ShareError> {
        let read: Result<(Self, &[u8]), _> = postcard::take_from_bytes(bytes);
        match read {
            Ok((packed, [])) if is_name(&packed.name) => Ok(packed),
            _ => Err(ShareError::Structure),
        }
    }
}

/// Whether a name can stand in messages and tables.
fn is_name(name: &str) -> bool {
    let length = name.chars().count();
    (1..=MAX_NAME).contains(&length) && !name.chars().any(char::is_control)
}
