//! The shipped presets, as the menu shows them: by paper, and those that a search finds.

mod menu;

use crate::preset::library;
use crate::spec::Lasts;

pub use menu::menu_ui;

/// The shipped presets, as the menu shows them.
#[derive(Clone, Debug, Default)]
pub struct Gallery {
    /// The presets, those of a paper one after the other.
    pub cards: Vec<Card>,
}

/// One preset of the gallery.
#[derive(Clone, Debug)]
pub struct Card {
    /// Name it is loaded by.
    pub name: String,
    /// Title.
    pub title: String,
    /// Paper; its cards stand together under it.
    pub paper: String,
    /// Figure of the paper.
    pub figure: String,
    /// The one sentence to take away.
    pub takeaway: String,
    /// How long its run takes.
    pub lasts: Lasts,
}

impl Gallery {
    /// Reads the shipped presets.
    pub fn shipped() -> Self {
        let mut cards: Vec<Card> = library::names().filter_map(card).collect();
        let papers: Vec<String> = cards.iter().map(|card| card.paper.clone()).collect();
        cards.sort_by_key(|card| papers.iter().position(|paper| *paper == card.paper));
        Self { cards }
    }

    /// The cards in which every word of `search` stands, in small or capital letters.
    pub fn found(&self, search: &str) -> Vec<&Card> {
        let words: Vec<String> = search.split_whitespace().map(str::to_lowercase).collect();
        let has = |card: &&Card| {
            let text = card.text();
            words.iter().all(|word| text.contains(word))
        };
        self.cards.iter().filter(has).collect()
    }
}

impl Card {
    /// What a search looks through.
    fn text(&self) -> String {
        let Self {
            name,
            title,
            paper,
            figure,
            takeaway,
            lasts,
        } = self;
        format!("{name} {title} {paper} fig. {figure} {takeaway} {lasts}").to_lowercase()
    }

    /// Figure in a word; a bare number is a figure's.
    fn place(&self) -> String {
        match self.figure.chars().next() {
            Some(first) if first.is_ascii_digit() => format!("Fig. {}", self.figure),
            _ => self.figure.clone(),
        }
    }
}

fn card(name: &str) -> Option<Card> {
    let preset = library::load(name).ok()?.preset;
    Some(Card {
        name: name.to_owned(),
        paper: preset.source.paper,
        figure: preset.source.figure,
        title: preset.title,
        takeaway: preset.takeaway,
        lasts: preset.lasts,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_search_finds_the_cards_with_all_its_words() {
        let gallery = Gallery::shipped();
        assert_eq!(gallery.cards.len(), library::names().count());
        assert_eq!(gallery.found("  ").len(), gallery.cards.len());
        let found = gallery.found("CHEN fig. 3");
        assert!(found.iter().any(|card| card.name == "chen-fig3-live"));
        let whole = |card: &&Card| card.paper.starts_with("Chen");
        assert!(found.iter().all(whole), "{found:?}");
        assert!(gallery.found("no such words").is_empty());
    }

    #[test]
    fn the_cards_of_a_paper_stand_together() {
        let cards = Gallery::shipped().cards;
        let mut papers: Vec<&str> = cards.iter().map(|card| card.paper.as_str()).collect();
        papers.dedup();
        let mut single = papers.clone();
        single.sort_unstable();
        single.dedup();
        assert_eq!(papers.len(), single.len());
    }
}
