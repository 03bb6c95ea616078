//! Steps of stochastic gradient descent.

pub(super) mod batches;

use std::ops::ControlFlow;
use std::sync::MutexGuard;

use ndarray::{Array2, Axis};

use crate::network::Real;
use crate::spec::BatchOrder;

use super::block::batch::Batch;
use super::inputs::BatchInputs;
use super::loss::{Fit, total_of};
use super::shape::{Shape, Sizes};
use super::{NeuronBlock, Trainer};
use crate::task::{Cancel, Cancelled, crew};

impl<R: Real> Trainer<R> {
    /// One gradient step on the loss of a batch, (s_B/2)·Σ_B ‖f − y‖² or s_B·Σ_B of the cross-entropy, s_B being `loss_factor`; gives
    /// that loss before the step. A point that comes twice counts twice.
    ///
    /// Only the batch's rows of Φ (weight space) or columns of C (sample space) take part. The
    /// features at all points and the residual stay behind until [`Trainer::refresh`].
    ///
    /// # Errors
    /// [`Cancelled`] once `cancel` is raised; the trainer must not be used any more.
    ///
    /// # Panics
    /// Where an index is not below n.
    pub fn batch_step(
        &mut self,
        points: &[usize],
        loss_factor: f64,
        cancel: &Cancel,
    ) -> Result<f64, Cancelled> {
        let room = std::mem::take(&mut self.batch_room);
        let batch = self.batch(points, loss_factor, room);
        let (fit, squared_length, room) = self.with_blocks(|trainer, blocks| {
            let mut pass = Pass {
                trainer,
                batch,
                fit: None,
            };
            let shares = blocks.iter_mut().map(Share::new).collect();
            let work = |share: &mut Share<'_, R>, pass: &Pass<'_, R>| {
                if !cancel.is_cancelled() {
                    pass.over(share);
                }
            };
            let done = crew::repeat(shares, &mut pass, work, |pass, shares| {
                match cancel.check() {
                    Ok(()) => pass.end(shares).map_break(Ok),
                    Err(cancelled) => ControlFlow::Break(Err(cancelled)),
                }
            });
            let (fit, squared_length) = done?;
            Ok((fit, squared_length, pass.batch.inputs.into_room()))
        })?;
        self.batch_room = room;
        if let Some(bias) = &mut self.output_bias {
            bias.step(&self.problem, self.step * loss_factor, &fit.residual);
        }
        self.path_length += squared_length.sqrt();
        self.steps_done += 1;
        self.is_behind = true;
        Ok(loss_factor * fit.loss())
    }

    fn batch<'a>(&self, points: &'a [usize], loss_factor: f64, room: Vec<R>) -> Batch<'a, R> {
        let of_points = |matrix: &Array2<R>| matrix.select(Axis(0), points);
        let (rows, inputs) = if self.sample_space() {
            (
                of_points(&self.gram),
                BatchInputs::new(&self.gram, &[], room),
            )
        } else {
            let inputs = BatchInputs::new(&self.problem.phi, points, room);
            (Array2::zeros((0, 0)), inputs)
        };
        let gram = self.measures_path.then(|| {
            if self.sample_space() {
                rows.select(Axis(1), points)
            } else {
                let phi = of_points(&self.problem.phi);
                phi.dot(&phi.t())
            }
        });
        Batch {
            points,
            inputs,
            rows,
            gram,
            scaled_step: self.step * loss_factor,
        }
    }
}

/// A block, and the ‖ΔW‖_F² of its step.
struct Share<'a, R> {
    block: &'a mut NeuronBlock<R>,
    squared_length: f64,
}

impl<'a, R> Share<'a, R> {
    fn new(block: &'a mut NeuronBlock<R>) -> Self {
        Self {
            block,
            squared_length: 0.0,
        }
    }
}

/// A pass over all blocks: the first one of a step is forward, the second one is the step.
struct Pass<'a, R> {
    trainer: &'a Trainer<R>,
    batch: Batch<'a, R>,
    /// f against Y at the batch, after the first pass.
    fit: Option<Fit<R>>,
}

impl<R: Real> Pass<'_, R> {
    fn over(&self, share: &mut Share<'_, R>) {
        let problem = &self.trainer.problem;
        match &self.fit {
            None => share.block.batch_forward(problem, &self.batch),
            Some(fit) => {
                let residual = &fit.residual;
                share.squared_length = share.block.batch_step(problem, &self.batch, residual);
            }
        }
    }

    /// After the last pass what a step gives: f against Y before it, and ‖ΔW‖_F².
    fn end(&mut self, shares: &[MutexGuard<'_, Share<'_, R>>]) -> ControlFlow<(Fit<R>, f64)> {
        if let Some(fit) = self.fit.take() {
            let squared_length = shares.iter().map(|share| share.squared_length).sum();
            return ControlFlow::Break((fit, squared_length));
        }
        let (problem, points) = (&self.trainer.problem, self.batch.points);
        let sums = shares.iter().filter_map(|share| share.block.batch_sums());
        let f = total_of(sums.map(|sums| sums.view()));
        let f = self.trainer.outputs_of(f);
        let mut fit = Fit::new(problem.loss, problem.outputs(), points.len());
        let targets = points.iter().map(|point| problem.y.row(*point));
        fit.set(0, &f, targets);
        self.fit = Some(fit);
        ControlFlow::Continue(())
    }
}

/// Bytes held for batches of a size: H, σ and σ' at the batch, its inputs, Vσ(H) of every block and V's
/// gradient; the order of an epoch, or all batches given.
pub(super) fn held(shape: &Shape, batch: usize, order: BatchOrder) -> u128 {
    let batch = batch as u128;
    let Sizes {
        neurons,
        n,
        outputs,
        ..
    } = shape.sizes;
    let indices = if order == BatchOrder::Given {
        batch * shape.steps
    } else {
        n
    };
    let outputs = outputs * (neurons + shape.blocks() * batch);
    let inputs = batch * shape.moved();
    shape.real * (3 * neurons * batch + inputs + outputs) + 8 * indices
}

/// Bytes within a step: the batch's rows and their inner products, and its outputs.
pub(super) fn passing(shape: &Shape, batch: usize) -> u128 {
    let batch = batch as u128;
    let rows = batch * (shape.moved().max(shape.sizes.n) + batch);
    shape.real * rows + 16 * shape.sizes.outputs * batch
}
