//! Whether an arm iterates on its weights or on its features, and a linear one on combinations of its neurons.

use crate::network::Activation;
use crate::observe::Neurons;
use crate::spec::{Layers, Observable, Representation};
use crate::train::step_flops;

use super::asked::Asked;

impl Asked {
    /// Combinations the network is reduced to at most, min(n, D) + outputs; `None` where it is not.
    ///
    /// It is where that is asked for, and by `Auto` where the network is linear, both layers are
    /// trained, there are fewer combinations than neurons, and nothing measured needs the neurons.
    pub(super) fn reduced_width(&self) -> Option<usize> {
        let rank = self.data.n.min(self.embedding());
        let combinations = rank.saturating_add(self.data.outputs);
        let is_linear = self.network.activation == Activation::Identity;
        let reduces = match self.representation {
            Representation::Reduced => is_linear,
            Representation::WeightSpace | Representation::SampleSpace => false,
            Representation::Auto => {
                let needs_neurons = |o: &Observable| o.facts().needs.neurons != Neurons::Unneeded;
                is_linear
                    && self.layers == Layers::Both
                    && combinations < self.network.width
                    && !self.observables.iter().any(needs_neurons)
            }
        };
        reduces.then_some(combinations.min(self.network.width))
    }

    /// Whether to train in sample space: as asked, or the cheaper of the two, as a reduced network always is.
    pub(super) fn sample_space(&self, is_reduced: bool) -> bool {
        let asked = if is_reduced {
            Representation::Auto
        } else {
            self.representation
        };
        match asked {
            Representation::SampleSpace | Representation::Reduced => true,
            Representation::WeightSpace => false,
            Representation::Auto => is_cheaper(self.layers, self.data.n, self.embedding()),
        }
    }
}

/// Whether a step costs less in sample space. Where both cost the same, weight space moves fewer numbers.
fn is_cheaper(layers: Layers, n: usize, embedding: usize) -> bool {
    let cost = |sample_space| step_flops(sample_space, layers, 1, n, embedding);
    cost(true) < cost(false)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_features_few_points_is_sample_space() {
        assert!(is_cheaper(Layers::Hidden, 600, 8192));
        assert!(!is_cheaper(Layers::Hidden, 600, 20));
    }
}
