//! Statements about the outcome.

use serde::{Deserialize, Serialize};

/// A statement about the outcome.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClaimSpec {
    /// The statement in words.
    pub name: String,
    /// The statement in checkable form.
    pub expect: Expectation,
}

/// A statement in checkable form. Quantities are named by their column in `series.csv`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub enum Expectation {
    /// Quantity under one arm divided by the same quantity under another.
    Ratio {
        /// Column.
        of: String,
        /// Arm of the numerator.
        arm: String,
        /// Arm of the denominator.
        over: String,
        /// Where each arm is read.
        at: Moment,
        /// Least ratio.
        #[serde(default)]
        at_least: Option<f64>,
        /// Greatest ratio.
        #[serde(default)]
        at_most: Option<f64>,
    },
    /// Quantity of one arm.
    Value {
        /// Column.
        of: String,
        /// Arm.
        arm: String,
        /// Where it is read.
        at: Moment,
        /// Least value.
        #[serde(default)]
        at_least: Option<f64>,
        /// Greatest value.
        #[serde(default)]
        at_most: Option<f64>,
    },
    /// Quantity strictly falls (or rises) from arm to arm in the order given.
    Order {
        /// Column.
        of: String,
        /// Arms, in order.
        arms: Vec<String>,
        /// Where each arm is read.
        at: Moment,
        /// Direction.
        direction: Direction,
    },
}

/// Direction of an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Direction {
    /// Each value is above the one before.
    Rising,
    /// Each value is below the one before.
    Falling,
}

/// The record of a run that a claim reads.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Moment {
    /// The last record.
    End,
    /// The last record at or before this step.
    Step(u64),
    /// The first record at which the named column is at or below the value.
    FirstBelow(String, f64),
}
