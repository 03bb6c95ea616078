//! The cells of a sweep, as claims read them.

use std::collections::BTreeMap;

use crate::fit::{Interval, Pairing, difference};
use crate::history::{NotReached, Reading};
use crate::number::four_digits as short;
use crate::preset::ArmRef;
use crate::preset::claims::ClaimedCell;
use crate::spec::{Draws, LineSpec, SweepValue};
use crate::sweep::{
    Cell, CellSummary, Plan, Table, Transition, TrialEnd, fit_transition, value_of,
};

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
            let values = results.filter_map(|r| Some((r.unit.trial, value_of(self.plan, r, of)?)));
            let missing = || NotReached(format!("{} has no {}", self.plan.label(cell), of.name()));
            Point::of(values.collect()).ok_or_else(missing)
        };
        (0..width).map(point).collect()
    }

    /// How the trials of two cells belong together.
    pub(super) fn pairing(&self) -> Pairing {
        match self.plan.spec().draws {
            Draws::Common => Pairing::Paired,
            Draws::PerCell => Pairing::Independent,
        }
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

/// What the trials of a cell come to.
pub(super) struct Point {
    /// Mean over the trials.
    pub mean: f64,
    /// Number and value of each trial.
    values: BTreeMap<u32, f64>,
}

impl Point {
    fn of(values: BTreeMap<u32, f64>) -> Option<Self> {
        let count = values.len() as f64;
        let mean = values.values().sum::<f64>() / count;
        (!values.is_empty()).then_some(Self { mean, values })
    }

    /// How many trials have the value.
    pub(super) fn trials(&self) -> usize {
        self.values.len()
    }

    /// How much higher `other` is, with its 95 % interval: seed by seed over the seeds that both have, where
    /// cells share them. `None` where they have none in common.
    pub(super) fn below(&self, other: &Self, pairing: Pairing) -> Option<Interval> {
        let has = |of: &Self, trial: &u32| {
            pairing == Pairing::Independent || of.values.contains_key(trial)
        };
        let of = |own: &Self, other: &Self| -> Vec<f64> {
            let kept = own.values.iter().filter(|(trial, _)| has(other, trial));
            kept.map(|(_, value)| *value).collect()
        };
        difference(&of(self, other), &of(other, self), pairing)
    }
}
