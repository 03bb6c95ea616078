//! Products with a matrix of two values by looking sums up.

use pulp::NullaryFnOnce;
use pulp::x86::V4;

use crate::simd::look_up::{GROUP, LookUp, SUBSETS};
use crate::simd::subset_sums::{TILE, table};
use crate::simd::{Aligned, SubsetSums};

use super::SubsetPart;

/// Several products.
pub(super) struct LookedUp<'p, 'a, R> {
    pub simd: V4,
    pub x: &'p SubsetSums<R>,
    pub parts: &'p mut [SubsetPart<'a, R>],
    pub is_over: &'p dyn Fn() -> bool,
}

impl<R: LookUp> NullaryFnOnce for LookedUp<'_, '_, R> {
    type Output = ();

    /// Tiles of rows one after the other. Of each the sums over the subsets of every group of columns are
    /// tabled in a near cache, where all parts look them up.
    #[inline(always)]
    fn call(self) {
        let (x, rows) = (self.x, self.x.rows);
        let mut pass = Pass {
            simd: self.simd,
            x,
            factors: x.subsets(),
            tables: Aligned::filled(R::NOUGHT, TILE.min(rows) * x.groups() * SUBSETS),
            parts: Vec::with_capacity(self.parts.len()),
        };
        // Not by a closure, which would be compiled without the instructions of this function.
        for part in self.parts {
            pass.parts.push((indices(x, part), part));
        }
        let mut row = 0;
        while row + TILE <= rows {
            if (self.is_over)() {
                return;
            }
            pass.rows::<TILE>(row);
            row += TILE;
        }
        while row < rows {
            pass.rows::<1>(row);
            row += 1;
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
    x: &'p SubsetSums<R>,
    /// What the entries of a group are multiplied by in each subset.
    factors: [[R; SUBSETS]; GROUP],
    /// Of a tile of rows, of each group of columns and row a table.
    tables: Aligned<R>,
    parts: Vec<(Aligned<R::Index>, &'p mut SubsetPart<'a, R>)>,
}

impl<R: LookUp> Pass<'_, '_, R> {
    /// M rows of every part.
    #[inline(always)]
    fn rows<const M: usize>(&mut self, row: usize) {
        self.make_tables::<M>(row);
        let tables = &self.tables[..M * self.x.groups() * SUBSETS];
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

    /// Tables of M rows, those of a group side by side.
    #[inline(always)]
    fn make_tables<const M: usize>(&mut self, row: usize) {
        let rows: [&[[R; GROUP]]; M] =
            std::array::from_fn(|r| self.x.row(row + r).as_chunks::<GROUP>().0);
        let groups = self.tables.chunks_exact_mut(M * SUBSETS);
        for (group, tables) in (0..self.x.groups()).zip(groups) {
            for (row, sums) in rows.iter().zip(tables.chunks_exact_mut(SUBSETS)) {
                table::<R, V4>(self.simd, &row[group], &self.factors, sums);
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
