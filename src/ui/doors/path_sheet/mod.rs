//! The sheet in which a path is typed or picked, where the desktop has no dialog of its own.

pub mod entry;

use std::path::{Path, PathBuf};

use egui::text::{CCursor, CCursorRange};
use egui::{
    Align, Button, Context, EventFilter, Frame, Id, Key, Layout, Modal, Modifiers, RichText,
    ScrollArea, TextEdit, Ui,
};

use super::errand::Errands;
use super::wanted::{Verdict, Wanted};
use crate::ui::theme::Theme;
use entry::{Entry, Listing, completed, listed, matching, meant, split};

/// Breadth of the sheet.
const WIDTH: f32 = 620.0;

/// Height of the list.
const LIST: f32 = 280.0;

/// The sheet.
pub struct PathSheet {
    wanted: Wanted,
    text: String,
    /// The folder whose entries are there, and they; `None` while they are read.
    listing: Option<(PathBuf, Listing)>,
    /// The folder whose entries are being read.
    reading: Option<PathBuf>,
    errands: Errands<(PathBuf, Listing)>,
    /// The entry that the arrows went to.
    picked: Option<usize>,
    /// Folders to go to at once.
    folders: Vec<String>,
    /// The file that was asked about: it is there already.
    replaces: Option<PathBuf>,
    /// Why the path is none.
    problem: Option<String>,
    /// Whether the caret has to go to the end.
    moved: bool,
}

/// What came of the sheet.
#[derive(Debug, PartialEq, Eq)]
pub enum Outcome {
    /// A path was chosen.
    Chosen(PathBuf),
    /// None was.
    Closed,
}

impl PathSheet {
    /// The sheet for what is wanted, beginning with a path; `folders` can be gone to at once.
    pub fn new(wanted: Wanted, start: &Path, folders: Vec<String>) -> Self {
        Self {
            wanted,
            text: start.to_string_lossy().into_owned(),
            listing: None,
            reading: None,
            errands: Errands::default(),
            picked: None,
            folders,
            replaces: None,
            problem: None,
            moved: true,
        }
    }

    /// Draws it; what came of it, once something did.
    pub fn show(&mut self, context: &Context, theme: &Theme) -> Option<Outcome> {
        self.read(context);
        let room = context.content_rect().size();
        let frame = Frame::popup(&context.global_style()).inner_margin(20);
        let modal = Modal::new(Id::unique("path sheet")).frame(frame);
        let modal = modal.show(context, |ui| {
            ui.set_width((room.x - 80.0).min(WIDTH));
            self.contents(ui, theme, (room.y - 300.0).clamp(60.0, LIST))
        });
        match modal.inner {
            None if modal.should_close() => Some(Outcome::Closed),
            outcome => outcome,
        }
    }

    fn contents(&mut self, ui: &mut Ui, theme: &Theme, list: f32) -> Option<Outcome> {
        ui.heading(self.wanted.title());
        ui.add_space(8.0);
        let entered = self.field(ui);
        ui.add_space(4.0);
        let picked = self.list(ui, theme, list);
        self.shortcuts(ui, theme);
        if let Some(problem) = &self.problem {
            ui.add_space(4.0);
            ui.label(RichText::new(problem).color(theme.error));
        }
        ui.add_space(10.0);
        let mut outcome = None;
        ui.horizontal(|ui| {
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                let verb = if self.replaces.is_some() {
                    "Replace"
                } else {
                    self.wanted.verb()
                };
                let does = ui.add(Button::new(verb)).on_hover_text("The same as Enter");
                if entered || picked || does.clicked() {
                    outcome = self.go();
                }
                if ui
                    .button("Cancel")
                    .on_hover_text("The same as Esc")
                    .clicked()
                {
                    outcome = Some(Outcome::Closed);
                }
            });
        });
        outcome
    }

    /// The field for the path; whether Enter was pressed in it.
    fn field(&mut self, ui: &mut Ui) -> bool {
        let id = Id::unique("path");
        let has_focus = ui.memory(|memory| memory.has_focus(id));
        let pressed = |ui: &mut Ui, key| ui.input_mut(|i| i.consume_key(Modifiers::NONE, key));
        if has_focus && pressed(ui, Key::Tab) {
            self.complete();
        }
        if has_focus && pressed(ui, Key::ArrowDown) {
            self.step(true);
        }
        if has_focus && pressed(ui, Key::ArrowUp) {
            self.step(false);
        }
        let entered = has_focus && pressed(ui, Key::Enter);
        let field = TextEdit::singleline(&mut self.text)
            .id(id)
            .hint_text("a path; Tab completes it")
            .desired_width(f32::INFINITY);
        let response = ui.add(field).on_hover_text(
            "The path of the file or folder. Tab completes it, ↑ and ↓ go through the list, Enter takes it, Esc closes",
        );
        if response.changed() {
            self.forget();
        }
        if std::mem::take(&mut self.moved) {
            response.request_focus();
            let end = CCursor::new(self.text.chars().count());
            let mut state = TextEdit::load_state(ui.ctx(), id).unwrap_or_default();
            state.cursor.set_char_range(Some(CCursorRange::one(end)));
            state.store(ui.ctx(), id);
            ui.ctx().request_repaint();
        }
        // Tab completes here and goes nowhere.
        let filter = EventFilter {
            tab: true,
            vertical_arrows: true,
            horizontal_arrows: true,
            escape: false,
        };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
        entered
    }

    /// The entries that fit; whether one was double-clicked.
    fn list(&mut self, ui: &mut Ui, theme: &Theme, height: f32) -> bool {
        let (folder, typed) = split(&self.text);
        let (folder, typed) = (folder.to_owned(), typed.to_owned());
        let mut chosen = None;
        let mut is_double = false;
        ScrollArea::vertical()
            .max_height(height)
            .min_scrolled_height(height)
            .auto_shrink(false)
            .show(ui, |ui| match &self.listing {
                None => {
                    ui.label(RichText::new("reading the folder …").color(theme.weak_text));
                }
                Some((_, Err(problem))) => {
                    ui.label(RichText::new(problem).color(theme.error));
                }
                Some((_, Ok(entries))) => {
                    let fitting = matching(entries, &typed);
                    if fitting.is_empty() {
                        let words = format!("nothing here begins so{}", self.wanted.kinds());
                        ui.label(RichText::new(words).color(theme.weak_text));
                    }
                    for (index, entry) in fitting.into_iter().enumerate() {
                        let is_picked = self.picked == Some(index);
                        let row = ui.selectable_label(is_picked, shown(entry));
                        if is_picked {
                            row.scroll_to_me(None);
                        }
                        is_double |= row.double_clicked();
                        if row.clicked() || row.double_clicked() {
                            chosen = Some(entry.clone());
                        }
                    }
                }
            });
        let Some(entry) = chosen else { return false };
        self.put(format!("{folder}{}", shown(&entry)));
        is_double && entry.is_file
    }

    fn shortcuts(&mut self, ui: &mut Ui, theme: &Theme) {
        if self.folders.is_empty() {
            return;
        }
        ui.add_space(4.0);
        let mut gone_to = None;
        ui.horizontal_wrapped(|ui| {
            ui.label(RichText::new("Recent folders").color(theme.weak_text));
            for folder in self.folders.iter().take(5) {
                let name = Path::new(folder).file_name().unwrap_or_default();
                if ui
                    .small_button(name.to_string_lossy())
                    .on_hover_text(folder)
                    .clicked()
                {
                    gone_to = Some(folder.clone());
                }
            }
        });
        if let Some(folder) = gone_to {
            let name = split(&self.text).1.to_owned();
            let name = if self.wanted.saves() {
                name
            } else {
                String::new()
            };
            self.put(format!("{}/{name}", folder.trim_end_matches('/')));
        }
    }

    /// Another path.
    fn put(&mut self, text: String) {
        self.text = text;
        self.moved = true;
        self.forget();
    }

    /// What was said of the path before.
    fn forget(&mut self) {
        (self.picked, self.replaces, self.problem) = (None, None, None);
    }

    fn complete(&mut self) {
        let entries = match &self.listing {
            Some((_, Ok(entries))) => entries.as_slice(),
            _ => &[],
        };
        let text = completed(&self.text, entries);
        self.put(text);
    }

    /// Goes to the next entry of the list, or the one before.
    fn step(&mut self, down: bool) {
        let Some((_, Ok(entries))) = &self.listing else {
            return;
        };
        let count = matching(entries, split(&self.text).1).len();
        self.picked = match (self.picked, down) {
            _ if count == 0 => None,
            (None, true) => Some(0),
            (None, false) => Some(count - 1),
            (Some(at), true) => Some((at + 1) % count),
            (Some(at), false) => Some((at + count - 1) % count),
        };
    }

    /// Takes the path, goes into the folder that it names, or says why it is none.
    fn go(&mut self) -> Option<Outcome> {
        if let (Some(at), Some((_, Ok(entries)))) = (self.picked, &self.listing) {
            let (folder, typed) = split(&self.text);
            let entry = matching(entries, typed).get(at).map(|entry| shown(entry));
            let text = entry.map(|entry| format!("{folder}{entry}"));
            text.into_iter().for_each(|text| self.put(text));
        }
        let (folder, name) = split(&self.text);
        let path = meant(folder, home().as_deref()).join(name);
        match self
            .wanted
            .judged(&path, self.replaces.as_deref() == Some(&path))
        {
            Verdict::Take(path) => return Some(Outcome::Chosen(path)),
            Verdict::Enter => self.put(format!("{}/", self.text.trim_end_matches('/'))),
            Verdict::Ask(path) => {
                self.problem = Some(format!(
                    "{} is there already; Enter again replaces it",
                    path.display()
                ));
                self.replaces = Some(meant(folder, home().as_deref()).join(name));
            }
            Verdict::Refuse(problem) => self.problem = Some(problem),
        }
        self.moved = true;
        None
    }

    /// Has the folder read that the path is in.
    fn read(&mut self, context: &Context) {
        for (folder, listing) in self.errands.done() {
            if self.reading.as_ref() == Some(&folder) {
                self.reading = None;
                self.listing = Some((folder, listing));
            }
        }
        let folder = meant(split(&self.text).0, home().as_deref());
        let is_known = self.listing.as_ref().is_some_and(|(of, _)| *of == folder);
        if is_known || self.reading.as_ref() == Some(&folder) {
            return;
        }
        self.listing = None;
        self.reading = Some(folder.clone());
        let endings = self.wanted.endings();
        self.errands.run(context, move || {
            let listing = listed(&folder, endings);
            (folder, listing)
        });
    }
}

/// An entry as it stands in the list and in a path.
fn shown(entry: &Entry) -> String {
    let end = if entry.is_file { "" } else { "/" };
    format!("{}{end}", entry.name)
}

fn home() -> Option<PathBuf> {
    let name = if cfg!(windows) { "USERPROFILE" } else { "HOME" };
    std::env::var_os(name).map(PathBuf::from)
}
