//! Reflections that wait to be applied to a matrix.

use pulp::{Simd, WithSimd};

use crate::simd::Level;

use super::tile_columns::{Rows, SIDE, by_tiles, by_tiles_mut};

/// Reflections that are gathered: whole tiles of columns. More of them are slower to look through for each
/// column, fewer send the matrix through the caches more often.
pub const WIDTH: usize = 2 * SIDE;

/// V and W of the last few columns, of which A − VWᵀ − WVᵀ has the reflections applied.
#[derive(Clone, Debug)]
pub struct ReflectionPanel {
    /// The rows of a tile of each column of V and W, tile after tile.
    entries: Vec<[Rows; 2]>,
    /// Columns that V and W have.
    filled: usize,
}

impl ReflectionPanel {
    /// Without columns, for a matrix of a number of rows of tiles.
    pub fn new(tiles: usize) -> Self {
        Self {
            entries: vec![[Rows::default(); 2]; tiles * WIDTH],
            filled: 0,
        }
    }

    /// Forgets all columns.
    pub fn clear(&mut self) {
        self.filled = 0;
    }

    /// The columns as they lie, once there are [`WIDTH`].
    pub fn entries(&self) -> &[[Rows; 2]] {
        &self.entries
    }

    /// Adds a column to V and W, known from a row of tiles on; gives whether there is room for more.
    pub fn push(&mut self, v: &[f64], w: &[f64], from: usize) -> bool {
        let rows = self.entries[from * WIDTH..].chunks_exact_mut(WIDTH);
        let columns = by_tiles(v, from).iter().zip(by_tiles(w, from));
        for (rows, (v, w)) in rows.zip(columns) {
            rows[self.filled] = [Rows(*v), Rows(*w)];
        }
        self.filled += 1;
        self.filled < WIDTH
    }

    /// A row of V and one of W.
    pub fn row(&self, row: usize) -> [[f64; WIDTH]; 2] {
        let mut values = [[0.0; WIDTH]; 2];
        for (p, entries) in self.rows(row / SIDE).iter().enumerate() {
            for (values, entries) in values.iter_mut().zip(entries) {
                values[p] = entries.0[row % SIDE];
            }
        }
        values
    }

    /// Vᵀx and Wᵀx, where x is 0 before a row of tiles.
    pub fn products(&self, x: &[f64], from: usize) -> [[f64; WIDTH]; 2] {
        Level::current().run(Products {
            panel: self,
            x,
            from,
        })
    }

    /// y ← y − V·w − W·v from a row of tiles on, given [v, w].
    pub fn take_off(&self, [v, w]: &[[f64; WIDTH]; 2], y: &mut [f64], from: usize) {
        Level::current().run(TakeOff {
            panel: self,
            factors: [w, v],
            y,
            from,
        });
    }

    fn rows(&self, tile: usize) -> &[[Rows; 2]] {
        &self.entries[tile * WIDTH..tile * WIDTH + self.filled]
    }
}

struct Products<'a> {
    panel: &'a ReflectionPanel,
    x: &'a [f64],
    from: usize,
}

impl WithSimd for Products<'_> {
    type Output = [[f64; WIDTH]; 2];

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) -> Self::Output {
        let mut sums = [[Rows::default(); 2]; WIDTH];
        for (x, tile) in by_tiles(self.x, self.from).iter().zip(self.from..) {
            for (sums, entries) in sums.iter_mut().zip(self.panel.rows(tile)) {
                for side in 0..2 {
                    for (r, x) in x.iter().enumerate() {
                        sums[side].0[r] += entries[side].0[r] * x;
                    }
                }
            }
        }
        let mut products = [[0.0; WIDTH]; 2];
        for (p, sums) in sums.iter().enumerate() {
            for side in 0..2 {
                products[side][p] = sums[side].0.iter().sum();
            }
        }
        products
    }
}

struct TakeOff<'a> {
    panel: &'a ReflectionPanel,
    /// What the columns of V, and those of W, are multiplied by.
    factors: [&'a [f64; WIDTH]; 2],
    y: &'a mut [f64],
    from: usize,
}

impl WithSimd for TakeOff<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) {
        for (y, tile) in by_tiles_mut(self.y, self.from).iter_mut().zip(self.from..) {
            let mut sums = [Rows::default(); 2];
            for (p, entries) in self.panel.rows(tile).iter().enumerate() {
                for side in 0..2 {
                    for r in 0..SIDE {
                        sums[side].0[r] += entries[side].0[r] * self.factors[side][p];
                    }
                }
            }
            let [of_v, of_w] = sums;
            for ((y, of_v), of_w) in y.iter_mut().zip(of_v.0).zip(of_w.0) {
                *y -= of_v + of_w;
            }
        }
    }
}
