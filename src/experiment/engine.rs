//! What a session needs of the computation, so that it can be tried with scripted arms.

use std::path::Path;
use std::time::Duration;

use serde::{Serialize, de::DeserializeOwned};

use crate::data::Dataset;
use crate::observe::Record;
use crate::preset::{Arm, Experiment};
use crate::spec::DataSpec;
use crate::task::Cancel;

use super::start::teacher;
use super::{ArmRun, Estimate, FinalState, SavedArmRun};
use crate::history::{ArmFacts, Outcome, RunError};

/// Where a session gets its data and its arms.
pub(crate) trait Engine: Sync {
    /// One arm in training.
    type Arm: TrainingArm;

    /// Bytes a run will hold; an error for people where that is more than may be had.
    fn estimate(&self, experiment: &Experiment) -> Result<u64, String>;

    /// Draws or reads a dataset, and trains the network that gives its targets where it has one.
    ///
    /// Errors: [`RunError::Refused`] where it can't be had, [`RunError::Cancelled`] once `cancel` is
    /// raised.
    fn data(
        &self,
        spec: &DataSpec,
        seed: u64,
        folder: &Path,
        cancel: &Cancel,
    ) -> Result<Dataset, RunError>;

    /// As [`ArmRun::start`].
    fn start(
        &self,
        arm: &Arm,
        data: &Dataset,
        folder: &Path,
        cancel: &Cancel,
        records: &mut Vec<Record>,
    ) -> Result<Self::Arm, RunError>;
}

/// One arm in training; each method as the one of [`ArmRun`].
pub(crate) trait TrainingArm: Send {
    /// What of it can't be made again from its start.
    type Saved: Serialize + DeserializeOwned + Send;

    fn facts(&self) -> &ArmFacts;
    fn step(&self) -> u64;
    fn last_step(&self) -> u64;
    fn outcome(&self) -> Option<&Outcome>;
    fn measuring(&self) -> Duration;
    fn advance(
        &mut self,
        target: u64,
        cancel: &Cancel,
        records: &mut Vec<Record>,
    ) -> Result<(), RunError>;
    fn set_step(&mut self, step: f64);
    fn save(&self) -> Self::Saved;
    fn restore(&mut self, saved: Self::Saved, cancel: &Cancel) -> Result<(), RunError>;
    fn final_state(&self) -> FinalState;
}

/// The networks of this program.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Networks;

impl Engine for Networks {
    type Arm = ArmRun;

    fn estimate(&self, experiment: &Experiment) -> Result<u64, String> {
        let estimate = Estimate::of(experiment).map_err(|error| error.to_string())?;
        let fits = estimate.refuse_if_too_big_now();
        fits.map_err(|error| error.to_string())?;
        Ok(estimate.bytes)
    }

    fn data(
        &self,
        spec: &DataSpec,
        seed: u64,
        folder: &Path,
        cancel: &Cancel,
    ) -> Result<Dataset, RunError> {
        let data = crate::data::load(spec, seed, folder)
            .map_err(|error| RunError::Refused(error.to_string()))?;
        teacher::taught(data, spec, seed, cancel)
    }

    fn start(
        &self,
        arm: &Arm,
        data: &Dataset,
        folder: &Path,
        cancel: &Cancel,
        records: &mut Vec<Record>,
    ) -> Result<ArmRun, RunError> {
        ArmRun::start(arm, data, folder, cancel, records)
    }
}

impl TrainingArm for ArmRun {
    type Saved = SavedArmRun;

    fn facts(&self) -> &ArmFacts {
        self.facts()
    }

    fn step(&self) -> u64 {
        self.step()
    }

    fn last_step(&self) -> u64 {
        self.last_step()
    }

    fn outcome(&self) -> Option<&Outcome> {
        self.outcome()
    }

    fn measuring(&self) -> Duration {
        self.measuring()
    }

    fn advance(
        &mut self,
        target: u64,
        cancel: &Cancel,
        records: &mut Vec<Record>,
    ) -> Result<(), RunError> {
        self.advance(target, cancel, records)
    }

    fn set_step(&mut self, step: f64) {
        self.set_step(step);
    }

    fn save(&self) -> SavedArmRun {
        self.save()
    }

    fn restore(&mut self, saved: SavedArmRun, cancel: &Cancel) -> Result<(), RunError> {
        self.restore(saved, cancel)
    }

    fn final_state(&self) -> FinalState {
        self.final_state()
    }
}
