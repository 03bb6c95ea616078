//! How many steps an arm does at most, and all its batches under stochastic gradient descent, for a reader
//! who can't draw them.

use ndarray::Array2;

use crate::history::RunError;
use crate::preset::{Arm, Experiment};
use crate::spec::{DataSizes, Method};
use crate::train::Batches;

use super::plan::ArmPlan;
use super::run::stepping::Stepping;

/// Most entries of the table: half a gigabyte.
const MAX_ENTRIES: u64 = 1 << 27;

/// The batches of an arm.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BatchTable {
    /// A batch a row, each point by its number; a shorter batch is filled up with n.
    pub points: Array2<u32>,
    /// Steps in which about as many points are seen as there are.
    pub steps_per_epoch: u64,
}

/// The steps of an arm.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StepPlan {
    /// The step at which it stops at the latest.
    pub last_step: u64,
    /// Its batches, where it has any.
    pub batches: Option<BatchTable>,
}

/// The steps of an arm on data of these sizes.
///
/// # Errors
/// [`RunError::Refused`] where the batches are too many, or their file can't be had.
pub fn step_plan(
    experiment: &Experiment,
    arm: &Arm,
    sizes: DataSizes,
) -> Result<StepPlan, RunError> {
    let plan = ArmPlan::of(arm, sizes).map_err(|error| RunError::Refused(error.to_string()))?;
    let last_step = plan.last_step();
    let batches = match arm.preset.train.method {
        Method::Sgd { batch, .. } => Some(drawn(experiment, arm, (last_step, batch, sizes.n))?),
        _ => None,
    };
    Ok(StepPlan { last_step, batches })
}

fn drawn(
    experiment: &Experiment,
    arm: &Arm,
    (steps, batch, n): (u64, usize, usize),
) -> Result<BatchTable, RunError> {
    if steps.saturating_mul(batch as u64) > MAX_ENTRIES {
        return Err(RunError::Refused(format!(
            "train.stop.steps: {steps} steps on batches of {batch} are not allowed: their numbers are written \
             out; allowed: up to {} steps",
            MAX_ENTRIES / batch.max(1) as u64
        )));
    }
    match Stepping::start(&arm.preset, n, &experiment.folder)? {
        Stepping::Sgd { batches, .. } => Ok(table(batches, steps, n)),
        _ => unreachable!("the method draws batches"),
    }
}

fn table(mut batches: Batches, steps: u64, n: usize) -> BatchTable {
    let size = batches.size();
    let mut points = Array2::from_elem((steps as usize, size), n as u32);
    for (step, mut row) in points.outer_iter_mut().enumerate() {
        let batch = batches.at(step as u64);
        row.iter_mut()
            .zip(batch)
            .for_each(|(entry, point)| *entry = *point as u32);
    }
    BatchTable {
        points,
        steps_per_epoch: batches.steps_per_epoch(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shorter_batch_is_filled_up_with_what_is_no_point() {
        let table = table(Batches::shuffled(5, 2, 1), 3, 5);
        assert_eq!(table.steps_per_epoch, 3);
        let mut all: Vec<u32> = table.points.iter().copied().collect();
        all.sort_unstable();
        assert_eq!(all, [0, 1, 2, 3, 4, 5]);
        assert_eq!(table.points[[2, 1]], 5);
    }
}
