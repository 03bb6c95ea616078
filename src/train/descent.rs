//! Many steps of full-batch gradient descent in a row.

use crate::network::{Activation, Real};
use crate::spec::Layers;

use super::linear::descent::{self as linear_descent, LinearDescent};
use super::loss::Fit;
use super::output_bias::OutputBias;
use super::small::descent::{self as small_descent, SmallDescent};
use super::{NeuronBlock, Problem, Trainer};
use crate::task::{Cancel, Cancelled};

/// Part of a limit by which the losses seen on the way may be off, and more: who comes nearer to it is
/// looked at exactly.
const MARGIN: f64 = 1e-3;

/// The losses at which somebody wants to look at a network between two steps, as [`Trainer::loss`]
/// gives them. NaN is one of them.
#[derive(Clone, Copy, Debug)]
pub struct Watch {
    /// At and below this.
    pub low: f64,
    /// Above this.
    pub high: f64,
}

impl Watch {
    /// All losses.
    pub const EVERYTHING: Self = Self {
        low: f64::INFINITY,
        high: f64::INFINITY,
    };

    /// Whether a loss could be one of them.
    pub(super) fn wants(self, loss: f64) -> bool {
        let is_between = loss > self.low * (1.0 + MARGIN) && loss < self.high * (1.0 - MARGIN);
        !is_between
    }
}

/// What came of [`Trainer::descend`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Descended {
    /// Steps done.
    pub steps: u64,
    /// Loss before the last of them; `None` where the network was up to date after each one, so that
    /// everybody could have looked.
    pub loss_before: Option<f64>,
}

/// Full-batch gradient descent of a kind of networks, by kernels with a state of their own.
#[derive(Clone, Debug)]
pub(super) enum Stepper<R> {
    Linear(Box<LinearDescent<R>>),
    Small(Box<SmallDescent<R>>),
}

impl<R: Real> Stepper<R> {
    fn load(
        &mut self,
        problem: &Problem<R>,
        blocks: &[NeuronBlock<R>],
        bias: Option<&OutputBias<R>>,
    ) {
        match self {
            Self::Linear(linear) => linear.load(problem, blocks, bias),
            Self::Small(small) => blocks.iter().for_each(|block| small.load(block)),
        }
    }

    /// One step of all trained layers; gives ‖ΔW‖_F² where it is measured, else 0.
    fn step(
        &mut self,
        problem: &Problem<R>,
        step: f64,
        bias: Option<&mut OutputBias<R>>,
        measured: bool,
    ) -> f64 {
        match self {
            Self::Linear(linear) => linear.step(problem, step, bias, measured),
            Self::Small(small) => small.step(problem, step, measured),
        }
    }

    /// Loss without its factor, to a part of [`MARGIN`].
    fn loss(&self) -> f64 {
        match self {
            Self::Linear(linear) => linear.losses()[0],
            Self::Small(small) => small.loss(),
        }
    }

    /// Loss without its factor before the last step, exactly.
    fn loss_before(&self) -> f64 {
        match self {
            Self::Linear(linear) => linear.losses()[1],
            Self::Small(small) => small.loss_before(),
        }
    }

    /// Gives the blocks the weights.
    fn store(&self, blocks: &mut [NeuronBlock<R>]) {
        match self {
            Self::Linear(linear) => linear.store(blocks),
            Self::Small(small) => blocks.iter_mut().for_each(|block| small.store(block)),
        }
    }

    /// Gives the outputs and the residual.
    fn store_fit(&self, fit: &mut Fit<R>) {
        match self {
            Self::Linear(linear) => fit.clone_from(linear.fit()),
            Self::Small(small) => small.store_fit(fit),
        }
    }

    /// Floats held.
    pub(super) fn floats(&self) -> usize {
        match self {
            Self::Linear(linear) => linear.floats(),
            Self::Small(small) => small.floats(),
        }
    }
}

/// Floats that [`Trainer::prepare_descent`] takes at most for networks of a kind, of m neurons on n
/// points with D inputs; [m, n, D, outputs].
pub fn descent_floats(
    (activation, layers): (Activation, Layers),
    [m, n, embedding, outputs]: [usize; 4],
    sample_space: bool,
) -> usize {
    let columns = if sample_space { n } else { embedding };
    let weights = m.saturating_mul(columns);
    if linear_descent::is_for(activation, weights) {
        linear_descent::floats([m, n, embedding, outputs], sample_space)
    } else if !sample_space && small_descent::is_for_sizes(layers, [m, n, embedding, outputs]) {
        small_descent::floats([m, n, embedding])
    } else {
        0
    }
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
        if linear_descent::is_for(self.problem.activation, weights) {
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
