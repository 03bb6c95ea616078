//! The colours a page draws with, by number, in both themes.

use crate::figure::{Ink, Palette};
use crate::page::colours::{Colours, Rgb};

/// Colours between the ends of those of cells.
pub(super) const SHADES: u8 = 128;

/// A colour by what it means.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Paint {
    /// Of a mark or a line.
    Of(Ink),
    /// Of text that belongs to it.
    TextOf(Ink),
    /// Of secondary text.
    Weak,
    /// Of grid lines.
    Hairline,
    /// Behind plots.
    Panel,
    /// Of a cell, by its place among the shades.
    Shade(Palette, u8),
    /// Of a cell in which nothing could be measured.
    NoValue,
}

/// Colours that were asked for, numbered.
#[derive(Debug)]
pub(super) struct Paints {
    themes: [Colours; 2],
    known: Vec<Paint>,
}

impl Paints {
    /// None yet; of the light and the dark theme.
    pub(super) fn new(themes: [Colours; 2]) -> Self {
        Self {
            themes,
            known: Vec::new(),
        }
    }

    /// The number of a colour.
    pub(super) fn number(&mut self, paint: Paint) -> usize {
        let known = self.known.iter().position(|known| *known == paint);
        known.unwrap_or_else(|| {
            self.known.push(paint);
            self.known.len() - 1
        })
    }

    /// The light theme, whose dashes are those of both.
    pub(super) fn light(&self) -> &Colours {
        &self.themes[0]
    }

    /// The colours in the order of their numbers: of the light and of the dark theme.
    pub(super) fn table(&self) -> [Vec<String>; 2] {
        let of = |theme: &Colours| {
            let colours = self.known.iter().map(|paint| colour(theme, *paint).hex());
            colours.collect()
        };
        [of(&self.themes[0]), of(&self.themes[1])]
    }

    /// The themes: light, dark.
    pub(super) fn themes(&self) -> &[Colours; 2] {
        &self.themes
    }
}

fn colour(theme: &Colours, paint: Paint) -> Rgb {
    match paint {
        Paint::Of(ink) => theme.ink(ink),
        Paint::TextOf(ink) => theme.ink_text(ink),
        Paint::Weak => theme.weak_text,
        Paint::Hairline => theme.hairline,
        Paint::Panel => theme.panel,
        Paint::Shade(palette, shade) => {
            theme.share(palette, f64::from(shade) / f64::from(SHADES - 1))
        }
        Paint::NoValue => theme.panel.towards(theme.error, 0.25),
    }
}
