//! How long the trials of a cell will take: a model that corrects itself.

use std::time::Duration;

use crate::experiment::Estimate;
use crate::preset::{Arm, Experiment, PresetError};
use crate::spec::Schedule;

use super::{Cell, Plan, Table, Unit};

/// Work of a step that is there whatever its size, in floating-point operations.
const OVERHEAD: f64 = 5_000.0;

/// What the trials of each cell cost.
#[derive(Clone, Debug)]
pub(super) struct CostModel {
    /// Work of a step, by cell.
    work: Vec<f64>,
    /// Most steps, by cell.
    cap: Vec<u64>,
    /// Most bytes that one trial holds.
    pub bytes: u64,
    /// Work done by the trials that were timed.
    done: f64,
    /// Time they took.
    taken: Duration,
}

impl CostModel {
    /// The model before any trial.
    ///
    /// # Errors
    /// A cell with a field out of range or of a size that no machine holds.
    pub(super) fn new(plan: &Plan) -> Result<Self, PresetError> {
        let mut model = Self {
            work: Vec::with_capacity(plan.cells()),
            cap: Vec::with_capacity(plan.cells()),
            bytes: 0,
            done: 0.0,
            taken: Duration::ZERO,
        };
        for cell in 0..plan.cells() {
            let mut preset = plan.preset(Unit { cell, trial: 0 })?;
            preset.observe.schedule = Schedule::Every(u64::MAX);
            preset.observe.also.clear();
            model.cap.push(preset.train.stop.steps);
            let arm = Arm {
                index: 0,
                label: String::new(),
                preset,
            };
            let whole = plan.experiment();
            let estimate = Estimate::of(&Experiment {
                name: whole.name.clone(),
                preset: arm.preset.clone(),
                arms: vec![arm],
                folder: whole.folder.clone(),
                sweep_axes: Vec::new(),
                measures: Vec::new(),
                claims: Vec::new(),
            })?;
            model.work.push(estimate.flops_per_step + OVERHEAD);
            model.bytes = model.bytes.max(estimate.bytes);
        }
        Ok(model)
    }

    /// Notes how long a trial took.
    pub(super) fn learn(&mut self, cell: usize, steps: u64, taken: Duration) {
        self.done += self.work_of(cell) * steps as f64;
        self.taken += taken;
    }

    /// Work that a trial of a cell is expected to take: that of as many steps as the cell's trials
    /// so far took, or its nearest cells', or the cap.
    pub(super) fn expected(&self, plan: &Plan, table: &Table, cell: usize) -> f64 {
        let cap = self.cap.get(cell).copied().unwrap_or(0) as f64;
        let steps = mean_steps(table, [cell].into_iter())
            .or_else(|| mean_steps(table, neighbours(plan, cell)))
            .unwrap_or(cap);
        self.work_of(cell) * steps
    }

    /// Time that an amount of work takes, in seconds on one of `workers`; `None` before any trial.
    pub(super) fn duration(&self, work: f64, workers: usize) -> Option<Duration> {
        let seconds = work / self.done * self.taken.as_secs_f64() / workers.max(1) as f64;
        (self.done > 0.0 && seconds.is_finite()).then(|| Duration::from_secs_f64(seconds.min(1e9)))
    }

    fn work_of(&self, cell: usize) -> f64 {
        self.work.get(cell).copied().unwrap_or(OVERHEAD)
    }
}

/// Bytes that the largest trial of a sweep holds at most.
///
/// # Errors
/// A cell with a field out of range or of a size that no machine holds.
pub fn largest_trial(plan: &Plan) -> Result<u64, PresetError> {
    CostModel::new(plan).map(|model| model.bytes)
}

fn mean_steps(table: &Table, cells: impl Iterator<Item = usize>) -> Option<f64> {
    let steps = cells.flat_map(|cell| table.of_cell(cell).map(|result| result.steps as f64));
    let (count, sum) = steps.fold((0, 0.0), |(count, sum), steps| (count + 1, sum + steps));
    (count > 0).then(|| sum / f64::from(count))
}

/// Cells of the same arm at most one value away on each axis.
pub(super) fn neighbours(plan: &Plan, index: usize) -> impl Iterator<Item = usize> {
    let cell = plan.cell(index);
    let [_, width, height] = plan.sizes();
    let around = |at: usize, size: usize| at.saturating_sub(1)..(at + 2).min(size);
    let (columns, rows) = (around(cell.x, width), around(cell.y, height));
    let cells = columns.flat_map(move |x| rows.clone().map(move |y| Cell { x, y, ..cell }));
    cells
        .filter(move |other| *other != cell)
        .map(move |other| (other.arm * width + other.x) * height + other.y)
}
