//! The row space of the embedded data.

use ndarray::{Array2, Axis};

use crate::network::Real;

use crate::linalg::thin_svd;
use crate::task::{Cancel, Cancelled};
use crate::train::Problem;

/// Φ = PΣ^{1/2}Φ₁ᵀ cut at its rank r: what the data see of a weight vector w is Φ₁ᵀw, and the rest
/// is never moved by a gradient (linear networks, Sec. 3.1; App. B for r < n).
#[derive(Clone, Debug)]
pub struct RowSpace {
    /// Φ₁, D × r, orthonormal columns.
    pub basis: Array2<f64>,
    /// ΦΦ₁, n × r.
    pub coordinates: Array2<f64>,
    /// Singular values of Φ that are not zero, descending, r of them.
    pub singular_values: Vec<f64>,
}

impl RowSpace {
    /// The row space of the training inputs; singular values below max(n, D)·ε·σ_max, ε that of the
    /// float width, are taken as zero. `None` where the decomposition fails.
    ///
    /// # Errors
    /// [`Cancelled`] once `cancel` is raised.
    pub fn new<R: Real>(problem: &Problem<R>, cancel: &Cancel) -> Result<Option<Self>, Cancelled> {
        let phi = problem.phi.mapv(R::double);
        let Some(svd) = thin_svd(phi.clone(), cancel)? else {
            return Ok(None);
        };
        let side = problem.n().max(problem.embedding()) as f64;
        let largest = svd.values.first().copied().unwrap_or(0.0);
        let smallest = side * R::EPSILON * largest;
        let rank = svd.values.iter().filter(|s| **s > smallest).count();
        let kept: Vec<usize> = (0..rank).collect();
        let basis = svd.right.select(Axis(1), &kept);
        Ok(Some(Self {
            coordinates: phi.dot(&basis),
            singular_values: svd.values.into_iter().take(rank).collect(),
            basis,
        }))
    }

    /// Rank r of the data.
    pub fn rank(&self) -> usize {
        self.singular_values.len()
    }

    /// Φ₁ᵀΘ̂ of the minimum-norm least-squares solution Θ̂ = Φ⁺Y, r × outputs.
    pub fn min_norm_coordinates(&self, y: &Array2<f64>) -> Array2<f64> {
        let mut theta = self.coordinates.t().dot(y);
        for (mut row, s) in theta.outer_iter_mut().zip(&self.singular_values) {
            row /= s * s;
        }
        theta
    }
}
