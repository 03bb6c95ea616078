//! Features of sample space that evolve by themselves, without W or C.
//!
//! A step takes H by −γsab²·diag(v)·σ'(H)·diag(R)·ΦΦᵀ. Of ReLU the entries of σ'(H) are 0 and 1, of leaky ReLU the leak
//! and 1, so the product needs no multiplications, and the terms of four points are added up beforehand.
//! What rounding takes off H is kept beside it, so that no number of small steps is lost.

use crate::network::{Activation, LEAK, Real};
use crate::simd::{SubsetPart, SubsetProduct, SubsetSums};
use crate::spec::Layers;

use super::block::passes::BackPropagate;
use super::block_pass::Grouping;
use super::columns::{entries, entries_mut, zeros};
use super::shape::{Shape, Sizes};
use super::{BLOCK, BlockWeights, NeuronBlock, StepInput, Storage, Trainer};
use crate::task::{Cancel, Cancelled};

/// Most points of which sums are looked up: at so many a step is still 1.2 to 1.4 times as fast as by a product, and
/// of more nothing was measured.
const MOST_POINTS: usize = 2048;

/// Whether features of a network evolve by themselves under full-batch gradient descent: of σ with
/// slopes of two values and one output, in sample space.
pub fn evolves(
    activation: Activation,
    layers: Layers,
    storage: Storage,
    points: usize,
    outputs: usize,
) -> bool {
    let two_slopes = matches!(activation, Activation::Relu | Activation::LeakyRelu);
    let is_trained = layers.hidden() && storage.is_sample_space();
    two_slopes && is_trained && outputs == 1 && points <= MOST_POINTS
}

/// Bytes held for it where features evolve: what rounding takes off H and sums of ΦΦᵀdiag(R); and what a step
/// of it takes: tables, and the indices of the blocks in work.
pub(super) fn held(shape: &Shape) -> u128 {
    if !shape.evolves {
        return 0;
    }
    let Sizes { neurons, n, .. } = shape.sizes;
    let sums = neurons * n + SubsetSums::<f32>::floats_of(n, n);
    let at_work = neurons.min(shape.threads * (MOST_TOGETHER * BLOCK) as u128);
    let tables = shape.threads * SubsetSums::<f32>::passing_floats(n);
    shape.real * (sums + tables + SubsetSums::<f32>::indices_of(n, at_work))
}

impl<R: Real> Trainer<R> {
    /// What features evolve by in the step that follows; `None` where they follow from C.
    pub(super) fn take_evolution(&mut self) -> Option<SubsetSums<R>> {
        let problem = &self.problem;
        let (n, outputs) = (problem.n(), problem.outputs());
        if !evolves(problem.activation, problem.layers, self.storage, n, outputs) {
            return None;
        }
        let low = match problem.activation {
            Activation::LeakyRelu => R::of(LEAK),
            _ => R::zero(),
        };
        let sums = self.evolution.take();
        let mut sums = sums.unwrap_or_else(|| SubsetSums::new(n, n, low));
        let (Some(gram), Some(residual)) = (self.gram.as_slice(), self.fit.residual.as_slice())
        else {
            unreachable!("the Gram matrix and R are contiguous by construction");
        };
        sums.update(gram, residual);
        Some(sums)
    }

    /// A gradient step by what was taken, which is put back. Gives ‖ΔW‖_F² where that is wanted, else 0.
    pub(super) fn evolve(
        &mut self,
        sums: SubsetSums<R>,
        cancel: &Cancel,
    ) -> Result<f64, Cancelled> {
        let mut grouping = grouping(self.blocks.len(), rayon::current_num_threads());
        if self.measures_path {
            // The length of a step is a sum over blocks that are together.
            grouping.changed = grouping.summed;
        }
        let squared_length = self.sweep_together(grouping, |blocks, input| {
            cancel.check()?;
            let squared_length = step_together(blocks, &sums, input, cancel);
            for block in blocks {
                cancel.check()?;
                block.forward(input.problem);
            }
            Ok(squared_length)
        })?;
        self.evolution = Some(sums);
        Ok(squared_length)
    }
}

/// Most blocks that look up the same tables; at thirty-two, whose indices fill the second cache, a step takes longer.
const MOST_TOGETHER: usize = 16;

/// Most blocks that are added up before all others.
const MOST_SUMMED: usize = 8;

/// How many blocks of so many look up the same tables, which is left to the number of threads, and how many of them are
/// added up, which is not, for the order of a sum shows.
fn grouping(blocks: usize, threads: usize) -> Grouping {
    let summed = (blocks / 8).clamp(2, MOST_SUMMED);
    let share = (blocks / threads.max(1)).min(MOST_TOGETHER);
    Grouping {
        changed: summed * (share / summed).max(1),
        summed,
    }
}

/// A gradient step of a few blocks, as [`NeuronBlock::step`] does it one by one; part of one after a cancel.
fn step_together<R: Real>(
    blocks: &mut [NeuronBlock<R>],
    sums: &SubsetSums<R>,
    input: StepInput<'_, R>,
    cancel: &Cancel,
) -> f64 {
    let problem = input.problem;
    let scale =
        -input.step * problem.hidden_step_factor * problem.loss_factor * problem.a * problem.b;
    if problem.layers.output() {
        blocks
            .iter_mut()
            .for_each(|block| block.output_gradient(input));
    }
    let pulls = |blocks: &[NeuronBlock<R>]| -> f64 {
        blocks
            .iter()
            .map(|block| block.pull_of_features(input))
            .sum()
    };
    let before = pulls(blocks);
    let parts = blocks.iter_mut().map(|block| block.evolve(scale, input));
    SubsetProduct {
        x: sums,
        parts: parts.collect(),
    }
    .run(&|| cancel.check().is_err());
    // ‖ΔW‖_F² = (c/b)·Σ A ⊙ ΔH. Rounding can leave a tiny negative number where nothing moved.
    let squared_length = (scale / problem.b * (pulls(blocks) - before)).max(0.0);
    if problem.layers.output() {
        blocks.iter_mut().for_each(|block| block.step_output(input));
    }
    squared_length
}

impl<R: Real> NeuronBlock<R> {
    /// C ← C + cA with A = (VᵀR) ⊙ σ'(H); gives what takes H by cb·A·ΦΦᵀ.
    fn evolve(&mut self, scale: f64, input: StepInput<'_, R>) -> SubsetPart<'_, R> {
        let BlockWeights::Coefficients { c, lost, .. } = &mut self.weights else {
            unreachable!("features evolve in sample space");
        };
        let mut pass = BackPropagate::new(&self.v, input.residual, &mut self.slope);
        pass.coefficients = Some((entries_mut(c), R::of(scale)));
        pass.run();
        let factor = R::of(scale * input.problem.b);
        let lost = lost.get_or_insert_with(|| zeros(self.h.dim()));
        SubsetPart {
            s: entries(&self.slope),
            factors: self.v.iter().map(|v| factor * *v).collect(),
            sum: entries_mut(&mut self.h),
            lost: entries_mut(lost),
        }
    }

    /// Σ (VᵀR) ⊙ σ'(H) ⊙ H of one output with the slopes held, where the length of the step is wanted; else 0.
    fn pull_of_features(&self, input: StepInput<'_, R>) -> f64 {
        if !input.measured {
            return 0.0;
        }
        let neurons = self.neurons();
        let slopes = entries(&self.slope).chunks_exact(neurons);
        let points = slopes.zip(entries(&self.h).chunks_exact(neurons));
        let of_point = |(slopes, h): (&[R], &[R])| -> f64 {
            let terms = self.v.iter().zip(slopes.iter().zip(h));
            terms
                .map(|(v, (slope, h))| v.double() * slope.double() * h.double())
                .sum()
        };
        let residual = input.residual.iter();
        points
            .zip(residual)
            .map(|(point, r)| r.double() * of_point(point))
            .sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn threads_share_tables_as_widely_as_all_of_them_have_work() {
        let of = |blocks, threads| {
            let Grouping { changed, summed } = grouping(blocks, threads);
            [changed, summed]
        };
        // B3-1024, B3-8192 and C1-2000 on two threads, and sixteen blocks on other numbers of them.
        assert_eq!(of(16, 2), [8, 2]);
        assert_eq!(of(128, 2), [16, 8]);
        assert_eq!(of(32, 2), [16, 4]);
        assert_eq!(of(16, 1), [16, 2]);
        assert_eq!(of(16, 3), [4, 2]);
        assert_eq!(of(16, 8), [2, 2]);
        for (blocks, threads) in (0..300).flat_map(|blocks| [1, 2, 3, 8, 64].map(|t| (blocks, t))) {
            let Grouping { changed, summed } = grouping(blocks, threads);
            assert_eq!(summed, grouping(blocks, 1).summed);
            assert!(changed.is_multiple_of(summed) && (2..=16).contains(&changed));
        }
    }
}
