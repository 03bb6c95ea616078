//! Eigenvalues and eigenvectors of symmetric matrices, abandoned on request.

use faer::dyn_stack::{MemBuffer, MemStack};
use faer::linalg::evd::tridiag::{tridiag_in_place, tridiag_in_place_scratch};
use faer::{Mat, MatMut, Par, Side, Spec};
use ndarray::Array2;
use rayon::ThreadPoolBuilder;

use crate::train::{Cancel, Cancelled, abandonable, to_faer, to_ndarray};

use super::tridiagonal::Tridiagonal;

/// Eigenvalues of a symmetric matrix, descending; `None` where an entry is not finite or the
/// iteration does not converge.
///
/// # Errors
/// [`Cancelled`] once `cancel` is raised: a computation in flight is left to end on a thread of its own.
pub fn symmetric_eigenvalues(
    matrix: Array2<f64>,
    cancel: &Cancel,
) -> Result<Option<Vec<f64>>, Cancelled> {
    abandonable(matrix, cancel, |matrix| {
        let mut values = ascending_eigenvalues(matrix)?;
        values.reverse();
        Some(values)
    })
}

/// Pieces that the reduction of a large matrix to tridiagonal form is cut into: a fixed number, so that
/// the order of the sums does not depend on the number of cores.
const PIECES: usize = 2;

/// Sides from which on cutting pays.
const LARGE: usize = 900;

fn ascending_eigenvalues(matrix: Array2<f64>) -> Option<Vec<f64>> {
    if matrix.nrows() < LARGE {
        return tridiagonal(matrix, Par::Seq).eigenvalues();
    }
    // Threads of its own: those of the pool it was called from may all be waiting for it.
    let reduced = match ThreadPoolBuilder::new().num_threads(PIECES).build() {
        Ok(pool) => pool.install(|| tridiagonal(matrix, Par::rayon(PIECES))),
        Err(_) => tridiagonal(matrix, Par::rayon(PIECES)),
    };
    reduced.eigenvalues()
}

/// The tridiagonal matrix with the eigenvalues of a symmetric one.
fn tridiagonal(mut matrix: Array2<f64>, par: Par) -> Tridiagonal {
    let n = matrix.nrows();
    if matrix.as_slice().is_none() {
        matrix = matrix.as_standard_layout().into_owned();
    }
    if let Some(entries) = matrix.as_slice_mut() {
        // Of a symmetric matrix rows are as good as columns.
        let symmetric = MatMut::from_column_major_slice_mut(entries, n, n);
        let mut reflections = Mat::zeros(1, n.saturating_sub(1));
        let needed = tridiag_in_place_scratch::<f64>(n, par, Spec::default());
        let mut memory = MemBuffer::new(needed);
        let memory = MemStack::new(&mut memory);
        tridiag_in_place(
            symmetric,
            reflections.as_mut(),
            par,
            memory,
            Spec::default(),
        );
    }
    // Columns of faer are rows here.
    let beside: Vec<f64> = (1..n).map(|i| matrix[[i - 1, i]]).collect();
    Tridiagonal::new(matrix.diag().to_vec(), &beside)
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

#[cfg(test)]
mod tests {
    use std::time::Duration;

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
            pool.install(|| symmetric_eigenvalues(hilbert(950), &Cancel::new()).unwrap())
        };
        let one = of(1);
        for threads in [2, 3, 8] {
            assert_eq!(one, of(threads), "{threads}");
        }
        let sum: f64 = one.iter().flatten().sum();
        assert!((sum - hilbert(950).diag().sum()).abs() < 1e-9, "{sum}");
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
