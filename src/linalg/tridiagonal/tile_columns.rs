//! A symmetric matrix in square tiles, for the passes of its reduction to tridiagonal form.

use ndarray::Array2;
use pulp::{Simd, WithSimd};

use crate::simd::{Aligned, Lanes, Level};

/// Rows and columns of a tile: a vector of the widest level.
pub const SIDE: usize = 8;

/// Entries of a vector at the rows of a tile.
#[derive(Clone, Copy, Debug, Default)]
#[repr(align(64))]
pub struct Rows(pub [f64; SIDE]);

/// A vector of zeros for a matrix of n rows, in whole tiles.
pub fn zeros(n: usize) -> Aligned<f64> {
    Aligned::filled(0.0, n.next_multiple_of(SIDE))
}

/// A vector from a row of tiles on, by the rows of tiles.
pub fn by_tiles(vector: &[f64], from: usize) -> &[[f64; SIDE]] {
    vector[from * SIDE..].as_chunks().0
}

/// The same to write to.
pub fn by_tiles_mut(vector: &mut [f64], from: usize) -> &mut [[f64; SIDE]] {
    vector[from * SIDE..].as_chunks_mut().0
}

/// A tile, column after column.
#[derive(Clone, Copy, Debug)]
#[repr(align(64))]
pub struct Tile([f64; SIDE * SIDE]);

impl Tile {
    /// A column of it.
    pub fn column(&self, column: usize) -> &[f64] {
        &self.0[column * SIDE..(column + 1) * SIDE]
    }
}

/// Every few columns of tiles of a symmetric matrix, each from the diagonal down. Rows and columns beyond
/// the matrix are 0.
#[derive(Debug)]
pub struct TileColumns {
    /// The first column held, and the distance to the next one.
    held: (usize, usize),
    columns: Vec<Vec<Tile>>,
    /// What the columns held contribute to the last product.
    product: Aligned<f64>,
}

impl TileColumns {
    /// Every `step`-th column of tiles of a symmetric matrix from the `first` on, times a factor.
    pub fn new(matrix: &Array2<f64>, factor: f64, (first, step): (usize, usize)) -> Self {
        let count = matrix.nrows().div_ceil(SIDE);
        let tiles = |j: usize| {
            (j..count)
                .map(move |i| tile(matrix, factor, [i, j]))
                .collect()
        };
        Self {
            held: (first, step),
            columns: (first..count).step_by(step).map(tiles).collect(),
            product: zeros(matrix.nrows()),
        }
    }

    /// The tiles of a column from the diagonal down, where it is held.
    pub fn column(&self, column: usize) -> Option<&[Tile]> {
        let (first, step) = self.held;
        let place = column.checked_sub(first)?;
        let is_held = place.is_multiple_of(step);
        let column = self.columns.get(place / step).filter(|_| is_held);
        column.map(Vec::as_slice)
    }

    /// What the last [`Self::multiply`] gave.
    pub fn product(&self) -> &[f64] {
        &self.product
    }

    /// The part of Ax that follows from the columns held: those of tiles from `from` on, and their mirror images.
    /// There is 0 in x before them.
    pub fn multiply(&mut self, x: &[f64], from: usize) {
        self.product[from * SIDE..].fill(0.0);
        let (first, step) = self.held;
        let columns = (first..).step_by(step).zip(&self.columns);
        Level::current().run(Multiply {
            columns: columns.skip_while(|(j, _)| *j < from),
            x,
            product: &mut self.product,
        });
    }

    /// A ← A − VWᵀ − WVᵀ in the columns of tiles from `from` on. `panel` holds V and W at the rows of a tile for
    /// each of `width` columns, tile after tile.
    pub fn subtract(&mut self, panel: &[[Rows; 2]], width: usize, from: usize) {
        let (first, step) = self.held;
        let columns = (first..).step_by(step).zip(&mut self.columns);
        Level::current().run(Subtract {
            columns: columns.skip_while(|(j, _)| *j < from),
            panel,
            width,
        });
    }
}

/// A tile of the lower triangle; on the diagonal it mirrors that.
fn tile(matrix: &Array2<f64>, factor: f64, [i, j]: [usize; 2]) -> Tile {
    let n = matrix.nrows();
    let mut tile = Tile([0.0; SIDE * SIDE]);
    for (c, column) in tile.0.chunks_exact_mut(SIDE).enumerate() {
        let c = j * SIDE + c;
        for (r, entry) in column.iter_mut().enumerate() {
            let r = i * SIDE + r;
            if r < n && c < n {
                // Rows of a symmetric matrix lie side by side.
                *entry = factor * matrix[[c.min(r), c.max(r)]];
            }
        }
    }
    tile
}

struct Multiply<'a, C> {
    columns: C,
    x: &'a [f64],
    product: &'a mut [f64],
}

impl<'a, C: Iterator<Item = (usize, &'a Vec<Tile>)>> WithSimd for Multiply<'_, C> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        for (j, tiles) in self.columns {
            let product = by_tiles_mut(self.product, j);
            multiply_column(simd, tiles, by_tiles(self.x, j), product);
        }
    }
}

/// Adds to Ax, from the rows of a column of tiles on, what the tiles contribute.
#[inline(always)]
fn multiply_column<S: Simd>(
    simd: S,
    tiles: &[Tile],
    x: &[[f64; SIDE]],
    product: &mut [[f64; SIDE]],
) {
    let Some((diagonal, below)) = tiles.split_first() else {
        return;
    };
    let factors: [_; SIDE] = std::array::from_fn(|c| f64::splat(simd, x[0][c]));
    let mut across = [f64::splat(simd, 0.0); SIDE];
    add_tile(simd, diagonal, &factors, None, &mut product[0]);
    for ((tile, x), product) in below.iter().zip(&x[1..]).zip(&mut product[1..]) {
        add_tile(simd, tile, &factors, Some((x, &mut across)), product);
    }
    for (product, across) in product[0].iter_mut().zip(across) {
        *product += f64::total(simd, across);
    }
}

/// A vector of a level.
type Vector<S> = <f64 as Lanes>::Vector<S>;

/// Adds a tile times `factors`, and to `across` the products of its columns' entries with x.
#[inline(always)]
fn add_tile<S: Simd>(
    simd: S,
    tile: &Tile,
    factors: &[Vector<S>; SIDE],
    mut across: Option<(&[f64; SIDE], &mut [Vector<S>; SIDE])>,
    product: &mut [f64; SIDE],
) {
    let (tile, _) = f64::vectors::<S>(&tile.0);
    let (product, _) = f64::vectors_mut::<S>(product);
    let vectors = product.len();
    for (part, product) in product.iter_mut().enumerate() {
        let mut sum = *product;
        for c in 0..SIDE {
            let column = tile[c * vectors + part];
            sum = f64::times_plus(simd, column, factors[c], sum);
            if let Some((x, across)) = &mut across {
                let x = f64::vectors::<S>(&x[..]).0[part];
                across[c] = f64::times_plus(simd, column, x, across[c]);
            }
        }
        *product = sum;
    }
}

struct Subtract<'a, C> {
    columns: C,
    panel: &'a [[Rows; 2]],
    width: usize,
}

impl<'a, C: Iterator<Item = (usize, &'a mut Vec<Tile>)>> WithSimd for Subtract<'_, C> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let width = self.width;
        for (j, tiles) in self.columns {
            let panel = &self.panel[j * width..];
            for (tile, rows) in tiles.iter_mut().zip(panel.chunks_exact(width)) {
                subtract_tile(simd, tile, rows, &panel[..width]);
            }
        }
    }
}

/// Subtracts from a tile VWᵀ + WVᵀ of its rows and columns.
#[inline(always)]
fn subtract_tile<S: Simd>(simd: S, tile: &mut Tile, rows: &[[Rows; 2]], columns: &[[Rows; 2]]) {
    let (tile, _) = f64::vectors_mut::<S>(&mut tile.0);
    let vectors = tile.len() / SIDE;
    let minus = f64::splat(simd, -1.0);
    for part in 0..vectors {
        let mut sums = [f64::splat(simd, 0.0); SIDE];
        for ([v, w], [v_columns, w_columns]) in rows.iter().zip(columns) {
            let v = f64::vectors::<S>(&v.0).0[part];
            let w = f64::vectors::<S>(&w.0).0[part];
            for (c, sum) in sums.iter_mut().enumerate() {
                *sum = f64::times_plus(simd, v, f64::splat(simd, w_columns.0[c]), *sum);
                *sum = f64::times_plus(simd, w, f64::splat(simd, v_columns.0[c]), *sum);
            }
        }
        for (c, sum) in sums.into_iter().enumerate() {
            let entry = &mut tile[c * vectors + part];
            *entry = f64::times_plus(simd, minus, sum, *entry);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const N: usize = 37;

    /// A symmetric matrix, and the pieces it is cut into.
    fn matrix(pieces: usize) -> (Array2<f64>, Vec<TileColumns>) {
        let entry = |(i, j): (usize, usize)| ((i * j + 5 * (i + j)) % 17) as f64 - 8.0;
        let matrix = Array2::from_shape_fn((N, N), entry);
        let piece = |first| TileColumns::new(&matrix, 0.5, (first, pieces));
        let cut = (0..pieces).map(piece).collect();
        (&matrix * 0.5, cut)
    }

    /// Σ_p of the pieces' products with x, which is 0 before a row of tiles.
    fn product(pieces: &mut [TileColumns], x: &[f64], from: usize) -> Vec<f64> {
        let mut sum = vec![0.0; N];
        for piece in pieces {
            piece.multiply(x, from);
            let entries = sum.iter_mut().zip(piece.product());
            entries.for_each(|(sum, entry)| *sum += entry);
        }
        sum
    }

    #[test]
    fn pieces_add_up_to_the_product() {
        for count in [1, 3, 7] {
            let (matrix, mut pieces) = matrix(count);
            for from in 0..4 {
                let mut x = zeros(N);
                for (i, x) in x.iter_mut().enumerate().take(N).skip(from * SIDE) {
                    *x = (i % 5) as f64 - 2.0;
                }
                let expected = matrix.dot(&ndarray::ArrayView1::from(&x[..N]));
                let found = product(&mut pieces, &x, from);
                assert_eq!(found[from * SIDE..], expected.to_vec()[from * SIDE..]);
            }
        }
    }

    #[test]
    fn what_is_subtracted_is_gone_from_the_columns_asked_for() {
        let (mut matrix, mut pieces) = matrix(2);
        let (width, from) = (3, 2);
        let entry = |row: usize, p: usize| ((row + 2 * p) % 7) as f64 - 3.0;
        let mut panel = vec![[Rows::default(); 2]; N.div_ceil(SIDE) * width];
        for row in 0..N {
            for p in 0..width {
                let [v, w] = &mut panel[row / SIDE * width + p];
                v.0[row % SIDE] = entry(row, p);
                w.0[row % SIDE] = entry(row * row, p + 1);
            }
        }
        for piece in &mut pieces {
            piece.subtract(&panel, width, from);
        }
        for ((i, j), x) in matrix.indexed_iter_mut() {
            for p in 0..width {
                *x -= entry(i, p) * entry(j * j, p + 1) + entry(i * i, p + 1) * entry(j, p);
            }
        }
        for j in 0..N {
            let held = pieces.iter().find_map(|piece| piece.column(j / SIDE));
            for (tile, i) in held.unwrap().iter().zip((j / SIDE * SIDE..).step_by(SIDE)) {
                for (r, x) in tile.column(j % SIDE).iter().enumerate() {
                    let is_inside = i + r < N && j >= from * SIDE;
                    assert!(!is_inside || *x == matrix[[i + r, j]], "{i} + {r}, {j}");
                }
            }
        }
    }

    #[test]
    fn every_level_has_the_same_product_of_whole_numbers() {
        let (_, mut pieces) = matrix(1);
        let x: Vec<f64> = (0..40).map(|i| f64::from(i % 9) - 4.0).collect();
        let expected = product(&mut pieces, &x, 0);
        for level in Level::ALL {
            let mut found = zeros(N);
            level.run(Multiply {
                columns: pieces[0].columns.iter().enumerate(),
                x: &x,
                product: &mut found,
            });
            assert_eq!(found[..N], expected, "{level:?}");
        }
    }
}
