//! The observables of linear networks.

pub(super) mod frame;
pub(super) mod min_norm;

use crate::network::{Activation, Real};
use crate::spec::Observable;
use crate::task::{Cancel, Cancelled};
use crate::train::Trainer;

use super::Record;
use super::imbalance::Imbalance;
use frame::LinearFrame;
use min_norm::MinNorm;

/// The observables of linear networks (of homogeneous ones, where it is the imbalance).
#[derive(Debug, Default)]
pub(super) struct Linear {
    frame: Option<LinearFrame>,
    imbalance: Option<Imbalance>,
    min_norm: Option<MinNorm>,
}

impl Linear {
    /// Prepares what is asked for and defined for a network that has done no step.
    pub(super) fn new<R: Real>(
        trainer: &Trainer<R>,
        observables: &[Observable],
        cancel: &Cancel,
    ) -> Result<Self, Cancelled> {
        let imbalance = observables.contains(&Observable::Imbalance);
        let min_norm = observables.contains(&Observable::MinNorm);
        let is_linear = trainer.problem().activation == Activation::Identity;
        let mut linear = Self::default();
        if imbalance {
            linear.imbalance = Imbalance::new(trainer, cancel)?;
        }
        if is_linear && (imbalance || min_norm) {
            linear.frame = LinearFrame::new(trainer, cancel)?;
        }
        if let (true, Some(frame)) = (min_norm, &linear.frame) {
            linear.min_norm = Some(MinNorm::new(trainer, frame, cancel)?);
        }
        Ok(linear)
    }

    /// Notes the imbalance and the distance to the minimum-norm solution.
    pub(super) fn measure<R: Real>(
        &self,
        trainer: &Trainer<R>,
        cancel: &Cancel,
        record: &mut Record,
    ) -> Result<(), Cancelled> {
        let now = self.frame.as_ref().map(|frame| frame.now(trainer, cancel));
        let now = now.transpose()?;
        if let Some(imbalance) = &self.imbalance {
            imbalance.measure(trainer, now.as_ref(), cancel, record)?;
        }
        if let (Some(min_norm), Some(now)) = (&self.min_norm, &now) {
            min_norm.measure(now, cancel, record)?;
        }
        Ok(())
    }
}
