//! What can be wrong with a share string.

use std::io;
use std::path::PathBuf;

use crate::preset::PresetError;

use super::{MAX_TEXT, PREFIX};

/// What is wrong with a share string, or why there is none of an experiment.
#[derive(Debug, thiserror::Error)]
pub enum ShareError {
    /// It does not begin as one.
    #[error("share string: it begins otherwise; allowed: {PREFIX}…")]
    NoPrefix,
    /// It is longer than any.
    #[error(
        "share string: it has {bytes} bytes; allowed: up to {MAX_TEXT}; a preset file or a picture holds more"
    )]
    TooLong {
        /// Its length.
        bytes: usize,
    },
    /// It holds more than any preset has.
    #[error("share string: it unpacks to more than {limit} bytes, which no preset has")]
    Unpacked {
        /// Most bytes.
        limit: u64,
    },
    /// A character that does not belong there.
    #[error(
        "share string: {found:?} at place {place} is not allowed; allowed: letters, digits, - and _"
    )]
    Character {
        /// The character.
        found: char,
        /// Its place, from 1.
        place: usize,
    },
    /// Its end is missing.
    #[error("share string: it is cut off; copy all of it")]
    CutOff,
    /// A character of it was changed or added.
    #[error(
        "share string: its checksum is wrong: a character was changed, lost or added; copy it anew"
    )]
    Checksum,
    /// It was made by a newer program.
    #[error(
        "share string: its form {version} is newer than this program reads (a newer widescope reads it)"
    )]
    Newer {
        /// Version of its form.
        version: u8,
    },
    /// Its checksum is right and its content is not.
    #[error("share string: its content is damaged, though its checksum is right")]
    Structure,
    /// It is about a preset that this program does not ship.
    #[error(
        "share string: it changes the preset `{name}`, which this version of widescope does not ship; \
         `widescope share … --whole` makes one that needs no shipped preset"
    )]
    NotShipped {
        /// Name of the preset.
        name: String,
    },
    /// It is about another text of a shipped preset.
    #[error(
        "share string: it changes the preset `{name}` of another version of widescope, whose text is not \
         this one's; `widescope share … --whole` in that version makes one that needs no shipped preset"
    )]
    OtherText {
        /// Name of the preset.
        name: String,
    },
    /// A file that its preset names is not there.
    #[error(
        "{field}: the file {name:?} (CRC-32 {checksum:08x}) is needed and not in the working folder; \
         allowed: --data-file PATH"
    )]
    MissingFile {
        /// Field that names it.
        field: String,
        /// Its name.
        name: String,
        /// CRC-32 of its bytes.
        checksum: u32,
    },
    /// A file of the right name has other bytes.
    #[error(
        "{field}: {} is another file than the one shared: its CRC-32 is {found:08x} and not {checksum:08x}; \
         allowed: --data-file PATH with the same bytes",
        path.display()
    )]
    OtherFile {
        /// Field that names it.
        field: String,
        /// The file.
        path: PathBuf,
        /// CRC-32 of its bytes.
        found: u32,
        /// That of the bytes asked for.
        checksum: u32,
    },
    /// A file that can't be read.
    #[error("{field}: {}: {source}", path.display())]
    File {
        /// Field that names it.
        field: String,
        /// The file.
        path: PathBuf,
        /// The cause.
        source: io::Error,
    },
    /// What it asks for is wrong.
    #[error(transparent)]
    Preset(#[from] PresetError),
}
