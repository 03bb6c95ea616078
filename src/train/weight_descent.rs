//! Many steps of full-batch gradient descent in weight space that leave no features behind.
//!
//! Between two looks at a network nobody asks for H. Made for a few points at a time, it goes through σ
//! and into the sums while it is in the nearest cache, and what a step needs of the others is W and σ'(H).

use rayon::prelude::*;

use crate::network::Real;

use super::columns::{entries_mut, multiply_into};
use super::descent::{Descended, Watch};
use super::passes::{Outputs, points_per_chunk};
use super::trainer::TOGETHER;
use super::{BlockWeights, Cancel, Cancelled, NeuronBlock, Problem, Trainer};

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
        let loss_before = loop {
            let loss_before = self.loss();
            self.prepare_step();
            self.sweep_together(TOGETHER, |blocks, input| {
                for block in blocks {
                    cancel.check()?;
                    block.move_weights(input);
                    block.forward_from_weights(input.problem);
                }
                Ok(0.0)
            })?;
            done += 1;
            if done >= steps || watch.wants(self.loss()) {
                break loss_before;
            }
        };
        let (problem, gram) = (&self.problem, &self.gram);
        self.blocks
            .par_iter_mut()
            .for_each(|block| block.update_features(problem, gram));
        self.steps_done += done;
        Ok(Descended {
            steps: done,
            loss_before: Some(loss_before),
        })
    }
}

impl<R: Real> NeuronBlock<R> {
    /// Brings σ'(H) and the sums up to date with W, as [`Self::update_features`] and [`Self::forward`] do.
    /// H holds that of no point afterwards.
    fn forward_from_weights(&mut self, problem: &Problem<R>) {
        let (neurons, n) = self.h.dim();
        let chunk = points_per_chunk(neurons);
        self.sums.fill(R::zero());
        let BlockWeights::Weights { w, .. } = &self.weights else {
            unreachable!("features follow from W in weight space");
        };
        let (Some(v), Some(sums)) = (self.v.as_slice(), self.sums.as_slice_mut()) else {
            unreachable!("V and the sums are contiguous by construction");
        };
        let slopes = entries_mut(&mut self.slope).chunks_mut(chunk * neurons);
        let points = problem.phi.axis_chunks_iter(ndarray::Axis(0), chunk);
        for ((i, phi), slope) in points.enumerate().zip(slopes) {
            let h = &mut entries_mut(&mut self.h)[..slope.len()];
            multiply_into(problem.b, phi, w, h);
            let value = &mut self.value[..slope.len()];
            problem.activation.map(h, value, slope);
            Outputs {
                value,
                v,
                neurons,
                points: (n, i * chunk),
                sums,
            }
            .add();
        }
    }
}
