//! Inner products of embedded points.

use ndarray::{Array2, ArrayView2, Axis};
use rayon::prelude::*;

use crate::network::Real;

use super::{Problem, Storage};
use crate::task::{Cancel, Cancelled};

/// Points whose inner products are computed together.
const ROWS: usize = 64;

/// Gram matrix ΦΨᵀ in double precision, rows of Φ by rows of Ψ.
///
/// # Errors
/// [`Cancelled`] once `cancel` is raised.
pub fn gram<R: Real>(
    phi: ArrayView2<'_, R>,
    psi: ArrayView2<'_, R>,
    cancel: &Cancel,
) -> Result<Array2<f64>, Cancelled> {
    let psi = psi.mapv(R::double);
    let mut products = Array2::zeros((phi.nrows(), psi.nrows()));
    let rows: Vec<_> = products
        .axis_chunks_iter_mut(Axis(0), ROWS)
        .zip(phi.axis_chunks_iter(Axis(0), ROWS))
        .collect();
    rows.into_par_iter().try_for_each(|(mut products, phi)| {
        cancel.check()?;
        products.assign(&phi.mapv(R::double).dot(&psi.t()));
        Ok(())
    })?;
    Ok(products)
}

/// ΦΦᵀ, and ΦΦ_testᵀ of sample space; empty where not held.
pub(super) fn gram_matrices<R: Real>(
    problem: &Problem<R>,
    storage: Storage,
    cancel: &Cancel,
) -> Result<(Array2<f64>, Array2<R>), Cancelled> {
    let phi = problem.phi.view();
    let of = |held: bool, psi| {
        if held {
            gram(phi, psi, cancel)
        } else {
            Ok(Array2::zeros((0, 0)))
        }
    };
    let cross = of(storage.is_sample_space(), problem.phi_test.view())?;
    Ok((of(storage.has_gram(), phi)?, cross.mapv(R::of)))
}
