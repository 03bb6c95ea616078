//! Steps of stochastic gradient descent.

use ndarray::{Array2, Axis};
use rayon::prelude::*;

use crate::network::Real;

use super::block_batch::Batch;
use super::inputs::BatchInputs;
use super::loss::{Fit, total_of};
use super::{Cancel, Cancelled, NeuronBlock, Trainer};

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
        let batch = self.batch(points, loss_factor);
        let (problem, blocks) = (&self.problem, &mut self.blocks);
        let forward = |block: &mut NeuronBlock<R>| {
            cancel.check()?;
            block.batch_forward(problem, &batch);
            Ok(())
        };
        blocks.par_iter_mut().try_for_each(forward)?;
        let f = total_of(self.blocks.iter().filter_map(NeuronBlock::batch_sums));
        let f = self.outputs_of(f);
        let (problem, blocks) = (&self.problem, &mut self.blocks);
        let mut fit = Fit::new(problem.loss, problem.outputs(), points.len());
        let targets = points.iter().map(|point| problem.y.row(*point));
        fit.set(0, &f, targets);
        let lengths: Vec<f64> = blocks
            .par_iter_mut()
            .map(|block| block.batch_step(problem, &batch, &fit.residual))
            .collect();
        if let Some(bias) = &mut self.output_bias {
            bias.step(&self.problem, self.step * loss_factor, &fit.residual);
        }
        self.path_length += lengths.iter().sum::<f64>().sqrt();
        self.steps_done += 1;
        self.is_behind = true;
        Ok(loss_factor * fit.loss())
    }

    fn batch<'a>(&self, points: &'a [usize], loss_factor: f64) -> Batch<'a, R> {
        let of_points = |matrix: &Array2<R>| matrix.select(Axis(0), points);
        let (rows, inputs) = if self.sample_space() {
            (of_points(&self.gram), BatchInputs::new(&self.gram, &[]))
        } else {
            let inputs = BatchInputs::new(&self.problem.phi, points);
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
