//! Many steps of full-batch gradient descent in a row.

use crate::network::Real;
use crate::task::{Cancel, Cancelled};

use super::linear::descent::{self as linear_descent, LinearDescent};
use super::small::descent::{self as small_descent, SmallDescent};
use super::stepper::Stepper;
use super::{Trainer, Watch};

/// What came of [`Trainer::descend`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Descended {
    /// Steps done.
    pub steps: u64,
    /// Loss before the last of them; `None` where the network was up to date after each one, so that
    /// everybody could have looked.
    pub loss_before: Option<f64>,
}

impl<R: Real> Trainer<R> {
    /// Has full-batch gradient descent done by kernels made for networks of this kind, where there are
    /// any: the same iteration to rounding, with fewer operations. Whether there are depends on the
    /// problem and the width alone. For a trainer that has done no step and is moved by
    /// [`Self::step`] and [`Self::descend`] only.
    pub fn prepare_descent(&mut self) {
        if !self.storage.has_features() {
            return;
        }
        let weights: usize = self
            .blocks
            .iter()
            .map(|block| block.trained_weights().len())
            .sum();
        if linear_descent::is_for(self.problem.activation, weights as u128) {
            let linear = LinearDescent::new(&self.problem, &self.blocks, &self.gram);
            self.stepper = Some(Stepper::Linear(Box::new(linear)));
            return;
        }
        let is_plain = !self.storage.is_sample_space() && self.output_bias.is_none();
        if let [block] = &self.blocks[..]
            && is_plain
            && small_descent::is_for(&self.problem, block.neurons())
        {
            let small = SmallDescent::new(&self.problem, block);
            self.stepper = Some(Stepper::Small(Box::new(small)));
        }
    }

    /// Does up to `steps` steps of full-batch gradient descent, at least one. Comes back after the first
    /// one whose loss is among those of `watch`, or nearly; or after any other one. The features and
    /// the residual may stay behind until [`Self::refresh`].
    ///
    /// # Errors
    /// [`Cancelled`] once `cancel` is raised; the trainer must not be used any more.
    pub fn descend(
        &mut self,
        steps: u64,
        watch: Watch,
        cancel: &Cancel,
    ) -> Result<Descended, Cancelled> {
        let Some(mut stepper) = self.stepper.take() else {
            if steps > 1 && self.can_leave_features() {
                return self.descend_without_features(steps, watch, cancel);
            }
            self.step(cancel)?;
            return Ok(Descended {
                steps: 1,
                loss_before: None,
            });
        };
        stepper.load(&self.problem, &self.blocks, self.output_bias.as_ref());
        let factor = self.problem.loss_factor;
        let mut done = 0;
        loop {
            cancel.check()?;
            let bias = self.output_bias.as_mut();
            let squared_length = stepper.step(&self.problem, self.step, bias, self.measures_path);
            self.path_length += squared_length.sqrt();
            done += 1;
            if done >= steps || watch.wants(factor * stepper.loss()) {
                break;
            }
        }
        stepper.store(&mut self.blocks);
        let loss_before = Some(factor * stepper.loss_before());
        self.steps_done += done;
        self.is_behind = true;
        self.stepper = Some(stepper);
        Ok(Descended {
            steps: done,
            loss_before,
        })
    }

    /// The residual of a network that was made for [`Self::descend`], as that sees it, so that it is the
    /// same whether steps were just done or the weights come from elsewhere.
    pub(super) fn refresh_residual(&mut self) {
        if let Some(mut stepper) = self.stepper.take() {
            stepper.load(&self.problem, &self.blocks, self.output_bias.as_ref());
            stepper.store_fit(&mut self.fit);
            self.stepper = Some(stepper);
        }
    }
}
