//! What colours, dashes and marks stand for.

use crate::figure::{Ink, Shaft};

/// What a colour, a dash or a mark stands for.
#[derive(Clone, Debug, PartialEq)]
pub struct KeyEntry {
    /// What it is.
    pub name: String,
    /// Its colour.
    pub ink: Ink,
    /// How it is drawn.
    pub sample: Sample,
    /// The arm it names, where it is the name of one.
    pub arm: Option<usize>,
}

/// How what a key names is drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Sample {
    /// A line.
    Line(Shaft),
    /// A line with crosses: a bound that does not apply.
    Struck(Shaft),
    /// A disc.
    Dot,
    /// A ring.
    Ring,
    /// A short upright line with a mark at both ends.
    Tick,
}

impl KeyEntry {
    /// An entry that is no arm's name.
    pub fn new(name: impl Into<String>, ink: Ink, sample: Sample) -> Self {
        Self {
            name: name.into(),
            ink,
            sample,
            arm: None,
        }
    }

    /// The name of an arm, in its colour.
    pub fn arm(index: usize, name: impl Into<String>, sample: Sample) -> Self {
        Self {
            name: name.into(),
            ink: Ink::Arm(index),
            sample,
            arm: Some(index),
        }
    }
}
