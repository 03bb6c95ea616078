//! A composed page: shapes and set text in points, without a toolkit and without a format.

use std::ops::Range;

use super::colours::Rgb;
use super::content::Plot;
use super::typeset::Typeset;
use crate::figure::Tick;

/// A rectangle in points, y downwards.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rect {
    /// Left end.
    pub left: f32,
    /// Upper end.
    pub top: f32,
    /// Right end.
    pub right: f32,
    /// Lower end.
    pub bottom: f32,
}

impl Rect {
    /// A rectangle by its upper left corner and its size.
    pub fn new(left: f32, top: f32, width: f32, height: f32) -> Self {
        Self {
            left,
            top,
            right: left + width,
            bottom: top + height,
        }
    }

    /// Width.
    pub fn width(&self) -> f32 {
        self.right - self.left
    }

    /// Height.
    pub fn height(&self) -> f32 {
        self.bottom - self.top
    }

    /// The same with so much more on every side.
    pub fn grown(&self, by: f32) -> Self {
        Self {
            left: self.left - by,
            top: self.top - by,
            right: self.right + by,
            bottom: self.bottom + by,
        }
    }

    /// Whether a point lies within.
    pub fn contains(&self, [x, y]: [f32; 2]) -> bool {
        self.left <= x && x <= self.right && self.top <= y && y <= self.bottom
    }

    /// Whether both have a part in common.
    pub fn meets(&self, other: &Self) -> bool {
        self.left < other.right
            && other.left < self.right
            && self.top < other.bottom
            && other.top < self.bottom
    }

    /// Whether the other lies within.
    pub fn holds(&self, other: &Self) -> bool {
        self.contains([other.left, other.top]) && self.contains([other.right, other.bottom])
    }
}

/// A composed page.
#[derive(Clone, Debug, PartialEq)]
pub struct Page {
    /// Width in points, 1/72 inch.
    pub width: f32,
    /// Height in points.
    pub height: f32,
    /// Behind everything.
    pub background: Rgb,
    /// What the picture is called where a reader shows it.
    pub title: String,
    /// What is seen, in words, for those who do not see it.
    pub alt: String,
    /// What is drawn, the last on top.
    pub items: Vec<Item>,
    /// The plots, for formats that draw axes themselves.
    pub placed: Vec<Placed>,
}

/// A plot in its place.
#[derive(Clone, Debug, PartialEq)]
pub struct Placed {
    /// What is plotted.
    pub plot: Plot,
    /// Its frame.
    pub frame: Rect,
    /// Whether the numbers and the name of the horizontal and of the vertical axis are written.
    pub written: [bool; 2],
    /// Marks along both axes.
    pub marks: [Vec<Tick>; 2],
    /// Which items of the page draw it: layers, axes, numbers, names of axes.
    pub items: Range<usize>,
    /// Which of these draw its cells.
    pub cells: Range<usize>,
    /// What else it draws, in axis coordinates.
    pub series: Vec<Series>,
}

/// Points of a plot, drawn alike.
#[derive(Clone, Debug, PartialEq)]
pub struct Series {
    /// What they show.
    pub name: String,
    /// The points, in axis coordinates; one that is not finite is a gap.
    pub points: Vec<[f64; 2]>,
    /// How they are drawn.
    pub look: Look,
}

/// How points are drawn.
#[derive(Clone, Debug, PartialEq)]
pub enum Look {
    /// Joined by a line.
    Line(Stroke),
    /// Each by a dot.
    Dots {
        /// Radius in points.
        radius: f32,
        /// Colour.
        paint: Paint,
        /// Whether it is a ring.
        hollow: bool,
    },
    /// Each by a cross.
    Cross {
        /// Half of its side in points.
        radius: f32,
        /// Colour.
        paint: Paint,
    },
}

/// Something drawn.
#[derive(Clone, Debug, PartialEq)]
pub enum Item {
    /// Lines or an area.
    Path(Path),
    /// Discs or rings of one size.
    Dots(Dots),
    /// Cells of one size in colours.
    Raster(Raster),
    /// A line of text.
    Text(Text),
}

/// A colour with its opacity from 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Paint {
    /// Its colour.
    pub colour: Rgb,
    /// Its opacity.
    pub opacity: f32,
}

impl From<Rgb> for Paint {
    fn from(colour: Rgb) -> Self {
        Self {
            colour,
            opacity: 1.0,
        }
    }
}

/// How a line is drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct Stroke {
    /// Its colour.
    pub paint: Paint,
    /// Its width in points.
    pub width: f32,
    /// Lengths drawn and left out in turn, in points; none of a solid line.
    pub dash: Vec<f32>,
}

/// Lines or an area.
#[derive(Clone, Debug, PartialEq)]
pub struct Path {
    /// Its lines.
    pub lines: Vec<Vec<[f32; 2]>>,
    /// Whether each ends where it begins.
    pub closed: bool,
    /// What fills it.
    pub fill: Option<Paint>,
    /// How its lines are drawn.
    pub stroke: Option<Stroke>,
}

/// Discs or rings of one size.
#[derive(Clone, Debug, PartialEq)]
pub struct Dots {
    /// Their middles.
    pub centres: Vec<[f32; 2]>,
    /// Their radius in points.
    pub radius: f32,
    /// What fills them.
    pub fill: Option<Paint>,
    /// How their edges are drawn.
    pub stroke: Option<Stroke>,
}

/// Cells of one size in colours.
#[derive(Clone, Debug, PartialEq)]
pub struct Raster {
    /// Where they are.
    pub place: Rect,
    /// How many stand side by side.
    pub columns: usize,
    /// Their colours, row by row from the top.
    pub cells: Vec<Rgb>,
}

impl Raster {
    /// How many rows there are.
    pub fn rows(&self) -> usize {
        self.cells.len() / self.columns.max(1)
    }

    /// The same in so many more cells that readers who smooth pictures blur no more than their edges: columns,
    /// rows, and red, green and blue of each cell.
    pub fn enlarged(&self) -> (usize, usize, Vec<u8>) {
        const LEAST: usize = 384;
        let (columns, rows) = (self.columns, self.rows());
        let times = LEAST.div_ceil(columns.max(rows).max(1)).max(1);
        let mut bytes = Vec::with_capacity(3 * columns * rows * times * times);
        for row in self.cells.chunks(columns.max(1)) {
            for _ in 0..times {
                for cell in row {
                    (0..times).for_each(|_| bytes.extend(cell.parts()));
                }
            }
        }
        (columns * times, rows * times, bytes)
    }
}

/// A line of text.
#[derive(Clone, Debug, PartialEq)]
pub struct Text {
    /// Its glyphs.
    pub set: Typeset,
    /// Where its baseline begins.
    pub at: [f32; 2],
    /// Whether it runs upwards.
    pub upright: bool,
    /// Its colour.
    pub colour: Rgb,
}

impl Text {
    /// What it covers.
    pub fn place(&self) -> Rect {
        let ([x, y], set) = (self.at, &self.set);
        if self.upright {
            Rect {
                left: x - set.above,
                top: y - set.width,
                right: x + set.below,
                bottom: y,
            }
        } else {
            Rect {
                left: x,
                top: y - set.above,
                right: x + set.width,
                bottom: y + set.below,
            }
        }
    }

    /// A place on its line, so far along it and so far below its baseline.
    pub fn point(&self, along: f32, below: f32) -> [f32; 2] {
        let [x, y] = self.at;
        match self.upright {
            true => [x + below, y - along],
            false => [x + along, y + below],
        }
    }
}

impl Page {
    /// The lines of text.
    pub fn texts(&self) -> impl Iterator<Item = &Text> {
        self.items.iter().filter_map(|item| match item {
            Item::Text(text) => Some(text),
            _ => None,
        })
    }

    /// The characters that no font has, once each.
    pub fn missing(&self) -> Vec<char> {
        let mut lost: Vec<char> = self.texts().flat_map(|text| text.set.missing()).collect();
        lost.sort_unstable();
        lost.dedup();
        lost
    }
}
