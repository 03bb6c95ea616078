//! Products of a small matrix with the state of a block of neurons.

use pulp::{Simd, WithSimd};

use super::Lanes;

/// Rows of the tile that is held in registers; with two vectors a row it fits 16 registers, with four
/// it fits 32.
const ROWS: usize = 5;

/// A matrix in a slice, at any strides.
#[derive(Clone, Copy, Debug)]
pub struct Matrix<'a, R> {
    /// Holds entry (i, k) at i·`row_stride` + k·`column_stride`.
    pub data: &'a [R],
    /// Rows and columns.
    pub shape: [usize; 2],
    /// Distance between rows.
    pub row_stride: usize,
    /// Distance between columns.
    pub column_stride: usize,
}

/// What a product is added to.
#[derive(Clone, Copy, Debug)]
pub enum Base<'a, R> {
    /// Nothing.
    Zero,
    /// What stands where the product goes.
    Out,
    /// Another matrix, laid out like the product.
    Of(&'a [R]),
}

/// out = α·XS·diag(scales) + base. Rows of S and of the product are contiguous, one after the other, `width` floats
/// each. Every entry is summed over k in order, by itself, so that its bits depend neither on the
/// length of vectors nor on the other entries.
#[derive(Debug)]
pub struct Product<'a, R> {
    /// X, rows × inner.
    pub x: Matrix<'a, R>,
    /// S, inner × width, or more rows than that.
    pub s: &'a [R],
    /// The rows that S is made of, one a column of X; the first ones in order where `None`.
    pub s_rows: Option<&'a [usize]>,
    /// Columns of S and of the product.
    pub width: usize,
    /// α.
    pub alpha: R,
    /// What column j of XS is multiplied by beside α; nothing where `None`.
    pub scales: Option<&'a [R]>,
    /// What the product is added to.
    pub base: Base<'a, R>,
    /// The product, rows × width, or more rows than that.
    pub out: &'a mut [R],
    /// The rows of `out` and of the base that the product is made of, one a row of X; the first ones in
    /// order where `None`.
    pub out_rows: Option<&'a [usize]>,
}

impl<R: Lanes> WithSimd for Product<'_, R> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(mut self, simd: S) {
        if self.width == 0 {
            return;
        }
        let count = R::count::<S>();
        let mut column = 0;
        if S::REGISTER_COUNT >= 32 {
            while column + 4 * count <= self.width {
                self.panel::<S, 4>(simd, column);
                column += 4 * count;
            }
        }
        while column + 2 * count <= self.width {
            self.panel::<S, 2>(simd, column);
            column += 2 * count;
        }
        while column + count <= self.width {
            self.panel::<S, 1>(simd, column);
            column += count;
        }
        if column < self.width {
            self.last_panel(simd, column);
        }
    }
}

impl<R: Lanes> Product<'_, R> {
    /// All rows of N vectors' columns.
    #[inline(always)]
    fn panel<S: Simd, const N: usize>(&mut self, simd: S, column: usize) {
        let rows = self.x.shape[0];
        let mut row = 0;
        while row + ROWS <= rows {
            self.tile::<S, ROWS, N>(simd, row, column);
            row += ROWS;
        }
        while row + 2 <= rows {
            self.tile::<S, 2, N>(simd, row, column);
            row += 2;
        }
        if row < rows {
            self.tile::<S, 1, N>(simd, row, column);
        }
    }

    /// All rows of the last columns, fewer than a vector.
    #[inline(always)]
    fn last_panel<S: Simd>(&mut self, simd: S, column: usize) {
        let rows = self.x.shape[0];
        let mut row = 0;
        while row + ROWS <= rows {
            self.last_tile::<S, ROWS>(simd, row, column);
            row += ROWS;
        }
        while row < rows {
            self.last_tile::<S, 1>(simd, row, column);
            row += 1;
        }
    }

    #[inline(always)]
    fn tile<S: Simd, const M: usize, const N: usize>(
        &mut self,
        simd: S,
        row: usize,
        column: usize,
    ) {
        let size = N * R::count::<S>();
        let sums = self.sums::<S, M, N>(simd, row, column);
        let alpha = R::splat(simd, self.alpha);
        let mut factors = [alpha; N];
        if let Some(scales) = self.scales {
            let (scales, _) = R::vectors::<S>(&scales[column..column + size]);
            for (factor, scale) in factors.iter_mut().zip(scales) {
                *factor = R::times(simd, alpha, *scale);
            }
        }
        for (r, sums) in sums.into_iter().enumerate() {
            let place = listed(self.out_rows, row + r) * self.width + column;
            let place = place..place + size;
            let (out, _) = R::vectors_mut::<S>(&mut self.out[place.clone()]);
            let base = match self.base {
                Base::Of(base) => R::vectors::<S>(&base[place]).0,
                Base::Zero | Base::Out => &[],
            };
            for (c, sum) in sums.into_iter().enumerate() {
                out[c] = match self.base {
                    Base::Zero => R::times(simd, factors[c], sum),
                    Base::Out => R::times_plus(simd, factors[c], sum, out[c]),
                    Base::Of(_) => R::times_plus(simd, factors[c], sum, base[c]),
                };
            }
        }
    }

    /// M rows of N vectors' columns of XS. Where S is taken as it lies, and X lies by rows or by columns, there are no
    /// places to reckon.
    #[inline(always)]
    fn sums<S: Simd, const M: usize, const N: usize>(
        &self,
        simd: S,
        row: usize,
        column: usize,
    ) -> [[R::Vector<S>; N]; M] {
        let (x, inner) = (self.x, self.x.shape[1]);
        let mut sums = [[R::splat(simd, R::NOUGHT); N]; M];
        let in_order = self.s.get(column..).unwrap_or_default().chunks(self.width);
        if x.column_stride == 1 {
            let rows: [&[R]; M] = std::array::from_fn(|r| {
                let first = (row + r) * x.row_stride;
                &x.data[first..first + inner]
            });
            if let Some(listed) = self.s_rows {
                for (k, place) in (0..inner).zip(listed) {
                    let s = &self.s[place * self.width + column..];
                    add_products(simd, |r| rows[r][k], s, &mut sums);
                }
            } else {
                for (k, s) in (0..inner).zip(in_order) {
                    add_products(simd, |r| rows[r][k], s, &mut sums);
                }
            }
        } else if self.s_rows.is_none() && x.row_stride == 1 {
            let columns = x.data.get(row..).unwrap_or_default();
            let columns = columns.chunks(x.column_stride).take(inner);
            for (x, s) in columns.zip(in_order) {
                let x = &x[..M];
                add_products(simd, |r| x[r], s, &mut sums);
            }
        } else {
            let rows = self.rows_of_x::<M>(row);
            for k in 0..inner {
                let place = listed(self.s_rows, k) * self.width + column;
                let at = k * x.column_stride;
                add_products(simd, |r| rows[r][at], &self.s[place..], &mut sums);
            }
        }
        sums
    }

    #[inline(always)]
    fn last_tile<S: Simd, const M: usize>(&mut self, simd: S, row: usize, column: usize) {
        let rows = self.rows_of_x::<M>(row);
        let mut sums = [R::splat(simd, R::NOUGHT); M];
        let mut at = 0;
        for k in 0..self.x.shape[1] {
            let place = listed(self.s_rows, k) * self.width;
            let s = R::part(simd, &self.s[place + column..place + self.width]);
            for (sum, x) in sums.iter_mut().zip(rows) {
                *sum = R::times_plus(simd, R::splat(simd, x[at]), s, *sum);
            }
            at += self.x.column_stride;
        }
        let alpha = R::splat(simd, self.alpha);
        let factor = match self.scales {
            None => alpha,
            Some(scales) => R::times(simd, alpha, R::part(simd, &scales[column..self.width])),
        };
        for (r, sum) in sums.into_iter().enumerate() {
            let at = listed(self.out_rows, row + r) * self.width;
            let place = at + column..at + self.width;
            let out = &mut self.out[place.clone()];
            let total = match self.base {
                Base::Zero => R::times(simd, factor, sum),
                Base::Out => R::times_plus(simd, factor, sum, R::part(simd, out)),
                Base::Of(base) => R::times_plus(simd, factor, sum, R::part(simd, &base[place])),
            };
            R::store_part(simd, out, total);
        }
    }

    /// The data from the start of each of M rows of X on.
    #[inline(always)]
    fn rows_of_x<const M: usize>(&self, row: usize) -> [&[R]; M] {
        let x = self.x;
        std::array::from_fn(|r| x.data.get((row + r) * x.row_stride..).unwrap_or_default())
    }
}

/// Adds to M sums of N vectors the products of as many entries x of X and the first vectors of a row of S.
#[inline(always)]
fn add_products<R: Lanes, S: Simd, const M: usize, const N: usize>(
    simd: S,
    x: impl Fn(usize) -> R,
    s: &[R],
    sums: &mut [[R::Vector<S>; N]; M],
) {
    let (s, _) = R::vectors::<S>(&s[..N * R::count::<S>()]);
    let s: [R::Vector<S>; N] = std::array::from_fn(|c| s[c]);
    for (r, sums) in sums.iter_mut().enumerate() {
        let x = R::splat(simd, x(r));
        for (sum, s) in sums.iter_mut().zip(s) {
            *sum = R::times_plus(simd, x, s, *sum);
        }
    }
}

/// The i-th row of a list, or of all.
#[inline(always)]
fn listed(rows: Option<&[usize]>, i: usize) -> usize {
    match rows {
        None => i,
        Some(rows) => rows[i],
    }
}

#[cfg(test)]
mod tests;
