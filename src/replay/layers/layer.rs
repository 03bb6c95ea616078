//! A layer as a page has it.

use serde::Serialize;

/// A layer of a plot, as the page's script reads it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(in crate::replay) struct Layer {
    /// What it looks like.
    #[serde(flatten)]
    pub shape: Shape,
    /// Arm it belongs to, with which it is switched off.
    pub arm: Option<usize>,
    /// Opacity from 0 to 1.
    pub opacity: f32,
    /// What it may look like, each as whole numbers in base64.
    pub variants: Vec<String>,
    /// Which of them each moment has, −1 for none; absent where all have the first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at: Option<Vec<i32>>,
}

/// Kinds of layers, with what stays the same over the run.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub(in crate::replay) enum Shape {
    /// A line.
    Line {
        /// Colour.
        ink: usize,
        /// Width in pixels.
        width: f32,
        /// Lengths drawn and left out.
        dash: Vec<f32>,
        /// Colour of the edge that keeps it apart from cells.
        #[serde(skip_serializing_if = "Option::is_none")]
        over: Option<usize>,
        /// Whether its points are crossed.
        crosses: bool,
    },
    /// Points, so many of a colour after so many of another.
    Dots {
        /// Colour and count, in the order they are drawn.
        groups: Vec<(usize, usize)>,
        /// Radius in pixels.
        radius: f32,
        /// Whether only the outline is drawn.
        hollow: bool,
    },
    /// Lines that grow with the run, each up to where it is at the moment.
    Paths {
        /// Colour.
        ink: usize,
        /// Width in pixels.
        width: f32,
        /// Points of each line at the end of the run.
        counts: Vec<usize>,
        /// All points, line by line.
        paths: String,
        /// How many points of every line are passed, at each moment.
        grown: Vec<usize>,
        /// Where each line has come to, moment by moment.
        tips: Vec<String>,
    },
    /// Bars from the lower end of the axis.
    Bars {
        /// Colour.
        ink: usize,
        /// Whether they are filled.
        filled: bool,
    },
    /// Upright intervals.
    Intervals {
        /// Colour.
        ink: usize,
    },
    /// A line across the plot.
    Rule {
        /// Colour.
        ink: usize,
        /// Width in pixels.
        width: f32,
        /// Lengths drawn and left out.
        dash: Vec<f32>,
        /// Whether it stands upright.
        upright: bool,
    },
    /// Discs or crosses.
    Marks {
        /// Colour.
        ink: usize,
        /// Whether they are crosses.
        cross: bool,
        /// Whether only the outline of a disc is drawn: a run beside the one shown.
        hollow: bool,
        /// Radius in pixels.
        radius: f32,
        /// Text beside each.
        #[serde(skip_serializing_if = "String::is_empty")]
        label: String,
        /// Colour of the text.
        told: usize,
    },
    /// Coloured cells, column by column.
    Cells {
        /// Edges of the columns and of the rows.
        edges: [String; 2],
        /// Colour of each byte; byte 0 is not drawn.
        scale: Vec<usize>,
    },
}
