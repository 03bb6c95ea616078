//! What the window remembers from one start to the next, in one file of the user's own.
//!
//! [`Keeper`] reads the file at the start and writes what has changed since; where the file is damaged, of a
//! newer program or not to be written, everything works as without one, and one message says so.

mod config_folder;
mod keeper;
mod merge;
mod recent;
mod store;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::spec::{Place, Switches};

pub use config_folder::{ConfigFolder, NO_SETTINGS};
pub use keeper::Keeper;
pub use recent::Recent;
pub use store::{Store, Trouble};

/// The newest format this program reads, and the one it writes.
pub const FORMAT: u32 = 1;

/// Everything that is remembered.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// Format of the file, [`FORMAT`] today.
    pub format: u32,
    /// Where the window was.
    pub window: Option<WindowPlace>,
    /// Colours.
    pub theme: Colours,
    /// How much larger everything is drawn.
    pub zoom: f32,
    /// What the panels show, whatever they show it of.
    pub switches: Switches,
    /// Where the panels stand, by the name of the preset.
    pub layouts: BTreeMap<String, Place>,
    /// How figures are saved.
    pub figure: FigureChoice,
    /// What was opened last, the newest first.
    pub recent: Vec<Recent>,
    /// Folders that something was opened from or saved to, the newest first.
    pub folders: Vec<String>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            format: FORMAT,
            window: None,
            theme: Colours::default(),
            zoom: 1.0,
            switches: Switches::default(),
            layouts: BTreeMap::new(),
            figure: FigureChoice::default(),
            recent: Vec::new(),
            folders: Vec::new(),
        }
    }
}

/// Where a window was, in points.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct WindowPlace {
    /// Upper left corner of its frame, where the desktop tells it.
    #[serde(default)]
    pub at: Option<(f32, f32)>,
    /// Breadth and height of what is drawn in it.
    pub size: (f32, f32),
    /// Whether it filled the screen.
    #[serde(default)]
    pub maximized: bool,
}

/// Colours of the window.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Colours {
    /// As the desktop has them.
    #[default]
    System,
    /// Light on dark.
    Dark,
    /// Dark on light.
    Light,
}

/// How a figure is saved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct FigureChoice {
    /// Ending of the file.
    pub format: String,
    /// Its size by name, or as breadth and height.
    pub size: String,
    /// Whether it is light on dark.
    pub dark: bool,
    /// Whether it has a caption.
    pub caption: bool,
}

impl Default for FigureChoice {
    fn default() -> Self {
        Self {
            format: "png".to_owned(),
            size: "slide".to_owned(),
            dark: false,
            caption: false,
        }
    }
}
