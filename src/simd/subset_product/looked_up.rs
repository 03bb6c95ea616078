//! Products with a matrix of two values by looking sums up.

use pulp::NullaryFnOnce;
use pulp::x86::V4;

use crate::simd::look_up::{GROUP, LookUp, SUBSETS};
use crate::simd::subset_sums::TILE;
use crate::simd::{Aligned, SubsetSums};

use super::SubsetPart;

/// Bytes of tables that stay in a far cache beside the rest.
const LARGE_TABLES: usize = 8 << 20;

/// Several products.
pub(super) struct LookedUp<'p, 'a, R> {
    pub simd: V4,
    pub tables: &'p [R],
    pub x: &'p SubsetSums<R>,
    pub parts: &'p mut [SubsetPart<'a, R>],
}

impl<R: LookUp> NullaryFnOnce for LookedUp<'_, '_, R> {
    type Output = ();

    /// Tiles of rows one after the other: where the tables are large, each for all parts while its own
    /// are in a near cache.
    #[inline(always)]
    fn call(self) {
        let together = if size_of_val(self.tables) > LARGE_TABLES {
            self.parts.len()
        } else {
            1
        };
        let rows = self.x.rows;
        for parts in self.parts.chunks_mut(together.max(1)) {
            let mut pass = Pass {
                simd: self.simd,
                tables: self.tables,
                groups: self.x.groups(),
                parts: Vec::with_capacity(parts.len()),
            };
            // Not by a closure, which would be compiled without the instructions of this function.
            for part in parts {
                pass.parts.push((indices(self.x, part), part));
            }
            let mut row = 0;
            while row + TILE <= rows {
                pass.rows::<TILE>(row);
                row += TILE;
            }
            while row < rows {
                pass.rows::<1>(row);
                row += 1;
            }
        }
    }
}

/// Where S is 1: the indices of subsets, groups × width.
#[inline(always)]
fn indices<R: LookUp>(x: &SubsetSums<R>, part: &SubsetPart<'_, R>) -> Aligned<R::Index> {
    let width = part.width();
    let mut indices = Aligned::filled(R::EMPTY, x.groups() * width);
    let groups = part.s.chunks(GROUP * width);
    for (indices, group) in indices.chunks_exact_mut(width).zip(groups) {
        for (b, s) in group.chunks_exact(width).enumerate() {
            for (index, s) in indices.iter_mut().zip(s) {
                *index = R::with(*index, b, *s == R::UNIT);
            }
        }
    }
    indices
}

/// Parts done together, with their indices.
struct Pass<'p, 'a, R: LookUp> {
    simd: V4,
    tables: &'p [R],
    groups: usize,
    parts: Vec<(Aligned<R::Index>, &'p mut SubsetPart<'a, R>)>,
}

impl<R: LookUp> Pass<'_, '_, R> {
    /// M rows of every part.
    #[inline(always)]
    fn rows<const M: usize>(&mut self, row: usize) {
        let first = row * self.groups * SUBSETS;
        let tables = &self.tables[first..first + M * self.groups * SUBSETS];
        let count = R::count::<V4>();
        for (indices, part) in &mut self.parts {
            let mut column = 0;
            while column + 4 * count <= part.width() {
                tile::<R, M, 4>(self.simd, (tables, indices), part, [row, column]);
                column += 4 * count;
            }
            while column + count <= part.width() {
                tile::<R, M, 1>(self.simd, (tables, indices), part, [row, column]);
                column += count;
            }
            for column in column..part.width() {
                for r in 0..M {
                    let tables = tables.chunks_exact(SUBSETS).skip(r).step_by(M);
                    one_entry(tables, indices, part, [row + r, column]);
                }
            }
        }
    }
}

/// M rows of N vectors' columns.
#[inline(always)]
fn tile<R: LookUp, const M: usize, const N: usize>(
    simd: V4,
    (tables, indices): (&[R], &[R::Index]),
    part: &mut SubsetPart<'_, R>,
    [row, column]: [usize; 2],
) {
    let count = R::count::<V4>();
    let mut sums = [[R::splat(simd, R::NOUGHT); N]; M];
    let groups = indices.chunks_exact(part.width());
    for (tables, indices) in tables.chunks_exact(M * SUBSETS).zip(groups) {
        let indices: [R::Indices; N] = std::array::from_fn(|c| {
            let first = column + c * count;
            R::indices(&indices[first..first + count])
        });
        for (r, sums) in sums.iter_mut().enumerate() {
            let table = R::table(&tables[r * SUBSETS..(r + 1) * SUBSETS]);
            for (sum, indices) in sums.iter_mut().zip(indices) {
                *sum = R::plus(simd, *sum, R::look_up(simd, table, indices));
            }
        }
    }
    for (r, sums) in sums.into_iter().enumerate() {
        part.add(simd, [row + r, column], sums);
    }
}

/// One entry, from the tables of its row.
#[inline(always)]
fn one_entry<'a, R: LookUp>(
    tables: impl Iterator<Item = &'a [R]>,
    indices: &[R::Index],
    part: &mut SubsetPart<'_, R>,
    [row, column]: [usize; 2],
) {
    let width = part.width();
    let indices = indices.iter().skip(column).step_by(width);
    let sum = tables.zip(indices).fold(R::NOUGHT, |sum, (table, index)| {
        sum + table[R::place(*index)]
    });
    let place = row * width + column;
    let step = R::fused(part.factors[column], sum, part.lost[place]);
    let before = part.sum[place];
    part.sum[place] = before + step;
    part.lost[place] = step - (part.sum[place] - before);
}
