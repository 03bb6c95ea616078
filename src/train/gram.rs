//! Inner products of embedded points.

use ndarray::{Array2, ArrayView2, Axis};
use rayon::prelude::*;

use crate::network::Real;

use super::shape::{Shape, Sizes};
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

/// Bytes of the matrices held: ΦΦᵀ in double precision where it is, and of sample space that and ΦΦ_testᵀ
/// at the float width.
pub(super) fn held(shape: &Shape) -> u128 {
    let Sizes { n, n_test, .. } = shape.sizes;
    let of_width = if shape.storage.is_sample_space() {
        shape.real * n * (n + n_test)
    } else {
        0
    };
    let double = if shape.storage.has_gram() {
        8 * n * n
    } else {
        0
    };
    of_width + double
}

/// Bytes while they are made: Φ of both factors and the products in double precision.
pub(super) fn passing(shape: &Shape) -> u128 {
    let Sizes {
        n,
        n_test,
        embedding,
        ..
    } = shape.sizes;
    if shape.storage.has_gram() {
        8 * (2 * n.max(n_test) * embedding + n * n.max(n_test))
    } else {
        0
    }
}
