//! One arm in training, in either float width.

use std::path::Path;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::data::Dataset;
use crate::network::Real;
use crate::observe::{Depth, Record};
use crate::preset::Arm;
use crate::spec::{NetworkKind, Observable, Precision, Representation};
use crate::task::Cancel;
use crate::train::Trainer;

use super::FinalState;
use super::infinite::run::{KernelRun, SavedKernelRun};
use super::plan::ArmPlan;
use super::run::Run;
use super::run::saved::SavedRun;
use crate::history::{ArmFacts, Outcome, RunError};

/// One arm in training: the network, its observables and its stop rules.
#[derive(Debug)]
pub enum ArmRun {
    /// In 32-bit floats.
    Single(Box<Run<f32>>),
    /// In 64-bit floats.
    Double(Box<Run<f64>>),
    /// The limit of infinite width.
    Kernel(Box<KernelRun>),
}

/// What of an arm in training can't be made again from its start.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum SavedArmRun {
    /// In 32-bit floats.
    Single(Box<SavedRun<f32>>),
    /// In 64-bit floats.
    Double(Box<SavedRun<f64>>),
    /// The limit of infinite width.
    Kernel(Box<SavedKernelRun>),
}

/// Calls a method of either run.
macro_rules! either {
    ($run:expr, $name:ident => $body:expr) => {
        match $run {
            ArmRun::Single($name) => $body,
            ArmRun::Double($name) => $body,
            ArmRun::Kernel($name) => $body,
        }
    };
}

impl ArmRun {
    /// Draws the initial weights, builds the linearized twin and measures step 0; the record of
    /// step 0 is appended to `records`. Paths in the preset start from `folder`.
    ///
    /// # Errors
    /// [`RunError::Refused`] where explicit weights can't be had or don't fit, or the kernel would
    /// be too large; [`RunError::Cancelled`] once `cancel` is raised.
    pub fn start(
        arm: &Arm,
        data: &Dataset,
        folder: &Path,
        cancel: &Cancel,
        records: &mut Vec<Record>,
    ) -> Result<Self, RunError> {
        Self::begin(arm, data, folder, None, cancel, records)
    }

    /// As [`Self::start`], with no more than the given ones of its observables measured and no theory
    /// evaluated; the training is the same bit by bit.
    ///
    /// # Errors
    /// As [`Self::start`].
    pub fn start_measuring(
        arm: &Arm,
        data: &Dataset,
        folder: &Path,
        measured: &[Observable],
        cancel: &Cancel,
        records: &mut Vec<Record>,
    ) -> Result<Self, RunError> {
        Self::begin(arm, data, folder, Some(measured), cancel, records)
    }

    fn begin(
        arm: &Arm,
        data: &Dataset,
        folder: &Path,
        measured: Option<&[Observable]>,
        cancel: &Cancel,
        records: &mut Vec<Record>,
    ) -> Result<Self, RunError> {
        if arm.preset.network.kind == NetworkKind::InfiniteWidth {
            let run = KernelRun::start(arm, data, cancel, records)?;
            return Ok(Self::Kernel(Box::new(run)));
        }
        let plan = ArmPlan::of(arm, data.sizes());
        let plan = &plan.map_err(|error| RunError::Refused(error.to_string()))?;
        Ok(match plan.precision() {
            Precision::F32 => {
                let run = Run::start(arm, plan, data, folder, measured, cancel, records)?;
                Self::Single(Box::new(run))
            }
            Precision::F64 => {
                let run = Run::start(arm, plan, data, folder, measured, cancel, records)?;
                Self::Double(Box::new(run))
            }
        })
    }

    /// Facts known from the start.
    pub fn facts(&self) -> &ArmFacts {
        either!(self, run => run.facts())
    }

    /// Updates done so far.
    pub fn step(&self) -> u64 {
        either!(self, run => run.step())
    }

    /// The step at which the run stops at the latest.
    pub fn last_step(&self) -> u64 {
        either!(self, run => run.last_step())
    }

    /// How the run ended, `None` while it goes on.
    pub fn outcome(&self) -> Option<&Outcome> {
        either!(self, run => run.outcome())
    }

    /// Time that went into measuring so far: records, and the linearized twin beside them.
    pub fn measuring(&self) -> Duration {
        either!(self, run => run.measuring())
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
        either!(self, run => run.advance(target, cancel, records))
    }

    /// Goes on with another step δ; the linearized twin follows, and bounds that are stated for one step
    /// end.
    pub fn set_step(&mut self, step: f64) {
        either!(self, run => run.set_step(step));
    }

    /// What is needed to go on from here with an arm started in the same way.
    pub fn save(&self) -> SavedArmRun {
        match self {
            Self::Single(run) => SavedArmRun::Single(Box::new(run.save())),
            Self::Double(run) => SavedArmRun::Double(Box::new(run.save())),
            Self::Kernel(run) => SavedArmRun::Kernel(Box::new(run.save())),
        }
    }

    /// Goes on where another arm, started in the same way, was saved. From there on both do the same
    /// bit for bit.
    ///
    /// # Errors
    /// [`RunError::Refused`] where the saved state does not fit, [`RunError::Cancelled`] once
    /// `cancel` is raised; the arm can't be used any more.
    pub fn restore(&mut self, saved: SavedArmRun, cancel: &Cancel) -> Result<(), RunError> {
        match (self, saved) {
            (Self::Single(run), SavedArmRun::Single(saved)) => run.restore(*saved, cancel),
            (Self::Double(run), SavedArmRun::Double(saved)) => run.restore(*saved, cancel),
            (Self::Kernel(run), SavedArmRun::Kernel(saved)) => run.restore(*saved),
            _ => Err(RunError::Refused(
                "the saved state is that of another precision or kind of network".to_owned(),
            )),
        }
    }

    /// Measures everything about the network as it is now. Running maxima count it in.
    ///
    /// # Errors
    /// [`RunError::Cancelled`] once `cancel` is raised.
    pub fn measure(&mut self, cancel: &Cancel) -> Result<Record, RunError> {
        match self {
            Self::Single(run) => run.measure(Depth::Full, cancel),
            Self::Double(run) => run.measure(Depth::Full, cancel),
            Self::Kernel(run) => Ok(run.measure()),
        }
    }

    /// Where the iteration is carried out: never [`Representation::Auto`]. In the limit of infinite
    /// width it is in sample space, where the kernel acts.
    pub fn representation(&self) -> Representation {
        match self {
            Self::Single(run) => of_trainer(&run.trainer),
            Self::Double(run) => of_trainer(&run.trainer),
            Self::Kernel(_) => Representation::SampleSpace,
        }
    }

    /// Weights and outputs as of now.
    pub fn final_state(&self) -> FinalState {
        either!(self, run => run.final_state())
    }
}

fn of_trainer<R: Real>(trainer: &Trainer<R>) -> Representation {
    match (trainer.is_reduced(), trainer.sample_space()) {
        (true, _) => Representation::Reduced,
        (false, true) => Representation::SampleSpace,
        (false, false) => Representation::WeightSpace,
    }
}
