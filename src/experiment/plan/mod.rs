//! How an arm is carried out, decided once from the checked arm and the sizes of its data.

mod asked;
mod representation;
mod storage;

use crate::history::RunError;
use crate::observe::{Facts, Needs};
use crate::preset::{Arm, PresetError};
use crate::spec::{DataSizes, Precision};
use crate::train::{Shape, Storage};

use super::cadence::Cadence;
use asked::Asked;

/// How an arm is carried out: where it iterates and on how many neurons, what it holds, at which precision, and
/// which of its records measure what is costly. The run does as it says, and the estimate counts it.
#[derive(Clone, Debug)]
pub(super) struct ArmPlan {
    pub(super) asked: Asked,
    /// What is iterated on, and what is held.
    pub(super) shape: Shape,
    /// Whether tangent kernels are made.
    pub(super) has_kernels: bool,
}

impl ArmPlan {
    /// The plan of an arm whose data have such sizes.
    ///
    /// # Errors
    /// [`PresetError`] where the embedding's dimension is out of range.
    pub(super) fn of(arm: &Arm, data: DataSizes) -> Result<Self, PresetError> {
        Ok(Asked::of(arm, data)?.decided())
    }

    /// That of the same arm, not wider than `width`.
    pub(super) fn at_most(&self, width: usize) -> Self {
        let mut narrower = self.asked.clone();
        narrower.network.width = self.asked.network.width.min(width);
        narrower.decided()
    }

    /// What the trainer holds, and with that where it iterates.
    pub(super) fn storage(&self) -> Storage {
        self.shape.storage
    }

    /// Whether a linear network is reduced to the combinations of its neurons that evolve.
    pub(super) fn is_reduced(&self) -> bool {
        self.shape.is_reduced
    }

    /// The floats it is trained in.
    pub(super) fn precision(&self) -> Precision {
        self.asked.precision
    }

    /// Step at which the run stops at the latest.
    pub(super) fn last_step(&self) -> u64 {
        self.asked.last_step()
    }

    /// Which records measure what is costly.
    pub(super) fn cadence(&self) -> Cadence {
        let steps = self.asked.steps_to_count_on();
        Cadence::new(self.asked.costly, self.measuring_cost(), steps)
    }

    /// Refuses observables, and a unit of the step, of which the data are too large.
    ///
    /// # Errors
    /// [`RunError::Refused`], by name and with the largest n.
    pub(super) fn refuse_large(&self) -> Result<(), RunError> {
        self.asked.refuse_large()
    }

    /// What is known of each observable.
    pub(super) fn facts(&self) -> impl Iterator<Item = Facts> {
        self.asked.observables.iter().map(|o| o.facts())
    }

    /// Whether any observable needs it.
    pub(super) fn needs(&self, needed: impl Fn(Needs) -> bool) -> bool {
        self.facts().any(|facts| needed(facts.needs))
    }
}
