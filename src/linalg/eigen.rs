//! Eigenvalues and eigenvectors of symmetric matrices, abandoned on request.

use faer::Side;
use ndarray::Array2;

use super::{abandonable, to_faer, to_ndarray};
use crate::task::{Cancel, Cancelled};

use super::tridiagonal::form::tridiagonal_form;

/// Eigenvalues of a symmetric matrix, descending; `None` where an entry is not finite or the
/// iteration does not converge.
///
/// # Errors
/// [`Cancelled`] once `cancel` is raised.
pub fn symmetric_eigenvalues(
    matrix: Array2<f64>,
    cancel: &Cancel,
) -> Result<Option<Vec<f64>>, Cancelled> {
    cancel.check()?;
    if matrix.iter().any(|x| !x.is_finite()) {
        return Ok(None);
    }
    let values = tridiagonal_form(matrix, cancel)?.eigenvalues(cancel)?;
    Ok(values.map(|mut values| {
        values.reverse();
        values
    }))
}

/// An eigendecomposition A = U diag(λ) Uᵀ.
#[derive(Clone, Debug)]
pub struct SymmetricEigen {
    /// Eigenvalues λ, ascending.
    pub values: Vec<f64>,
    /// Eigenvectors, a column each.
    pub vectors: Array2<f64>,
}

/// Eigendecomposition of a symmetric matrix; `None` where an entry is not finite or the iteration
/// does not converge.
///
/// ```
/// use ndarray::array;
/// use widescope::linalg::symmetric_eigen;
/// use widescope::task::Cancel;
///
/// let eigen = symmetric_eigen(array![[2.0, 1.0], [1.0, 2.0]], &Cancel::new())?;
/// let eigen = eigen.ok_or("not finite")?;
/// assert!((eigen.values[0] - 1.0).abs() < 1e-14);
/// assert!((eigen.values[1] - 3.0).abs() < 1e-14);
/// // The eigenvector of 3 has two equal entries.
/// assert!((eigen.vectors[[0, 1]] - eigen.vectors[[1, 1]]).abs() < 1e-14);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// [`Cancelled`] once `cancel` is raised.
pub fn symmetric_eigen(
    matrix: Array2<f64>,
    cancel: &Cancel,
) -> Result<Option<SymmetricEigen>, Cancelled> {
    let solve = |matrix: Array2<f64>| {
        let eigen = to_faer(&matrix).self_adjoint_eigen(Side::Lower).ok()?;
        let s = eigen.S().column_vector();
        Some(SymmetricEigen {
            values: (0..s.nrows()).map(|i| s[i]).collect(),
            vectors: to_ndarray(eigen.U()),
        })
    };
    abandonable(matrix, cancel, solve)
}

/// Matrices of doubles while eigenvectors are computed: the matrix, the workspace, the vectors, and the vectors
/// handed back.
pub const EIGENVECTOR_MATRICES: u128 = 7;

/// Bytes while the eigenvalues of a symmetric matrix with so many rows are computed: the matrix, and half of it in
/// tiles; for each row reflections, vectors, and the upper halves of tiles on the diagonal.
pub fn eigenvalue_bytes(side: u128) -> u128 {
    3 * (8 * side * side) / 2 + 512 * side
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use rayon::ThreadPoolBuilder;

    use super::*;

    fn hilbert(n: usize) -> Array2<f64> {
        Array2::from_shape_fn((n, n), |(i, j)| {
            1.0 / (i + j + 1) as f64 + f64::from(i == j)
        })
    }

    #[test]
    fn decomposition_reconstructs_the_matrix_inline_and_on_its_own_thread() {
        for n in [1, 7, 200] {
            let a = hilbert(n);
            let cancel = Cancel::new();
            let eigen = symmetric_eigen(a.clone(), &cancel).unwrap().unwrap();
            let scaled = &eigen.vectors * &ndarray::Array1::from(eigen.values.clone());
            let back = scaled.dot(&eigen.vectors.t());
            let worst = (&back - &a).iter().fold(0.0f64, |m, x| m.max(x.abs()));
            assert!(worst < 1e-13 * n as f64, "n = {n}: {worst}");
            let mut values = symmetric_eigenvalues(a, &cancel).unwrap().unwrap();
            values.reverse();
            for (x, y) in values.iter().zip(&eigen.values) {
                assert!((x - y).abs() < 1e-12, "{x} {y}");
            }
        }
    }

    #[test]
    fn eigenvalues_of_a_large_matrix_do_not_depend_on_the_number_of_threads() {
        let of = |threads: usize| {
            let pool = ThreadPoolBuilder::new()
                .num_threads(threads)
                .build()
                .unwrap();
            pool.install(|| symmetric_eigenvalues(hilbert(450), &Cancel::new()).unwrap())
        };
        let one = of(1);
        for threads in [2, 3, 8] {
            assert_eq!(one, of(threads), "{threads}");
        }
        let sum: f64 = one.iter().flatten().sum();
        assert!((sum - hilbert(450).diag().sum()).abs() < 1e-9, "{sum}");
    }

    #[test]
    fn non_finite_matrices_never_reach_the_solver() {
        let mut a = hilbert(4);
        a[[1, 2]] = f64::NAN;
        assert!(symmetric_eigenvalues(a, &Cancel::new()).unwrap().is_none());
    }

    #[test]
    fn a_solution_in_flight_is_abandoned() {
        let cancel = Cancel::new();
        let raised = cancel.clone();
        let waiter = std::thread::spawn(move || symmetric_eigen(hilbert(1500), &cancel));
        std::thread::sleep(Duration::from_millis(30));
        raised.cancel();
        let before = std::time::Instant::now();
        assert!(matches!(waiter.join().unwrap(), Err(Cancelled)));
        assert!(
            before.elapsed() < Duration::from_secs(1),
            "{:?}",
            before.elapsed()
        );
    }
}
