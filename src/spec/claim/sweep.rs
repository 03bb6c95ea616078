//! Statements about the outcome of a sweep.

use serde::{Deserialize, Serialize};

use crate::spec::SweepValue;

use super::Direction;

/// A statement about the cells of a sweep in checkable form. Arms are named by their labels; the name
/// of an only arm may be left empty.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub enum SweepExpectation {
    /// Where success passes ½ along a line's own coordinate, by a logistic fit through all trials; 1
    /// is on the line.
    Transition {
        /// Name of the line.
        along: String,
        /// Arm.
        #[serde(default)]
        arm: String,
        /// Least position.
        #[serde(default)]
        at_least: Option<f64>,
        /// Greatest position.
        #[serde(default)]
        at_most: Option<f64>,
    },
    /// How sharp that transition is: the slope of the log-odds of success against the logarithm of
    /// the line's coordinate.
    Sharpness {
        /// Name of the line.
        along: String,
        /// Arm.
        #[serde(default)]
        arm: String,
        /// Least slope.
        #[serde(default)]
        at_least: Option<f64>,
        /// Greatest slope.
        #[serde(default)]
        at_most: Option<f64>,
    },
    /// No trial of any cell below a line succeeds.
    NoneBelow {
        /// Name of the line.
        line: String,
        /// Arm.
        #[serde(default)]
        arm: String,
    },
    /// At every value of the horizontal axis the centres of the arms rise (or fall) in the order
    /// given.
    Order {
        /// What is compared.
        of: SweepValue,
        /// Arms, in order.
        arms: Vec<String>,
        /// Direction.
        direction: Direction,
    },
    /// Exponent p of centre ∝ xᵖ along the horizontal axis, between two of its numbers: the slope of
    /// the least-squares line through (ln x, ln centre), with its 95 % interval where the cells draw
    /// each for itself and each have several trials.
    Slope {
        /// Of what.
        of: SweepValue,
        /// Arm.
        #[serde(default)]
        arm: String,
        /// First number taken; from the first one where it is left out.
        #[serde(default)]
        from: Option<f64>,
        /// Last number taken.
        #[serde(default)]
        to: Option<f64>,
        /// Least exponent.
        #[serde(default)]
        at_least: Option<f64>,
        /// Greatest exponent.
        #[serde(default)]
        at_most: Option<f64>,
    },
    /// That exponent under one arm is below the one under another by more than the 95 % intervals of both
    /// (their half-widths added in squares): the centre falls faster.
    Steeper {
        /// Of what.
        of: SweepValue,
        /// Arm with the lower exponent.
        arm: String,
        /// Arm with the higher exponent.
        than: String,
    },
    /// From value to value of the horizontal axis the mean never goes the other way by more than the half-width
    /// of the 95 % interval of the difference: by Student's t of the differences seed by seed where cells share
    /// their seeds, else by Welch's form of it. A cell with a single trial has no interval, and may not go the
    /// other way at all.
    Monotone {
        /// Of what.
        of: SweepValue,
        /// Arm.
        #[serde(default)]
        arm: String,
        /// Direction.
        direction: Direction,
    },
    /// Centre of one cell divided by that of another, or itself where there is no other.
    Cell {
        /// Of what.
        of: SweepValue,
        /// The cell.
        cell: CellRef,
        /// The cell it is divided by.
        #[serde(default)]
        over: Option<CellRef>,
        /// Least value or ratio.
        #[serde(default)]
        at_least: Option<f64>,
        /// Greatest value or ratio.
        #[serde(default)]
        at_most: Option<f64>,
    },
}

impl SweepExpectation {
    /// Every name of an arm in it.
    pub(super) fn arms_mut(&mut self) -> Vec<&mut String> {
        match self {
            Self::Transition { arm, .. }
            | Self::Sharpness { arm, .. }
            | Self::NoneBelow { arm, .. }
            | Self::Slope { arm, .. }
            | Self::Monotone { arm, .. } => vec![arm],
            Self::Order { arms, .. } => arms.iter_mut().collect(),
            Self::Steeper { arm, than, .. } => vec![arm, than],
            Self::Cell { cell, over, .. } => {
                let cells = std::iter::once(cell).chain(over);
                cells.map(|cell| &mut cell.arm).collect()
            }
        }
    }
}

/// A cell by its arm and its positions on the axes, from 0.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CellRef {
    /// Arm.
    #[serde(default)]
    pub arm: String,
    /// Position on the horizontal axis.
    pub x: usize,
    /// Position on the vertical axis.
    #[serde(default)]
    pub y: usize,
}
