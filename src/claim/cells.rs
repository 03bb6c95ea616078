//! The cells of a sweep, as claims read them.

use crate::history::{NotReached, Reading};
use crate::number::four_digits as short;
use crate::preset::ArmRef;
use crate::preset::claims::ClaimedCell;
use crate::spec::{LineSpec, SweepValue};
use crate::sweep::{
    Cell, CellSummary, Plan, Table, Transition, TrialEnd, fit_transition, value_of,
};

/// Standard errors of a difference that noise may make.
pub(super) const NOISE: f64 = 2.0;

/// A sweep with all its trials.
pub(super) struct Cells<'a> {
    pub plan: &'a Plan,
    pub table: &'a Table,
}

impl<'a> Cells<'a> {
    /// The cells of a sweep.
    ///
    /// # Errors
    /// How many trials are there while some are missing.
    pub(super) fn of(plan: &'a Plan, table: &'a Table) -> Result<Self, NotReached> {
        if table.is_complete() {
            return Ok(Self { plan, table });
        }
        let (done, units) = (table.done(), table.units());
        Err(NotReached(format!("{done} of {units} trials are there")))
    }

    /// The transition of an arm along a line.
    pub(super) fn transition(
        &self,
        line: &LineSpec,
        arm: &ArmRef,
    ) -> Result<Transition, NotReached> {
        let fit = fit_transition(self.plan, self.table, arm.index, line);
        fit.ok_or_else(|| NotReached("no transition could be fitted".to_owned()))
    }

    /// The cells of an arm below a line.
    pub(super) fn below(&self, line: &LineSpec, arm: &ArmRef) -> impl Iterator<Item = usize> {
        let is_below = |cell: &usize| {
            let is_arms = self.plan.cell(*cell).arm == arm.index;
            is_arms && self.plan.along(line, *cell).is_some_and(|u| u < 1.0)
        };
        (0..self.plan.cells()).filter(is_below)
    }

    /// Centre of a cell.
    pub(super) fn centre(
        &self,
        of: &SweepValue,
        cell: &ClaimedCell,
    ) -> Result<Reading, NotReached> {
        let ClaimedCell { ref arm, x, y } = *cell;
        let arm = arm.index;
        let cell = self.plan.index(Cell { arm, x, y });
        let statistic = self.plan.spec().statistic;
        let summary = CellSummary::of(self.plan, self.table, cell, of, statistic);
        let label = self.plan.label(cell);
        let without = || NotReached(format!("{label} has no {}", of.name()));
        let value = summary.interval.ok_or_else(without)?.centre;
        let lost = match summary.diverged {
            0 => String::new(),
            count => format!(", {count} of {} trials diverged", summary.done),
        };
        let text = format!("{} at {label}{lost}", short(value));
        Ok(Reading { value, text })
    }

    /// The centre of a cell as one to compare with others: what a run that diverged ends with is no
    /// measure of anything but that.
    ///
    /// # Errors
    /// How many trials diverged, where any did and a measure is read.
    pub(super) fn comparable(
        &self,
        of: &SweepValue,
        cell: &ClaimedCell,
    ) -> Result<Reading, NotReached> {
        let ClaimedCell { ref arm, x, y } = *cell;
        let arm = arm.index;
        self.without_divergence(of, self.plan.index(Cell { arm, x, y }))?;
        self.centre(of, cell)
    }

    fn without_divergence(&self, of: &SweepValue, cell: usize) -> Result<(), NotReached> {
        let results = || self.table.of_cell(cell);
        let diverged = results().filter(|result| result.end == TrialEnd::Diverged);
        match (diverged.count(), of) {
            (0, _) | (_, SweepValue::Success | SweepValue::Steps) => Ok(()),
            (count, SweepValue::Measure(_)) => Err(NotReached(format!(
                "{count} of {} trials diverged at {}",
                results().count(),
                self.plan.label(cell)
            ))),
        }
    }

    /// Means of an arm along the horizontal axis.
    pub(super) fn curve(&self, of: &SweepValue, arm: &ArmRef) -> Result<Vec<Point>, NotReached> {
        let [_, width, _] = self.plan.sizes();
        let point = |x| {
            let (arm, y) = (arm.index, 0);
            let cell = self.plan.index(Cell { arm, x, y });
            self.without_divergence(of, cell)?;
            let results = self.table.of_cell(cell);
            let values = results.filter_map(|result| value_of(self.plan, result, of));
            let missing = || NotReached(format!("{} has no {}", self.plan.label(cell), of.name()));
            Point::of(&values.collect::<Vec<_>>()).ok_or_else(missing)
        };
        (0..width).map(point).collect()
    }

    /// Name of a value of the horizontal axis.
    pub(super) fn x_label(&self, x: usize) -> &str {
        let value = self.plan.x().values.get(x);
        value.map_or("", |value| value.label.as_str())
    }

    /// The numbers on the horizontal axis; `None` where a value is none.
    pub(super) fn x_numbers(&self) -> impl Iterator<Item = Option<f64>> {
        self.plan.x().values.iter().map(|value| value.number)
    }
}

/// Mean of a cell, of how many trials, and the square of its standard error (0 for a single trial).
pub(super) struct Point {
    pub mean: f64,
    pub trials: usize,
    pub squared_error: f64,
}

impl Point {
    fn of(values: &[f64]) -> Option<Self> {
        if values.is_empty() {
            return None;
        }
        let count = values.len() as f64;
        let mean = values.iter().sum::<f64>() / count;
        let squares: f64 = values.iter().map(|v| (v - mean).powi(2)).sum();
        Some(Self {
            mean,
            trials: values.len(),
            squared_error: squares / (count - 1.0).max(1.0) / count,
        })
    }
}
