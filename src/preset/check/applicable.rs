//! Observables and representations that not every network has.

use crate::network::Activation;

use crate::preset::PresetError;
use crate::spec::{Layers, Observable, Preset, Representation};

/// Refuses what is not defined for the preset's network.
pub(super) fn check(preset: &Preset) -> Result<(), PresetError> {
    let is_linear = preset.network.activation == Activation::Identity;
    let is_reduced = preset.train.representation == Representation::Reduced;
    if is_reduced && !is_linear {
        return Err(PresetError::value(
            "train.representation",
            "Reduced",
            "Auto, WeightSpace or SampleSpace; Reduced with network.activation Identity only",
        ));
    }
    for (i, observable) in preset.observe.observables.iter().enumerate() {
        let allowed = if is_reduced && observable.is_per_neuron() {
            Some(
                "observables of the whole network with train.representation Reduced, which has no single neurons",
            )
        } else {
            refusal(preset, *observable)
        };
        if let Some(allowed) = allowed {
            return Err(PresetError::value(
                format!("observe.observables.{i}"),
                format!("{observable:?}"),
                allowed,
            ));
        }
    }
    Ok(())
}

/// What is allowed instead of an observable that the network has not.
fn refusal(preset: &Preset, observable: Observable) -> Option<&'static str> {
    let (activation, layers) = (preset.network.activation, preset.train.layers);
    match observable {
        Observable::Imbalance if layers != Layers::Both => {
            Some("Imbalance with train.layers Both only: with one layer fixed nothing is conserved")
        }
        Observable::Imbalance if !has_imbalance(activation) => {
            Some("Imbalance with network.activation Identity, Relu or LeakyRelu only")
        }
        Observable::Imbalance if step_factor_is_zero(preset) => {
            Some("Imbalance with scaling.output_step_factor.c other than 0")
        }
        Observable::MinNorm if activation != Activation::Identity => {
            Some("MinNorm with network.activation Identity only")
        }
        Observable::FeatureJacobian if layers != Layers::Both => {
            Some("FeatureJacobian with train.layers Both only")
        }
        _ => None,
    }
}

fn has_imbalance(activation: Activation) -> bool {
    matches!(
        activation,
        Activation::Identity | Activation::Relu | Activation::LeakyRelu
    )
}

/// The imbalance weighs the layers by the ratio of their steps.
fn step_factor_is_zero(preset: &Preset) -> bool {
    preset.scaling.parameterization().output_step.c == 0.0
}
