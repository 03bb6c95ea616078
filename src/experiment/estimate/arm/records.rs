//! The terms of the records that a run keeps.

use crate::observe::{IMAGE_POINTS, Record, SAMPLED_NEURONS};
use crate::spec::{Observable, Quantity, Schedule};

use super::wide;
use crate::experiment::plan::ArmPlan;

/// Points whose features are recorded at most: the preset's two and four of each set.
const FEATURE_POINTS: u128 = 10;

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
        due + 2
    }

    /// Bytes of one record, at most.
    pub(super) fn record(&self) -> u128 {
        let [m, n, _, outputs, _] = self.dimensions();
        let scalars: usize = self
            .asked
            .observables
            .iter()
            .map(|o| o.quantities().len())
            .sum();
        let scalars = wide(scalars.min(Quantity::ALL.len()));
        let spectra = self
            .asked
            .observables
            .iter()
            .filter(|o| matches!(o, Observable::JacobianSpectrum | Observable::NtkSpectrum));
        let features = if self.has(|o| matches!(o, Observable::FeatureMap { .. })) {
            4 * FEATURE_POINTS * m.min(wide(SAMPLED_NEURONS))
        } else {
            0
        };
        let distances = if self.has(|o| *o == Observable::NeuronDistances) {
            4 * m.min(wide(SAMPLED_NEURONS))
        } else {
            0
        };
        let image = if self.has(|o| *o == Observable::KernelImage) {
            4 * n.min(wide(IMAGE_POINTS)).pow(2)
        } else {
            0
        };
        wide(size_of::<Record>())
            + SCALAR_BYTES * scalars
            + 8 * n * outputs * wide(spectra.count())
            + features
            + distances
            + image
            + self.imbalance_record()
    }
}
