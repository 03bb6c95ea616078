//! The rows of a linear network's weights, a block of neurons at a time, laid out for its passes.

use ndarray::Array2;

use crate::network::Real;
use crate::simd::{Aligned, Level, in_lines};

use super::pass::{LinearPass, ROWS};
use crate::train::{BlockWeights, NeuronBlock};

/// The weights of a block of neurons, and the sums over them that the outputs are made of.
#[derive(Clone, Debug)]
pub(in crate::train) struct LinearRows<R> {
    /// C or W, rows × columns.
    x: Aligned<R>,
    /// H0, rows × points; empty in weight space.
    h0: Aligned<R>,
    /// V, rows × outputs.
    v: Aligned<R>,
    gradient: Vec<R>,
    /// VX, outputs × columns.
    pub sum_x: Aligned<R>,
    /// VH0, outputs × points; empty in weight space.
    pub sum_h0: Aligned<R>,
}

/// What all rows need of a step.
#[derive(Clone, Copy, Debug)]
pub(in crate::train) struct LinearStep<'a, R> {
    /// bRΦΦᵀ or bRΦ, outputs × columns.
    pub pulled: &'a [R],
    /// R, outputs × points.
    pub residual: &'a [R],
    /// κ and G of the step X ← X + κVᵀG.
    pub hidden: Option<(R, &'a [R])>,
    /// κ of the step V ← V + κRHᵀ.
    pub output: Option<R>,
}

impl<R: Real> LinearRows<R> {
    /// Room for the weights of a block, and its H0.
    pub(in crate::train) fn new(block: &NeuronBlock<R>) -> Self {
        let rows = block.neurons().next_multiple_of(ROWS);
        let outputs = block.v.nrows();
        let (columns, points) = match &block.weights {
            BlockWeights::Weights { w, .. } => (in_lines::<R>(w.ncols()), 0),
            BlockWeights::Coefficients { c, .. } => {
                let points = in_lines::<R>(c.ncols());
                (points, points)
            }
        };
        let zeros = |length| Aligned::filled(R::zero(), length);
        let mut h0 = zeros(rows * points);
        if points > 0 {
            copy_rows(&block.h0, &mut h0, points);
        }
        Self {
            x: zeros(rows * columns),
            h0,
            v: zeros(rows * outputs),
            gradient: vec![R::zero(); ROWS * outputs],
            sum_x: zeros(outputs * columns),
            sum_h0: zeros(outputs * points),
        }
    }

    /// Entries of W or C, and of H0.
    pub(in crate::train) fn weights(&self) -> usize {
        self.x.len() + self.h0.len()
    }

    /// Floats held.
    pub(in crate::train) fn floats(&self) -> usize {
        let sums = self.sum_x.len() + self.sum_h0.len();
        self.x.len() + self.h0.len() + self.v.len() + self.gradient.len() + sums
    }

    /// Takes the weights of the block.
    pub(in crate::train) fn load(&mut self, block: &NeuronBlock<R>) {
        let weights = match &block.weights {
            BlockWeights::Weights { w, .. } => w,
            BlockWeights::Coefficients { c, .. } => c,
        };
        let columns = self.sum_x.len() / block.v.nrows();
        copy_rows(weights, &mut self.x, columns);
        let outputs = block.v.nrows();
        for (v, of_block) in self.v.chunks_exact_mut(outputs).zip(block.v.columns()) {
            v.iter_mut().zip(of_block).for_each(|(v, x)| *v = *x);
        }
    }

    /// Gives the block its weights.
    pub(in crate::train) fn store(&self, block: &mut NeuronBlock<R>) {
        let outputs = block.v.nrows();
        let columns = self.sum_x.len() / outputs;
        let weights = block.moving();
        for (x, mut row) in self.x.chunks_exact(columns).zip(weights.outer_iter_mut()) {
            row.iter_mut().zip(x).for_each(|(w, x)| *w = *x);
        }
        for (v, mut of_block) in self.v.chunks_exact(outputs).zip(block.v.columns_mut()) {
            of_block.iter_mut().zip(v).for_each(|(v, x)| *v = *x);
        }
    }

    /// Does a step, and forms the sums of the new weights.
    pub(in crate::train) fn step(&mut self, level: Level, step: LinearStep<'_, R>) {
        level.run(LinearPass {
            x: &mut self.x,
            h0: &self.h0,
            v: &mut self.v,
            gradient: &mut self.gradient,
            pulled: step.pulled,
            residual: step.residual,
            hidden: step.hidden,
            output: step.output,
            sum_x: &mut self.sum_x,
            sum_h0: &mut self.sum_h0,
        });
    }

    /// V_p·V_q of two outputs, over the rows.
    pub(in crate::train) fn output_product(&self, p: usize, q: usize) -> f64 {
        let outputs = self.gradient.len() / ROWS;
        let products = self
            .v
            .chunks_exact(outputs)
            .map(|v| v[p].double() * v[q].double());
        products.sum()
    }
}

/// Copies a matrix to one whose rows have `columns` floats.
fn copy_rows<R: Real>(from: &Array2<R>, to: &mut [R], columns: usize) {
    for (row, to) in from.outer_iter().zip(to.chunks_exact_mut(columns)) {
        row.iter().zip(to).for_each(|(x, to)| *to = *x);
    }
}
