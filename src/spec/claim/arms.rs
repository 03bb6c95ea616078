//! The arms that a claim names.

use super::{Expectation, SweepExpectation};

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

impl SweepExpectation {
    fn arms_mut(&mut self) -> Vec<&mut String> {
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
