//! What the user asked of the window's doors: what comes in, what goes out.

use std::path::PathBuf;

use crate::spec::PanelKind;

/// What the user asked of the window's doors.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DoorAction {
    /// Choose a file or folder to open.
    Open,
    /// Open a file, a folder, a shipped preset's name or a share string.
    OpenSource(String),
    /// Open this file or folder.
    OpenPath(PathBuf),
    /// Choose how a figure is saved, of this panel or the large one.
    SaveFigure(Option<PanelKind>),
    /// Copy a panel as a picture.
    CopyImage(Option<PanelKind>),
    /// Copy what a panel draws as text with tabs.
    CopyData(Option<PanelKind>),
    /// Save what a panel draws as a table.
    SaveData(Option<PanelKind>),
    /// Save the preset into the file that it came from.
    SavePreset,
    /// Save it into another one.
    SavePresetAs,
    /// Copy the settings as a text that can be shared.
    CopySettings,
    /// Open what is on the clipboard.
    PasteSettings,
    /// Copy the command line that makes the run.
    CopyCommand,
    /// Copy a NumPy script that makes the run.
    CopyScript,
    /// Save such a script.
    SaveScript,
    /// Choose a folder in which the run is kept from now on.
    Checkpoint,
    /// Take one of the messages away.
    Dismiss(u64),
    /// Close the window after all.
    Close(Leave),
}

/// What becomes of changes that are not saved when the window closes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Leave {
    /// They are saved first.
    Save,
    /// They are given up.
    Discard,
    /// The window stays open.
    Stay,
}
