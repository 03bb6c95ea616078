//! Training method and stop rules.

use super::super::{PresetError, TrainSpec};
use super::range::{MAX_STEPS, not_negative, positive, whole};

pub(super) fn check(train: &TrainSpec) -> Result<(), PresetError> {
    if let Some(step) = train.method.step() {
        positive("train.method.step", step)?;
    }
    whole("train.stop.steps", train.stop.steps, 1..=MAX_STEPS)?;
    if let Some(limit) = train.stop.relative_error {
        not_negative("train.stop.relative_error", limit)?;
    }
    train
        .stop
        .loss
        .map_or(Ok(()), |limit| not_negative("train.stop.loss", limit))
}
