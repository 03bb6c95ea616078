//! Terms of linear networks: the reduction and the observables of the imbalance.

use crate::network::Activation;
use crate::observe::SAMPLED_NEURONS;
use crate::spec::Observable;
use crate::train::BLOCK;

use super::{ArmShape, threads, wide};
use crate::experiment::representation::reduced_width;

/// Matrices of doubles while one is factored: the matrix, the solver's copies, the result.
const FACTORED_MATRICES: u128 = 6;

impl ArmShape {
    /// Combinations of neurons that a reduced network iterates on.
    pub(super) fn reduced(&self) -> Option<usize> {
        let sizes = [self.data.n, self.embedding(), self.data.outputs];
        let kind = (self.representation, self.layers);
        reduced_width(&self.network, kind, &self.observables, sizes)
    }

    /// Q, QᵀW(0) and V(0)Q of a reduced network, and its start in the trainer's hands.
    pub(super) fn reduction_held(&self) -> u128 {
        let [k, _, _, outputs, embedding] = self.dimensions();
        let Some(_) = self.reduced() else { return 0 };
        let given = if self.explicit_weights { embedding } else { 0 };
        8 * (wide(self.network.width) * (k + given) + k * (2 * embedding + outputs))
    }

    /// The columns that Q is made of, the solver's copies of them, and the row space of the data.
    pub(super) fn reduction_passing(&self) -> u128 {
        let [k, n, _, outputs, embedding] = self.dimensions();
        let Some(_) = self.reduced() else { return 0 };
        let columns = n.min(embedding) + outputs;
        let w = threads() * wide(BLOCK).min(wide(self.network.width)) * embedding;
        let blocks = wide(self.network.width).div_ceil(wide(BLOCK));
        8 * (FACTORED_MATRICES * (wide(self.network.width) * columns + n * embedding)
            + w
            + blocks * k * embedding)
    }

    /// Coordinates of a linear network's weights, or the squared norms of the neurons at the start.
    pub(super) fn linear_observables(&self) -> u128 {
        let [neurons, n, _, outputs, embedding] = self.dimensions();
        if !self.has(|o| matches!(o, Observable::Imbalance | Observable::MinNorm)) {
            return 0;
        }
        if self.network.activation != Activation::Identity {
            return 2 * neurons;
        }
        let rank = n.min(embedding);
        let k = neurons.min(rank + outputs);
        neurons * k + k * (rank + outputs + embedding) + rank * (embedding + n)
    }

    /// The columns that the frame's basis is made of, with the solver's copies.
    pub(super) fn frame_passing(&self) -> u128 {
        let [neurons, n, _, outputs, embedding] = self.dimensions();
        if self.linear_observables() == 0 {
            return 0;
        }
        let columns = n.min(embedding) + outputs;
        8 * (FACTORED_MATRICES * (neurons * columns + n * embedding)
            + 2 * wide(BLOCK).min(neurons) * embedding)
    }

    /// What the weights of the whole network are made of, beside themselves.
    pub(super) fn finishing(&self) -> u128 {
        let [k, _, _, _, embedding] = self.dimensions();
        let block = 24 * k.min(wide(BLOCK)) * embedding;
        match self.reduced() {
            Some(m) => block + 16 * (wide(self.network.width) + wide(m)) * embedding,
            None => block,
        }
    }

    /// Singular values of a linear network's imbalance, or the imbalance of the sampled neurons.
    pub(super) fn imbalance_record(&self) -> u128 {
        let [m, n, _, outputs, embedding] = self.dimensions();
        if !self.has(|o| *o == Observable::Imbalance) {
            0
        } else if self.network.activation == Activation::Identity {
            8 * m.min(n.min(embedding) + outputs)
        } else {
            8 * m.min(wide(SAMPLED_NEURONS))
        }
    }
}
