//! An arm's place in a row.

use crate::figure::{Range, Scale, at_or_before};
use crate::history::ArmHistory;
use crate::number;
use crate::observe::Record;
use crate::spec::Quantity;

/// Earlier readings drawn behind a marker.
const TRAIL: usize = 12;

/// An arm's place in a row.
#[derive(Clone, Debug, PartialEq)]
pub struct Lane {
    /// Index of the arm.
    pub arm: usize,
    /// Name of the arm.
    pub label: String,
    /// Reading at the step shown.
    pub reading: Reading,
    /// Earlier readings, oldest first, in axis coordinates within the range.
    pub trail: Vec<f64>,
    /// A computed reference on the same scale.
    pub reference: Option<Reference>,
}

/// A reading on a logarithmic scale.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Reading {
    /// Not measured at or before this step.
    Missing,
    /// Exactly zero: at the left end.
    Zero,
    /// A positive number and its axis coordinate, moved to the end of the axis where it lies beyond.
    At {
        /// The number.
        value: f64,
        /// Axis coordinate within the range.
        place: f64,
        /// Whether it lies left of the axis.
        below: bool,
    },
    /// Not a finite number: the run diverged.
    NonFinite,
}

/// A computed reference.
#[derive(Clone, Debug, PartialEq)]
pub struct Reference {
    /// Axis coordinate within the range.
    pub place: f64,
    /// What it is, with its number.
    pub text: String,
}

impl Reading {
    fn of(value: f64, range: Range) -> Self {
        match Scale::Log.place(value) {
            Some(place) => Self::At {
                value,
                place: place.clamp(range.low, range.high),
                below: place < range.low,
            },
            None if value == 0.0 => Self::Zero,
            None => Self::NonFinite,
        }
    }

    /// The number in print.
    pub fn text(self) -> String {
        match self {
            Self::Missing => "—".to_owned(),
            Self::Zero => "0".to_owned(),
            Self::At { value, .. } => number::number(value, 3),
            Self::NonFinite => "not finite".to_owned(),
        }
    }
}

impl Lane {
    /// The lane of an arm at a step.
    pub(super) fn new(
        index: usize,
        arm: &ArmHistory,
        cursor: u64,
        quantity: Quantity,
        range: Range,
    ) -> Self {
        let measured = at_or_before(arm, cursor, |r| r.get(quantity));
        let reference = measured
            .as_ref()
            .filter(|_| quantity == Quantity::RelativeFeatureMovement)
            .and_then(|(record, _)| movement_bound(record, range));
        Self {
            arm: index,
            label: arm.label.clone(),
            reading: measured.map_or(Reading::Missing, |(_, value)| Reading::of(value, range)),
            trail: trail(arm, cursor, quantity, range),
            reference,
        }
    }
}

/// Earlier readings, evenly spread over the records before the step.
fn trail(arm: &ArmHistory, cursor: u64, quantity: Quantity, range: Range) -> Vec<f64> {
    let before = arm
        .series(quantity)
        .take_while(|(step, ..)| *step <= cursor);
    let places: Vec<f64> = before
        .filter_map(|(_, _, value)| Scale::Log.place(value))
        .filter(|place| range.contains(*place))
        .collect();
    let stride = places.len().div_ceil(TRAIL).max(1);
    // Counted from the newest, which is the marker itself and left out.
    let mut trail: Vec<f64> = places.into_iter().rev().step_by(stride).skip(1).collect();
    trail.reverse();
    trail
}

/// Chen et al. (15) divided by the mean size of the features at the start, which is the movement
/// divided by the relative movement.
fn movement_bound(record: &Record, range: Range) -> Option<Reference> {
    let bound = record.get(Quantity::FeatureMovementBound)?;
    let movement = record.get(Quantity::FeatureMovement)?;
    let relative = record.get(Quantity::RelativeFeatureMovement)?;
    let place = Scale::Log.place(bound * relative / movement)?;
    let text = format!(
        "feature movement {}, bound (15) {}",
        number::number(movement, 3),
        number::number(bound, 3)
    );
    Some(Reference {
        place: place.clamp(range.low, range.high),
        text,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bound_is_carried_to_the_relative_scale() {
        let mut record = Record::default();
        for (quantity, value) in [
            (Quantity::FeatureMovement, 0.4),
            (Quantity::RelativeFeatureMovement, 0.8),
            (Quantity::FeatureMovementBound, 0.05),
        ] {
            record.scalars.insert(quantity, value);
        }
        let range = Range {
            low: -4.0,
            high: 0.0,
        };
        let reference = movement_bound(&record, range).expect("all three are measured");
        assert!((reference.place - 0.1f64.log10()).abs() < 1e-12);
    }
}
