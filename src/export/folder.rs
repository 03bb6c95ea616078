//! The folder of a run: `series.csv`, `spectra.csv`, `final.npz` and `run.ron`.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::{
    ArmRecords, ExportError, Initial, atomic_write, check_writable, write_final, write_series,
    write_spectra,
};

use crate::experiment::FinalState;
use crate::preset;
use crate::spec::Preset;

/// Names of the files, in the order they are written; the preset comes last, so that a folder with
/// a new `run.ron` has the other files of the same run.
const FILES: [&str; 4] = ["series.csv", "spectra.csv", "final.npz", "run.ron"];

/// Name of the checkpoint of an unfinished run.
const CHECKPOINT: &str = "run.checkpoint";

/// A folder that the files of a run can be written into.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RunFolder {
    path: PathBuf,
}

impl RunFolder {
    /// Makes the folder where it is missing and checks that every file of a run can be written, so
    /// that a long run does not fail at its end.
    ///
    /// # Errors
    /// Names the folder, or the file that is in the way, and the cause.
    pub fn prepare(path: &Path) -> Result<Self, ExportError> {
        make_folder(path).map_err(|source| ExportError::Folder {
            folder: path.to_owned(),
            source,
        })?;
        let folder = Self {
            path: path.to_owned(),
        };
        folder
            .files()
            .iter()
            .try_for_each(|file| check_writable(file))?;
        Ok(folder)
    }

    /// A folder that may hold a run already; nothing in it is touched.
    pub fn existing(path: &Path) -> Self {
        Self {
            path: path.to_owned(),
        }
    }

    /// The folder.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Paths of the files, in the order they are written.
    pub fn files(&self) -> [PathBuf; 4] {
        FILES.map(|name| self.path.join(name))
    }

    /// Path of the checkpoint of an unfinished run.
    pub fn checkpoint(&self) -> PathBuf {
        self.path.join(CHECKPOINT)
    }

    /// The resolved preset of the finished run whose files are in the folder; `None` where one of
    /// them is missing or the preset can't be read.
    pub fn finished(&self) -> Option<Preset> {
        let files = self.files();
        let [_, _, _, preset] = &files;
        let all_there = files.iter().all(|file| file.is_file());
        let is_short = preset.metadata().ok()?.len() <= preset::MAX_BYTES as u64;
        let text = (all_there && is_short).then(|| fs::read_to_string(preset));
        preset::parse(&text?.ok()?).ok()
    }

    /// Removes the checkpoint of a run that is finished.
    ///
    /// # Errors
    /// [`ExportError::Write`] where it is there and can't be removed.
    pub fn remove_checkpoint(&self) -> Result<(), ExportError> {
        let path = self.checkpoint();
        match fs::remove_file(&path) {
            Err(source) if source.kind() != io::ErrorKind::NotFound => {
                Err(ExportError::Write { path, source })
            }
            _ => Ok(()),
        }
    }

    /// Writes the files of a run, each whole or not at all; those of an earlier run are replaced. `initial` says
    /// what an arm began with.
    ///
    /// # Errors
    /// Names the file and the cause; the files before it in [`Self::files`] are written.
    pub fn write(
        &self,
        arms: &[ArmRecords<'_>],
        (finals, initial): (&[Option<&FinalState>], Initial<'_>),
        ron: &str,
    ) -> Result<(), ExportError> {
        let [series, spectra, arrays, preset] = self.files();
        let labels = arms.iter().map(|a| a.label);
        let states: Vec<_> = labels.zip(finals.iter().copied()).collect();
        atomic_write(&series, |out| write_series(out, arms))?;
        atomic_write(&spectra, |out| write_spectra(out, arms))?;
        atomic_write(&arrays, |out| write_final(out, &states, initial))?;
        atomic_write(&preset, |out| out.write_all(ron.as_bytes()))
    }
}

fn make_folder(path: &Path) -> io::Result<()> {
    if path.exists() && !path.is_dir() {
        return Err(io::Error::new(io::ErrorKind::NotADirectory, "it is a file"));
    }
    fs::create_dir_all(path)
}
