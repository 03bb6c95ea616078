//! The folder of a sweep: its journals, `trials.csv` and `cells.csv`.

use std::fs;
use std::path::{Path, PathBuf};

use crate::export::{ExportError, atomic_write, check_writable};

use super::cells::write_cells;
use super::{JournalError, Plan, Saved, Table, read_journal};

/// A folder that the files of a sweep can be written into.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SweepFolder {
    path: PathBuf,
}

impl SweepFolder {
    /// Makes the folder where it is missing and checks that the files can be written.
    ///
    /// # Errors
    /// Names the folder, or the file that is in the way, and the cause.
    pub fn prepare(path: &Path) -> Result<Self, ExportError> {
        fs::create_dir_all(path).map_err(|source| ExportError::Folder {
            folder: path.to_owned(),
            source,
        })?;
        let folder = Self {
            path: path.to_owned(),
        };
        folder.files().iter().try_for_each(|f| check_writable(f))?;
        Ok(folder)
    }

    /// The journal of one of so many parts.
    pub fn journal(&self, part: usize, of: usize) -> PathBuf {
        self.path.join(match of {
            1 => "journal.csv".to_owned(),
            _ => format!("journal-{part}-of-{of}.csv"),
        })
    }

    /// The file that all trials are merged into.
    pub fn trials(&self) -> PathBuf {
        self.path.join("trials.csv")
    }

    /// The files that are written when all trials are there.
    pub fn files(&self) -> [PathBuf; 2] {
        [self.trials(), self.path.join("cells.csv")]
    }

    /// Writes what the trials of each cell come to.
    ///
    /// # Errors
    /// Names the file and the cause.
    pub fn write_cells(&self, plan: &Plan, table: &Table) -> Result<(), ExportError> {
        let [_, cells] = self.files();
        atomic_write(&cells, |out| write_cells(out, plan, table))
    }
}

/// The journals of a folder by name, or the one journal that a path names.
///
/// # Errors
/// A folder or a journal that can't be read.
pub fn journals_in(path: &Path) -> Result<Vec<(PathBuf, Saved)>, JournalError> {
    let fail = |source| JournalError::File {
        path: path.to_owned(),
        source,
    };
    let mut paths = Vec::new();
    if path.is_dir() {
        for entry in fs::read_dir(path).map_err(fail)? {
            let entry = entry.map_err(fail)?;
            let name = entry.file_name();
            let name = name.to_string_lossy();
            if name.starts_with("journal") && name.ends_with(".csv") {
                paths.push(entry.path());
            }
        }
    } else {
        paths.push(path.to_owned());
    }
    paths.sort();
    let read = |path: PathBuf| read_journal(&path).map(|saved| (path, saved));
    paths.into_iter().map(read).collect()
}
