//! What networks with biases of the outputs can be trained and measured by.

use crate::preset::PresetError;
use crate::spec::{Method, NetworkKind, Observable, Preset};

/// Refuses biases of the outputs where the method, the limit or an observable has no place for them.
pub(super) fn check(preset: &Preset) -> Result<(), PresetError> {
    if !preset.network.output_bias {
        return Ok(());
    }
    if preset.network.kind == NetworkKind::InfiniteWidth {
        return Err(refused("network.kind InfiniteWidth"));
    }
    match preset.train.method {
        Method::GradientFlow { .. } => return Err(refused("the method GradientFlow")),
        Method::LeastSquares => return Err(refused("the method LeastSquares")),
        Method::GradientDescent { .. } | Method::Sgd { .. } => {}
    }
    // Both are defined by W and V alone.
    for (i, observable) in preset.observe.observables.iter().enumerate() {
        if matches!(
            observable,
            Observable::MinNorm | Observable::FeatureJacobian
        ) {
            return Err(PresetError::value(
                format!("observe.observables.{i}"),
                format!("{observable:?}"),
                format!("{observable:?} with network.output_bias false only"),
            ));
        }
    }
    Ok(())
}

fn refused(with: &str) -> PresetError {
    PresetError::value("network.output_bias", "true", format!("false with {with}"))
}
