//! Statements about the outcome.

mod sweep;

use serde::{Deserialize, Serialize};

use super::{CountedIn, Moment};

pub use sweep::{CellRef, SweepExpectation};

/// A statement about the outcome.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClaimSpec {
    /// The statement in words.
    pub name: String,
    /// The statement in checkable form.
    pub expect: Expectation,
    /// How its bounds were found, in a sentence: by the theory, or by the spread over seeds.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub tolerance: String,
}

/// A statement in checkable form. Quantities are named by their column in `series.csv`, arms by
/// their labels; an experiment without axes has one arm, whose name may be left empty.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub enum Expectation {
    /// Quantity under one arm divided by the same or another quantity under the same or another
    /// arm.
    Ratio {
        /// Column.
        of: String,
        /// Arm of the numerator.
        #[serde(default)]
        arm: String,
        /// Arm of the denominator.
        #[serde(default)]
        over: String,
        /// Column of the denominator, where it is another.
        #[serde(default)]
        over_column: Option<String>,
        /// Where each arm is read.
        at: Moment,
        /// Where the denominator is read, if elsewhere.
        #[serde(default)]
        over_at: Option<Moment>,
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
        #[serde(default)]
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
    /// Exponent p of quantity ∝ fieldᵖ: the slope of the least-squares line through
    /// (ln field, ln quantity) of the arms.
    Slope {
        /// Column.
        of: String,
        /// Arms, at least three, with positive numbers in the field.
        arms: Vec<String>,
        /// Path of the field, as in `--set`.
        against: String,
        /// Where each arm is read.
        at: Moment,
        /// Least exponent.
        #[serde(default)]
        at_least: Option<f64>,
        /// Greatest exponent.
        #[serde(default)]
        at_most: Option<f64>,
    },
    /// The exponent of quantity ∝ fieldᵖ over some arms is below that over others: the quantity
    /// falls faster.
    Steeper {
        /// Column.
        of: String,
        /// Arms with the lower exponent, at least three.
        arms: Vec<String>,
        /// Arms with the higher exponent, at least three.
        than: Vec<String>,
        /// Path of the field, as in `--set`.
        against: String,
        /// Where each arm is read.
        at: Moment,
    },
    /// A bound of the theory whose assumptions hold is met at every record, to 10⁻⁶ of the bound.
    Bounded {
        /// Arm.
        #[serde(default)]
        arm: String,
        /// Name of the bound, for example `Thm 4.1`.
        by: String,
        /// Records where the quantity is below this are not compared: they are at the rounding
        /// floor.
        #[serde(default)]
        floor: f64,
    },
    /// Quantity never rises (or falls) from record to record.
    Monotone {
        /// Column.
        of: String,
        /// Arm.
        #[serde(default)]
        arm: String,
        /// Direction.
        direction: Direction,
    },
    /// Quantity first comes to a level within bounds of the clock, as far as the records tell.
    Crosses {
        /// Column.
        of: String,
        /// Arm.
        #[serde(default)]
        arm: String,
        /// The level.
        level: f64,
        /// Falling: where it is first at or below the level; rising: at or above.
        direction: Direction,
        /// What the bounds are counted in.
        clock: CountedIn,
        /// Earliest step or time.
        #[serde(default)]
        at_least: Option<f64>,
        /// Latest step or time.
        #[serde(default)]
        at_most: Option<f64>,
    },
    /// A statement about the cells of the preset's sweep.
    Sweep(SweepExpectation),
}

impl Expectation {
    /// Every name of an arm in it, to be read or changed; empty where the name of an only arm is left out.
    pub fn arms_mut(&mut self) -> Vec<&mut String> {
        match self {
            Self::Ratio { arm, over, .. } => vec![arm, over],
            Self::Value { arm, .. }
            | Self::Bounded { arm, .. }
            | Self::Monotone { arm, .. }
            | Self::Crosses { arm, .. } => vec![arm],
            Self::Order { arms, .. } | Self::Slope { arms, .. } => arms.iter_mut().collect(),
            Self::Steeper { arms, than, .. } => arms.iter_mut().chain(than).collect(),
            Self::Sweep(claim) => claim.arms_mut(),
        }
    }
}

/// Direction of an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Direction {
    /// Each value is above the one before.
    Rising,
    /// Each value is below the one before.
    Falling,
}
