//! What came of work at the doors.

use std::path::PathBuf;

use egui::ColorImage;

use crate::spec::Preset;

#[cfg(feature = "gui")]
use super::dialog::Answer;
use super::reading::Found;

/// What came of work at the doors.
pub enum Done {
    /// Something was read, or why not.
    Read(Result<Box<Found>, String>),
    /// Files were written, of which this is the one to tell of.
    Wrote(Result<PathBuf, String>),
    /// The preset was: its file, the text in it, and the preset as it stands in the controls.
    WrotePreset(Result<(PathBuf, String, Box<Preset>), String>),
    /// Something is to be copied.
    Copied(Result<Clip, String>),
    /// The run was kept, at this step.
    Kept(Result<u64, String>),
    /// The desktop's dialog was answered.
    #[cfg(feature = "gui")]
    Answered(Answer, PathBuf),
}

/// What goes to the clipboard.
pub enum Clip {
    /// A picture, and what it is of.
    Image(ColorImage, String),
    /// A text, and what it is.
    Text(String, String),
}
