//! The file of the settings.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use ron::extensions::Extensions;

use super::merge::merged;
use super::{FORMAT, Settings};
use crate::export::{ExportError, atomic_write};

/// Name of the file.
const FILE: &str = "settings.ron";

/// Name under which a damaged one is kept.
const BROKEN: &str = "settings.ron.broken";

/// Name of the file that is locked while another window writes.
const LOCK: &str = "settings.lock";

/// Most bytes that are read.
const MAX_BYTES: u64 = 1 << 20;

/// Longest wait for another window.
const PATIENCE: Duration = Duration::from_secs(2);

/// The file of the settings.
#[derive(Clone, Debug)]
pub struct Store {
    folder: PathBuf,
}

/// Why settings are not remembered.
#[derive(Debug, thiserror::Error)]
pub enum Trouble {
    /// There is no folder to keep them in.
    #[error(
        "Settings are not remembered: the environment names no home folder (HOME, XDG_CONFIG_HOME; on Windows \
         APPDATA)."
    )]
    NoFolder,
    /// The file is no settings.
    #[error(
        "{} is damaged ({problem}) and was set aside as {}; everything is as in the first start.",
        path.display(),
        kept.display()
    )]
    Damaged {
        /// The file.
        path: PathBuf,
        /// Where it is now.
        kept: PathBuf,
        /// What is wrong.
        problem: String,
    },
    /// It was written by a newer program.
    #[error(
        "{} was written by a newer widescope (format {found}; this one reads up to {FORMAT}). Settings are as in \
         the first start and not remembered, so that the file stays as it is.",
        path.display()
    )]
    Newer {
        /// The file.
        path: PathBuf,
        /// Its format.
        found: u64,
    },
    /// It can't be read.
    #[error("{} can't be read: {source}. Settings are as in the first start and not remembered.", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Cause.
        source: io::Error,
    },
    /// It can't be written.
    #[error("Settings are not remembered: {source}.")]
    Unwritable {
        /// Cause, with the file or the folder.
        source: ExportError,
    },
}

impl Trouble {
    /// Whether what changes from now on can be written all the same.
    pub fn leaves_writing(&self) -> bool {
        matches!(self, Self::Damaged { .. })
    }
}

impl Store {
    /// The file in this folder, which may not be there yet.
    pub fn new(folder: PathBuf) -> Self {
        Self { folder }
    }

    /// The file.
    pub fn path(&self) -> PathBuf {
        self.folder.join(FILE)
    }

    /// The settings in the file; the usual ones where there is none. A damaged file is set aside.
    ///
    /// # Errors
    /// [`Trouble`] names the file and the cause.
    pub fn read(&self) -> Result<Settings, Trouble> {
        let path = self.path();
        let text = match text_of(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Settings::default()),
            Err(error) if error.kind() == io::ErrorKind::InvalidData => {
                return Err(self.set_aside(&error.to_string()));
            }
            Err(source) => return Err(Trouble::Unreadable { path, source }),
        };
        match parsed(&text) {
            Ok(settings) => Ok(settings),
            Err(Refusal::Newer(found)) => Err(Trouble::Newer { path, found }),
            Err(Refusal::Damaged(problem)) => Err(self.set_aside(&problem)),
        }
    }

    fn set_aside(&self, problem: &str) -> Trouble {
        let (path, kept) = (self.path(), self.folder.join(BROKEN));
        match fs::rename(&path, &kept) {
            Ok(()) => Trouble::Damaged {
                path,
                kept,
                problem: problem.to_owned(),
            },
            // In a folder that can't be changed it stays where it is.
            Err(source) => Trouble::Unreadable {
                path,
                source: io::Error::other(format!("{problem}; it can't be set aside: {source}")),
            },
        }
    }

    /// Writes what `mine` has changed of `base` into the file, and leaves what another window changed
    /// meanwhile; the settings that are there now.
    ///
    /// # Errors
    /// [`Trouble`] names the file and the cause; the file is then as it was.
    pub fn write(&self, base: &Settings, mine: &Settings) -> Result<Settings, Trouble> {
        fs::create_dir_all(&self.folder).map_err(|source| Trouble::Unwritable {
            source: ExportError::Folder {
                folder: self.folder.clone(),
                source,
            },
        })?;
        let _lock = self.locked();
        let path = self.path();
        let theirs = match text_of(&path).ok().map(|text| parsed(&text)) {
            Some(Ok(theirs)) => theirs,
            Some(Err(Refusal::Newer(found))) => return Err(Trouble::Newer { path, found }),
            Some(Err(Refusal::Damaged(_))) | None => base.clone(),
        };
        let all = merged(base, mine, &theirs);
        let text = written(&all);
        atomic_write(&path, |out| out.write_all(text.as_bytes()))
            .map_err(|source| Trouble::Unwritable { source })?;
        Ok(all)
    }

    /// Keeps other windows from writing; without the lock where there is none to be had in good time, for a
    /// lost setting is better than a window that hangs.
    fn locked(&self) -> Option<File> {
        let mut options = OpenOptions::new();
        let options = options.create(true).write(true).truncate(false);
        let file = options.open(self.folder.join(LOCK)).ok()?;
        let began = Instant::now();
        loop {
            match file.try_lock() {
                Ok(()) => return Some(file),
                Err(TryLockError::WouldBlock) if began.elapsed() < PATIENCE => {
                    std::thread::sleep(Duration::from_millis(10));
                }
                Err(_) => return None,
            }
        }
    }
}

/// Why a text is no settings.
enum Refusal {
    Newer(u64),
    Damaged(String),
}

fn text_of(path: &Path) -> io::Result<String> {
    let file = File::open(path)?;
    let mut text = String::new();
    let read = file.take(MAX_BYTES + 1).read_to_string(&mut text)?;
    if read as u64 > MAX_BYTES {
        let problem = format!("longer than {MAX_BYTES} bytes");
        return Err(io::Error::new(io::ErrorKind::InvalidData, problem));
    }
    Ok(text)
}

fn parsed(text: &str) -> Result<Settings, Refusal> {
    /// The format alone: a newer one may hold what this program does not know.
    #[derive(serde::Deserialize)]
    #[serde(default)]
    struct Head {
        format: u64,
    }
    impl Default for Head {
        fn default() -> Self {
            Self { format: 1 }
        }
    }
    let damaged = |error: ron::error::SpannedError| Refusal::Damaged(error.to_string());
    // As it is written: a value stands for itself where it may be missing.
    let options = ron::Options::default().with_default_extension(Extensions::IMPLICIT_SOME);
    let head: Head = options.from_str(text).map_err(damaged)?;
    if head.format > u64::from(FORMAT) {
        return Err(Refusal::Newer(head.format));
    }
    let mut settings: Settings = options.from_str(text).map_err(damaged)?;
    if !(0.2..=5.0).contains(&settings.zoom) {
        settings.zoom = 1.0;
    }
    Ok(settings)
}

fn written(settings: &Settings) -> String {
    let text = crate::preset::text(settings);
    format!("// Written by widescope when its window changes. It may be deleted.\n{text}\n")
}

#[cfg(test)]
mod tests;
