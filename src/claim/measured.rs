//! What a form of claim does: say what it expects, and measure it.

use crate::history::NotReached;
use crate::preset::Within;

/// A checked form of claim, held against the records of a run or the cells of a sweep.
pub(super) trait Claimed<Records: ?Sized> {
    /// Quantity, arms, moment and bounds in plain text.
    fn sentence(&self) -> String;

    /// What it speaks of, measured.
    ///
    /// # Errors
    /// What has to happen first.
    fn measure(&self, records: &Records) -> Result<Measured, NotReached>;
}

/// What was measured.
#[derive(Debug)]
pub(super) struct Measured {
    /// In plain text.
    pub text: String,
    /// The number, where the claim is about one.
    pub value: Option<f64>,
    /// Whether the claim holds.
    pub holds: bool,
}

impl Measured {
    /// A number that has to be within bounds.
    pub(super) fn within(within: Within, value: f64, text: String) -> Self {
        Self {
            text,
            value: Some(value),
            holds: within.holds(value),
        }
    }
}
