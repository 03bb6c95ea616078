//! Products of a matrix with a vector, row by row.

use pulp::{Simd, WithSimd};

use super::Lanes;

/// Rows that are multiplied together, so that a vector of x is read once for all of them.
const ROWS: usize = 4;

/// Bytes that sums of an entry run over side by side, on every level.
const GROUP: usize = 64;

/// out = Ax for an A whose rows are contiguous, one after the other, each as long as x. An entry is added up in as
/// many sums as there are floats in 64 bytes, and these by halves: its bits depend neither on the length of
/// vectors nor on the other entries.
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
        match GROUP / size_of::<R>() / R::count::<S>() {
            1 => self.by_groups::<S, 1>(simd),
            2 => self.by_groups::<S, 2>(simd),
            4 => self.by_groups::<S, 4>(simd),
            8 => self.by_groups::<S, 8>(simd),
            _ => self.by_groups::<S, 16>(simd),
        }
    }
}

impl<R: Lanes> RowDots<'_, R> {
    /// Where a group of floats is P vectors.
    #[inline(always)]
    fn by_groups<S: Simd, const P: usize>(self, simd: S) {
        let width = self.x.len();
        let row = |i: usize| &self.matrix[i * width..(i + 1) * width];
        let mut first = 0;
        while first + ROWS <= self.out.len() {
            let rows = [row(first), row(first + 1), row(first + 2), row(first + 3)];
            let dots = dots::<R, S, ROWS, P>(simd, rows, self.x);
            self.out[first..first + ROWS].copy_from_slice(&dots);
            first += ROWS;
        }
        for (i, out) in self.out.iter_mut().enumerate().skip(first) {
            [*out] = dots::<R, S, 1, P>(simd, [row(i)], self.x);
        }
    }
}

/// Products of some rows with x.
#[inline(always)]
fn dots<R: Lanes, S: Simd, const N: usize, const P: usize>(
    simd: S,
    rows: [&[R]; N],
    x: &[R],
) -> [R; N] {
    let mut sums = [[R::splat(simd, R::NOUGHT); P]; N];
    let (vectors, _) = R::vectors::<S>(x);
    let mut whole = [vectors; N];
    for (whole, row) in whole.iter_mut().zip(rows) {
        (*whole, _) = R::vectors::<S>(row);
    }
    let groups = vectors.len() / P;
    for group in 0..groups {
        for (sums, row) in sums.iter_mut().zip(whole) {
            for (p, sum) in sums.iter_mut().enumerate() {
                let j = group * P + p;
                *sum = R::times_plus(simd, row[j], vectors[j], *sum);
            }
        }
    }
    let count = R::count::<S>();
    for p in 0..P {
        let start = x.len().min((groups * P + p) * count);
        let end = x.len().min(start + count);
        let x = R::part(simd, &x[start..end]);
        for (sums, row) in sums.iter_mut().zip(rows) {
            sums[p] = R::times_plus(simd, R::part(simd, &row[start..end]), x, sums[p]);
        }
    }
    let mut dots = [R::NOUGHT; N];
    for (dot, sums) in dots.iter_mut().zip(&mut sums) {
        let mut left = P;
        while left > 1 {
            left /= 2;
            for p in 0..left {
                sums[p] = R::plus(simd, sums[p], sums[p + left]);
            }
        }
        *dot = R::total(simd, sums[0]);
    }
    dots
}

#[cfg(test)]
mod tests {
    use super::super::Level;
    use super::*;

    #[test]
    fn levels_that_add_products_unrounded_give_the_same_bits() {
        for width in [1, 5, 8, 12, 61, 64, 200] {
            let entry = |k: usize| ((k * 7919 % 1009) as f64 / 1009.0).sin();
            let matrix: Vec<f64> = (0..6 * width).map(entry).collect();
            let x = &matrix[..width];
            let of = |level: Level| {
                let mut out = vec![0.0; 6];
                level.run(RowDots {
                    matrix: &matrix,
                    x,
                    out: &mut out,
                });
                out
            };
            if Level::ALL.iter().all(|level| level.is_available()) {
                assert_eq!(of(Level::Avx2), of(Level::Avx512), "{width}");
            }
        }
    }

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
