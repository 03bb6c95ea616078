//! Observables and representations that not every network has.

use crate::network::Activation;
use crate::observe::{At, Refusal};
use crate::preset::PresetError;
use crate::spec::{Observable, Preset, Representation};

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
        if is_reduced && observable.is_per_neuron() {
            return Err(PresetError::value(
                format!("observe.observables.{i}"),
                format!("{observable:?}"),
                "observables of the whole network with train.representation Reduced, which has no single neurons",
            ));
        }
        if let Some(refusal) = (observable.facts().refusal)(preset) {
            return Err(refused((i, *observable), refusal));
        }
    }
    Ok(())
}

fn refused((index, observable): (usize, Observable), refusal: Refusal) -> PresetError {
    let list = "observe.observables";
    let own = format!("{observable:?}");
    let (path, value) = match refusal.at {
        At::List => (list.to_owned(), own),
        At::Entry => (format!("{list}.{index}"), own),
        At::Field { name, value } => (format!("{list}.{index}.{name}"), value),
    };
    PresetError::value(path, value, refusal.allowed)
}
