//! Many steps of full-batch gradient descent in weight space that leave no features behind.
//!
//! Between two looks at a network nobody asks for H. Made for a few points at a time, it goes through σ
//! and into the sums while it is in the nearest cache, and what a step needs of the others is W and σ'(H).

use std::ops::ControlFlow;
use std::sync::MutexGuard;

use ndarray::{ArrayView2, Axis};
use rayon::prelude::*;

use crate::network::Real;

use crate::simd::{Aligned, in_lines};

use super::block::passes::{CHUNK, Forward, points_per_chunk};
use super::block_pass::TOGETHER;
use super::columns::{entries_mut, multiply_into};
use super::descent::Descended;
use super::watch::Watch;
use super::{BlockWeights, NeuronBlock, Problem, Trainer};
use crate::task::{Cancel, Cancelled, crew};

impl<R: Real> Trainer<R> {
    /// Whether steps in a row can do without H: in weight space, where V is held and no step is measured.
    pub(super) fn can_leave_features(&self) -> bool {
        let layers = self.problem.layers;
        let is_plain = layers.hidden() && !layers.output() && !self.measures_path;
        is_plain && self.storage.has_features() && !self.storage.is_sample_space()
    }

    /// As [`Self::descend`], with the same bits as steps one by one; everything is up to date afterwards.
    pub(super) fn descend_without_features(
        &mut self,
        steps: u64,
        watch: Watch,
        cancel: &Cancel,
    ) -> Result<Descended, Cancelled> {
        let mut done = 0;
        let mut loss_before = self.loss();
        self.prepare_step();
        let work = |share: &mut Share<'_, R>, trainer: &Self| {
            let input = trainer.step_input();
            let mut room = Room([[R::zero(); CHUNK]; 2]);
            share.sums.fill(R::zero());
            for block in share.blocks.iter_mut() {
                if cancel.check().is_err() {
                    return;
                }
                block.move_weights(input);
                block.forward_from_weights(input.problem, &mut room, share.sums);
            }
        };
        let shape = self.fit.residual.dim();
        let between = |trainer: &mut Self, shares: &[MutexGuard<'_, Share<'_, R>>]| {
            if let Err(cancelled) = cancel.check() {
                return ControlFlow::Break(Err(cancelled));
            }
            trainer.set_outputs(shares.iter().map(|share| share.sums(shape)));
            done += 1;
            if done >= steps || watch.wants(trainer.loss()) {
                return ControlFlow::Break(Ok(()));
            }
            loss_before = trainer.loss();
            trainer.prepare_step();
            ControlFlow::Continue(())
        };
        self.with_blocks(|trainer, blocks| {
            let line = in_lines::<R>(shape.0 * shape.1).max(1);
            let mut sums = Aligned::filled(R::zero(), blocks.len().div_ceil(TOGETHER) * line);
            let shares = blocks.chunks_mut(TOGETHER).zip(sums.chunks_mut(line));
            let shares = shares.map(|(blocks, sums)| Share { blocks, sums });
            crew::repeat(shares.collect(), trainer, work, between)?;
            let (problem, gram) = (&trainer.problem, &trainer.gram);
            blocks
                .par_iter_mut()
                .for_each(|block| block.update_features(problem, gram));
            Ok(())
        })?;
        self.steps_done += done;
        Ok(Descended {
            steps: done,
            loss_before: Some(loss_before),
        })
    }
}

/// Blocks that one thread does in a row.
struct Share<'a, R> {
    blocks: &'a mut [NeuronBlock<R>],
    /// Vσ(H) of these blocks, outputs × points. It lies beside that of the next share: who adds all
    /// of them up fetches half of them from another core.
    sums: &'a mut [R],
}

impl<R: Real> Share<'_, R> {
    /// The sums of the last pass, outputs × points.
    fn sums(&self, shape: (usize, usize)) -> ArrayView2<'_, R> {
        match ArrayView2::from_shape(shape, &self.sums[..shape.0 * shape.1]) {
            Ok(sums) => sums,
            Err(_) => unreachable!("there is a sum for each output and point"),
        }
    }
}

/// H and σ at the points of a chunk. On the stack, so that all blocks of a thread have the same lines of its cache.
#[repr(align(64))]
struct Room<R>([[R; CHUNK]; 2]);

impl<R: Real> NeuronBlock<R> {
    /// Brings σ'(H) up to date with W, and adds Vσ(H), outputs × points, to the first of `sums`, as
    /// [`Self::update_features`] and [`Self::forward`] do; H and the block's own sums stay behind.
    fn forward_from_weights(
        &mut self,
        problem: &Problem<R>,
        Room([h, value]): &mut Room<R>,
        sums: &mut [R],
    ) {
        let (neurons, n) = self.h.dim();
        let chunk = points_per_chunk(neurons);
        let BlockWeights::Weights { w, .. } = &self.weights else {
            unreachable!("features follow from W in weight space");
        };
        let Some(v) = self.v.as_slice() else {
            unreachable!("V is contiguous by construction");
        };
        let mut forward = Forward {
            activation: problem.activation,
            v,
            shape: (neurons, n),
            kinks: None,
            value,
            sums,
        };
        let slopes = entries_mut(&mut self.slope).chunks_mut(chunk * neurons);
        let points = problem.phi.axis_chunks_iter(Axis(0), chunk);
        for ((i, phi), slope) in points.enumerate().zip(slopes) {
            let h = &mut h[..slope.len()];
            multiply_into(problem.b, phi, w, h);
            forward.add(i * chunk, h, slope);
        }
    }
}
