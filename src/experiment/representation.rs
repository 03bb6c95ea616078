//! Whether a linear network is reduced to the combinations of its neurons that evolve.

use crate::network::Activation;
use crate::spec::{Layers, NetworkSpec, Observable, Representation};

/// Combinations a network is reduced to at most, min(n, D) + outputs; `None` where it is not.
///
/// It is where that is asked for, and by `Auto` where the network is linear, both layers are
/// trained, there are fewer combinations than neurons, and nothing measured needs the neurons.
pub(super) fn reduced_width(
    network: &NetworkSpec,
    (asked, layers): (Representation, Layers),
    observables: &[Observable],
    [n, embedding, outputs]: [usize; 3],
) -> Option<usize> {
    let combinations = n.min(embedding).saturating_add(outputs);
    let is_linear = network.activation == Activation::Identity;
    let reduces = match asked {
        Representation::Reduced => is_linear,
        Representation::WeightSpace | Representation::SampleSpace => false,
        Representation::Auto => {
            let needs_neurons = |o: &Observable| o.is_per_neuron() || *o == Observable::Distances;
            is_linear
                && layers == Layers::Both
                && combinations < network.width
                && !observables.iter().any(needs_neurons)
        }
    };
    reduces.then_some(combinations.min(network.width))
}
