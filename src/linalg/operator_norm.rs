//! Operator norm of a symmetric matrix, cheaper than all its eigenvalues.

use ndarray::Array2;
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use rand_distr::{Distribution, StandardNormal};

use crate::simd::{Base, Level, Matrix, Product, RowDots};
use crate::task::{Cancel, Cancelled};

use super::tridiagonal::Tridiagonal;

/// Error of the eigenvalue, relative to it, at which the iteration ends, and the residual that it has at most.
const TOLERANCE: f64 = 1e-10;
const RESIDUAL: f64 = 1e-6;

/// Iterations between two looks at the residual.
const LOOK: usize = 10;

/// What is as good as no last entry of a unit vector.
const NONE: f64 = 1e-30;

/// ‖A‖₂ of a symmetric matrix by the Lanczos iteration with full reorthogonalization; `None` where an entry
/// is not finite.
///
/// Relative error 1e-10 where the extreme eigenvalue is apart from the next, by the bound residual²/gap of
/// Kato and Temple; 1e-6, the residual, where one hides beside it.
///
/// # Errors
/// [`Cancelled`] once `cancel` is raised.
pub(crate) fn symmetric_norm(
    matrix: &Array2<f64>,
    cancel: &Cancel,
) -> Result<Option<f64>, Cancelled> {
    // Symmetric: by rows or by columns is the same.
    let Some(entries) = matrix.as_slice_memory_order() else {
        return symmetric_norm(&matrix.as_standard_layout().into_owned(), cancel);
    };
    if entries.iter().any(|x| !x.is_finite()) {
        return Ok(None);
    }
    let scale = entries.iter().fold(0.0f64, |m, x| m.max(x.abs()));
    if scale == 0.0 {
        return Ok(Some(0.0));
    }
    let n = matrix.nrows();
    let mut basis = Basis::new(n);
    let mut next = vec![0.0; n];
    let (mut diagonal, mut beside) = (Vec::new(), Vec::new());
    loop {
        cancel.check()?;
        Level::current().run(RowDots {
            matrix: entries,
            x: basis.last(),
            out: &mut next,
        });
        diagonal.push(basis.orthogonalize(&mut next));
        let size = norm(&next);
        let is_complete = basis.len() == n || size <= f64::EPSILON * scale;
        if is_complete || basis.len().is_multiple_of(LOOK) {
            let Some(extreme) = Extreme::of(&diagonal, &beside, cancel)? else {
                return Ok(None);
            };
            if is_complete || extreme.is_close(size) {
                return Ok(Some(extreme.value.abs()));
            }
        }
        beside.push(size);
        basis.push(&next, size);
    }
}

/// Orthonormal vectors, one after the other.
struct Basis {
    rows: Vec<f64>,
    width: usize,
    /// Parts of a vector along them.
    parts: Vec<f64>,
}

impl Basis {
    /// One vector, always the same of a width: the same matrix gives the same digits.
    fn new(width: usize) -> Self {
        let mut rng = ChaCha8Rng::seed_from_u64(0);
        let start: Vec<f64> = (0..width)
            .map(|_| StandardNormal.sample(&mut rng))
            .collect();
        let mut basis = Self {
            rows: Vec::new(),
            width,
            parts: Vec::new(),
        };
        basis.push(&start, norm(&start));
        basis
    }

    fn len(&self) -> usize {
        self.rows.len() / self.width
    }

    fn last(&self) -> &[f64] {
        &self.rows[self.rows.len() - self.width..]
    }

    /// Appends a vector of a norm, divided by it.
    fn push(&mut self, vector: &[f64], norm: f64) {
        self.rows.extend(vector.iter().map(|x| x / norm));
    }

    /// Takes off a vector what lies along these; gives its part along the last one.
    fn orthogonalize(&mut self, vector: &mut [f64]) -> f64 {
        let along_last = self.take_off(vector);
        // Twice is enough to keep the basis orthogonal to rounding.
        self.take_off(vector);
        along_last
    }

    fn take_off(&mut self, vector: &mut [f64]) -> f64 {
        let count = self.len();
        self.parts.resize(count, 0.0);
        Level::current().run(RowDots {
            matrix: &self.rows,
            x: vector,
            out: &mut self.parts,
        });
        Level::current().run(Product {
            x: Matrix {
                data: &self.parts,
                shape: [1, count],
                row_stride: count,
                column_stride: 1,
            },
            s: &self.rows,
            s_rows: None,
            width: self.width,
            alpha: -1.0,
            scales: None,
            base: Base::Out,
            out: vector,
            out_rows: None,
        });
        self.parts[count - 1]
    }
}

/// The eigenvalue of a tridiagonal matrix that is largest in size.
struct Extreme {
    value: f64,
    /// Distance to the next one.
    gap: f64,
    /// Size of the last entry of its unit eigenvector.
    end: f64,
}

impl Extreme {
    fn of(diagonal: &[f64], beside: &[f64], cancel: &Cancel) -> Result<Option<Self>, Cancelled> {
        let form = Tridiagonal::new(diagonal.to_vec(), beside);
        let Some(values) = form.eigenvalues(cancel)? else {
            return Ok(None);
        };
        let (Some(&smallest), Some(&largest)) = (values.first(), values.last()) else {
            return Ok(None);
        };
        let (value, next) = if largest.abs() >= smallest.abs() {
            (largest, values.len().checked_sub(2))
        } else {
            (smallest, Some(1))
        };
        let next = next.and_then(|i| values.get(i));
        Ok(Some(Self {
            value,
            gap: next.map_or(0.0, |next| (value - next).abs()),
            end: last_entry(value, diagonal, beside),
        }))
    }

    /// Whether it is close to an eigenvalue of the matrix whose next entry beside the diagonal this is.
    fn is_close(&self, beside: f64) -> bool {
        let residual = beside * self.end;
        let size = self.value.abs();
        residual <= RESIDUAL * size && residual * residual <= TOLERANCE * size * self.gap
    }
}

/// |last entry| of the unit eigenvector of an extreme eigenvalue, or [`NONE`] where it is smaller, by the rows
/// of (T − λ)s = 0 from the last one on: towards the first the entries grow, so that roundings die out.
fn last_entry(value: f64, diagonal: &[f64], beside: &[f64]) -> f64 {
    let (mut after, mut entry, mut squares) = (0.0, 1.0, 1.0);
    for row in (1..diagonal.len()).rev() {
        if squares > 1.0 / (NONE * NONE) {
            return NONE;
        }
        let coupling = beside.get(row).map_or(0.0, |b| b * after);
        let before = ((value - diagonal[row]) * entry - coupling) / beside[row - 1];
        squares += before * before;
        (after, entry) = (entry, before);
    }
    1.0 / f64::sqrt(squares)
}

fn norm(x: &[f64]) -> f64 {
    x.iter().map(|x| x * x).sum::<f64>().sqrt()
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
    fn an_eigenvalue_that_hides_beside_the_largest_costs_no_more_than_the_residual() {
        for (gap, allowed) in [
            (0.1, 1e-10),
            (1e-3, 1e-10),
            (1e-5, RESIDUAL),
            (1e-8, RESIDUAL),
        ] {
            let n = 300;
            let values = (0..n).map(|i| match i {
                0 => 1.0,
                1 => 1.0 - gap,
                _ => (i as f64).sin() * 0.9,
            });
            let diagonal = Array2::from_diag(&values.collect::<ndarray::Array1<f64>>());
            let norm = symmetric_norm(&diagonal, &Cancel::new()).unwrap().unwrap();
            assert!((norm - 1.0).abs() <= allowed, "{gap}: {norm}");
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
