//! Output weights by least squares.

use ndarray::Array2;

use crate::network::Real;

use super::shape::{Shape, Sizes};
use super::{NeuronBlock, StepInput, Trainer};
use crate::linalg::{abandonable, to_faer, to_ndarray};
use crate::task::{Cancel, Cancelled};

impl<R: Real> Trainer<R> {
    /// Sets V to the solution of least ‖V‖_F among those that minimize ‖aVσ(H) − Y‖_F
    /// (Oymak–Soltanolkotabi, Sec. 3), by the singular value decomposition of aσ(H) in double
    /// precision; singular values below max(m, n)·ε·σ_max count as zero, ε being that of the float
    /// width of H. Counts as one step. `false`, with nothing changed, where the decomposition fails.
    ///
    /// # Errors
    /// [`Cancelled`] once `cancel` is raised.
    pub fn solve_output(&mut self, cancel: &Cancel) -> Result<bool, Cancelled> {
        let problem = self.problem();
        let (neurons, n) = (self.initial_width(), problem.n());
        let mut features = Array2::zeros((n, neurons));
        for block in self.blocks() {
            let columns = block.first..block.first + block.neurons();
            let value = |z: &R| problem.a * problem.activation.value(*z).double();
            features
                .slice_mut(ndarray::s![.., columns])
                .assign(&block.h.t().map(value));
        }
        let y = problem.y.mapv(R::double);
        let Some(v) = minimum_norm_solution(features, y, R::EPSILON, cancel)? else {
            return Ok(false);
        };
        let set = |block: &mut NeuronBlock<R>, _: StepInput<'_, R>| {
            let rows = block.first..block.first + block.neurons();
            let v = v.slice(ndarray::s![rows, ..]);
            block.v.assign(&v.t().mapv(R::of));
            0.0
        };
        self.sweep(set, cancel)?;
        self.steps_done += 1;
        Ok(true)
    }
}

/// The X of least norm that minimizes ‖AX − Y‖_F.
fn minimum_norm_solution(
    a: Array2<f64>,
    y: Array2<f64>,
    epsilon: f64,
    cancel: &Cancel,
) -> Result<Option<Array2<f64>>, Cancelled> {
    let largest_side = a.nrows().max(a.ncols()) as f64;
    abandonable(a, cancel, move |a| {
        let svd = to_faer(&a).thin_svd().ok()?;
        let values = svd.S().column_vector();
        let (left, right) = (to_ndarray(svd.U()), to_ndarray(svd.V()));
        let smallest = largest_side * epsilon * values.iter().fold(0.0f64, |m, s| m.max(*s));
        let mut coordinates = left.t().dot(&y);
        for (mut row, value) in coordinates.outer_iter_mut().zip(values.iter()) {
            let inverse = if *value > smallest { 1.0 / value } else { 0.0 };
            row.mapv_inplace(|x| x * inverse);
        }
        Some(right.dot(&coordinates))
    })
}

/// Bytes within the step: aσ(H), the solver's copy and workspace, and both sets of singular vectors twice.
pub(super) fn passing(shape: &Shape) -> u128 {
    let Sizes {
        neurons: m,
        n,
        outputs,
        ..
    } = shape.sizes;
    let rank = m.min(n);
    8 * (4 * m * n + 3 * rank * (m + n) + 2 * outputs * (m + n))
}
