//! An axis that a sweep carries out.

/// An axis that a sweep carries out.
#[derive(Clone, Debug, PartialEq)]
pub struct SweepAxis {
    /// Path of the field.
    pub field: String,
    /// Symbol of the field, or the last part of its path.
    pub symbol: String,
    /// Its values, in order.
    pub values: Vec<SweepPoint>,
    /// Whether the values are evenly spaced in their logarithm.
    pub is_log: bool,
    /// Whether it is a side of a phase diagram, and not the horizontal axis of curves.
    pub is_grid: bool,
    /// Position in `axes`.
    pub(super) index: usize,
}

/// A value of an axis that a sweep carries out.
#[derive(Clone, Debug, PartialEq)]
pub struct SweepPoint {
    /// As it is written in a preset.
    pub text: String,
    /// Its name, for example `m = 512`.
    pub label: String,
    /// The number it is, if it is one.
    pub number: Option<f64>,
}
