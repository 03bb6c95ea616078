//! Products with a matrix of two values by multiplication, in the order of sums that are looked up.

use pulp::{Simd, WithSimd};

use crate::simd::SubsetSums;
use crate::simd::look_up::{GROUP, LookUp};

use super::{SubsetPart, added};

/// Rows of the tile that is held in registers; with two vectors a row it fits 16.
const ROWS: usize = 3;

/// One product.
pub(super) struct Multiplied<'a, R> {
    pub x: &'a SubsetSums<R>,
    pub part: SubsetPart<'a, R>,
}

impl<R: LookUp> WithSimd for Multiplied<'_, R> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(mut self, simd: S) {
        let (count, width) = (R::count::<S>(), self.part.width());
        let mut column = 0;
        while column + 2 * count <= width {
            self.panel::<S, 2>(simd, column);
            column += 2 * count;
        }
        while column + count <= width {
            self.panel::<S, 1>(simd, column);
            column += count;
        }
        if column < width {
            self.last_panel(simd, column);
        }
    }
}

impl<R: LookUp> Multiplied<'_, R> {
    /// All rows of N vectors' columns.
    #[inline(always)]
    fn panel<S: Simd, const N: usize>(&mut self, simd: S, column: usize) {
        let rows = self.x.rows;
        let mut row = 0;
        while row + ROWS <= rows {
            self.tile::<S, ROWS, N>(simd, row, column);
            row += ROWS;
        }
        while row < rows {
            self.tile::<S, 1, N>(simd, row, column);
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
        let (x, width) = (self.x, self.part.width());
        let size = N * R::count::<S>();
        let rows: [&[R]; M] = std::array::from_fn(|r| x.row(row + r));
        let mut sums = [[R::splat(simd, R::NOUGHT); N]; M];
        for first in (0..x.inner).step_by(GROUP) {
            let mut terms = [[R::splat(simd, R::NOUGHT); N]; M];
            for b in 0..GROUP.min(x.inner - first) {
                let place = (first + b) * width + column;
                let (s, _) = R::vectors::<S>(&self.part.s[place..place + size]);
                let s: [R::Vector<S>; N] = std::array::from_fn(|c| s[c]);
                for (terms, row) in terms.iter_mut().zip(rows) {
                    let x = R::splat(simd, row[first + b]);
                    for (term, s) in terms.iter_mut().zip(s) {
                        *term = R::times_plus(simd, x, s, *term);
                    }
                }
            }
            for (sums, terms) in sums.iter_mut().zip(&terms) {
                for (sum, term) in sums.iter_mut().zip(terms) {
                    *sum = R::plus(simd, *sum, *term);
                }
            }
        }
        for (r, sums) in sums.into_iter().enumerate() {
            self.part.add(simd, [row + r, column], sums);
        }
    }

    /// All rows of the last columns, fewer than a vector.
    #[inline(always)]
    fn last_panel<S: Simd>(&mut self, simd: S, column: usize) {
        let width = self.part.width();
        for row in 0..self.x.rows {
            let entries = self.x.row(row);
            let mut sum = R::splat(simd, R::NOUGHT);
            for (g, entries) in entries.chunks_exact(GROUP).enumerate() {
                let s: [R::Vector<S>; GROUP] = std::array::from_fn(|b| {
                    let row = (g * GROUP + b) * width;
                    let s = self.part.s.get(row + column..row + width);
                    R::part(simd, s.unwrap_or_default())
                });
                let x = std::array::from_fn(|b| R::splat(simd, entries[b]));
                sum = R::plus(simd, sum, group::<R, S>(simd, x, s));
            }
            let place = row * width + column..(row + 1) * width;
            let part = &mut self.part;
            let factor = R::part(simd, &part.factors[column..]);
            let lost = R::part(simd, &part.lost[place.clone()]);
            let step = R::times_plus(simd, factor, sum, lost);
            let sum = R::part(simd, &part.sum[place.clone()]);
            let (sum, lost) = added::<R, S>(simd, sum, step);
            R::store_part(simd, &mut part.sum[place.clone()], sum);
            R::store_part(simd, &mut part.lost[place], lost);
        }
    }
}

/// The sum of a group's terms, in the order of the tables.
#[inline(always)]
fn group<R: LookUp, S: Simd>(
    simd: S,
    x: [R::Vector<S>; GROUP],
    s: [R::Vector<S>; GROUP],
) -> R::Vector<S> {
    let mut sum = R::times(simd, x[0], s[0]);
    for (x, s) in x.into_iter().zip(s).skip(1) {
        sum = R::times_plus(simd, x, s, sum);
    }
    sum
}
