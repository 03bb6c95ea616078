//! Many steps of full-batch gradient descent in weight space that leave no features behind.
//!
//! Between two looks at a network nobody asks for H. Made for a few points at a time, it goes through σ
//! and into the sums while it is in the nearest cache, and what a step needs of the others is W and σ'(H).

use std::ops::ControlFlow;
use std::sync::MutexGuard;

use ndarray::Axis;
use rayon::prelude::*;

use crate::network::Real;

use super::block_sweep::{TOGETHER, add_up};
use super::columns::{entries_mut, multiply_into};
use super::descent::{Descended, Watch};
use super::passes::{CHUNK, Forward, points_per_chunk};
use super::{BlockWeights, Cancel, Cancelled, NeuronBlock, Problem, Trainer, crew};

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
        let work = |blocks: &mut &mut [NeuronBlock<R>], trainer: &Self| {
            let input = trainer.step_input();
            for block in blocks.iter_mut() {
                if cancel.check().is_err() {
                    return;
                }
                block.move_weights(input);
                block.forward_from_weights(input.problem);
            }
            add_up(blocks);
        };
        let between = |trainer: &mut Self, pieces: &[MutexGuard<'_, &mut [NeuronBlock<R>]>]| {
            if let Err(cancelled) = cancel.check() {
                return ControlFlow::Break(Err(cancelled));
            }
            trainer.set_outputs(pieces.iter().map(|blocks| &blocks[0].sums));
            done += 1;
            if done >= steps || watch.wants(trainer.loss()) {
                return ControlFlow::Break(Ok(()));
            }
            loss_before = trainer.loss();
            trainer.prepare_step();
            ControlFlow::Continue(())
        };
        self.with_blocks(|trainer, blocks| {
            let pieces = blocks.chunks_mut(TOGETHER).collect();
            crew::repeat(pieces, trainer, work, between)?;
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

/// H at the points of a chunk. On the stack, so that all blocks of a thread have the same lines of its cache.
#[repr(align(64))]
struct Features<R>([R; CHUNK]);

impl<R: Real> NeuronBlock<R> {
    /// Brings σ'(H) and the sums up to date with W, as [`Self::update_features`] and [`Self::forward`] do;
    /// H stays behind.
    fn forward_from_weights(&mut self, problem: &Problem<R>) {
        let (neurons, n) = self.h.dim();
        let chunk = points_per_chunk(neurons);
        let mut features = Features([R::zero(); CHUNK]);
        self.sums.fill(R::zero());
        let BlockWeights::Weights { w, .. } = &self.weights else {
            unreachable!("features follow from W in weight space");
        };
        let (Some(v), Some(sums)) = (self.v.as_slice(), self.sums.as_slice_mut()) else {
            unreachable!("V and the sums are contiguous by construction");
        };
        let mut forward = Forward {
            activation: problem.activation,
            v,
            shape: (neurons, n),
            kinks: None,
            value: &mut self.value,
            sums,
        };
        let slopes = entries_mut(&mut self.slope).chunks_mut(chunk * neurons);
        let points = problem.phi.axis_chunks_iter(Axis(0), chunk);
        for ((i, phi), slope) in points.enumerate().zip(slopes) {
            let h = &mut features.0[..slope.len()];
            multiply_into(problem.b, phi, w, h);
            forward.add(i * chunk, h, slope);
        }
    }
}
