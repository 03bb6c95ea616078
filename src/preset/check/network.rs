//! Network, scaling and initial weights.

use super::data::file_path;
use super::range::{MAX_WIDTH, finite, not_negative, number, positive, whole};
use crate::network::{Factor, GAMMAS, Scaling};
use crate::preset::PresetError;
use crate::spec::field::GAMMA;
use crate::spec::{
    BiasInit, EmbeddingSpec, EmbeddingWidth, InitSpec, OutputInit, Preset, Symmetrize,
};

/// Most random layers.
const MAX_DEPTH: usize = 8;

pub(super) fn check_network(preset: &Preset) -> Result<(), PresetError> {
    let network = &preset.network;
    whole("network.width", network.width, 1..=MAX_WIDTH)?;
    match network.embedding {
        EmbeddingSpec::Identity | EmbeddingSpec::Quadratic => {}
        EmbeddingSpec::RandomFeatures { width } => embedding_width(width)?,
        EmbeddingSpec::RandomLayers { width, depth } => {
            whole("network.embedding.depth", depth, 1..=MAX_DEPTH)?;
            embedding_width(width)?;
        }
    }
    let Some(sizes) = preset.data.sizes() else {
        return Ok(());
    };
    match network.embedding_dimension(sizes.d) {
        Some(dimension) if dimension <= MAX_WIDTH + 1 => Ok(()),
        _ => Err(PresetError::value(
            "data.d",
            sizes.d.to_string(),
            format!(
                "at most {} with this network.embedding, so that D ≤ {MAX_WIDTH}",
                MAX_WIDTH.isqrt()
            ),
        )),
    }
}

fn embedding_width(width: EmbeddingWidth) -> Result<(), PresetError> {
    match width {
        EmbeddingWidth::SameAsNetwork => Ok(()),
        EmbeddingWidth::AtMost(width) | EmbeddingWidth::Fixed(width) => {
            whole("network.embedding.width.0", width, 1..=MAX_WIDTH)
        }
    }
}

pub(super) fn check_scaling(scaling: &Scaling) -> Result<(), PresetError> {
    match scaling {
        Scaling::Ours | Scaling::Ntk | Scaling::MeanField | Scaling::Standard => Ok(()),
        Scaling::Between(gamma) => check_gamma(*gamma),
        Scaling::Custom {
            a,
            b,
            step_factor,
            output_step_factor,
        } => {
            check_factor("scaling.a", a)?;
            check_factor("scaling.b", b)?;
            check_factor("scaling.step_factor", step_factor)?;
            check_factor("scaling.output_step_factor", output_step_factor)
        }
    }
}

fn check_gamma(gamma: f64) -> Result<(), PresetError> {
    let nearest = gamma.clamp(*GAMMAS.start(), *GAMMAS.end());
    let nearest = if nearest.is_nan() {
        String::new()
    } else {
        format!("; the nearest is {:?}", Scaling::Between(nearest))
    };
    let allowed = format!("{}{nearest}", GAMMA.allowed);
    number(GAMMA.path, gamma, GAMMAS.contains(&gamma), &allowed)
}

fn check_factor(path: &str, factor: &Factor) -> Result<(), PresetError> {
    finite(&format!("{path}.c"), factor.c)?;
    finite(&format!("{path}.m"), factor.m)?;
    finite(&format!("{path}.d"), factor.d)
}

pub(super) fn check_init(preset: &Preset) -> Result<(), PresetError> {
    let init = &preset.init;
    not_negative("init.w_std", init.w_std)?;
    if let Some(ratio) = init.omega_ratio {
        positive("init.omega_ratio", ratio)?;
    }
    match init.output {
        OutputInit::Rademacher(size) | OutputInit::Gaussian(size) => {
            not_negative("init.output.0", size)?
        }
        OutputInit::SignedHalves => one_output_for_halves(preset)?,
    }
    if let Some(weights) = &init.weights {
        explicit_weights(init, weights)?;
    }
    Ok(())
}

fn one_output_for_halves(preset: &Preset) -> Result<(), PresetError> {
    match preset.data.sizes() {
        Some(sizes) if sizes.outputs != 1 => Err(PresetError::value(
            "init.output",
            "SignedHalves",
            format!(
                "Rademacher or Gaussian where the data have {} outputs",
                sizes.outputs
            ),
        )),
        _ => Ok(()),
    }
}

/// Explicit weights are taken as they are; what would change them is refused.
fn explicit_weights(init: &InitSpec, weights: &str) -> Result<(), PresetError> {
    file_path("init.weights", weights, &["npz"])?;
    if init.symmetrize == Symmetrize::On {
        return Err(PresetError::value(
            "init.symmetrize",
            "On",
            "Auto or Off with init.weights, which are taken as they are",
        ));
    }
    if init.bias == BiasInit::Uniform {
        return Err(PresetError::value(
            "init.bias",
            "Uniform",
            "SameAsWeights with init.weights, which are taken as they are",
        ));
    }
    match init.omega_ratio {
        Some(ratio) => {
            let allowed = "None with init.weights, which are taken as they are";
            Err(PresetError::value(
                "init.omega_ratio",
                format!("{ratio:?}"),
                allowed,
            ))
        }
        None => Ok(()),
    }
}
