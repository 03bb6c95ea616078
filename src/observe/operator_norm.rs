//! Operator norm of a symmetric matrix, cheaper than all its eigenvalues.

use ndarray::{Array1, Array2};
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use rand_distr::{Distribution, StandardNormal};

use crate::train::{Cancel, Cancelled};

use super::eigen::symmetric_eigen;

/// The residual of the extreme eigenvalue, relative to it, at which the iteration ends.
const TOLERANCE: f64 = 1e-10;

/// Iterations between two looks at the residual.
const LOOK: usize = 10;

/// ‖A‖₂ of a symmetric matrix by the Lanczos iteration with full reorthogonalization, to 1e-10;
/// `None` where an entry is not finite.
///
/// # Errors
/// [`Cancelled`] once `cancel` is raised.
pub(super) fn symmetric_norm(
    matrix: &Array2<f64>,
    cancel: &Cancel,
) -> Result<Option<f64>, Cancelled> {
    let n = matrix.nrows();
    if matrix.iter().any(|x| !x.is_finite()) {
        return Ok(None);
    }
    let scale = matrix.iter().fold(0.0f64, |m, x| m.max(x.abs()));
    if scale == 0.0 {
        return Ok(Some(0.0));
    }
    // A fixed start: the same matrix gives the same digits.
    let mut rng = ChaCha8Rng::seed_from_u64(0);
    let start = Array1::from_shape_simple_fn(n, || StandardNormal.sample(&mut rng));
    let mut basis = vec![unit(start)];
    let (mut diagonal, mut off_diagonal) = (Vec::new(), Vec::new());
    loop {
        cancel.check()?;
        let Some(last) = basis.last() else {
            return Ok(None);
        };
        let mut next = matrix.dot(last);
        diagonal.push(last.dot(&next));
        // Twice is enough to keep the basis orthogonal to rounding.
        for _ in 0..2 {
            for q in &basis {
                let part = q.dot(&next);
                next.scaled_add(-part, q);
            }
        }
        let beta = next.dot(&next).sqrt();
        let is_complete = basis.len() == n || beta <= f64::EPSILON * scale;
        if is_complete || basis.len() % LOOK == 0 {
            let Some((value, residual)) = extreme(&diagonal, &off_diagonal, beta, cancel)? else {
                return Ok(None);
            };
            if is_complete || residual <= TOLERANCE * value {
                return Ok(Some(value));
            }
        }
        off_diagonal.push(beta);
        basis.push(next / beta);
    }
}

/// Largest |eigenvalue| of the tridiagonal matrix, and the residual β|s| of its vector.
fn extreme(
    diagonal: &[f64],
    off_diagonal: &[f64],
    beta: f64,
    cancel: &Cancel,
) -> Result<Option<(f64, f64)>, Cancelled> {
    let k = diagonal.len();
    let mut tridiagonal = Array2::zeros((k, k));
    for (i, d) in diagonal.iter().enumerate() {
        tridiagonal[[i, i]] = *d;
    }
    for (i, b) in off_diagonal.iter().enumerate() {
        tridiagonal[[i, i + 1]] = *b;
        tridiagonal[[i + 1, i]] = *b;
    }
    let Some(eigen) = symmetric_eigen(tridiagonal, cancel)? else {
        return Ok(None);
    };
    let values = eigen.values.iter().map(|l| l.abs()).enumerate();
    let largest = values.max_by(|x, y| x.1.total_cmp(&y.1));
    Ok(largest.map(|(i, value)| (value, beta * eigen.vectors[[k - 1, i]].abs())))
}

fn unit(x: Array1<f64>) -> Array1<f64> {
    let norm = x.dot(&x).sqrt();
    x / norm
}

#[cfg(test)]
mod tests {
    use super::super::eigen::symmetric_eigenvalues;
    use super::*;

    #[test]
    fn the_norm_is_the_largest_eigenvalue_in_size() {
        let mut rng = ChaCha8Rng::seed_from_u64(3);
        for (n, shift) in [(1, 0.0), (7, -3.0), (60, 0.0), (250, 0.0), (250, -40.0)] {
            let x =
                Array2::from_shape_simple_fn((n, n), || -> f64 { StandardNormal.sample(&mut rng) });
            let a = &x + &x.t() + Array2::<f64>::eye(n) * shift;
            let norm = symmetric_norm(&a, &Cancel::new()).unwrap().unwrap();
            let values = symmetric_eigenvalues(a, &Cancel::new()).unwrap().unwrap();
            let expected = values.iter().fold(0.0f64, |m, l| m.max(l.abs()));
            assert!(
                (norm - expected).abs() <= 1e-10 * expected,
                "{n}: {norm} {expected}"
            );
        }
    }

    #[test]
    fn matrices_of_low_rank_and_zero_end_early() {
        let cancel = Cancel::new();
        let norm = |a: Array2<f64>| symmetric_norm(&a, &cancel).unwrap();
        assert_eq!(norm(Array2::zeros((9, 9))), Some(0.0));
        let ones = norm(Array2::ones((40, 40))).unwrap();
        assert!((ones - 40.0).abs() < 1e-9, "{ones}");
        assert_eq!(norm(Array2::from_elem((2, 2), f64::NAN)), None);
    }
}
