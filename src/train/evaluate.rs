//! The residual at all training points without their features held.

use ndarray::{Array2, ArrayView2, Axis, s};
use rayon::prelude::*;

use crate::network::Real;

use super::Trainer;
use super::shape::{Shape, Sizes};
use crate::task::{Cancel, Cancelled};

/// Points evaluated together; fixed, so that results do not depend on the number of threads.
const EVALUATED_POINTS: usize = 256;

impl<R: Real> Trainer<R> {
    /// R at all training points from the weights, a few points a thread at a time.
    pub(super) fn evaluate(&mut self, cancel: &Cancel) -> Result<(), Cancelled> {
        let phi = self.problem.phi.axis_chunks_iter(Axis(0), EVALUATED_POINTS);
        let chunks: Vec<_> = phi.collect();
        let parts = chunks
            .into_par_iter()
            .map(|phi| self.sums_at(phi, cancel))
            .collect::<Result<Vec<_>, Cancelled>>()?;
        self.fit.clear();
        let mut first = 0;
        for part in parts {
            let part = self.outputs_of(part);
            let points = first..first + part.ncols();
            first = points.end;
            let targets = self.problem.y.slice(s![points.clone(), ..]);
            self.fit.set(points.start, &part, targets.outer_iter());
        }
        Ok(())
    }

    /// Vσ(H) at embedded points (points × D), outputs × points, the blocks added in order.
    fn sums_at(&self, phi: ArrayView2<'_, R>, cancel: &Cancel) -> Result<Array2<f64>, Cancelled> {
        let mut total = Array2::zeros((self.problem.outputs(), phi.nrows()));
        for block in self.blocks() {
            cancel.check()?;
            let sum = block.sums_at(&self.problem, phi);
            total.zip_mut_with(&sum, |total, s| *total += s.double());
        }
        Ok(total)
    }
}

/// Bytes while it is done, and in double precision the outputs it gives.
pub fn passing(shape: &Shape) -> u128 {
    let Sizes {
        n,
        outputs,
        embedding,
        ..
    } = shape.sizes;
    let points = EVALUATED_POINTS as u128;
    let at_once = shape.threads * shape.real * shape.block();
    at_once * (2 * points + embedding) + 8 * n * outputs
}
