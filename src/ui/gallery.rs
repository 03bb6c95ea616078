//! The shipped presets, as the menu shows them.

use crate::preset::{Source, library};

/// The shipped presets, as the menu shows them.
#[derive(Clone, Debug, Default)]
pub struct Gallery {
    /// The presets, by name.
    pub cards: Vec<Card>,
}

/// One preset of the gallery.
#[derive(Clone, Debug)]
pub struct Card {
    /// Name it is loaded by.
    pub name: String,
    /// Title.
    pub title: String,
    /// Paper and figure.
    pub source: String,
    /// The one sentence to take away.
    pub takeaway: String,
}

impl Gallery {
    /// Reads the shipped presets.
    pub fn shipped() -> Self {
        Self {
            cards: library::names().filter_map(card).collect(),
        }
    }
}

fn card(name: &str) -> Option<Card> {
    let preset = library::load(name).ok()?.preset;
    Some(Card {
        name: name.to_owned(),
        source: source(&preset.source),
        title: preset.title,
        takeaway: preset.takeaway,
    })
}

/// Paper and figure in one line; a bare number is a figure's.
pub fn source(source: &Source) -> String {
    let number = source.figure.starts_with(|c: char| c.is_ascii_digit());
    let figure = if number {
        format!("Fig. {}", source.figure)
    } else {
        source.figure.clone()
    };
    let parts = [source.paper.clone(), figure];
    parts
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(", ")
}
