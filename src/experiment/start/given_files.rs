//! The files of batches and of initial weights that a preset names.

use std::path::Path;

use ndarray::Array2;

use crate::data::load_indices;
use crate::preset::{Arm, Experiment, PresetError};
use crate::spec::{BatchOrder, DataSizes, Method, Preset};

use super::setup::given;
use crate::experiment::estimate::sizes_of;

/// Reads the files of batches and of initial weights that the arms of an experiment name, and holds
/// them against the sizes of the data, the network and the run. What is read is not kept: the arms
/// read it again when they start.
///
/// # Errors
/// The first file that can't be read or does not fit, with its field, what was found and what is
/// needed; a data file whose sizes are needed and that can't be read.
pub fn check_given_files(experiment: &Experiment) -> Result<(), PresetError> {
    for arm in &experiment.arms {
        check_arm(experiment, arm).map_err(|error| match experiment.arms.len() {
            1 => error,
            _ => PresetError::InArm {
                arm: arm.label.clone(),
                source: Box::new(error),
            },
        })?;
    }
    Ok(())
}

fn check_arm(experiment: &Experiment, arm: &Arm) -> Result<(), PresetError> {
    let (preset, folder) = (&arm.preset, experiment.folder.as_path());
    let has_batches = matches!(
        preset.train.method,
        Method::Sgd {
            order: BatchOrder::Given,
            ..
        }
    );
    if !has_batches && preset.init.weights.is_none() {
        return Ok(());
    }
    let DataSizes { n, d, outputs, .. } = sizes_of(experiment, arm)?;
    if has_batches {
        given_batches(preset, n, folder).map_err(PresetError::Data)?;
    }
    let dimension = preset.network.embedding_dimension(d);
    if let (Some(path), Some(dimension)) = (&preset.init.weights, dimension) {
        given(preset, outputs, dimension, &folder.join(path))
            .map_err(|error| PresetError::Data(error.to_string()))?;
    }
    Ok(())
}

/// Batches of n points from the file `train.indices`, a batch a row; at least a row for every step.
///
/// Errors name the field, the file, what was found and what is needed.
pub(in crate::experiment) fn given_batches(
    preset: &Preset,
    n: usize,
    folder: &Path,
) -> Result<Array2<usize>, String> {
    let Some(path) = &preset.train.indices else {
        return Err(
            "train.indices: None is not allowed; the order Given needs an .npy file".to_owned(),
        );
    };
    let path = folder.join(path);
    let indices = load_indices(&path, n).map_err(|error| format!("train.indices: {error}"))?;
    let refuse = |text: String| Err(format!("train.indices: {}: {text}", path.display()));
    let (rows, columns) = indices.dim();
    if let Method::Sgd { batch, .. } = preset.train.method
        && columns != batch
    {
        return refuse(format!(
            "rows of {columns} indices; train.method.batch = {batch} needs rows of {batch}"
        ));
    }
    let steps = preset.train.stop.steps;
    if (rows as u64) < steps {
        return refuse(format!(
            "{rows} rows; train.stop.steps = {steps} needs at least as many, a row a step"
        ));
    }
    Ok(indices)
}
