//! What networks with biases of the outputs can be trained by.

use crate::preset::PresetError;
use crate::spec::{Method, NetworkKind, Preset};

/// Refuses biases of the outputs where the method or the limit has no place for them.
pub(super) fn check(preset: &Preset) -> Result<(), PresetError> {
    if !preset.network.output_bias {
        return Ok(());
    }
    if preset.network.kind == NetworkKind::InfiniteWidth {
        return Err(refused("network.kind InfiniteWidth"));
    }
    match preset.train.method {
        Method::GradientFlow { .. } => Err(refused("the method GradientFlow")),
        Method::LeastSquares => Err(refused("the method LeastSquares")),
        Method::GradientDescent { .. } | Method::Sgd { .. } => Ok(()),
    }
}

fn refused(with: &str) -> PresetError {
    PresetError::value("network.output_bias", "true", format!("false with {with}"))
}
