//! Sums of PPᵀ over blocks of neurons, of which half the entries are computed.

use ndarray::{Array2, ArrayView1, s};
use rayon::prelude::*;

use crate::network::Real;
use crate::simd::{Base, Level, Matrix, Product};
use crate::task::{Cancel, Cancelled};
use crate::train::{NeuronBlock, Shape};

/// Partial sums a kernel is reduced from, in order; fixed, so that results do not depend on the
/// number of threads.
pub const GROUPS: usize = 4;

/// Points whose columns are computed together.
const STRIP: usize = 128;

/// Memory of such a sum. To be kept for the next one of the same size: at every record a fresh one would
/// cost more than the products do.
#[derive(Debug, Default)]
pub(in crate::observe) struct SymmetricSum {
    groups: Vec<Group>,
    /// A matrix of the sum's size that is not in use.
    spare: Array2<f64>,
}

impl SymmetricSum {
    /// Σ over blocks of PPᵀ for the P (points·outputs × neurons) that `factor` writes.
    ///
    /// # Errors
    /// [`Cancelled`] once `cancel` is raised.
    pub(in crate::observe) fn of<R: Real>(
        &mut self,
        blocks: &[NeuronBlock<R>],
        cancel: &Cancel,
        factor: impl Fn(&NeuronBlock<R>, &mut Array2<f64>) + Sync,
    ) -> Result<Array2<f64>, Cancelled> {
        let blocks: Vec<_> = blocks
            .chunks(blocks.len().div_ceil(GROUPS).max(1))
            .collect();
        self.groups.resize_with(blocks.len(), Group::default);
        self.groups
            .par_iter_mut()
            .zip(blocks)
            .try_for_each(|(group, blocks)| {
                group.clear();
                for block in blocks {
                    cancel.check()?;
                    factor(block, &mut group.factor);
                    group.add();
                }
                Ok(())
            })?;
        Ok(self.total())
    }

    /// Takes a sum that is used no more, for the next one.
    pub(in crate::observe) fn give_back(&mut self, total: Array2<f64>) {
        self.spare = total;
    }

    /// A square matrix of zeros, in standard layout.
    pub(in crate::observe) fn fresh(&mut self, side: usize) -> Array2<f64> {
        let mut spare = std::mem::take(&mut self.spare);
        if spare.dim() == (side, side) && spare.is_standard_layout() {
            spare.fill(0.0);
            return spare;
        }
        Array2::zeros((side, side))
    }

    /// The sum of the groups, added in order, as a whole matrix.
    fn total(&mut self) -> Array2<f64> {
        let side = self.groups.first().map_or(0, |group| group.factor.nrows());
        let mut total = self.fresh(side);
        for strip in 0..side.div_ceil(STRIP) {
            let (start, end) = range(side, strip);
            let mut upper = total.slice_mut(s![..end, start..end]);
            for group in &self.groups {
                let rows = group.strips[strip].chunks_exact(end - start);
                for (mut upper, row) in upper.outer_iter_mut().zip(rows) {
                    upper += &ArrayView1::from(row);
                }
            }
        }
        mirror(&mut total);
        total
    }
}

/// The partial sum of some blocks.
#[derive(Debug, Default)]
struct Group {
    /// P of the block in work.
    factor: Array2<f64>,
    /// Columns of Pᵀ.
    columns: Vec<f64>,
    /// The upper half of the sum: strips of columns down to the diagonal, row after row.
    strips: Vec<Vec<f64>>,
}

impl Group {
    /// Starts anew.
    fn clear(&mut self) {
        self.strips.iter_mut().for_each(|strip| strip.fill(0.0));
    }

    /// Adds PPᵀ.
    fn add(&mut self) {
        let (side, neurons) = self.factor.dim();
        let count = side.div_ceil(STRIP);
        self.strips.resize_with(count, Vec::new);
        let Some(data) = self.factor.as_slice() else {
            unreachable!("factors are in standard layout");
        };
        for (strip, out) in self.strips.iter_mut().enumerate() {
            let (start, end) = range(side, strip);
            out.resize(end * (end - start), 0.0);
            self.columns.clear();
            let rows = &data[start * neurons..end * neurons];
            for neuron in 0..neurons {
                let column = rows.iter().skip(neuron).step_by(neurons);
                self.columns.extend(column);
            }
            Level::current().run(Product {
                x: Matrix {
                    data,
                    shape: [end, neurons],
                    row_stride: neurons,
                    column_stride: 1,
                },
                s: &self.columns,
                s_rows: None,
                width: end - start,
                alpha: 1.0,
                scales: None,
                base: Base::Out,
                out,
                out_rows: None,
            });
        }
    }
}

/// First and last column of a strip, and one more.
fn range(side: usize, strip: usize) -> (usize, usize) {
    (strip * STRIP, ((strip + 1) * STRIP).min(side))
}

/// Copies the upper half of a square matrix to the lower one, a piece after the other, so that both
/// stay in the cache.
pub(in crate::observe) fn mirror(matrix: &mut Array2<f64>) {
    let side = matrix.nrows();
    for start in (0..side).step_by(STRIP) {
        let end = (start + STRIP).min(side);
        for first in (0..end).step_by(STRIP) {
            for i in start..end {
                for j in first..(first + STRIP).min(i) {
                    matrix[[i, j]] = matrix[[j, i]];
                }
            }
        }
    }
}

/// Bytes of a [`SymmetricSum`] with so many rows: upper halves of the partial sums over groups of neurons, and their
/// factors.
pub(in crate::observe) fn held(side: u128, shape: &Shape) -> u128 {
    let strip = (STRIP as u128).min(side);
    let groups = shape.blocks().min(GROUPS as u128);
    8 * groups * (side * (side + strip) / 2 + shape.block() * (side + strip))
}
