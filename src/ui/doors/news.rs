//! What the doors have to say: what was saved, what could not be opened.

use std::path::{Path, PathBuf};

use egui::{Button, Frame, Link, Margin, Panel, RichText, Ui};

use crate::ui::action::Action;
use crate::ui::door_action::DoorAction;
use crate::ui::theme::Theme;

/// Seconds after which good news goes by itself.
const LASTS: f64 = 12.0;

/// Most news at once; older ones give way.
const MOST: usize = 3;

/// What there is to say.
#[derive(Clone, Debug, PartialEq)]
pub enum Word {
    /// A file was written.
    Saved(PathBuf),
    /// Something was done.
    Done(String),
    /// Something could not be done.
    Trouble(String),
}

/// What the doors have to say, the newest last.
#[derive(Debug, Default)]
pub struct News {
    all: Vec<Item>,
    next: u64,
}

#[derive(Debug)]
struct Item {
    id: u64,
    word: Word,
    /// When it was first seen.
    seen: Option<f64>,
}

impl News {
    /// Says something.
    pub fn say(&mut self, word: Word) {
        self.all.retain(|item| item.word != word);
        self.all.push(Item {
            id: self.next,
            word,
            seen: None,
        });
        self.next += 1;
        let surplus = self.all.len().saturating_sub(MOST);
        self.all.drain(..surplus);
    }

    /// Takes one of them away.
    pub fn dismiss(&mut self, id: u64) {
        self.all.retain(|item| item.id != id);
    }

    /// What is said now.
    #[cfg(test)]
    pub fn words(&self) -> impl Iterator<Item = &Word> {
        self.all.iter().map(|item| &item.word)
    }

    /// Draws it in a strip that takes the place it needs.
    pub fn show(&mut self, ui: &mut Ui, theme: &Theme, actions: &mut Vec<Action>) {
        let now = ui.input(|input| input.time);
        for item in &mut self.all {
            item.seen.get_or_insert(now);
        }
        let lasts = |item: &Item| {
            let is_bad = matches!(item.word, Word::Trouble(_));
            is_bad || item.seen.is_none_or(|seen| now < seen + LASTS)
        };
        self.all.retain(lasts);
        if self.all.is_empty() {
            return;
        }
        let first = self
            .all
            .iter()
            .filter_map(|item| item.seen)
            .reduce(f64::min);
        if let Some(first) = first {
            let left = (first + LASTS - now).max(0.0);
            ui.ctx()
                .request_repaint_after(std::time::Duration::from_secs_f64(left + 0.05));
        }
        let frame = Frame::NONE
            .fill(theme.panel)
            .inner_margin(Margin::symmetric(12, 6));
        let panel = Panel::top("news").frame(frame).resizable(false);
        panel.show(ui, |ui| {
            for item in &self.all {
                ui.horizontal_wrapped(|ui| one(ui, item, theme, actions));
            }
        });
    }
}

fn one(ui: &mut Ui, item: &Item, theme: &Theme, actions: &mut Vec<Action>) {
    match &item.word {
        Word::Saved(path) => {
            ui.label("Saved");
            let link = ui.add(Link::new(name(path)));
            let tooltip = format!("{}\nClick to copy this path", path.display());
            if link.on_hover_text(tooltip).clicked() {
                ui.ctx().copy_text(path.to_string_lossy().into_owned());
            }
        }
        Word::Done(text) => {
            ui.label(text);
        }
        Word::Trouble(text) => {
            ui.label(RichText::new(text).color(theme.error));
        }
    }
    let dismiss = ui.add(Button::new("Dismiss").small());
    if dismiss.on_hover_text("Take this message away").clicked() {
        actions.push(Action::Door(DoorAction::Dismiss(item.id)));
    }
}

fn name(path: &Path) -> String {
    path.file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_is_said_once_and_the_oldest_gives_way() {
        let mut news = News::default();
        for i in [1, 2, 1, 3, 4] {
            news.say(Word::Done(i.to_string()));
        }
        let words: Vec<_> = news.words().cloned().collect();
        assert_eq!(words, ["1", "3", "4"].map(|i| Word::Done(i.to_owned())));
    }
}
