//! Training method and stop rules.

use crate::train::Flow;

use super::data::file_path;
use super::range::{MAX_POINTS, MAX_STEPS, not_negative, number, positive, whole};
use crate::preset::{Arm, PresetError};
use crate::spec::{
    BatchOrder, DataSpec, Layers, Method, NetworkKind, Precision, Preset, TrainSpec,
};

/// Smallest and largest tolerance of gradient flow.
const TOLERANCES: std::ops::RangeInclusive<f64> = 1e-12..=1e-2;

pub(super) fn check(preset: &Preset) -> Result<(), PresetError> {
    let train = &preset.train;
    if let Some(step) = train.method.step() {
        positive("train.method.step", step)?;
    }
    check_method(preset)?;
    check_changes(train)?;
    check_indices(train)?;
    whole("train.stop.steps", train.stop.steps, 1..=MAX_STEPS)?;
    if let Some(limit) = train.stop.relative_error {
        not_negative("train.stop.relative_error", limit)?;
    }
    if let Some(limit) = train.stop.loss {
        not_negative("train.stop.loss", limit)?;
    }
    train
        .stop
        .accuracy
        .map_or(Ok(()), |limit| check_accuracy(preset, limit))
}

/// Each change comes after the one before, and its step is one that the method could have.
fn check_changes(train: &TrainSpec) -> Result<(), PresetError> {
    if train.method.step().is_none() && !train.changes.is_empty() {
        return Err(PresetError::value(
            "train.changes",
            format!("a list of {}", train.changes.len()),
            "[] with the method LeastSquares, which has no step",
        ));
    }
    let mut before = 0;
    for (i, change) in train.changes.iter().enumerate() {
        let (at, field) = (change.at, format!("train.changes.{i}.at"));
        if at == 0 {
            let allowed =
                "a whole number from 1 up; the step before the first change is train.method.step";
            return Err(PresetError::value(field, "0", allowed));
        }
        if at <= before {
            let allowed = format!("a whole number above {before}, where the change before it is");
            return Err(PresetError::value(field, at.to_string(), allowed));
        }
        positive(&format!("train.changes.{i}.step"), change.step)?;
        before = at;
    }
    Ok(())
}

/// No change comes after the end of the longest arm; the others may end before it.
pub(in crate::preset) fn check_reached(arms: &[Arm]) -> Result<(), PresetError> {
    let steps = arms.iter().map(|arm| arm.preset.train.stop.steps).max();
    let steps = steps.unwrap_or(MAX_STEPS);
    let changes = arms
        .iter()
        .flat_map(|arm| arm.preset.train.changes.iter().enumerate());
    match changes.into_iter().find(|(_, change)| change.at > steps) {
        Some((i, change)) => Err(PresetError::value(
            format!("train.changes.{i}.at"),
            change.at.to_string(),
            format!("a whole number from 1 to {steps}, the train.stop.steps of the longest arm"),
        )),
        None => Ok(()),
    }
}

fn check_accuracy(preset: &Preset, limit: f64) -> Result<(), PresetError> {
    let has_classes = matches!(preset.data, DataSpec::Mnist { .. } | DataSpec::File { .. });
    if !has_classes {
        return Err(PresetError::value(
            "train.stop.accuracy",
            format!("{limit:?}"),
            "None with these data, whose targets are no classes",
        ));
    }
    number(
        "train.stop.accuracy",
        limit,
        limit > 0.0 && limit <= 1.0,
        "a number above 0 and at most 1",
    )
}

fn check_method(preset: &Preset) -> Result<(), PresetError> {
    match preset.train.method {
        Method::GradientDescent { .. } => Ok(()),
        Method::Sgd { batch, .. } => {
            // Of data in a file n is known only once they are read.
            let n = preset.data.sizes().map_or(MAX_POINTS, |sizes| sizes.n);
            whole("train.method.batch", batch, 1..=n)
        }
        Method::GradientFlow { tolerance, .. } => check_tolerance(preset, tolerance),
        Method::LeastSquares if preset.train.layers != Layers::Output => Err(PresetError::value(
            "train.layers",
            format!("{:?}", preset.train.layers),
            "Output with the method LeastSquares, which sets V",
        )),
        Method::LeastSquares => Ok(()),
    }
}

fn check_tolerance(preset: &Preset, tolerance: f64) -> Result<(), PresetError> {
    const FIELD: &str = "train.method.tolerance";
    number(
        FIELD,
        tolerance,
        TOLERANCES.contains(&tolerance),
        "a number from 1e-12 to 1e-2",
    )?;
    // The flow of infinite width is known in closed form.
    let is_integrated = preset.network.kind != NetworkKind::InfiniteWidth;
    let smallest = Flow::smallest_tolerance::<f32>();
    if is_integrated && preset.precision == Precision::F32 && tolerance < smallest {
        let most = TOLERANCES.end();
        return Err(PresetError::value(
            FIELD,
            format!("{tolerance:e}"),
            format!(
                "a number from {smallest:e} (8 roundings) to {most:e} with precision F32, or \
                 precision F64"
            ),
        ));
    }
    Ok(())
}

fn check_indices(train: &TrainSpec) -> Result<(), PresetError> {
    let reads = matches!(
        train.method,
        Method::Sgd {
            order: BatchOrder::Given,
            ..
        }
    );
    match &train.indices {
        None if reads => Err(PresetError::value(
            "train.indices",
            "None",
            "Some(\"FILE.npy\") with the order Given",
        )),
        Some(path) if !reads => Err(PresetError::value(
            "train.indices",
            format!("{path:?}"),
            "None, because only Sgd with the order Given reads it",
        )),
        Some(path) => file_path("train.indices", path, &["npy"]),
        None => Ok(()),
    }
}
