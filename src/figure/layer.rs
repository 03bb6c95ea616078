//! The parts of a figure: axes, lines, points, bars.

use std::sync::Arc;

use super::ticks::{Tick, thinned, ticks};
use super::{Range, Scale};

/// Axes and what is drawn between them, in order.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// Horizontal axis.
    pub x: Axis,
    /// Vertical axis.
    pub y: Axis,
    /// What is drawn, the last on top.
    pub layers: Vec<Layer>,
}

/// An axis.
#[derive(Clone, Debug, PartialEq)]
pub struct Axis {
    /// Name with unit.
    pub label: String,
    /// What is shown along it, for the tooltip.
    pub definition: String,
    /// How values are laid out.
    pub scale: Scale,
    /// Whether the values are whole numbers.
    pub whole: bool,
    /// Extent, in axis coordinates.
    pub range: Range,
    /// Its marks by rising coordinate, where they are given; else round numbers are marked.
    pub marks: Vec<Tick>,
}

impl Axis {
    /// Marks in a part of the axis, of which about `most` bear a text.
    pub fn ticks(&self, range: Range, most: usize) -> Vec<Tick> {
        if self.marks.is_empty() {
            ticks(self.scale, range, most)
        } else {
            thinned(&self.marks, range, most)
        }
    }
}

/// Something drawn. All points are in axis coordinates ([`Scale::place`]).
#[derive(Clone, Debug, PartialEq)]
pub enum Layer {
    /// A line.
    Line(Line),
    /// Points.
    Scatter(Scatter),
    /// Bars from the lower end of the y-axis.
    Bars {
        /// Colour.
        ink: Ink,
        /// Left end, right end and height of each bar.
        bars: Vec<[f64; 3]>,
        /// Whether the bars are filled; else only their outline is drawn.
        filled: bool,
    },
    /// A line across the whole figure.
    Rule(Rule),
    /// A mark at one point.
    Mark(Mark),
    /// A bound over a measurement.
    Bound(BoundLine),
    /// Coloured cells.
    Cells(Cells),
    /// A line over coloured cells, with an edge that keeps it apart from them.
    Over(Line),
    /// Upright intervals with a mark at both ends.
    Intervals(Intervals),
}

impl Layer {
    /// The line of a curve or of a bound.
    pub fn line(&self) -> Option<&Line> {
        match self {
            Self::Line(line) | Self::Bound(BoundLine { line, .. }) => Some(line),
            _ => None,
        }
    }
}

/// Coloured cells between rising or falling edges.
#[derive(Clone, Debug, PartialEq)]
pub struct Cells {
    /// Edges of the columns, one more than there are columns.
    pub x: Vec<f64>,
    /// Edges of the rows.
    pub y: Vec<f64>,
    /// What fills each cell, column by column.
    pub fills: Vec<Fill>,
    /// Which colours a share stands for.
    pub palette: Palette,
}

/// Colours of cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Palette {
    /// From dark to light, for sizes.
    Size,
    /// From the colour of what is negative through that of the background to the colour of what is positive, for
    /// values around 0.
    Sign,
    /// From blue for what fell through white to red for what grew.
    Change,
}

/// What fills a cell.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fill {
    /// Place between the ends of the colours, from 0 to 1; `None` without a value.
    pub share: Option<f64>,
    /// Whether anything is known of the cell.
    pub known: bool,
    /// Whether something went wrong in it.
    pub bad: bool,
}

/// Upright intervals.
#[derive(Clone, Debug, PartialEq)]
pub struct Intervals {
    /// Colour.
    pub ink: Ink,
    /// Place, lower and upper end of each.
    pub bars: Vec<[f64; 3]>,
}

/// A bound over a measurement.
#[derive(Clone, Debug, PartialEq)]
pub struct BoundLine {
    /// The bound.
    pub line: Line,
    /// Whether it does not apply: it is then drawn with crosses, and its name struck through.
    pub struck: bool,
    /// Its formula, and what fails of its assumptions.
    pub detail: String,
}

/// A line through points.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// What it shows, for the read-out.
    pub name: String,
    /// Colour.
    pub ink: Ink,
    /// Width and dash.
    pub shaft: Shaft,
    /// Points by rising x; a NaN ordinate interrupts the line.
    pub points: Vec<[f64; 2]>,
    /// Text beside the line's end.
    pub end_label: Option<String>,
}

/// Width and dash of a line.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Shaft {
    /// Width in points.
    pub width: f32,
    /// Opacity from 0 to 1.
    pub opacity: f32,
    /// Dash.
    pub dash: Dash,
}

/// Dash of a line.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Dash {
    /// Lengths drawn and left out, in points, in turn; none for a solid line.
    Strokes(&'static [f32]),
    /// The dash of an arm, which the theme knows.
    Arm(usize),
}

impl Dash {
    /// Without gaps.
    pub const SOLID: Self = Self::Strokes(&[]);
    /// Short dashes, kept for the linearized twin.
    pub const TWIN: Self = Self::Strokes(&[2.5, 2.5]);
    /// Dots, kept for references and bounds.
    pub const DOTTED: Self = Self::Strokes(&[1.6, 3.0]);

    /// One of the dashes by which lines differ without colour: long strokes, told apart by what lies
    /// between them.
    pub fn kind(index: usize) -> Self {
        const KINDS: [&[f32]; 6] = [
            &[],
            &[14.0, 4.0],
            &[14.0, 3.0, 2.0, 3.0],
            &[7.0, 3.5],
            &[14.0, 3.0, 2.0, 3.0, 2.0, 3.0],
            &[7.0, 3.0, 2.0, 3.0],
        ];
        Self::Strokes(KINDS[index % KINDS.len()])
    }

    /// Lengths drawn and left out, in points, in turn; an arm has those of its own number where nobody
    /// gave it others.
    pub fn strokes(self) -> &'static [f32] {
        match self {
            Self::Strokes(strokes) => strokes,
            Self::Arm(index) => Self::kind(index).strokes(),
        }
    }
}

/// Colour by meaning; the theme knows the colour itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Ink {
    /// An arm's colour.
    Arm(usize),
    /// Neurons with v_i > 0.
    Positive,
    /// Neurons with v_i < 0.
    Negative,
    /// The state at the start.
    Ghost,
    /// The run before.
    Before,
    /// What leads from the start to the state shown.
    Path,
    /// Guides, neutral references.
    Guide,
    /// The step shown.
    Cursor,
    /// Divergence.
    Error,
}

/// Points of one colour and size.
#[derive(Clone, Debug, PartialEq)]
pub struct Scatter {
    /// What they show, for the read-out.
    pub name: String,
    /// Colour.
    pub ink: Ink,
    /// Radius in points.
    pub radius: f32,
    /// Opacity from 0 to 1.
    pub opacity: f32,
    /// Whether only the outline is drawn.
    pub hollow: bool,
    /// The points, shared, so that what is drawn of them can be kept as long as they are the same.
    pub points: Arc<[[f64; 2]]>,
}

/// A line across the whole figure.
#[derive(Clone, Debug, PartialEq)]
pub struct Rule {
    /// Colour.
    pub ink: Ink,
    /// Dash.
    pub dash: Dash,
    /// Whether it stands upright, at an x; else it lies, at a y.
    pub upright: bool,
    /// Where.
    pub at: f64,
    /// Text beside it.
    pub label: String,
}

/// A mark at one point.
#[derive(Clone, Debug, PartialEq)]
pub struct Mark {
    /// Colour.
    pub ink: Ink,
    /// Where.
    pub at: [f64; 2],
    /// What it looks like.
    pub shape: MarkShape,
    /// Text beside it.
    pub label: String,
}

/// What a mark looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MarkShape {
    /// A reading.
    Disc,
    /// A reading of a run beside the one shown.
    Ring,
    /// An end.
    Cross,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_six_arms_and_the_twin_have_dashes_of_their_own() {
        let mut dashes: Vec<Dash> = (0..6).map(Dash::kind).collect();
        dashes.extend([Dash::TWIN, Dash::DOTTED]);
        for (i, a) in dashes.iter().enumerate() {
            assert!(dashes[i + 1..].iter().all(|b| a != b), "{a:?}");
            assert!(a.strokes().len() % 2 == 0, "a dash ends with a gap");
            assert!(i > 5 || Dash::Arm(i).strokes() == a.strokes());
        }
    }
}
