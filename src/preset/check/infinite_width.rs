//! Presets that have a limit of infinite width.

use crate::network::Scaling;
use crate::preset::PresetError;
use crate::spec::{
    BiasInit, EmbeddingSpec, EmbeddingWidth, Layers, Method, NetworkKind, OutputInit, Preset,
};

/// Refuses a network of infinite width whose training does not tend to that of a fixed kernel.
pub(super) fn check(preset: &Preset) -> Result<(), PresetError> {
    if preset.network.kind != NetworkKind::InfiniteWidth {
        return Ok(());
    }
    check_embedding(preset.network.embedding)?;
    if let Some(path) = &preset.init.weights {
        return Err(refused(
            "init.weights",
            format!("{path:?}"),
            "None with network.kind InfiniteWidth, which has no weights",
        ));
    }
    if preset.init.output == OutputInit::SignedHalves && preset.init.omega_ratio.is_some() {
        return Err(refused(
            "init.omega_ratio",
            format!("{:?}", preset.init.omega_ratio),
            "None with SignedHalves and network.kind InfiniteWidth: ω1 would depend on the width",
        ));
    }
    if let Method::Sgd { .. } | Method::LeastSquares = preset.train.method {
        return Err(refused(
            "train.method",
            format!("{:?}", preset.train.method),
            "GradientDescent or GradientFlow with network.kind InfiniteWidth",
        ));
    }
    if preset.network.bias && preset.init.bias == BiasInit::Uniform {
        return Err(refused(
            "init.bias",
            "Uniform".to_owned(),
            "SameAsWeights with network.bias and network.kind InfiniteWidth, whose kernel is that of Gaussian weights",
        ));
    }
    check_scaling(preset)
}

fn check_embedding(embedding: EmbeddingSpec) -> Result<(), PresetError> {
    match embedding {
        EmbeddingSpec::Identity
        | EmbeddingSpec::Quadratic
        | EmbeddingSpec::RandomFeatures {
            width: EmbeddingWidth::Fixed(_),
        }
        | EmbeddingSpec::RandomLayers {
            width: EmbeddingWidth::Fixed(_),
            ..
        } => Ok(()),
        EmbeddingSpec::RandomFeatures { width } | EmbeddingSpec::RandomLayers { width, .. } => {
            Err(refused(
                "network.embedding.width",
                format!("{width:?}"),
                "Fixed with network.kind InfiniteWidth, which has no width m to follow",
            ))
        }
    }
}

/// Powers of m: the kernels have to stay finite and the largest must not vanish; where W is trained,
/// features and output weights must not move in the limit.
fn check_scaling(preset: &Preset) -> Result<(), PresetError> {
    let factors = preset.scaling.parameterization();
    let halves = preset.init.output == OutputInit::SignedHalves;
    // An entry of V is of order m^v.
    let v = if halves { -0.5 } else { 0.0 };
    let hidden = 2.0 * factors.a.m + factors.hidden_step.m + 1.0 + 2.0 * v;
    let output = 2.0 * factors.a.m + factors.output_step.m + 1.0;
    let layers = preset.train.layers;
    let trained = [(layers.hidden(), hidden), (layers.output(), output)];
    let powers = trained.iter().filter(|t| t.0).map(|t| t.1);
    let largest = powers.fold(f64::NEG_INFINITY, f64::max);
    let features_move = factors.hidden_step.m + factors.a.m + v >= -1e-9;
    let outputs_move = layers.output() && factors.output_step.m + factors.a.m - v >= -1e-9;
    let moves = layers != Layers::Output && (features_move || outputs_move);
    if largest.abs() < 1e-9 && factors.b.m == 0.0 && !moves {
        return Ok(());
    }
    let named = match preset.scaling {
        Scaling::Between(_) => "Between(γ) with γ below 1",
        _ => "Ntk",
    };
    let reason = if moves && largest.abs() < 1e-9 {
        "features move at every width, so that no fixed kernel describes training"
    } else {
        "the tangent kernel has no finite limit other than 0"
    };
    let allowed = format!("{named} with network.kind InfiniteWidth: under this scaling {reason}");
    Err(refused("scaling", format!("{:?}", preset.scaling), allowed))
}

fn refused(field: &str, value: String, allowed: impl Into<String>) -> PresetError {
    PresetError::value(field.to_owned(), value, allowed)
}
