//! One arm in training, in either float width.

use std::path::Path;

use crate::data::Dataset;
use crate::observe::Record;
use crate::preset::Arm;
use crate::train::Cancel;

use super::{ArmFacts, FinalState, Outcome, RunError};

/// One arm in training: the network, its observables and its stop rules.
#[derive(Debug)]
pub struct ArmRun {}

#[expect(unused_variables, reason = "signatures first")]
impl ArmRun {
    /// Draws the initial weights, builds the linearized twin and measures step 0; the record of
    /// step 0 is appended to `records`. Paths in the preset start from `folder`.
    ///
    /// # Errors
    /// [`RunError::Refused`] where explicit weights can't be had or don't fit,
    /// [`RunError::Cancelled`] once `cancel` is raised.
    pub fn start(
        arm: &Arm,
        data: &Dataset,
        folder: &Path,
        cancel: &Cancel,
        records: &mut Vec<Record>,
    ) -> Result<Self, RunError> {
        unimplemented!()
    }

    /// Facts known from the start.
    pub fn facts(&self) -> &ArmFacts {
        unimplemented!()
    }

    /// Updates done so far.
    pub fn step(&self) -> u64 {
        unimplemented!()
    }

    /// The step at which the run stops at the latest.
    pub fn last_step(&self) -> u64 {
        unimplemented!()
    }

    /// How the run ended, `None` while it goes on.
    pub fn outcome(&self) -> Option<&Outcome> {
        unimplemented!()
    }

    /// Trains until `target` steps are done or the run ends, and appends the records that fall due
    /// (the last step of a run always has one). Does nothing once the run has ended.
    ///
    /// # Errors
    /// [`RunError::Cancelled`] once `cancel` is raised: the run can't be used any more.
    pub fn advance(
        &mut self,
        target: u64,
        cancel: &Cancel,
        records: &mut Vec<Record>,
    ) -> Result<(), RunError> {
        unimplemented!()
    }

    /// Goes on with another step δ; the linearized twin follows.
    pub fn set_step(&mut self, step: f64) {
        unimplemented!()
    }

    /// Weights and outputs as of now.
    pub fn final_state(&self) -> FinalState {
        unimplemented!()
    }
}
