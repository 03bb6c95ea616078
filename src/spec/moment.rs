//! What is read of the records of a run.

use serde::{Deserialize, Serialize};

/// What is read of the records of a run. As it is written, a quantity is named by its column in
/// `series.csv`; once it was checked, it is a [`super::Quantity`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub enum Moment<Column = String> {
    /// The last record.
    End,
    /// The last record at or before this step.
    Step(u64),
    /// The first record at which the quantity is at or below the value.
    FirstBelow(Column, f64),
    /// The largest value of all records.
    Peak,
    /// The rate r in quantity ∝ e^{−r·clock}, by least squares through ln quantity over the clock
    /// between two shares of its first value, whatever the records on the way.
    Rate {
        /// Unit of the rate.
        clock: CountedIn,
        /// The fit begins where the quantity first falls to this share of its first value.
        from: f64,
        /// It ends where the quantity first falls to this share.
        to: f64,
    },
}

/// What a rate, or the place of a crossing, is counted in: steps or time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum CountedIn {
    /// Steps.
    Steps,
    /// Time t, Σ δ·s over the steps.
    Time,
}
