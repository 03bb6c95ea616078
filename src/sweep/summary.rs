//! What the trials of a cell come to.

use crate::spec::{Statistic, SweepValue};

use super::{Interval, Plan, Table, TrialEnd, TrialResult};
use crate::fit::interval;

/// What the trials of a cell come to.
#[derive(Clone, Debug, PartialEq)]
pub struct CellSummary {
    /// Trials with a result.
    pub done: usize,
    /// Trials that have the value shown: none that failed, and none that did not reach the moment.
    pub counted: usize,
    /// Trials that reached a limit.
    pub reached: usize,
    /// Trials that diverged.
    pub diverged: usize,
    /// Trials that failed.
    pub failed: usize,
    /// Centre and interval of the value; `None` without a value.
    pub interval: Option<Interval>,
}

impl CellSummary {
    /// Sums up a cell.
    pub fn of(
        plan: &Plan,
        table: &Table,
        cell: usize,
        value: &SweepValue,
        statistic: Statistic,
    ) -> Self {
        let values: Vec<f64> = table
            .of_cell(cell)
            .filter_map(|result| value_of(plan, result, value))
            .collect();
        let ends = |end: fn(&TrialEnd) -> bool| {
            table
                .of_cell(cell)
                .filter(|result| end(&result.end))
                .count()
        };
        Self {
            done: table.of_cell(cell).count(),
            counted: values.len(),
            reached: ends(|end| *end == TrialEnd::Reached),
            diverged: ends(|end| *end == TrialEnd::Diverged),
            failed: ends(|end| matches!(end, TrialEnd::Failed(_))),
            interval: interval(statistic.of(value), &values),
        }
    }
}

/// The value of a trial: 1 or 0 for success, the steps until a limit was reached (the cap where it
/// was not), or a measure. `None` for a trial that failed, or did not reach the measure's moment.
pub fn value_of(plan: &Plan, result: &TrialResult, value: &SweepValue) -> Option<f64> {
    if matches!(result.end, TrialEnd::Failed(_)) {
        return None;
    }
    match value {
        SweepValue::Success => Some(f64::from(u8::from(result.end == TrialEnd::Reached))),
        SweepValue::Steps if result.end == TrialEnd::Diverged => {
            Some(plan.experiment().preset.train.stop.steps as f64)
        }
        SweepValue::Steps => Some(result.steps as f64),
        SweepValue::Measure(name) => {
            let measures = plan.spec().measures.iter();
            let index = measures.enumerate().find(|(_, m)| m.name == *name)?.0;
            result.values.get(index).copied().flatten()
        }
    }
}
