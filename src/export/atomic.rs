//! Files that are either the old one or the new one, whole, whatever happens while they are written.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

/// A file could not be written; the file that was there before is untouched.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The folder is missing, not a folder, or does not let files be made in it.
    #[error("can't write into the folder {}: {source}", folder.display())]
    Folder {
        /// The folder.
        folder: PathBuf,
        /// Cause.
        source: io::Error,
    },
    /// Something that is not a file stands in the file's place.
    #[error("can't write {}: it exists and is not a regular file", path.display())]
    NotAFile {
        /// The path.
        path: PathBuf,
    },
    /// Writing failed.
    #[error("can't write {}: {source}", path.display())]
    Write {
        /// The file meant to be written.
        path: PathBuf,
        /// Cause.
        source: io::Error,
    },
}

/// Writes a file through `write`: into a temporary file of the same folder, which is synced to the
/// disk and then renamed over `path`; last the folder is synced (on Unix).
///
/// # Errors
/// Names the path and the cause; `path` then still holds what it held before.
pub fn atomic_write(
    path: &Path,
    write: impl FnOnce(&mut BufWriter<&mut File>) -> io::Result<()>,
) -> Result<(), ExportError> {
    check_target(path)?;
    let folder = folder_of(path);
    let mut temporary = temporary_in(folder)?;
    fill(&mut temporary, write)
        .and_then(|()| temporary.persist(path).map_err(|e| e.error))
        .and_then(|_| sync_folder(folder))
        .map_err(|source| ExportError::Write {
            path: path.to_owned(),
            source,
        })
}

/// Checks before any work is done that a file could be written at `path`.
///
/// # Errors
/// As [`atomic_write`] would, except for what only the writing itself can show.
pub fn check_writable(path: &Path) -> Result<(), ExportError> {
    check_target(path)?;
    temporary_in(folder_of(path)).map(drop)
}

/// The folder a file lies in; the current one for a bare name.
fn folder_of(path: &Path) -> &Path {
    path.parent()
        .filter(|p| !p.as_os_str().is_empty())
        .unwrap_or(Path::new("."))
}

/// A rename would put a file in the place of a device or a link: refuse both.
fn check_target(path: &Path) -> Result<(), ExportError> {
    match path.symlink_metadata() {
        Ok(found) if !found.is_file() => Err(ExportError::NotAFile {
            path: path.to_owned(),
        }),
        _ if path.file_name().is_none() => Err(ExportError::NotAFile {
            path: path.to_owned(),
        }),
        _ => Ok(()),
    }
}

fn temporary_in(folder: &Path) -> Result<NamedTempFile, ExportError> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".widescope-").suffix(".tmp");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // The usual permissions of a new file, which the process's umask narrows.
        builder.permissions(std::fs::Permissions::from_mode(0o666));
    }
    // Only the kind of tempfile's error is kept: its text names the temporary file.
    check_folder(folder)
        .and_then(|()| builder.tempfile_in(folder).map_err(|e| e.kind().into()))
        .map_err(|source| ExportError::Folder {
            folder: folder.to_owned(),
            source,
        })
}

fn check_folder(folder: &Path) -> io::Result<()> {
    if folder.metadata()?.is_dir() {
        return Ok(());
    }
    Err(io::Error::new(io::ErrorKind::NotADirectory, "it is a file"))
}

fn fill(
    temporary: &mut NamedTempFile,
    write: impl FnOnce(&mut BufWriter<&mut File>) -> io::Result<()>,
) -> io::Result<()> {
    let mut buffered = BufWriter::new(temporary.as_file_mut());
    write(&mut buffered)?;
    buffered.flush()?;
    drop(buffered);
    temporary.as_file().sync_all()
}

#[cfg(unix)]
fn sync_folder(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

#[cfg(not(unix))]
fn sync_folder(_folder: &Path) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let entries = std::fs::read_dir(folder).expect("the folder can be read");
        let mut names: Vec<_> = entries
            .map(|e| {
                e.expect("an entry")
                    .file_name()
                    .to_string_lossy()
                    .into_owned()
            })
            .collect();
        names.sort();
        names
    }

    #[test]
    fn a_write_that_fails_at_any_point_leaves_the_old_file() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.csv");
        std::fs::write(&path, "old").expect("the old file");
        for fails_at in 0..20 {
            let error = atomic_write(&path, |out| {
                for i in 0..20 {
                    if i == fails_at {
                        return Err(io::Error::from(io::ErrorKind::StorageFull));
                    }
                    // Larger than the buffer, so that part of the new file is on the disk.
                    out.write_all(&[b'x'; 10_000])?;
                }
                Ok(())
            })
            .expect_err("the write fails");
            assert!(error.to_string().contains("a.csv"), "{error}");
            assert_eq!(std::fs::read_to_string(&path).expect("the old file"), "old");
            assert_eq!(names(folder.path()), ["a.csv"]);
        }
        atomic_write(&path, |out| out.write_all(b"new")).expect("the write");
        assert_eq!(std::fs::read_to_string(&path).expect("the new file"), "new");
        assert_eq!(names(folder.path()), ["a.csv"]);
    }

    #[test]
    fn what_is_not_a_file_is_never_replaced() {
        let folder = tempfile::tempdir().expect("a folder");
        let error = atomic_write(folder.path(), |_| Ok(())).expect_err("a folder is in the way");
        assert!(matches!(error, ExportError::NotAFile { .. }), "{error}");
        assert!(folder.path().is_dir());
    }

    #[cfg(unix)]
    #[test]
    fn a_link_out_of_the_folder_is_not_followed() {
        let folder = tempfile::tempdir().expect("a folder");
        let outside = folder.path().join("outside");
        std::fs::write(&outside, "mine").expect("the outside file");
        let link = folder.path().join("link");
        std::os::unix::fs::symlink(&outside, &link).expect("the link");
        assert!(atomic_write(&link, |out| out.write_all(b"x")).is_err());
        assert_eq!(
            std::fs::read_to_string(&outside).expect("the outside file"),
            "mine"
        );
    }

    #[test]
    fn a_missing_folder_is_named() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("nowhere").join("a.csv");
        let message = atomic_write(&path, |_| Ok(()))
            .expect_err("no folder")
            .to_string();
        assert!(message.contains("nowhere"), "{message}");
        assert_eq!(message.matches("nowhere").count(), 1, "{message}");
    }
}
