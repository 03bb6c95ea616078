//! What a product with a matrix of two values is made of.

use pulp::{Simd, WithSimd};
use rayon::prelude::*;

use super::look_up::{GROUP, LookUp, SUBSETS};
use super::{Aligned, Level};

/// Rows of X whose tables lie side by side.
pub(super) const TILE: usize = 5;

/// X·diag(w) for products with matrices S whose entries are 1 or ℓ, taken four columns of X at a time:
/// where the processor looks up sixteen lanes at once, as tables of what four columns come to for each
/// of the sixteen sets of them where S is 1.
#[derive(Clone, Debug)]
pub struct SubsetSums<R> {
    level: Level,
    pub(super) rows: usize,
    pub(super) inner: usize,
    /// ℓ.
    pub(super) low: R,
    pub(super) terms: Terms<R>,
}

/// The terms of a sum over the columns of X.
#[derive(Clone, Debug)]
pub(super) enum Terms<R> {
    /// Of each tile of rows, group of columns and row a table.
    Tables(Aligned<R>),
    /// X·diag(w), with zeros up to whole groups.
    Entries(Vec<R>),
}

impl<R: LookUp> SubsetSums<R> {
    /// Room for X with some rows and columns, and entries of S 1 or `low`.
    pub fn new(rows: usize, inner: usize, low: R) -> Self {
        Self::at(Level::current(), rows, inner, low)
    }

    /// The same for products at a level.
    pub(super) fn at(level: Level, rows: usize, inner: usize, low: R) -> Self {
        let groups = inner.div_ceil(GROUP);
        let terms = if level == Level::Avx512 && level.is_available() {
            Terms::Tables(Aligned::filled(R::NOUGHT, rows * groups * SUBSETS))
        } else {
            Terms::Entries(vec![R::NOUGHT; rows * groups * GROUP])
        };
        Self {
            level,
            rows,
            inner,
            low,
            terms,
        }
    }

    /// Floats held for an X of this shape, at the level that holds most.
    pub fn most_floats(rows: u128, inner: u128) -> u128 {
        rows * inner.div_ceil(GROUP as u128) * SUBSETS as u128
    }

    /// Floats held.
    pub fn floats(&self) -> usize {
        match &self.terms {
            Terms::Tables(tables) => tables.len(),
            Terms::Entries(entries) => entries.len(),
        }
    }

    /// The level of the products.
    pub(super) fn level(&self) -> Level {
        self.level
    }

    /// Groups of columns.
    pub(super) fn groups(&self) -> usize {
        self.inner.div_ceil(GROUP)
    }

    /// Takes X (rows × inner, by rows) and w; tiles of rows in parallel.
    pub fn update(&mut self, x: &[R], w: &[R]) {
        let (inner, low, level, groups) = (self.inner, self.low, self.level, self.groups());
        if self.rows == 0 || inner == 0 {
            return;
        }
        match &mut self.terms {
            Terms::Entries(entries) => {
                let rows = entries.chunks_exact_mut(groups * GROUP);
                for (entries, x) in rows.zip(x.chunks_exact(inner)) {
                    for ((entry, x), w) in entries.iter_mut().zip(x).zip(w) {
                        *entry = *x * *w;
                    }
                }
            }
            Terms::Tables(tables) => tables
                .par_chunks_mut(TILE * groups * SUBSETS)
                .zip(x.par_chunks(TILE * inner))
                .for_each(|(tables, x)| {
                    level.run(Tile { x, w, low, tables });
                }),
        }
    }
}

/// The tables of a tile of rows; of fewer rows at the end, those of one after the other.
struct Tile<'a, R> {
    x: &'a [R],
    w: &'a [R],
    low: R,
    tables: &'a mut [R],
}

impl<R: LookUp> WithSimd for Tile<'_, R> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let (inner, factors) = (self.w.len(), subsets(self.low));
        let rows = if self.x.len() == TILE * inner {
            TILE
        } else {
            1
        };
        let of_rows = self
            .tables
            .chunks_exact_mut(rows * inner.div_ceil(GROUP) * SUBSETS);
        for (x, tables) in self.x.chunks_exact(rows * inner).zip(of_rows) {
            // In the order in which they lie.
            let groups = tables.chunks_exact_mut(rows * SUBSETS);
            for (first, tables) in (0..inner).step_by(GROUP).zip(groups) {
                let w = four(&self.w[first..]);
                let tables = tables.chunks_exact_mut(SUBSETS);
                for (x, sums) in x.chunks_exact(inner).zip(tables) {
                    let x = four(&x[first..]);
                    let terms = std::array::from_fn(|b| x[b] * w[b]);
                    table::<R, S>(simd, terms, &factors, sums);
                }
            }
        }
    }
}

/// The first four, or zeros where there are fewer.
#[inline(always)]
fn four<R: LookUp>(x: &[R]) -> [R; GROUP] {
    match x.first_chunk() {
        Some(four) => *four,
        None => std::array::from_fn(|b| x.get(b).copied().unwrap_or(R::NOUGHT)),
    }
}

/// What entry b of a group is multiplied by in each of the subsets.
fn subsets<R: LookUp>(low: R) -> [[R; SUBSETS]; GROUP] {
    let factor = |b, place| if place >> b & 1 == 1 { R::UNIT } else { low };
    std::array::from_fn(|b| std::array::from_fn(|place| factor(b, place)))
}

/// The sums of four terms over all subsets.
#[inline(always)]
fn table<R: LookUp, S: Simd>(
    simd: S,
    terms: [R; GROUP],
    factors: &[[R; SUBSETS]; GROUP],
    sums: &mut [R],
) {
    let (sums, _) = R::vectors_mut::<S>(sums);
    for (c, sum) in sums.iter_mut().enumerate() {
        let factor = |b: usize| R::vectors::<S>(&factors[b]).0[c];
        let mut total = R::times(simd, R::splat(simd, terms[0]), factor(0));
        for (b, term) in terms.into_iter().enumerate().skip(1) {
            total = R::times_plus(simd, R::splat(simd, term), factor(b), total);
        }
        *sum = total;
    }
}
