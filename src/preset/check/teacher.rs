//! The network that gives the targets.

use super::range::{MAX_WIDTH, number, positive, whole};
use crate::preset::PresetError;
use crate::spec::{Targets, TeacherSpec};

/// Most passes over the training images.
const MAX_EPOCHS: u64 = 10_000;

/// Checks the teacher of `n` training images.
pub(super) fn check(teacher: &TeacherSpec, n: usize, targets: Targets) -> Result<(), PresetError> {
    if targets != Targets::OneHot {
        return Err(PresetError::value(
            "data.targets",
            format!("{targets:?}"),
            "OneHot with data.teacher",
        ));
    }
    whole("data.teacher.width", teacher.width, 1..=MAX_WIDTH)?;
    positive("data.teacher.step", teacher.step)?;
    whole("data.teacher.batch", teacher.batch, 1..=n)?;
    whole("data.teacher.epochs", teacher.epochs, 1..=MAX_EPOCHS)?;
    let error = teacher.train_error;
    number(
        "data.teacher.train_error",
        error,
        (0.0..1.0).contains(&error),
        "a number from 0 to below 1",
    )
}
