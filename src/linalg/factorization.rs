//! Singular values and orthonormal bases, abandoned on request.

use std::sync::Once;
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::Duration;

use faer::{Mat, MatRef};
use ndarray::Array2;

use crate::task::{Cancel, Cancelled};

/// Matrices with at most this many entries are factored in place: they take a few milliseconds.
const INLINE_ENTRIES: usize = 160 * 160;

/// How often a waiting caller looks at the flag.
const POLL: Duration = Duration::from_millis(5);

/// A singular value decomposition A = P diag(σ) Qᵀ without the columns that meet no σ.
#[derive(Clone, Debug)]
pub struct ThinSvd {
    /// Singular values σ, descending.
    pub values: Vec<f64>,
    /// Q, columns of A × number of values.
    pub right: Array2<f64>,
}

/// Singular values and right singular vectors; `None` where an entry is not finite or the
/// iteration does not converge.
///
/// # Errors
/// [`Cancelled`] once `cancel` is raised.
pub fn thin_svd(matrix: Array2<f64>, cancel: &Cancel) -> Result<Option<ThinSvd>, Cancelled> {
    abandonable(matrix, cancel, |matrix| {
        let svd = to_faer(&matrix).thin_svd().ok()?;
        let values = svd.S().column_vector();
        Some(ThinSvd {
            values: (0..values.nrows()).map(|i| values[i]).collect(),
            right: to_ndarray(svd.V()),
        })
    })
}

/// Orthonormal columns that span the columns of a matrix, rows × min(rows, columns); `None` where
/// an entry is not finite. Of a rank-deficient matrix the span is larger than its columns'.
///
/// # Errors
/// [`Cancelled`] once `cancel` is raised.
pub fn orthonormal_basis(
    matrix: Array2<f64>,
    cancel: &Cancel,
) -> Result<Option<Array2<f64>>, Cancelled> {
    abandonable(matrix, cancel, |matrix| {
        let q = to_faer(&matrix).qr().compute_thin_Q();
        Some(to_ndarray(q.as_ref()))
    })
}

/// The same matrix for faer, which is told to use one thread.
pub(crate) fn to_faer(matrix: &Array2<f64>) -> Mat<f64> {
    // One thread: the order of the sums must not depend on the number of cores.
    static SEQUENTIAL: Once = Once::new();
    SEQUENTIAL.call_once(|| faer::set_global_parallelism(faer::Par::Seq));
    let (rows, columns) = matrix.dim();
    match matrix.as_slice() {
        Some(entries) => MatRef::from_row_major_slice(entries, rows, columns).to_owned(),
        None => Mat::from_fn(rows, columns, |i, j| matrix[[i, j]]),
    }
}

/// The same matrix for ndarray.
pub(crate) fn to_ndarray(matrix: faer::MatRef<'_, f64>) -> Array2<f64> {
    Array2::from_shape_fn((matrix.nrows(), matrix.ncols()), |(i, j)| matrix[(i, j)])
}

/// Runs `solve` on a thread of its own where the matrix is large, and stops waiting for it once
/// the flag is raised; `None` where an entry is not finite.
///
/// # Errors
/// [`Cancelled`] once `cancel` is raised.
pub(crate) fn abandonable<T: Send + 'static>(
    matrix: Array2<f64>,
    cancel: &Cancel,
    solve: impl FnOnce(Array2<f64>) -> Option<T> + Send + 'static,
) -> Result<Option<T>, Cancelled> {
    cancel.check()?;
    if matrix.iter().any(|x| !x.is_finite()) {
        return Ok(None);
    }
    if matrix.len() <= INLINE_ENTRIES {
        return Ok(solve(matrix));
    }
    let (sender, receiver) = channel();
    let thread = std::thread::Builder::new().name("widescope-factor".to_owned());
    let spawned = thread.spawn(move || {
        // The receiver is gone where the result was abandoned.
        let _ = sender.send(solve(matrix));
    });
    if spawned.is_err() {
        return Ok(None);
    }
    loop {
        match receiver.recv_timeout(POLL) {
            Ok(result) => return Ok(result),
            Err(RecvTimeoutError::Timeout) => cancel.check()?,
            Err(RecvTimeoutError::Disconnected) => return Ok(None),
        }
    }
}

/// Matrices of doubles while one is factored: the matrix, the solver's copies, the result.
pub const FACTORED_MATRICES: u128 = 6;

#[cfg(test)]
mod tests {
    use super::*;

    fn matrix(rows: usize, columns: usize) -> Array2<f64> {
        Array2::from_shape_fn((rows, columns), |(i, j)| {
            ((i * 31 + j * 17 + i * j * 7) % 23) as f64 - 11.0
        })
    }

    fn largest(x: &Array2<f64>) -> f64 {
        x.iter().fold(0.0f64, |m, x| m.max(x.abs()))
    }

    #[test]
    fn right_vectors_are_those_of_the_gram_matrix_inline_and_on_their_own_thread() {
        for (rows, columns) in [(5, 9), (9, 5), (170, 190)] {
            let a = matrix(rows, columns);
            let svd = thin_svd(a.clone(), &Cancel::new()).unwrap().unwrap();
            let squares = ndarray::Array1::from_iter(svd.values.iter().map(|s| s * s));
            let error = a.t().dot(&a).dot(&svd.right) - &svd.right * &squares;
            assert!(largest(&error) <= 1e-12 * squares[0], "{rows} × {columns}");
        }
    }

    #[test]
    fn a_basis_is_orthonormal_and_spans_a_rank_deficient_matrix() {
        let mut a = matrix(40, 6);
        let copy = a.column(0).to_owned();
        a.column_mut(3).assign(&copy);
        let q = orthonormal_basis(a.clone(), &Cancel::new())
            .unwrap()
            .unwrap();
        assert!(largest(&(q.t().dot(&q) - Array2::<f64>::eye(6))) < 1e-14);
        assert!(largest(&(q.dot(&q.t().dot(&a)) - a)) < 1e-12);
    }
}
