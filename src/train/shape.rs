//! What the memory and the work of training depend on.

use crate::spec::{Activation, Layers, Method};

use super::Storage;

/// Neurons of a block; the last one may be smaller.
pub const BLOCK: usize = 64;

/// Sizes of a network and its data. 128 bits hold the product of any three that a preset may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sizes {
    /// Neurons iterated on.
    pub neurons: u128,
    /// Training points n.
    pub n: u128,
    /// Test points, with the cells of the plane that outputs are evaluated in.
    pub n_test: u128,
    /// Outputs.
    pub outputs: u128,
    /// Dimension D of the embedded points, with the constant feature of a bias.
    pub embedding: u128,
}

/// What the memory and the work of a network in training depend on.
#[derive(Clone, Copy, Debug)]
pub struct Shape {
    /// Sizes of what is iterated on.
    pub sizes: Sizes,
    /// Width m of the network: more than the neurons iterated on where it is reduced.
    pub width: u128,
    /// Whether the neurons are combinations of those of the network.
    pub is_reduced: bool,
    /// Whether W(0) is given, and not drawn when it is needed.
    pub is_given: bool,
    /// Activation σ.
    pub activation: Activation,
    /// Layers trained.
    pub layers: Layers,
    /// Training method.
    pub method: Method,
    /// Steps of the run at most.
    pub steps: u128,
    /// What is held beside the weights.
    pub storage: Storage,
    /// Whether the features evolve by themselves.
    pub evolves: bool,
    /// Bytes of a float.
    pub real: u128,
    /// Threads at work.
    pub threads: u128,
}

impl Shape {
    /// Blocks of neurons.
    pub fn blocks(&self) -> u128 {
        self.sizes.neurons.div_ceil(BLOCK as u128)
    }

    /// Rows of the tangent kernel, n·outputs.
    pub fn side(&self) -> u128 {
        self.sizes.n * self.sizes.outputs
    }

    /// Neurons of the largest block.
    pub fn block(&self) -> u128 {
        self.sizes.neurons.min(BLOCK as u128)
    }

    /// Training points whose features are held: all or none.
    pub(super) fn points_held(&self) -> u128 {
        if self.storage.has_features() {
            self.sizes.n
        } else {
            0
        }
    }

    /// Columns of what training moves: D in weight space, n in sample space, with what rounding takes off
    /// them where features evolve; 0 where W is fixed.
    pub(super) fn moved(&self) -> u128 {
        match (self.layers.hidden(), self.storage.is_sample_space()) {
            (false, _) => 0,
            (true, true) if self.evolves => 3 * self.sizes.n,
            (true, true) => self.sizes.n,
            (true, false) => self.sizes.embedding,
        }
    }
}
