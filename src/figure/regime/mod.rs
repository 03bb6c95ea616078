//! Five measures of how far a run is from its linearization, each on its own scale.

mod lane;
mod measure;
mod sentence;

use std::collections::BTreeSet;

use crate::history::RunHistory;

use super::{Range, Scale, visible_arms};

pub use lane::{Lane, Reading, Reference};
pub use measure::Measure;
pub use sentence::Sentence;

/// Lower end of every row's axis, 10⁻⁴: what is smaller stands at the end.
const LOWEST: f64 = -4.0;
/// Powers of ten from here on have no say in an axis: such a run diverges.
const HIGHEST: f64 = 4.0;

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
    pub measure: Measure,
    /// Extent, in powers of ten.
    pub range: Range,
    /// A lane for every visible arm; empty where the measure is not recorded in any arm.
    pub lanes: Vec<Lane>,
}

impl Regime {
    /// The rows at a step; `held` are the rows shown before of the same run, whose extents are kept.
    pub fn new(
        history: &RunHistory,
        hidden: &BTreeSet<usize>,
        cursor: u64,
        held: Option<&Self>,
    ) -> Self {
        let before = |measure: Measure| {
            let rows = held.map(|h| h.rows.iter()).into_iter().flatten();
            let mut same = rows.filter(move |r| r.measure == measure);
            same.next().map(|row| row.range)
        };
        let rows = measure::measures(history);
        let rows = rows.map(|m| row(history, hidden, cursor, m, before(m)));
        Self {
            rows: rows.into_iter().collect(),
        }
    }
}

fn row(
    history: &RunHistory,
    hidden: &BTreeSet<usize>,
    cursor: u64,
    measure: Measure,
    held: Option<Range>,
) -> RegimeRow {
    let arms = history.arms().iter();
    let mut values = arms.flat_map(|arm| arm.series(measure.quantity));
    let measured = values.clone().next().is_some();
    let places = values.by_ref().filter_map(|(_, _, v)| Scale::Log.place(v));
    let highest = places.filter(|p| *p < HIGHEST).fold(0.0, f64::max);
    let kept = held.map_or(0.0, |h| h.high);
    let range = Range {
        low: LOWEST,
        high: kept.max((highest - 1e-9).ceil()),
    };
    let arms = visible_arms(history, hidden).filter(|_| measured);
    RegimeRow {
        measure,
        range,
        lanes: arms
            .map(|(i, arm)| Lane::new(i, arm, cursor, measure.quantity, range))
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::observe::Record;
    use crate::spec::Quantity;

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
}
