//! The terms of the records that a run keeps.

use crate::observe::Record;
use crate::spec::{Quantity, Schedule};

use super::wide;
use crate::experiment::plan::ArmPlan;

/// Bytes of a scalar in a record's map, roughly, as counted by [`Record::bytes`].
const SCALAR_BYTES: u128 = 48;

impl ArmPlan {
    /// Records of the whole run, at most.
    pub(super) fn records(&self) -> u128 {
        let steps = u128::from(self.asked.stop.steps);
        let due = match self.asked.schedule {
            Schedule::Every(k) => steps / u128::from(k.max(1)),
            Schedule::Log { per_decade } => {
                let decades = u128::from(self.asked.stop.steps.max(1).ilog10()) + 1;
                steps.min(decades * u128::from(per_decade))
            }
        };
        due + wide(self.asked.also) + 2
    }

    /// Bytes of one record, at most.
    pub(super) fn record(&self) -> u128 {
        let scalars: usize = self.facts().map(|facts| facts.quantities.len()).sum();
        let scalars = wide(scalars.min(Quantity::ALL.len()));
        let others = self.facts().map(|facts| (facts.cost.record)(&self.shape));
        wide(size_of::<Record>()) + SCALAR_BYTES * scalars + others.sum::<u128>()
    }
}
