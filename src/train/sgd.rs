//! Steps of stochastic gradient descent.

use ndarray::{Array2, Axis};
use rayon::prelude::*;

use crate::network::Real;

use super::block_batch::Batch;
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
        let (rows, taken) = if self.sample_space() {
            (self.gram.select(Axis(0), points), Vec::new())
        } else {
            packed(&self.problem.phi, points)
        };
        let gram = self.measures_path.then(|| {
            if self.sample_space() {
                rows.select(Axis(1), points)
            } else {
                rows.dot(&rows.t())
            }
        });
        Batch {
            points,
            rows,
            taken,
            gram,
            scaled_step: self.step * loss_factor,
        }
    }
}

/// The inputs (n × D) at some points without those that are zero at all of them, and which are left:
/// about three quarters of an image of digits. The others neither move features nor gradients.
fn packed<R: Real>(phi: &Array2<R>, points: &[usize]) -> (Array2<R>, Vec<usize>) {
    let mut is_taken = vec![false; phi.ncols()];
    for point in points {
        for (is_taken, x) in is_taken.iter_mut().zip(phi.row(*point)) {
            // Also where it is not a number.
            *is_taken |= *x != R::zero();
        }
    }
    let all = is_taken.iter().enumerate();
    let taken: Vec<usize> = all.filter(|(_, is)| **is).map(|(j, _)| j).collect();
    let mut rows = Vec::with_capacity(points.len() * taken.len());
    for point in points {
        let row = phi.row(*point);
        rows.extend(taken.iter().map(|j| row[*j]));
    }
    let Ok(rows) = Array2::from_shape_vec((points.len(), taken.len()), rows) else {
        unreachable!("every row has the inputs taken");
    };
    (rows, taken)
}
