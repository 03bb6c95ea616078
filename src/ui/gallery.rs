//! The shipped presets, as the menu shows them.

use crate::preset::library;

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
        source: preset.source.to_string(),
        title: preset.title,
        takeaway: preset.takeaway,
    })
}
