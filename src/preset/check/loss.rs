//! The loss, and what is defined for it.

use crate::preset::PresetError;
use crate::spec::{DataSpec, LossKind, LossOver, Method, NetworkKind, Preset, StepUnit, Targets};

/// Refuses what the cross-entropy has not.
pub(super) fn check(preset: &Preset) -> Result<(), PresetError> {
    if preset.loss.kind == LossKind::Squared {
        return Ok(());
    }
    check_targets(&preset.data)?;
    let refused =
        |path: &str, value: String, allowed| Err(PresetError::value(path, value, allowed));
    let over = preset.loss.over;
    if !matches!(over, LossOver::Sum | LossOver::Mean) {
        return refused(
            "loss.over",
            format!("{over:?}"),
            "Sum or Mean with loss.kind CrossEntropy",
        );
    }
    if preset.network.kind == NetworkKind::InfiniteWidth {
        return refused(
            "loss.kind",
            "CrossEntropy".to_owned(),
            "Squared with network.kind InfiniteWidth",
        );
    }
    if preset.train.method == Method::LeastSquares {
        return refused(
            "loss.kind",
            "CrossEntropy".to_owned(),
            "Squared with the method LeastSquares",
        );
    }
    if preset.train.step_unit == StepUnit::StableStep {
        return refused(
            "train.step_unit",
            "StableStep".to_owned(),
            "Delta with loss.kind CrossEntropy, whose stable step is not that of a kernel",
        );
    }
    if let Some(limit) = preset.train.stop.relative_error {
        return refused(
            "train.stop.relative_error",
            format!("{limit:?}"),
            "None with loss.kind CrossEntropy, whose outputs are no targets",
        );
    }
    Ok(())
}

/// Of data in a file the targets are known only once they are read.
fn check_targets(data: &DataSpec) -> Result<(), PresetError> {
    match data {
        DataSpec::File { .. }
        | DataSpec::Mnist {
            targets: Targets::OneHot,
            ..
        } => Ok(()),
        _ => Err(PresetError::value(
            "loss.kind",
            "CrossEntropy",
            "Squared with these data, or data with one-hot targets",
        )),
    }
}
