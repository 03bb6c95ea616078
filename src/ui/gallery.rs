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
        let card = |name: &str| {
            let preset = library::load(name).ok()?.preset;
            let source = [preset.source.paper, preset.source.figure];
            let source: Vec<String> = source.into_iter().filter(|part| !part.is_empty()).collect();
            Some(Card {
                name: name.to_owned(),
                title: preset.title,
                source: source.join(", "),
                takeaway: preset.takeaway,
            })
        };
        Self {
            cards: library::names().filter_map(card).collect(),
        }
    }
}
