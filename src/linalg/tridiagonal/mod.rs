//! Eigenvalues of symmetric tridiagonal matrices.

pub(super) mod form;
pub(super) mod reflection_panel;
pub(super) mod tile_columns;

use crate::task::{Cancel, Cancelled};

/// Sweeps an eigenvalue may take on average; three are usual.
const MOST_SWEEPS: usize = 30;

/// A symmetric tridiagonal matrix whose largest entry is 1, by what its eigenvalues depend on.
#[derive(Clone, Debug)]
pub struct Tridiagonal {
    /// Diagonal.
    diagonal: Vec<f64>,
    /// Squares of the entries beside it, and a 0 at the end.
    squares: Vec<f64>,
    /// Largest absolute entry before it was divided by.
    size: f64,
}

impl Tridiagonal {
    /// The matrix with a diagonal (n) and the entries beside it (n − 1).
    pub fn new(mut diagonal: Vec<f64>, beside: &[f64]) -> Self {
        let entries = diagonal.iter().chain(beside);
        let size = entries.fold(0.0_f64, |most, x| most.max(x.abs()));
        let divisor = if size > 0.0 { size } else { 1.0 };
        for x in &mut diagonal {
            *x /= divisor;
        }
        let squares = beside.iter().map(|x| (x / divisor).powi(2));
        Self {
            diagonal,
            squares: squares.chain([0.0]).collect(),
            size,
        }
    }

    /// Its eigenvalues, ascending, to a few roundings of the largest; `None` where one is not finite or
    /// the iteration does not converge.
    ///
    /// QL by plane rotations of which only the squared sines and cosines are needed, so that there are
    /// no roots in a sweep (Parlett, The Symmetric Eigenvalue Problem, 8.15).
    ///
    /// # Errors
    /// [`Cancelled`] once `cancel` is raised.
    pub fn eigenvalues(mut self, cancel: &Cancel) -> Result<Option<Vec<f64>>, Cancelled> {
        let n = self.diagonal.len();
        let mut sweeps = MOST_SWEEPS * n;
        let mut first = 0;
        while first < n {
            let last = self.last_of_block(first);
            if first == last {
                first += 1;
                continue;
            }
            let Some(left) = sweeps.checked_sub(1) else {
                return Ok(None);
            };
            sweeps = left;
            cancel.check()?;
            self.sweep(first, last);
        }
        for value in &mut self.diagonal {
            *value *= self.size;
        }
        self.diagonal.sort_by(f64::total_cmp);
        let is_finite = self.diagonal.iter().all(|value| value.is_finite());
        Ok(is_finite.then_some(self.diagonal))
    }

    /// Last row of the block that begins with a row: the entry beside it is lost in rounding.
    fn last_of_block(&mut self, first: usize) -> usize {
        let negligible = (0.5 * f64::EPSILON).powi(2);
        let mut last = first;
        for pair in self.diagonal[first..].windows(2) {
            if self.squares[last] <= negligible * (pair[0] * pair[1]).abs() {
                break;
            }
            last += 1;
        }
        self.squares[last] = 0.0;
        last
    }

    /// The eigenvalue of a block's first two rows that is nearer to the first diagonal entry.
    fn shift(&self, first: usize) -> f64 {
        let beside = self.squares[first].sqrt();
        let ratio = (self.diagonal[first + 1] - self.diagonal[first]) / (2.0 * beside);
        self.diagonal[first] - beside / (ratio + ratio.hypot(1.0).copysign(ratio))
    }

    /// A sweep from a block's last row to its first, after which the entry beside the first is far smaller.
    fn sweep(&mut self, first: usize, last: usize) {
        let shift = self.shift(first);
        let mut corner = self.diagonal[last] - shift;
        let mut squared = corner * corner;
        let (mut cosine, mut sine) = (1.0, 0.0);
        for row in (first..last).rev() {
            let beside = self.squares[row];
            let sum = squared + beside;
            // The entry beside the last row is that of the next block.
            if row + 1 < last {
                self.squares[row + 1] = sine * sum;
            }
            let before = cosine;
            // Both quotients at once: a division more, but a shorter chain of them.
            let inverse = sum / squared;
            (cosine, sine) = (squared / sum, beside / sum);
            let next = cosine * (self.diagonal[row] - shift) - sine * corner;
            self.diagonal[row + 1] = corner + (self.diagonal[row] - next);
            squared = if cosine > 0.0 {
                next * next * inverse
            } else {
                before * beside
            };
            corner = next;
        }
        self.squares[first] = sine * squared;
        self.diagonal[first] = corner + shift;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Eigenvalues below x, by the signs of Sturm's sequence.
    fn below(x: f64, diagonal: &[f64], beside: &[f64]) -> usize {
        let mut quotient = diagonal[0] - x;
        let mut count = usize::from(quotient < 0.0);
        for (entry, beside) in diagonal[1..].iter().zip(beside) {
            let divisor = if quotient == 0.0 {
                f64::EPSILON
            } else {
                quotient
            };
            quotient = entry - x - beside * beside / divisor;
            count += usize::from(quotient < 0.0);
        }
        count
    }

    /// Whether each value is within an error of the eigenvalue of its rank.
    fn are_eigenvalues(values: &[f64], error: f64, diagonal: &[f64], beside: &[f64]) -> bool {
        values.iter().enumerate().all(|(rank, value)| {
            below(value - error, diagonal, beside) <= rank
                && below(value + error, diagonal, beside) > rank
        })
    }

    #[test]
    fn each_value_is_the_eigenvalue_of_its_rank() {
        let noise = |i: usize| (((i * 7919) % 1009) as f64 / 1009.0 - 0.5) * 3.0;
        let cases: [(&str, Vec<f64>, Vec<f64>); 8] = [
            ("one", vec![-3.0], vec![]),
            ("two", vec![1.0, 1.0], vec![2.0]),
            ("zero", vec![0.0; 5], vec![0.0; 4]),
            (
                "noise",
                (0..200).map(noise).collect(),
                (7..206).map(noise).collect(),
            ),
            (
                "Wilkinson",
                (0..41).map(|i| f64::from(i - 20).abs()).collect(),
                vec![1.0; 40],
            ),
            ("second difference", vec![2.0; 150], vec![-1.0; 149]),
            (
                "graded down",
                (0..60).map(|i| 0.5_f64.powi(i)).collect(),
                (0..59).map(|i| 0.4_f64.powi(i)).collect(),
            ),
            (
                "graded up",
                (0..60).map(|i| 0.5_f64.powi(59 - i)).collect(),
                (0..59).map(|i| 0.4_f64.powi(58 - i)).collect(),
            ),
        ];
        for (name, diagonal, beside) in cases {
            let size = Tridiagonal::new(diagonal.clone(), &beside)
                .size
                .max(f64::EPSILON);
            let allowed = 8.0 * f64::EPSILON * (diagonal.len() as f64).sqrt() * size;
            for scale in [1.0, 1e-180, 1e180] {
                let by = |entries: &[f64]| entries.iter().map(|x| x * scale).collect::<Vec<_>>();
                let values = Tridiagonal::new(by(&diagonal), &by(&beside))
                    .eigenvalues(&Cancel::new())
                    .unwrap();
                let values: Vec<f64> = values.unwrap().iter().map(|x| x / scale).collect();
                assert_eq!(values.len(), diagonal.len());
                let is_found = are_eigenvalues(&values, allowed, &diagonal, &beside);
                assert!(is_found, "{name} × {scale:e}: {values:?}");
            }
        }
    }

    #[test]
    fn known_values_are_found_to_a_few_roundings() {
        let n = 300;
        let values = Tridiagonal::new(vec![2.0; n], &vec![-1.0; n - 1])
            .eigenvalues(&Cancel::new())
            .unwrap();
        for (k, value) in values.unwrap().into_iter().enumerate() {
            let angle = (k + 1) as f64 * std::f64::consts::PI / (2 * (n + 1)) as f64;
            let exact = 4.0 * angle.sin().powi(2);
            assert!((value - exact).abs() < 1e-14, "{k}: {value} {exact}");
        }
    }

    #[test]
    fn a_raised_flag_ends_the_iteration() {
        let cancel = Cancel::new();
        cancel.cancel();
        let form = Tridiagonal::new(vec![1.0, 2.0], &[0.5]);
        assert_eq!(form.eigenvalues(&cancel), Err(Cancelled));
    }

    #[test]
    fn what_is_not_finite_is_refused() {
        let values = |x: f64| {
            Tridiagonal::new(vec![1.0, x, 2.0], &[0.5, 0.5])
                .eigenvalues(&Cancel::new())
                .unwrap()
        };
        assert!(values(f64::NAN).is_none());
        assert!(values(f64::INFINITY).is_none());
        let none = Tridiagonal::new(Vec::new(), &[]);
        assert_eq!(none.eigenvalues(&Cancel::new()).unwrap(), Some(Vec::new()));
    }
}
