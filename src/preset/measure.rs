//! What is read of every trial of a sweep.

use crate::spec::{Moment, Quantity};

/// A checked measure of a sweep: a quantity that is observed, at a moment.
#[derive(Clone, Debug, PartialEq)]
pub struct Measure {
    /// What is read.
    pub of: Quantity,
    /// Where it is read.
    pub at: Moment<Quantity>,
}
