//! The desktop's own dialog of files.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use super::wanted::Wanted;

/// A dialog that closes faster was never there: nobody reads it and chooses in this time.
const NEVER_THERE: Duration = Duration::from_millis(250);

/// Longest wait for the desktop to say whether it has one.
#[cfg(target_os = "linux")]
const PATIENCE: Duration = Duration::from_secs(1);

/// What came of a dialog.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// A path.
    Chosen(PathBuf),
    /// The user wants none.
    Cancelled,
    /// The desktop has no dialog.
    NoDialog,
}

/// Asks for a path, beginning with one; returns when the user has answered.
pub fn ask(wanted: &Wanted, start: &Path) -> Answer {
    if !has_dialog() {
        return Answer::NoDialog;
    }
    let began = Instant::now();
    let (folder, name) = match (start.parent(), start.file_name()) {
        (Some(folder), Some(name)) if !start.is_dir() => (folder, Some(name)),
        _ => (start, None),
    };
    let mut dialog = rfd::FileDialog::new().set_title(wanted.title());
    if folder.is_absolute() {
        dialog = dialog.set_directory(folder);
    }
    if let Some(name) = name.filter(|_| wanted.saves()) {
        dialog = dialog.set_file_name(name.to_string_lossy());
    }
    let chosen = match wanted {
        Wanted::Open => dialog
            .add_filter("widescope", wanted.endings())
            .add_filter("all files", &["*"])
            .pick_file(),
        Wanted::Save(saved) => {
            let dialog = dialog.add_filter(wanted.verb(), wanted.endings());
            dialog.save_file().map(|path| saved.with_ending(&path))
        }
        Wanted::Checkpoint => dialog.pick_folder(),
    };
    match chosen {
        Some(path) => Answer::Chosen(path),
        None if began.elapsed() < NEVER_THERE => Answer::NoDialog,
        None => Answer::Cancelled,
    }
}

/// Whether the desktop's portal answers and can show dialogs of files.
#[cfg(target_os = "linux")]
fn has_dialog() -> bool {
    portal_version().is_ok_and(|version| version > 0)
}

#[cfg(not(target_os = "linux"))]
fn has_dialog() -> bool {
    true
}

#[cfg(target_os = "linux")]
fn portal_version() -> zbus::Result<u32> {
    use zbus::blocking::{Proxy, connection::Builder};
    let connection = Builder::session()?.method_timeout(PATIENCE).build()?;
    let portal = Proxy::new(
        &connection,
        "org.freedesktop.portal.Desktop",
        "/org/freedesktop/portal/desktop",
        "org.freedesktop.portal.FileChooser",
    )?;
    portal.get_property("version")
}
