//! A line of text, glyph by glyph.

use super::fonts::Fonts;
use super::parse::{Piece, Shift, pieces};
use super::scripts::is_mark;

/// Size of an index as a share of the text's.
const SCRIPT: f32 = 0.72;

/// How far an index is lowered and an exponent raised, as shares of the text size.
const LOWERED: f32 = 0.17;
const RAISED: f32 = 0.36;

/// Free space between a letter and the mark over it, as a share of its size.
const OVER: f32 = 0.05;

/// Width of the box that stands for a character in no font.
const BOX: f32 = 0.6;

/// Height of a line above and below its baseline, as shares of the text size.
const ABOVE: f32 = 0.74;
const BELOW: f32 = 0.22;

/// How heavy a text is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Weight {
    /// Text.
    #[default]
    Regular,
    /// What stands out.
    Bold,
}

/// A glyph in its place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Glyph {
    /// The character.
    pub character: char,
    /// Face and glyph in it; `None` where no font has the character, for which a box is drawn.
    pub found: Option<(usize, u16)>,
    /// From the beginning of the line, in points.
    pub x: f32,
    /// Below the line's baseline, in points.
    pub y: f32,
    /// Size in points.
    pub size: f32,
    /// How far the next one stands from it, in points.
    pub advance: f32,
    /// Whether it stands over the letter before it.
    pub mark: bool,
}

/// A line of text, set.
#[derive(Clone, Debug, PartialEq)]
pub struct Typeset {
    /// The text as it was given.
    pub source: String,
    /// Its parts on the line, below and above it.
    pub pieces: Vec<Piece>,
    /// Its glyphs.
    pub glyphs: Vec<Glyph>,
    /// Size in points.
    pub size: f32,
    /// How heavy it is.
    pub weight: Weight,
    /// Width in points.
    pub width: f32,
    /// Height above the baseline in points.
    pub above: f32,
    /// Height below it.
    pub below: f32,
}

impl Typeset {
    /// Sets a text in a size.
    pub fn new(fonts: &Fonts, text: &str, size: f32, weight: Weight) -> Self {
        let mut set = Self {
            source: text.to_owned(),
            pieces: pieces(text),
            glyphs: Vec::new(),
            size,
            weight,
            width: 0.0,
            above: ABOVE * size,
            below: BELOW * size,
        };
        for piece in set.pieces.clone() {
            let (size, y) = match piece.shift {
                Shift::Base => (size, 0.0),
                Shift::Sub => (SCRIPT * size, LOWERED * size),
                Shift::Super => (SCRIPT * size, -RAISED * size),
            };
            for c in piece.text.chars() {
                set.push(fonts, c, (size, y));
            }
        }
        set
    }

    fn push(&mut self, fonts: &Fonts, c: char, (size, y): (f32, f32)) {
        let found = fonts.find(c, self.weight == Weight::Bold);
        let advance = match found {
            Some((face, glyph)) => fonts.advance(face, glyph),
            // U+2009 and narrower spaces.
            None if c.is_whitespace() => 0.2,
            None => BOX,
        };
        let mut glyph = Glyph {
            character: c,
            found,
            x: self.width,
            y,
            size,
            advance: advance * size,
            mark: is_mark(c),
        };
        if glyph.mark {
            self.put_over(fonts, &mut glyph);
        } else {
            self.width += glyph.advance;
        }
        let ink = match found {
            Some((face, id)) => fonts.outline(face, id).bounds(),
            None => Some([0.0, 0.0, BOX, ABOVE]),
        };
        if let Some([_, low, _, high]) = ink {
            self.above = self.above.max(high * size - glyph.y);
            self.below = self.below.max(glyph.y - low * size);
        }
        self.glyphs.push(glyph);
    }

    /// Puts a mark over the middle of the letter before it.
    fn put_over(&self, fonts: &Fonts, mark: &mut Glyph) {
        let bounds = |glyph: &Glyph| {
            let (face, id) = glyph.found?;
            fonts.outline(face, id).bounds()
        };
        mark.advance = 0.0;
        let letter = self.glyphs.iter().rev().find(|glyph| !glyph.mark);
        let Some((letter, over)) = letter.and_then(|letter| Some((letter, bounds(letter)?))) else {
            return;
        };
        let Some([left, low, right, _]) = bounds(mark) else {
            return;
        };
        let middle = 0.5 * (over[0] + over[2]) - 0.5 * (left + right);
        mark.x = letter.x + middle * letter.size;
        mark.size = letter.size;
        mark.y = letter.y - (over[3] + OVER - low) * letter.size;
    }

    /// The characters that no font has, once each.
    pub fn missing(&self) -> Vec<char> {
        let lost = self
            .glyphs
            .iter()
            .filter(|g| g.found.is_none() && !g.character.is_whitespace());
        let mut lost: Vec<char> = lost.map(|glyph| glyph.character).collect();
        lost.sort_unstable();
        lost.dedup();
        lost
    }

    /// Height from the top of the line to its bottom.
    pub fn height(&self) -> f32 {
        self.above + self.below
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(text: &str) -> Typeset {
        Typeset::new(&Fonts::new(), text, 10.0, Weight::Regular)
    }

    #[test]
    fn an_exponent_stands_higher_and_smaller_than_its_base() {
        let set = set("10⁻³");
        let [one, zero, minus, three] = set.glyphs.as_slice() else {
            panic!("{set:?}")
        };
        assert!(one.y == 0.0 && zero.size == 10.0);
        assert!(minus.y < 0.0 && three.y == minus.y);
        assert!((three.size - 7.2).abs() < 1e-4, "{}", three.size);
        assert_eq!(three.character, '3');
        assert!((set.width - (three.x + three.advance)).abs() < 1e-4);
    }

    #[test]
    fn a_mark_stands_over_the_middle_of_its_letter_and_takes_no_room() {
        let (plain, marked) = (set("λ"), set("λ\u{303}"));
        assert_eq!(plain.width, marked.width);
        assert!(marked.above > plain.above);
        let fonts = Fonts::new();
        let middle = |glyph: &Glyph| {
            let (face, id) = glyph.found.unwrap();
            let [left, _, right, _] = fonts.outline(face, id).bounds().unwrap();
            glyph.x + 0.5 * (left + right) * glyph.size
        };
        let [letter, mark] = marked.glyphs.as_slice() else {
            panic!("{marked:?}")
        };
        assert!((middle(letter) - middle(mark)).abs() < 1e-3);
    }

    #[test]
    fn characters_in_no_font_are_named() {
        assert_eq!(set("a漢b字漢").missing(), ['字', '漢']);
        assert!(set("ωσλη√∈≤≥≈·−‖∞⟨⟩").missing().is_empty());
    }
}
