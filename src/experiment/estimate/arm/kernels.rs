//! Memory of kernels, of the sums they come of, and of what is computed with them.

use crate::observe::{GROUPS, STRIP};
use crate::spec::{Layers, Observable, OutputInit, Preset};
use crate::train::BLOCK;

use super::{ArmShape, threads, wide};
use crate::experiment::storage::has_kernels;

/// Halves of square matrices of doubles while eigenvalues are computed: the matrix, and half of it in tiles.
const EIGENVALUE_HALVES: u128 = 3;

/// Bytes beside that for each row: reflections, vectors, and the upper halves of tiles on the diagonal.
const EIGENVALUE_ROW: u128 = 512;

/// The same with eigenvectors: a larger workspace, the vectors, and the vectors handed back.
const EIGENVECTOR_MATRICES: u128 = 7;

/// Whether all |v| are equal at the start.
pub(super) fn has_equal_weights(preset: &Preset) -> bool {
    let is_equal = match preset.init.output {
        OutputInit::Rademacher(_) => true,
        OutputInit::SignedHalves => preset.network.width.is_multiple_of(2),
        OutputInit::Gaussian(_) => false,
    };
    is_equal && preset.init.weights.is_none()
}

impl ArmShape {
    /// What kernels of records are summed in, from the first record on.
    pub(super) fn sums_held(&self) -> u128 {
        let [_, n, _, outputs, _] = self.dimensions();
        if self.has(|o| o.needs_kernel() && *o != Observable::LazyGap) {
            self.symmetric_sum(n * outputs)
        } else {
            0
        }
    }

    /// A kernel with the partial sums it is reduced from, or its eigendecomposition; the kernel
    /// between test and training points likewise.
    pub(super) fn kernel_passing(&self) -> u128 {
        let [_, n, n_test, outputs, embedding] = self.dimensions();
        let points = (self.data.n, self.data.outputs);
        if !has_kernels(self.storage(), self.step_unit, &self.observables, points) {
            return 0;
        }
        let (side, test_side) = (n * outputs, n_test * outputs);
        let layers = if self.layers == Layers::Both { 2 } else { 1 };
        let square = 8 * side * side;
        let kernel = self.symmetric_sum(side) - self.sums_held() + layers * square;
        if !self.has(|o| *o == Observable::LazyGap) {
            let eigenvalues = EIGENVALUE_HALVES * square / 2 + EIGENVALUE_ROW * side;
            return kernel.max(layers * square + eigenvalues);
        }
        let gram = 8 * (n * n_test + (n + n_test) * embedding);
        let cross = self.reduction(test_side, side) + (layers + 1) * 8 * side * test_side + gram;
        kernel
            .max((layers + EIGENVECTOR_MATRICES) * square)
            .max(cross + layers * square)
    }

    /// Whether the kernel comes of counted neurons.
    pub(super) fn counts_neurons(&self) -> bool {
        let has_kink = !self.network.activation.is_smooth();
        let is_fixed = self.layers == Layers::Hidden && self.equal_output_weights;
        has_kink && is_fixed && self.data.outputs == 1
    }

    /// Upper halves of the partial sums of a symmetric matrix over groups of neurons, and their factors;
    /// where neurons are counted, a word for each block and point, twice.
    fn symmetric_sum(&self, side: u128) -> u128 {
        let neurons = self.dimensions()[0];
        if self.counts_neurons() {
            return 2 * 8 * side * neurons.div_ceil(wide(BLOCK));
        }
        let block = wide(BLOCK).min(neurons);
        let strip = wide(STRIP).min(side);
        8 * self.groups() * (side * (side + strip) / 2 + block * (side + strip))
    }

    fn groups(&self) -> u128 {
        let blocks = self.dimensions()[0].div_ceil(wide(BLOCK));
        blocks.min(wide(GROUPS))
    }

    /// Partial sums of a matrix of doubles over groups of neurons, and their factors.
    pub(super) fn reduction(&self, rows: u128, columns: u128) -> u128 {
        let groups = self.groups();
        let factors = groups.min(threads()) * wide(BLOCK) * (rows + columns);
        8 * groups * rows * columns + (8 + 2 * self.real()) * factors
    }
}
