//! What a product with a matrix of two values is made of.

use pulp::Simd;
use rayon::prelude::*;

use super::Level;
use super::look_up::{GROUP, LookUp, SUBSETS};

/// Rows of X that are worked on together.
pub(super) const TILE: usize = 5;

/// X·diag(w) for products with matrices S whose entries are 1 or ℓ, taken four columns of X at a time.
#[derive(Clone, Debug)]
pub struct SubsetSums<R> {
    level: Level,
    pub(super) rows: usize,
    pub(super) inner: usize,
    /// ℓ.
    pub(super) low: R,
    /// X·diag(w) by rows, with zeros up to whole groups.
    entries: Vec<R>,
}

impl<R: LookUp> SubsetSums<R> {
    /// Room for X with some rows and columns, and entries of S 1 or `low`.
    pub fn new(rows: usize, inner: usize, low: R) -> Self {
        Self::at(Level::current(), rows, inner, low)
    }

    /// The same for products at a level.
    pub(super) fn at(level: Level, rows: usize, inner: usize, low: R) -> Self {
        let length = inner.div_ceil(GROUP) * GROUP;
        Self {
            level,
            rows,
            inner,
            low,
            entries: vec![R::NOUGHT; rows * length],
        }
    }

    /// Floats held for an X of this shape.
    pub fn floats_of(rows: u128, inner: u128) -> u128 {
        rows * inner.next_multiple_of(GROUP as u128)
    }

    /// Floats that the tables of a product take on each thread, at the level that takes most.
    pub fn passing_floats(inner: u128) -> u128 {
        TILE as u128 * inner.div_ceil(GROUP as u128) * SUBSETS as u128
    }

    /// Indices of subsets, each as wide as a float, of so many columns of S.
    pub fn indices_of(inner: u128, columns: u128) -> u128 {
        inner.div_ceil(GROUP as u128) * columns
    }

    /// Floats held.
    pub fn floats(&self) -> usize {
        self.entries.len()
    }

    /// The level of the products.
    pub(super) fn level(&self) -> Level {
        self.level
    }

    /// Whether sums over the subsets of a group are looked up: where the processor looks up the lanes of a
    /// vector in one instruction.
    pub(super) fn are_looked_up(&self) -> bool {
        self.level == Level::Avx512 && self.level.is_available()
    }

    /// Groups of columns.
    pub(super) fn groups(&self) -> usize {
        self.inner.div_ceil(GROUP)
    }

    /// A row of X·diag(w), with zeros up to whole groups.
    pub(super) fn row(&self, row: usize) -> &[R] {
        let length = self.groups() * GROUP;
        &self.entries[row * length..(row + 1) * length]
    }

    /// Takes X (rows × inner, by rows) and w; rows in parallel.
    pub fn update(&mut self, x: &[R], w: &[R]) {
        let inner = self.inner;
        if self.rows == 0 || inner == 0 {
            return;
        }
        let length = self.groups() * GROUP;
        let tiles = self.entries.par_chunks_mut(TILE * length);
        tiles
            .zip(x.par_chunks(TILE * inner))
            .for_each(|(entries, x)| {
                let rows = entries.chunks_exact_mut(length);
                for (entries, x) in rows.zip(x.chunks_exact(inner)) {
                    for ((entry, x), w) in entries.iter_mut().zip(x).zip(w) {
                        *entry = *x * *w;
                    }
                }
            });
    }

    /// What entry b of a group is multiplied by in each of the subsets.
    pub(super) fn subsets(&self) -> [[R; SUBSETS]; GROUP] {
        let factor = |b, place| {
            if place >> b & 1 == 1 {
                R::UNIT
            } else {
                self.low
            }
        };
        std::array::from_fn(|b| std::array::from_fn(|place| factor(b, place)))
    }
}

/// The sums of four terms over all subsets.
#[inline(always)]
pub(super) fn table<R: LookUp, S: Simd>(
    simd: S,
    terms: &[R; GROUP],
    factors: &[[R; SUBSETS]; GROUP],
    sums: &mut [R],
) {
    let (sums, _) = R::vectors_mut::<S>(sums);
    for (c, sum) in sums.iter_mut().enumerate() {
        let factor = |b: usize| R::vectors::<S>(&factors[b]).0[c];
        let mut total = R::times(simd, R::splat(simd, terms[0]), factor(0));
        for (b, term) in terms.iter().enumerate().skip(1) {
            total = R::times_plus(simd, R::splat(simd, *term), factor(b), total);
        }
        *sum = total;
    }
}
