//! Memory of tangent kernels, of the sums they come of, and of what is computed with them.

use crate::linalg::{EIGENVECTOR_MATRICES, eigenvalue_bytes};
use crate::spec::Layers;
use crate::train::{BLOCK, Shape, Sizes};

use super::symmetric_sum::GROUPS;
use super::{pattern_sum, symmetric_sum};

/// What a run does with tangent kernels.
#[derive(Clone, Copy, Debug)]
pub struct KernelUse {
    /// Whether all |v| are equal at the start.
    pub equal_output_weights: bool,
    /// Whether records are read off the kernel of their step.
    pub is_recorded: bool,
    /// Whether the network linearized at its start runs beside it.
    pub has_twin: bool,
}

impl KernelUse {
    /// Whether the kernel comes of counted neurons.
    pub fn counts_neurons(&self, shape: &Shape) -> bool {
        let has_kink = !shape.activation.is_smooth();
        let is_fixed = shape.layers == Layers::Hidden && self.equal_output_weights;
        has_kink && is_fixed && shape.sizes.outputs == 1
    }

    /// Bytes that kernels of records are summed in, from the first record on.
    pub fn held(&self, shape: &Shape) -> u128 {
        if self.is_recorded {
            self.summed_in(shape)
        } else {
            0
        }
    }

    /// Bytes beside these of a kernel with the partial sums it is reduced from, or its
    /// eigendecomposition; the kernel between test and training points likewise.
    pub fn passing(&self, shape: &Shape) -> u128 {
        let Sizes {
            n,
            n_test,
            outputs,
            embedding,
            ..
        } = shape.sizes;
        let (side, test_side) = (n * outputs, n_test * outputs);
        let layers = if shape.layers == Layers::Both { 2 } else { 1 };
        let square = 8 * side * side;
        let kernel = self.summed_in(shape) - self.held(shape) + layers * square;
        if !self.has_twin {
            return kernel.max(layers * square + eigenvalue_bytes(side));
        }
        let gram = 8 * (n * n_test + (n + n_test) * embedding);
        let cross = neuron_sum(test_side, side, shape) + (layers + 1) * 8 * side * test_side + gram;
        kernel
            .max((layers + EIGENVECTOR_MATRICES) * square)
            .max(cross + layers * square)
    }

    fn summed_in(&self, shape: &Shape) -> u128 {
        let side = shape.sizes.n * shape.sizes.outputs;
        if self.counts_neurons(shape) {
            pattern_sum::held(side, shape)
        } else {
            symmetric_sum::held(side, shape)
        }
    }
}

/// Partial sums of a matrix of doubles over groups of neurons, and their factors.
fn neuron_sum(rows: u128, columns: u128, shape: &Shape) -> u128 {
    let groups = shape.blocks().min(GROUPS as u128);
    let factors = groups.min(shape.threads) * BLOCK as u128 * (rows + columns);
    8 * groups * rows * columns + (8 + 2 * shape.real) * factors
}
