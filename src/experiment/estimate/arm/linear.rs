//! Terms of the observables of linear networks.

use crate::network::Activation;
use crate::observe::{SAMPLED_NEURONS, frame_doubles, frame_passing};
use crate::spec::Observable;

use super::wide;
use crate::experiment::plan::ArmPlan;

impl ArmPlan {
    /// Coordinates of a linear network's weights, or the squared norms of the neurons at the start.
    pub(super) fn linear_observables(&self) -> u128 {
        if !self.has(|o| matches!(o, Observable::Imbalance | Observable::MinNorm)) {
            return 0;
        }
        if self.shape.activation == Activation::Identity {
            frame_doubles(&self.shape)
        } else {
            2 * self.shape.sizes.neurons
        }
    }

    /// What is needed while these coordinates are made.
    pub(super) fn frame_passing(&self) -> u128 {
        if self.linear_observables() == 0 {
            0
        } else {
            frame_passing(&self.shape)
        }
    }

    /// Singular values of a linear network's imbalance, or the imbalance of the sampled neurons.
    pub(super) fn imbalance_record(&self) -> u128 {
        let [m, n, _, outputs, embedding] = self.dimensions();
        if !self.has(|o| *o == Observable::Imbalance) {
            0
        } else if self.shape.activation == Activation::Identity {
            8 * m.min(n.min(embedding) + outputs)
        } else {
            8 * m.min(wide(SAMPLED_NEURONS))
        }
    }
}
