//! Inner products of embedded points.

use ndarray::{Array2, ArrayView2};

use crate::network::Real;

/// Gram matrix ΦΨᵀ in double precision, rows of Φ by rows of Ψ.
pub fn gram<R: Real>(phi: ArrayView2<'_, R>, psi: ArrayView2<'_, R>) -> Array2<f64> {
    phi.mapv(R::double).dot(&psi.mapv(R::double).t())
}
