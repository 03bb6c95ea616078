//! Five measures of how far a run is from its linearization, each on its own scale.

use std::collections::BTreeSet;

use crate::history::{ArmHistory, RunHistory};
use crate::observe::{Quantity, Record};

use super::{Range, Scale, number, visible_arms};

/// Lower end of every row's axis, 10⁻⁴: what is smaller stands at the end.
const LOWEST: f64 = -4.0;
/// Earlier readings drawn behind a marker.
const TRAIL: usize = 48;

/// The five rows.
#[derive(Clone, Debug, PartialEq)]
pub struct Regime {
    /// The rows, in a fixed order.
    pub rows: Vec<RegimeRow>,
}

/// A measure on its own scale.
#[derive(Clone, Debug, PartialEq)]
pub struct RegimeRow {
    /// What is measured.
    pub quantity: Quantity,
    /// Its name.
    pub title: &'static str,
    /// Its definition, with what the ends and ticks mean.
    pub definition: String,
    /// What lies at the left and at the right end.
    pub ends: [&'static str; 2],
    /// Extent, in powers of ten.
    pub range: Range,
    /// A lane for every visible arm; empty where the measure is not recorded in any arm.
    pub lanes: Vec<Lane>,
}

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

impl Regime {
    /// The rows at a step; `held` are the rows shown before of the same run, whose extents are kept.
    pub fn new(
        history: &RunHistory,
        hidden: &BTreeSet<usize>,
        cursor: u64,
        held: Option<&Self>,
    ) -> Self {
        let rows = measures(history).map(|(quantity, title, ends)| {
            let before = held
                .and_then(|h| h.rows.iter().find(|r| r.quantity == quantity))
                .map(|r| r.range);
            row(history, hidden, cursor, quantity, title, ends, before)
        });
        Self {
            rows: rows.into_iter().collect(),
        }
    }
}

/// The five measures. On the training set the gap goes back to zero once both networks fit, so it
/// is read on the test set, or as the largest so far.
fn measures(history: &RunHistory) -> [(Quantity, &'static str, [&'static str; 2]); 5] {
    let measured = |q| {
        history
            .arms()
            .iter()
            .filter_map(|a| a.records().last())
            .any(|r| r.get(q).is_some())
    };
    let gap = if measured(Quantity::LazyGapTest) || !measured(Quantity::LazyGapTrainMax) {
        (
            Quantity::LazyGapTest,
            "lazy gap (test)",
            ["as its twin", "apart"],
        )
    } else {
        (
            Quantity::LazyGapTrainMax,
            "lazy gap (training, largest)",
            ["as its twin", "apart"],
        )
    };
    [
        (Quantity::NtkChange, "NTK change", ["frozen", "changed"]),
        (
            Quantity::RelativeFeatureMovement,
            "feature movement",
            ["frozen", "moved"],
        ),
        (
            Quantity::RelativeWeightDistance,
            "weight distance",
            ["at the start", "far"],
        ),
        (Quantity::PatternChanges, "sign flips", ["none", "all"]),
        gap,
    ]
}

fn row(
    history: &RunHistory,
    hidden: &BTreeSet<usize>,
    cursor: u64,
    quantity: Quantity,
    title: &'static str,
    ends: [&'static str; 2],
    held: Option<Range>,
) -> RegimeRow {
    let places = history
        .arms()
        .iter()
        .flat_map(|a| a.records())
        .filter_map(|r| Scale::Log.place(r.get(quantity)?));
    // A share never exceeds 1; the other measures may, and a diverged run has no say in the axis.
    let highest = places.filter(|p| *p < 4.0).fold(0.0, f64::max);
    let high = held.map_or(0.0, |h| h.high).max((highest - 1e-9).ceil());
    let range = Range { low: LOWEST, high };
    let measured = history
        .arms()
        .iter()
        .flat_map(|a| a.records())
        .any(|r| r.get(quantity).is_some());
    let lanes = if measured {
        visible_arms(history, hidden)
            .map(|(i, arm)| lane(i, arm, cursor, quantity, range))
            .collect()
    } else {
        Vec::new()
    };
    RegimeRow {
        quantity,
        title,
        definition: definition(quantity),
        ends,
        range,
        lanes,
    }
}

fn definition(quantity: Quantity) -> String {
    let anchor = match quantity {
        Quantity::RelativeFeatureMovement => {
            "\nThe tick is the lower bound (15) of Chen et al. on the movement, divided by the same size at the start."
        }
        Quantity::LazyGapTest | Quantity::LazyGapTrainMax => {
            "\nThe linearized twin itself has gap 0."
        }
        _ => "",
    };
    format!(
        "{}{anchor}\nLogarithmic axis; what is below 10⁻⁴ stands hollow at its left end.",
        quantity.definition()
    )
}

fn lane(index: usize, arm: &ArmHistory, cursor: u64, quantity: Quantity, range: Range) -> Lane {
    let records = arm.records();
    let shown = records
        .get(..records.partition_point(|r| r.step <= cursor))
        .unwrap_or(&[]);
    let stride = shown.len().div_ceil(TRAIL).max(1);
    let trail = shown
        .iter()
        .step_by(stride)
        .filter_map(|r| Scale::Log.place(r.get(quantity)?));
    let measured = shown.iter().rev().find_map(|r| Some((r, r.get(quantity)?)));
    Lane {
        arm: index,
        label: arm.label.clone(),
        reading: measured.map_or(Reading::Missing, |(_, value)| reading(value, range)),
        trail: trail.map(|p| p.clamp(range.low, range.high)).collect(),
        reference: measured
            .filter(|_| quantity == Quantity::RelativeFeatureMovement)
            .and_then(|(r, _)| movement_bound(r, range)),
    }
}

fn reading(value: f64, range: Range) -> Reading {
    match Scale::Log.place(value) {
        Some(place) => Reading::At {
            value,
            place: place.clamp(range.low, range.high),
            below: place < range.low,
        },
        None if value == 0.0 => Reading::Zero,
        None => Reading::NonFinite,
    }
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
    use std::sync::Arc;

    use super::*;

    fn history(values: &[(u64, f64)]) -> RunHistory {
        let mut history = RunHistory::new(["a".to_owned()]);
        for (step, value) in values {
            let mut record = Record {
                step: *step,
                ..Record::default()
            };
            record.scalars.insert(Quantity::NtkChange, *value);
            history.push(0, Arc::new(record));
        }
        history
    }

    fn ntk(history: &RunHistory, cursor: u64) -> Reading {
        Regime::new(history, &BTreeSet::new(), cursor, None).rows[0].lanes[0].reading
    }

    #[test]
    fn zero_small_and_broken_readings_are_told_apart() {
        let history = history(&[(0, 0.0), (1, 1e-7), (2, 0.5), (3, f64::INFINITY)]);
        assert_eq!(ntk(&history, 0), Reading::Zero);
        assert_eq!(
            ntk(&history, 1),
            Reading::At {
                value: 1e-7,
                place: -4.0,
                below: true
            }
        );
        assert!(matches!(
            ntk(&history, 2),
            Reading::At {
                value: 0.5,
                below: false,
                ..
            }
        ));
        assert_eq!(ntk(&history, 3), Reading::NonFinite);
    }

    #[test]
    fn a_measure_that_is_not_recorded_has_no_lanes() {
        let regime = Regime::new(&history(&[(0, 0.0)]), &BTreeSet::new(), 0, None);
        let empty: Vec<bool> = regime.rows.iter().map(|r| r.lanes.is_empty()).collect();
        assert_eq!(empty, [false, true, true, true, true]);
    }

    #[test]
    fn the_axis_grows_by_decades_and_is_kept() {
        let far = history(&[(0, 0.0), (1, 12.0)]);
        let regime = Regime::new(&far, &BTreeSet::new(), 1, None);
        assert_eq!(
            regime.rows[0].range,
            Range {
                low: -4.0,
                high: 2.0
            }
        );
        let near = history(&[(0, 0.0), (1, 0.2)]);
        assert_eq!(
            Regime::new(&near, &BTreeSet::new(), 1, Some(&regime)).rows[0]
                .range
                .high,
            2.0
        );
    }

    #[test]
    fn the_bound_is_carried_to_the_relative_scale() {
        let mut record = Record::default();
        for (q, v) in [
            (Quantity::FeatureMovement, 0.4),
            (Quantity::RelativeFeatureMovement, 0.8),
            (Quantity::FeatureMovementBound, 0.05),
        ] {
            record.scalars.insert(q, v);
        }
        let reference = movement_bound(
            &record,
            Range {
                low: -4.0,
                high: 0.0,
            },
        )
        .expect("all three are measured");
        assert!((reference.place - 0.1f64.log10()).abs() < 1e-12);
    }
}
