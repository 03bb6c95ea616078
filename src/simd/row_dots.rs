//! Products of a matrix with a vector, row by row.

use pulp::{Simd, WithSimd};

use super::Lanes;

/// Rows that are multiplied together, so that a vector of x is read once for all of them.
const ROWS: usize = 4;

/// out = Ax for an A whose rows are contiguous, one after the other, each as long as x. Sums of an entry run
/// over the lanes of a vector, so that its bits depend on the level but not on the other entries.
#[derive(Debug)]
pub struct RowDots<'a, R> {
    /// A, rows × columns, or more rows than that.
    pub matrix: &'a [R],
    /// x.
    pub x: &'a [R],
    /// Ax, one a row.
    pub out: &'a mut [R],
}

impl<R: Lanes> WithSimd for RowDots<'_, R> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let width = self.x.len();
        let row = |i: usize| &self.matrix[i * width..(i + 1) * width];
        let mut first = 0;
        while first + ROWS <= self.out.len() {
            let rows = std::array::from_fn(|k| row(first + k));
            self.out[first..first + ROWS].copy_from_slice(&dots::<R, S, ROWS>(simd, rows, self.x));
            first += ROWS;
        }
        for (i, out) in self.out.iter_mut().enumerate().skip(first) {
            [*out] = dots(simd, [row(i)], self.x);
        }
    }
}

/// Products of some rows with x.
#[inline(always)]
fn dots<R: Lanes, S: Simd, const N: usize>(simd: S, rows: [&[R]; N], x: &[R]) -> [R; N] {
    let mut sums = [R::splat(simd, R::NOUGHT); N];
    let (vectors, last) = R::vectors::<S>(x);
    let (mut whole, mut parts) = ([vectors; N], [last; N]);
    for ((whole, part), row) in whole.iter_mut().zip(&mut parts).zip(rows) {
        (*whole, *part) = R::vectors::<S>(row);
    }
    for (j, x) in vectors.iter().enumerate() {
        for (sum, row) in sums.iter_mut().zip(whole) {
            *sum = R::times_plus(simd, row[j], *x, *sum);
        }
    }
    if !last.is_empty() {
        let x = R::part(simd, last);
        for (sum, row) in sums.iter_mut().zip(parts) {
            *sum = R::times_plus(simd, R::part(simd, row), x, *sum);
        }
    }
    let mut dots = [R::NOUGHT; N];
    for (dot, sum) in dots.iter_mut().zip(sums) {
        *dot = R::total(simd, sum);
    }
    dots
}

#[cfg(test)]
mod tests {
    use super::super::Level;
    use super::*;

    #[test]
    fn whole_numbers_are_multiplied_exactly_at_every_size_and_level() {
        for (rows, width) in [(0, 3), (1, 0), (1, 1), (4, 8), (7, 13), (9, 40), (13, 67)] {
            let entry = |i: usize, j: usize| ((i * 7 + j * 3) % 11) as f64 - 5.0;
            let matrix: Vec<f64> = (0..rows * width)
                .map(|k| entry(k / width, k % width))
                .collect();
            let x: Vec<f64> = (0..width).map(|j| (j % 5) as f64 - 2.0).collect();
            let expected: Vec<f64> = (0..rows)
                .map(|i| (0..width).map(|j| entry(i, j) * x[j]).sum())
                .collect();
            for level in Level::ALL {
                let mut out = vec![f64::NAN; rows];
                level.run(RowDots {
                    matrix: &matrix,
                    x: &x,
                    out: &mut out,
                });
                assert_eq!(out, expected, "{rows} × {width}, {level:?}");
            }
        }
    }
}
