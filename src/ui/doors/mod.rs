//! The window's doors: what is opened, saved, copied and pasted, and what of it is under way.

mod clipboard;
mod closing;
#[cfg(feature = "gui")]
mod dialog;
mod document;
mod done;
mod errand;
mod figure_sheet;
mod format;
pub mod keeping;
mod left;
pub mod menu;
mod news;
mod path_sheet;
mod pending;
pub mod reading;
mod subject;
mod wanted;

use std::path::PathBuf;

use egui::Context;

use crate::settings::{Keeper, Settings};

pub use clipboard::of_clipboard;
pub use closing::question;
#[cfg(feature = "gui")]
pub use dialog::{Answer, ask};
pub use document::Document;
pub use done::{Clip, Done};
pub use errand::Errands;
pub use figure_sheet::{FigureSheet, Outcome as FigureOutcome};
pub use format::Format;
pub use keeping::Keeping;
pub use left::{Left, Past};
pub use news::{News, Word};
pub use path_sheet::{Outcome as PathOutcome, PathSheet};
pub use pending::Pending;
pub use subject::{FINE, Order, Part, Subject};
pub use wanted::Wanted;

/// What is under way at the window's doors, and what they remember.
pub struct Doors {
    /// The file of the preset in the controls.
    pub document: Document,
    /// What there is to say.
    pub news: News,
    /// What is remembered from one start to the next.
    pub settings: Settings,
    /// Who remembers it; nobody for pictures and tests.
    pub keeper: Option<Keeper>,
    /// When it was last looked at whether something is to be remembered.
    pub looked: f64,
    /// Work under way.
    pub errands: Errands<Done>,
    /// For what a path is asked.
    pub pending: Option<Pending>,
    /// The sheet that asks for it.
    pub path: Option<PathSheet>,
    /// The sheet that asks how a figure is saved.
    pub figure: Option<FigureSheet>,
    /// Whether the desktop's own dialogs are to be asked first.
    pub native: bool,
    /// Whether the question of what is not saved is on screen.
    pub asks_to_close: bool,
    /// Whether the window closes as soon as what is under way is done.
    pub closes: bool,
    /// Whether the desktop was told so.
    pub told_to_close: bool,
    /// The folder in which the run is kept.
    pub keeping: Option<Keeping>,
    /// What was in the window before another experiment was opened.
    pub past: Past,
    /// The window, once it was drawn.
    pub context: Option<Context>,
    /// Name that the desktop shows.
    pub title: String,
}

impl Doors {
    /// Those of a preset that is in no file.
    pub fn new(document: Document) -> Self {
        Self {
            document,
            news: News::default(),
            settings: Settings::default(),
            keeper: None,
            looked: 0.0,
            errands: Errands::default(),
            pending: None,
            path: None,
            figure: None,
            native: false,
            asks_to_close: false,
            closes: false,
            told_to_close: false,
            keeping: None,
            past: Past::default(),
            context: None,
            title: String::new(),
        }
    }

    /// Whether something lies over the window that takes the keys.
    pub fn has_sheet(&self) -> bool {
        self.path.is_some() || self.figure.is_some() || self.asks_to_close
    }

    /// Does something on a thread of its own.
    pub fn run(&mut self, work: impl FnOnce() -> Done + Send + 'static) {
        let context = self.context.clone().unwrap_or_default();
        self.errands.run(&context, work);
    }

    /// Says that something could not be done.
    pub fn trouble(&mut self, message: impl Into<String>) {
        self.news.say(Word::Trouble(message.into()));
    }

    /// Notes a path that something was opened from or saved to.
    pub fn note_path(&mut self, path: &std::path::Path) {
        let folder = match path.is_dir() {
            true => Some(path),
            false => path.parent(),
        };
        let folder = folder.and_then(|folder| std::path::absolute(folder).ok());
        if let Some(folder) = folder {
            self.settings.note_folder(&folder.to_string_lossy());
        }
    }

    /// Folder in which a path is looked for first.
    pub fn folder(&self) -> PathBuf {
        let own = self.document.path.as_ref().and_then(|path| path.parent());
        let recent = self.settings.folders.first().map(PathBuf::from);
        let recent = recent.filter(|folder| folder.is_dir());
        let here = || std::env::current_dir().unwrap_or_else(|_| PathBuf::from("."));
        own.map(PathBuf::from).or(recent).unwrap_or_else(here)
    }
}
