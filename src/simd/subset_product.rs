//! Products with a matrix of two values.

use pulp::{NullaryFnOnce, Simd, WithSimd};

use super::look_up::{GROUP, LookUp, SUBSETS};
use super::subset_sums::{TILE, Terms};
use super::{Aligned, SubsetSums};

/// Rows of the tile that is held in registers without tables; with two vectors a row it fits 16.
const ROWS: usize = 3;

/// Bytes of tables that stay in a far cache beside the rest.
#[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
const LARGE_TABLES: usize = 8 << 20;

/// H + L ← H + L + X·diag(w)·S·diag(f) for several S, whose entries are 1 or ℓ. H is the sum as it is rounded, and L
/// what is lost by that, so that no number of small steps is.
///
/// The terms of four columns of X are added up first, then these sums in order, every entry by itself:
/// whether they are looked up does not show, nor do the other S.
#[derive(Debug)]
pub struct SubsetProduct<'a, R> {
    /// X·diag(w), rows × inner.
    pub x: &'a SubsetSums<R>,
    /// The matrices S, and where their products go.
    pub parts: Vec<SubsetPart<'a, R>>,
}

/// One of the matrices of a [`SubsetProduct`]. Rows of S, H and L are contiguous, one after the other, as many
/// floats each as there are `factors`.
#[derive(Debug)]
pub struct SubsetPart<'a, R> {
    /// S, inner × width.
    pub s: &'a [R],
    /// f, of every column.
    pub factors: Vec<R>,
    /// H, rows × width.
    pub sum: &'a mut [R],
    /// L, rows × width.
    pub lost: &'a mut [R],
}

impl<R: LookUp> SubsetProduct<'_, R> {
    /// Carries out the products.
    pub fn run(mut self) {
        self.parts.retain(|part| part.width() > 0);
        match &self.x.terms {
            #[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
            Terms::Tables(tables) => {
                let Some(simd) = super::level::avx512() else {
                    unreachable!("tables are made where they can be looked up");
                };
                simd.vectorize(LookedUp {
                    simd,
                    tables,
                    x: self.x,
                    parts: &mut self.parts,
                });
            }
            #[cfg(not(any(target_arch = "x86", target_arch = "x86_64")))]
            Terms::Tables(_) => unreachable!("tables are made where they can be looked up"),
            Terms::Entries(entries) => {
                let (x, level) = (self.x, self.x.level());
                for part in self.parts {
                    level.run(Multiplied { entries, x, part });
                }
            }
        }
    }
}

impl<R: LookUp> SubsetPart<'_, R> {
    fn width(&self) -> usize {
        self.factors.len()
    }

    /// Adds the sums of a row's columns, whole vectors.
    #[inline(always)]
    fn add<S: Simd, const N: usize>(
        &mut self,
        simd: S,
        [row, column]: [usize; 2],
        sums: [R::Vector<S>; N],
    ) {
        let size = N * R::count::<S>();
        let place = row * self.width() + column;
        let place = place..place + size;
        let (factors, _) = R::vectors::<S>(&self.factors[column..column + size]);
        let (sum, _) = R::vectors_mut::<S>(&mut self.sum[place.clone()]);
        let (lost, _) = R::vectors_mut::<S>(&mut self.lost[place]);
        for (c, step) in sums.into_iter().enumerate() {
            let step = R::times_plus(simd, factors[c], step, lost[c]);
            (sum[c], lost[c]) = added::<R, S>(simd, sum[c], step);
        }
    }
}

/// H + L rounded, and what is lost.
#[inline(always)]
fn added<R: LookUp, S: Simd>(
    simd: S,
    sum: R::Vector<S>,
    step: R::Vector<S>,
) -> (R::Vector<S>, R::Vector<S>) {
    let rounded = R::plus(simd, sum, step);
    let taken = R::minus(simd, rounded, sum);
    (rounded, R::minus(simd, step, taken))
}

/// By multiplication.
struct Multiplied<'a, R> {
    entries: &'a [R],
    x: &'a SubsetSums<R>,
    part: SubsetPart<'a, R>,
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
        let (length, size) = (x.groups() * GROUP, N * R::count::<S>());
        let rows: [&[R]; M] =
            std::array::from_fn(|r| &self.entries[(row + r) * length..(row + r + 1) * length]);
        let mut sums = [[R::splat(simd, R::NOUGHT); N]; M];
        let nought = [R::splat(simd, R::NOUGHT); N];
        for first in (0..length).step_by(GROUP) {
            let s: [[R::Vector<S>; N]; GROUP] = std::array::from_fn(|b| {
                if first + b >= x.inner {
                    return nought;
                }
                let place = (first + b) * width + column;
                let (s, _) = R::vectors::<S>(&self.part.s[place..place + size]);
                std::array::from_fn(|c| s[c])
            });
            for (sums, row) in sums.iter_mut().zip(rows) {
                let x: [R::Vector<S>; GROUP] =
                    std::array::from_fn(|b| R::splat(simd, row[first + b]));
                for (c, sum) in sums.iter_mut().enumerate() {
                    let four = std::array::from_fn(|b| s[b][c]);
                    *sum = R::plus(simd, *sum, group::<R, S>(simd, x, four));
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
        let (x, width) = (self.x, self.part.width());
        let length = x.groups() * GROUP;
        for (row, entries) in self.entries.chunks_exact(length).enumerate() {
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

/// By looking sums up.
#[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
struct LookedUp<'p, 'a, R> {
    simd: pulp::x86::V4,
    tables: &'p [R],
    x: &'p SubsetSums<R>,
    parts: &'p mut [SubsetPart<'a, R>],
}

#[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
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
                parts: parts
                    .iter_mut()
                    .map(|part| (indices(self.x, part), part))
                    .collect(),
            };
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
#[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
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
#[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
struct Pass<'p, 'a, R: LookUp> {
    simd: pulp::x86::V4,
    tables: &'p [R],
    groups: usize,
    parts: Vec<(Aligned<R::Index>, &'p mut SubsetPart<'a, R>)>,
}

#[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
impl<R: LookUp> Pass<'_, '_, R> {
    /// M rows of every part.
    #[inline(always)]
    fn rows<const M: usize>(&mut self, row: usize) {
        let first = row * self.groups * SUBSETS;
        let tables = &self.tables[first..first + M * self.groups * SUBSETS];
        let count = R::count::<pulp::x86::V4>();
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
#[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
#[inline(always)]
fn tile<R: LookUp, const M: usize, const N: usize>(
    simd: pulp::x86::V4,
    (tables, indices): (&[R], &[R::Index]),
    part: &mut SubsetPart<'_, R>,
    [row, column]: [usize; 2],
) {
    let count = R::count::<pulp::x86::V4>();
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
#[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
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

#[cfg(test)]
mod tests;
