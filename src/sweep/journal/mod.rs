//! The file that the results of a sweep are kept in, one line a trial.
//!
//! A text of comma-separated values that every program reads: lines that begin with `#` are its head
//! (version, kernel class, and the resolved preset after `#|`), then come the names of the columns
//! and a row a trial. The last column is the CRC-32 of the row before it, so a row that was torn by a
//! crash or damaged on the disk is known, left out and done again.

mod head;
mod merge;
mod read;
mod row;

use std::fs::{File, OpenOptions};
use std::io::{self, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use crate::export::{ExportError, atomic_write};
use crate::preset::PresetError;

use super::{Plan, TrialResult};

pub use head::Head;
pub use merge::write_merged;
pub use read::{Saved, read_journal};

/// Longest time that a result may be lost by a failure of the power; a crash of the program loses none.
const SYNC: Duration = Duration::from_secs(1);

/// A journal that can't be used.
#[derive(Debug, thiserror::Error)]
pub enum JournalError {
    /// The file can't be opened, read or written.
    #[error("{}: {source}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// Cause.
        source: io::Error,
    },
    /// A new file can't be made.
    #[error(transparent)]
    Export(#[from] ExportError),
    /// The file is no journal of a sweep, or of a later version.
    #[error("{}: {problem}", path.display())]
    NotOne {
        /// The file.
        path: PathBuf,
        /// What was found and what is allowed.
        problem: String,
    },
    /// The preset in the file does not stand up to its check.
    #[error("{}: the preset in it: {source}", path.display())]
    Preset {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        source: Box<PresetError>,
    },
    /// The journal is of another sweep.
    #[error("{}: of another sweep: {difference}", path.display())]
    Other {
        /// The file.
        path: PathBuf,
        /// The first difference.
        difference: String,
    },
    /// Another program is writing to it.
    #[error("{}: another sweep is writing to it", path.display())]
    InUse {
        /// The file.
        path: PathBuf,
    },
    /// Two files disagree about a trial.
    #[error("{}: the trial {trial} of the cell {cell} has another result than in {}", path.display(), other.display())]
    Conflict {
        /// The file.
        path: PathBuf,
        /// The file that came before it.
        other: PathBuf,
        /// Index of the cell.
        cell: usize,
        /// Number of the trial.
        trial: u32,
    },
}

/// A journal being written.
#[derive(Debug)]
pub struct Journal {
    path: PathBuf,
    file: File,
    plan: Plan,
    synced: Instant,
}

impl Journal {
    /// Begins a journal at `path`, in the place of what is there.
    ///
    /// # Errors
    /// A file that can't be written, or that another sweep is writing to.
    pub fn create(path: &Path, plan: &Plan) -> Result<Self, JournalError> {
        let head = Head::of(plan).text();
        atomic_write(path, |out| out.write_all(head.as_bytes()))?;
        Self::open(path, plan)
    }

    /// Goes on with the journal at `path`; a torn last row is cut off.
    ///
    /// # Errors
    /// As [`read_journal`] and [`Self::create`]; a journal of another sweep, of another version of the
    /// program or of another kernel class, whose numbers would not fit together.
    pub fn resume(path: &Path, plan: &Plan) -> Result<(Self, Saved), JournalError> {
        let saved = read_journal(path)?;
        saved.head.same_as(&Head::of(plan)).map_err(|difference| {
            let path = path.to_owned();
            JournalError::Other { path, difference }
        })?;
        let mut journal = Self::open(path, plan)?;
        let cut = journal.file.set_len(saved.whole_bytes);
        let end = cut.and_then(|()| journal.file.seek(SeekFrom::End(0)));
        end.map_err(|source| journal.failed(source))?;
        Ok((journal, saved))
    }

    fn open(path: &Path, plan: &Plan) -> Result<Self, JournalError> {
        let opened = OpenOptions::new().read(true).append(true).open(path);
        let fail = |source| JournalError::File {
            path: path.to_owned(),
            source,
        };
        let file = opened.map_err(fail)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(std::fs::TryLockError::WouldBlock) => {
                let path = path.to_owned();
                return Err(JournalError::InUse { path });
            }
            // A file system without locks: whoever shares it must give each sweep its own folder.
            Err(std::fs::TryLockError::Error(_)) => {}
        }
        Ok(Self {
            path: path.to_owned(),
            file,
            plan: plan.clone(),
            synced: Instant::now(),
        })
    }

    /// Appends a result; it is then safe from whatever becomes of the program, and within a second
    /// from a failure of the power.
    ///
    /// # Errors
    /// A full disk, and the like.
    pub fn append(&mut self, result: &TrialResult) -> Result<(), JournalError> {
        let line = row::line(&self.plan, result);
        let mut written = self.file.write_all(line.as_bytes());
        if written.is_ok() && self.synced.elapsed() >= SYNC {
            written = self.file.sync_data();
            self.synced = Instant::now();
        }
        written.map_err(|source| self.failed(source))
    }

    /// Brings everything to the disk.
    ///
    /// # Errors
    /// Those of the disk.
    pub fn finish(self) -> Result<(), JournalError> {
        self.file.sync_all().map_err(|source| self.failed(source))
    }

    fn failed(&self, source: io::Error) -> JournalError {
        JournalError::File {
            path: self.path.clone(),
            source,
        }
    }
}
