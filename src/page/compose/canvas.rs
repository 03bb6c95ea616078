//! What a page is put together on.

use std::ops::Range;

use crate::page::colours::{Colours, Rgb};
use crate::page::sheet::{Dots, Item, Paint, Path, Placed, Rect, Series, Stroke, Text};
use crate::page::typeset::{Fonts, Typeset, Weight};

use super::style::Style;

/// Height of a capital letter as a share of the size.
const CAPITAL: f32 = 0.7;

/// Which end of a text stands at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    Left,
    Middle,
    Right,
}

impl End {
    /// How much of a text's width lies before its place.
    fn share(self) -> f32 {
        match self {
            Self::Left => 0.0,
            Self::Middle => 0.5,
            Self::Right => 1.0,
        }
    }
}

/// What a page is put together on.
pub(super) struct Canvas<'a> {
    pub(super) fonts: &'a Fonts,
    pub(super) colours: &'a Colours,
    pub(super) style: Style,
    pub(super) items: Vec<Item>,
    /// Which of the items are those of plots.
    pub(super) placed: Vec<Placed>,
    /// What the plot being drawn shows beside cells.
    pub(super) series: Vec<Series>,
}

impl<'a> Canvas<'a> {
    pub(super) fn new(fonts: &'a Fonts, colours: &'a Colours, style: Style) -> Self {
        Self {
            fonts,
            colours,
            style,
            items: Vec::new(),
            placed: Vec::new(),
            series: Vec::new(),
        }
    }

    /// An empty one like it, to try on.
    pub(super) fn blank(&self) -> Self {
        Self::new(self.fonts, self.colours, self.style)
    }

    /// Takes over what was drawn on one like it.
    pub(super) fn take(&mut self, other: Self) {
        let before = self.items.len();
        let moved = |range: Range<usize>| range.start + before..range.end + before;
        self.placed
            .extend(other.placed.into_iter().map(|placed| Placed {
                items: moved(placed.items),
                cells: moved(placed.cells),
                ..placed
            }));
        self.items.extend(other.items);
    }

    pub(super) fn set(&self, text: &str, size: f32, weight: Weight) -> Typeset {
        Typeset::new(self.fonts, text, size, weight)
    }

    /// A small text.
    pub(super) fn small(&self, text: &str) -> Typeset {
        self.set(text, self.style.small(), Weight::Regular)
    }

    /// Puts a text with one of its ends at a place of its baseline.
    pub(super) fn put(&mut self, set: Typeset, [x, y]: [f32; 2], end: End, colour: Rgb) {
        let at = [x - end.share() * set.width, y];
        self.items.push(Item::Text(Text {
            set,
            at,
            upright: false,
            colour,
        }));
    }

    /// Puts a text with its capitals' middle at a height.
    pub(super) fn put_beside(&mut self, set: Typeset, [x, y]: [f32; 2], end: End, colour: Rgb) {
        let below = 0.5 * CAPITAL * set.size;
        self.put(set, [x, y + below], end, colour);
    }

    /// Puts a text that runs upwards, its middle at a height.
    pub(super) fn put_upright(&mut self, set: Typeset, [x, y]: [f32; 2], colour: Rgb) {
        let at = [x, y + 0.5 * set.width];
        self.items.push(Item::Text(Text {
            set,
            at,
            upright: true,
            colour,
        }));
    }

    pub(super) fn line(&mut self, points: Vec<[f32; 2]>, stroke: Stroke) {
        self.lines(vec![points], stroke);
    }

    pub(super) fn lines(&mut self, lines: Vec<Vec<[f32; 2]>>, stroke: Stroke) {
        if !lines.is_empty() {
            self.items.push(Item::Path(Path {
                lines,
                closed: false,
                fill: None,
                stroke: Some(stroke),
            }));
        }
    }

    pub(super) fn area(&mut self, rect: Rect, fill: impl Into<Paint>) {
        self.items.push(Item::Path(Path {
            lines: vec![corners(rect)],
            closed: true,
            fill: Some(fill.into()),
            stroke: None,
        }));
    }

    pub(super) fn outline(&mut self, rect: Rect, stroke: Stroke) {
        self.items.push(Item::Path(Path {
            lines: vec![corners(rect)],
            closed: true,
            fill: None,
            stroke: Some(stroke),
        }));
    }

    pub(super) fn dots(&mut self, dots: Dots) {
        if !dots.centres.is_empty() {
            self.items.push(Item::Dots(dots));
        }
    }

    /// A solid stroke of a width in points.
    pub(super) fn stroke(&self, colour: impl Into<Paint>, width: f32) -> Stroke {
        Stroke {
            paint: colour.into(),
            width,
            dash: Vec::new(),
        }
    }

    /// Breaks a text between words into lines of at most a width. A word that is wider is cut short.
    pub(super) fn wrap(
        &self,
        text: &str,
        (size, weight): (f32, Weight),
        width: f32,
    ) -> Vec<Typeset> {
        let mut lines: Vec<Typeset> = Vec::new();
        let mut line = String::new();
        for word in text.split(' ').filter(|word| !word.is_empty()) {
            let longer = if line.is_empty() {
                word.to_owned()
            } else {
                format!("{line} {word}")
            };
            if line.is_empty() || self.set(&longer, size, weight).width <= width {
                line = longer;
            } else {
                lines.push(self.cut(&line, (size, weight), width));
                line = word.to_owned();
            }
        }
        if !line.is_empty() {
            lines.push(self.cut(&line, (size, weight), width));
        }
        lines
    }

    /// A text in one line of at most a width, cut short with … where it must be.
    pub(super) fn cut(&self, text: &str, (size, weight): (f32, Weight), width: f32) -> Typeset {
        let whole = self.set(text, size, weight);
        if whole.width <= width {
            return whole;
        }
        let mut kept: String = text.to_owned();
        while kept.pop().is_some() {
            let short = self.set(&format!("{}…", kept.trim_end()), size, weight);
            if short.width <= width {
                return short;
            }
        }
        self.set("…", size, weight)
    }
}

fn corners(rect: Rect) -> Vec<[f32; 2]> {
    vec![
        [rect.left, rect.top],
        [rect.right, rect.top],
        [rect.right, rect.bottom],
        [rect.left, rect.bottom],
    ]
}
