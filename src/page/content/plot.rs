//! One plot of a figure.

use crate::figure::{Axis, Figure, Palette};

/// One plot of a figure.
#[derive(Clone, Debug, PartialEq)]
pub struct Plot {
    /// What it shows where there are several, such as the arm's name; else empty.
    pub name: String,
    /// A number that belongs to it, such as `mean |Δh| = 0.31`; else empty.
    pub note: String,
    /// The arm it is of, where it is of one.
    pub arm: Option<usize>,
    /// Axes and layers.
    pub figure: Figure,
    /// Whether both axes have one scale, so that its frame must be a square.
    pub square: bool,
    /// Lanes along the vertical axis, a line of text each; 0 where it has no lanes.
    pub lanes: usize,
    /// What the colours of its cells stand for.
    pub colour_bar: Option<ColourBar>,
}

impl Plot {
    /// A plot of a figure, without a name.
    pub fn of(figure: Figure) -> Self {
        Self {
            name: String::new(),
            note: String::new(),
            arm: None,
            figure,
            square: false,
            lanes: 0,
            colour_bar: None,
        }
    }
}

/// What the colours of cells stand for.
#[derive(Clone, Debug, PartialEq)]
pub struct ColourBar {
    /// The colours.
    pub palette: Palette,
    /// The values from one end to the other.
    pub axis: Axis,
}
