//! One pass over all blocks of a network, and the outputs that follow from it.

use ndarray::ArrayView2;
use rayon::prelude::*;

use crate::network::Real;
use crate::simd::LINE;
use crate::task::{Cancel, Cancelled};

use super::loss::total_of;
use super::shape::Shape;
use super::{NeuronBlock, StepInput, Trainer};

/// Blocks that one thread does in a row, and adds up.
pub(super) const TOGETHER: usize = 2;

/// How the blocks of a pass are taken together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Grouping {
    /// Blocks that are changed together; a multiple of those added up.
    pub changed: usize,
    /// Blocks in a row whose Vσ(H) is added up before that of all others; it shows in the order of a sum.
    pub summed: usize,
}

/// Leaves the sums of a few blocks with the first of them.
fn add_up<R: Real>(blocks: &mut [NeuronBlock<R>]) {
    if let Some((first, others)) = blocks.split_first_mut() {
        others.iter().for_each(|other| first.sums += &other.sums);
    }
}

impl<R: Real> Trainer<R> {
    /// Applies `change` to every block, then computes f = aVσ(H) and R; gives the sum of what
    /// `change` gave.
    pub(super) fn sweep(
        &mut self,
        change: impl Fn(&mut NeuronBlock<R>, StepInput<'_, R>) -> f64 + Sync,
        cancel: &Cancel,
    ) -> Result<f64, Cancelled> {
        let grouping = Grouping {
            changed: TOGETHER,
            summed: TOGETHER,
        };
        self.sweep_together(grouping, |blocks, input| {
            let mut given = 0.0;
            for block in blocks {
                cancel.check()?;
                given += change(block, input);
                block.forward(input.problem);
            }
            Ok(given)
        })
    }

    /// The same for what changes some blocks together and brings them up to date.
    pub(super) fn sweep_together(
        &mut self,
        grouping: Grouping,
        change: impl Fn(&mut [NeuronBlock<R>], StepInput<'_, R>) -> Result<f64, Cancelled> + Sync,
    ) -> Result<f64, Cancelled> {
        let Grouping { changed, summed } = grouping;
        let pass = |blocks: &mut [NeuronBlock<R>], input: StepInput<'_, R>| {
            let given = change(blocks, input)?;
            blocks.chunks_mut(summed).for_each(add_up);
            Ok(given)
        };
        self.with_blocks(|trainer, blocks| {
            let input = trainer.step_input();
            let given = blocks
                .par_chunks_mut(changed)
                .map(|blocks| pass(blocks, input))
                .collect::<Result<Vec<_>, Cancelled>>()?;
            let sums = blocks.iter().step_by(summed);
            trainer.set_outputs(sums.map(|block| block.sums.view()));
            Ok(given.into_iter().sum())
        })
    }

    /// Works on the blocks, of which the trainer has none meanwhile.
    pub(super) fn with_blocks<T>(
        &mut self,
        work: impl FnOnce(&mut Self, &mut [NeuronBlock<R>]) -> T,
    ) -> T {
        let mut blocks = std::mem::take(&mut self.blocks);
        let result = work(self, &mut blocks);
        self.blocks = blocks;
        result
    }

    /// Takes f = aVσ(H) and R from the sums Vσ(H) of all blocks, or of some that were added up.
    pub(super) fn set_outputs<'a>(&mut self, sums: impl Iterator<Item = ArrayView2<'a, R>>) {
        let f = self.outputs_of(total_of(sums));
        self.fit.clear();
        self.fit.set(0, &f, self.problem.y.outer_iter());
    }

    /// What blocks need of the rest for a step.
    pub(super) fn step_input(&self) -> StepInput<'_, R> {
        StepInput {
            problem: &self.problem,
            gram: &self.gram,
            residual: &self.fit.residual,
            weighted_phi: self.weighted_inputs.get(),
            step: self.step,
            measured: self.measures_path,
        }
    }
}

/// Bytes within a pass: Vσ(H) of blocks that are added up, of each block at most, in whole lines.
pub(super) fn passing(shape: &Shape) -> u128 {
    let sums = shape.real * shape.sizes.n * shape.sizes.outputs + LINE as u128;
    shape.blocks() * sums
}
