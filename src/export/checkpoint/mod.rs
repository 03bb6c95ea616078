//! The checkpoint of a run: what it takes to go on after an interruption.
//!
//! A file is, in this order: [`MAGIC`], the format as a little-endian u32, the head and the run in
//! postcard's encoding, and the CRC-32 of all bytes before it as a little-endian u32. The head is
//! decoded and compared before the run, whose encoding only the same program knows.

mod error;
mod head;
mod input;
mod summed;
#[cfg(test)]
mod tests;

use std::fs;
use std::io::{self, BufWriter, Write};
use std::path::Path;
use std::time::Duration;

use serde::{Serialize, de::DeserializeOwned};

use super::{ExportError, atomic_write};
use crate::data::free_memory;
use crate::experiment::SavedExperiment;
use crate::preset::Experiment;
use crate::spec::Preset;
use head::Head;
use summed::Summed;

pub use error::CheckpointError;
pub use input::InputFiles;

/// First bytes of every checkpoint.
const MAGIC: &[u8] = b"widescope checkpoint\n";
/// Format written and read.
const FORMAT: u32 = 3;
/// Bytes of the format, and of the checksum.
const WORD: usize = 4;
/// Bytes collected before they are summed and written.
const BUFFER: usize = 1 << 16;

/// What every checkpoint of a run says of it.
#[derive(Clone, Debug)]
pub struct CheckpointWriter {
    head: Head,
}

/// A checkpoint that was read and belongs to the run asked for.
#[derive(Clone, Debug)]
pub struct Checkpoint {
    /// What it takes to go on.
    pub run: SavedExperiment,
    /// Time between two checkpoints of the run; `None` for one on an interruption only.
    pub every: Option<Duration>,
}

impl CheckpointWriter {
    /// For a run that is saved every so often, or on an interruption only; reads the files that the preset names.
    ///
    /// # Errors
    /// [`CheckpointError::Input`] where one of them can't be read.
    pub fn new(experiment: &Experiment, every: Option<Duration>) -> Result<Self, CheckpointError> {
        Ok(Self {
            head: Head::new(experiment, every)?,
        })
    }

    /// Writes a checkpoint in the place of the one before, whole or not at all.
    ///
    /// # Errors
    /// Names the file and the cause; the checkpoint before it is then still there.
    pub fn write(&self, path: &Path, run: &SavedExperiment) -> Result<(), ExportError> {
        atomic_write(path, |out| {
            let mut summed = Summed::new(out);
            summed.write_all(MAGIC)?;
            summed.write_all(&FORMAT.to_le_bytes())?;
            encode(&self.head, &mut summed)?;
            encode(run, &mut summed)?;
            let (out, sum) = summed.finish();
            out.write_all(&sum.to_le_bytes())
        })
    }
}

impl Checkpoint {
    /// The preset of the run that a checkpoint is of.
    ///
    /// # Errors
    /// A file that can't be read, is damaged or of another format.
    pub fn preset(path: &Path) -> Result<Preset, CheckpointError> {
        let bytes = read_file(path)?;
        let (head, _) = head_of(path, &bytes)?;
        head.preset(path)
    }

    /// Reads the checkpoint of a run of `experiment`.
    ///
    /// # Errors
    /// A file that can't be read, is damaged or of another program, and a run of another preset or
    /// on other files; see [`CheckpointError`].
    pub fn read(path: &Path, experiment: &Experiment) -> Result<Self, CheckpointError> {
        let bytes = read_file(path)?;
        let (head, run) = head_of(path, &bytes)?;
        head.refuse_another(path, experiment)?;
        let (run, rest) = decode::<SavedExperiment>(path, run)?;
        if !rest.is_empty() {
            return Err(CheckpointError::damaged(path));
        }
        Ok(Self {
            run,
            every: head.every,
        })
    }
}

fn read_file(path: &Path) -> Result<Vec<u8>, CheckpointError> {
    let unreadable = |source| CheckpointError::Unreadable {
        path: path.to_owned(),
        source,
    };
    let found = path.metadata().map_err(unreadable)?;
    if !found.is_file() {
        return Err(unreadable(io::Error::other("it is not a regular file")));
    }
    if free_memory().is_some_and(|free| found.len() > free / 2) {
        return Err(unreadable(io::Error::other(
            "it is larger than half of the free memory",
        )));
    }
    fs::read(path).map_err(unreadable)
}

/// The head, and the bytes of the run, of a file that is whole.
fn head_of<'a>(path: &Path, bytes: &'a [u8]) -> Result<(Head, &'a [u8]), CheckpointError> {
    let Some(body) = bytes.strip_prefix(MAGIC) else {
        return Err(CheckpointError::NotACheckpoint {
            path: path.to_owned(),
        });
    };
    let damaged = || CheckpointError::damaged(path);
    let (_, sum) = bytes.split_last_chunk::<WORD>().ok_or_else(damaged)?;
    let summed = bytes.get(..bytes.len() - WORD).ok_or_else(damaged)?;
    if crc32fast::hash(summed) != u32::from_le_bytes(*sum) {
        return Err(damaged());
    }
    let (format, body) = body.split_first_chunk::<WORD>().ok_or_else(damaged)?;
    let found = u32::from_le_bytes(*format);
    if found != FORMAT {
        return Err(CheckpointError::OtherFormat {
            path: path.to_owned(),
            found,
            known: FORMAT,
        });
    }
    let end = body.len().checked_sub(WORD).ok_or_else(damaged)?;
    decode(path, body.get(..end).ok_or_else(damaged)?)
}

fn encode<T: Serialize, W: Write>(value: &T, out: &mut Summed<W>) -> io::Result<()> {
    let buffered = BufWriter::with_capacity(BUFFER, &mut *out);
    let encoded = postcard::to_io(value, buffered).map(|mut buffered| buffered.flush());
    encoded.unwrap_or_else(|error| Err(out.fault().unwrap_or_else(|| io::Error::other(error))))
}

fn decode<'a, T: DeserializeOwned>(
    path: &Path,
    bytes: &'a [u8],
) -> Result<(T, &'a [u8]), CheckpointError> {
    postcard::take_from_bytes(bytes).map_err(|_| CheckpointError::damaged(path))
}
