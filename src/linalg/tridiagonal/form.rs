//! The reduction of a symmetric matrix to tridiagonal form.

use std::ops::ControlFlow;
use std::sync::MutexGuard;

use ndarray::Array2;
use rayon::prelude::*;

use crate::simd::Aligned;
use crate::task::{Cancel, Cancelled, crew};

use super::Tridiagonal;
use super::reflection_panel::{ReflectionPanel, WIDTH};
use super::tile_columns::{SIDE, TileColumns, by_tiles_mut, zeros};

/// Pieces that a large matrix is cut into: a fixed number, so that the order of the sums does not depend
/// on the number of threads.
const PIECES: usize = 4;

/// Sides from which on cutting pays.
const LARGE: usize = 400;

type Pieces<'a> = [MutexGuard<'a, TileColumns>];

/// The tridiagonal matrix with the eigenvalues of a symmetric one without infinities or NaN.
///
/// Householder's reflections, gathered for a few columns before the matrix takes them on, so that a column reads
/// half of what is left of it, once (Dongarra, Sorensen and Hammarling 1989). Threads keep their columns.
///
/// # Errors
/// [`Cancelled`] once `cancel` is raised.
pub fn tridiagonal_form(matrix: Array2<f64>, cancel: &Cancel) -> Result<Tridiagonal, Cancelled> {
    let n = matrix.nrows();
    let largest = matrix.iter().fold(0.0_f64, |most, x| most.max(x.abs()));
    let scale = largest.max(f64::MIN_POSITIVE).log2().floor().exp2();
    let count = if n < LARGE { 1 } else { PIECES };
    let piece = |first| TileColumns::new(&matrix, scale.recip(), (first, count));
    let pieces: Vec<_> = (0..count).into_par_iter().map(piece).collect();
    drop(matrix);
    let mut form = Form::new(n);
    let work = |piece: &mut TileColumns, form: &Form| form.pass_over(piece);
    crew::repeat(pieces, &mut form, work, |form, pieces| {
        match cancel.check() {
            Ok(()) => form.go_on(pieces).map_break(Ok),
            Err(cancelled) => ControlFlow::Break(Err(cancelled)),
        }
    })?;
    Ok(form.scaled(scale))
}

/// What the pieces are to do next.
#[derive(Clone, Copy, Debug)]
enum Task {
    /// Nothing yet.
    Wait,
    /// The product of what is left of the matrix with v.
    Multiply,
    /// Take on the reflections gathered.
    Subtract,
}

/// A tridiagonal matrix in the making.
#[derive(Debug)]
struct Form {
    diagonal: Vec<f64>,
    beside: Vec<f64>,
    /// Rows of the matrix.
    n: usize,
    task: Task,
    /// The column in work, then v of its reflection 1 − τvvᵀ.
    v: Aligned<f64>,
    /// τ.
    factor: f64,
    w: Aligned<f64>,
    panel: ReflectionPanel,
}

impl Form {
    fn new(n: usize) -> Self {
        Self {
            diagonal: Vec::with_capacity(n),
            beside: Vec::with_capacity(n),
            n,
            task: Task::Wait,
            v: zeros(n),
            factor: 0.0,
            w: zeros(n),
            panel: ReflectionPanel::new(n.div_ceil(SIDE)),
        }
    }

    fn scaled(self, scale: f64) -> Tridiagonal {
        let by_scale = |entries: Vec<f64>| entries.into_iter().map(|x| x * scale).collect();
        let beside: Vec<f64> = by_scale(self.beside);
        Tridiagonal::new(by_scale(self.diagonal), &beside)
    }

    /// Columns that are done.
    fn done(&self) -> usize {
        self.diagonal.len()
    }

    /// The row of tiles that v, known to be 0 before, begins in.
    fn first_tile(&self) -> usize {
        self.done() / SIDE
    }

    fn pass_over(&self, piece: &mut TileColumns) {
        match self.task {
            Task::Wait => {}
            Task::Multiply => piece.multiply(&self.v, self.first_tile()),
            Task::Subtract => piece.subtract(self.panel.entries(), WIDTH, self.first_tile()),
        }
    }

    /// What follows from the last pass, up to the next one.
    fn go_on(&mut self, pieces: &Pieces<'_>) -> ControlFlow<()> {
        let mut has_room = true;
        match self.task {
            Task::Wait => {}
            Task::Multiply => has_room = self.gather(pieces),
            Task::Subtract => self.panel.clear(),
        }
        while has_room && self.done() < self.n {
            if self.reflect(pieces) {
                self.task = Task::Multiply;
                return ControlFlow::Continue(());
            }
            self.w.fill(0.0);
            has_room = self.panel.push(&self.v, &self.w, self.first_tile());
        }
        if self.done() == self.n {
            return ControlFlow::Break(());
        }
        self.task = Task::Subtract;
        ControlFlow::Continue(())
    }

    /// Takes the next column's two entries, and v of the reflection that clears the others; gives whether there
    /// is anything to clear.
    fn reflect(&mut self, pieces: &Pieces<'_>) -> bool {
        let column = self.done();
        self.take_column(column, pieces);
        let v = &mut self.v;
        self.diagonal.push(v[column]);
        v[column] = 0.0;
        let Some((first, rest)) = v[column + 1..].split_first_mut() else {
            return false;
        };
        if column + 1 < self.n {
            self.beside.push(*first);
        }
        let squared = dot(rest, rest);
        if squared == 0.0 {
            *first = 0.0;
            rest.fill(0.0);
            return false;
        }
        let length = -squared.sqrt().hypot(*first).copysign(*first);
        self.beside[column] = length;
        self.factor = (length - *first) / length;
        let inverse = (*first - length).recip();
        rest.iter_mut().for_each(|x| *x *= inverse);
        *first = 1.0;
        true
    }

    /// A column from the diagonal down, with the reflections gathered, into v.
    fn take_column(&mut self, column: usize, pieces: &Pieces<'_>) {
        let first = column / SIDE;
        let Some(tiles) = pieces.iter().find_map(|piece| piece.column(first)) else {
            unreachable!("the pieces hold every column");
        };
        for (v, tile) in by_tiles_mut(&mut self.v, first).iter_mut().zip(tiles) {
            v.copy_from_slice(tile.column(column % SIDE));
        }
        let row = self.panel.row(column);
        self.panel.take_off(&row, &mut self.v, first);
        self.v[first * SIDE..column].fill(0.0);
    }

    /// From the product Av to w, where A − vwᵀ − wvᵀ has the reflection applied: w = τp − ½τ²(pᵀv)v with p = Av of
    /// the matrix with the reflections before. Gives whether more can be gathered.
    fn gather(&mut self, pieces: &Pieces<'_>) -> bool {
        let first = self.first_tile();
        let from = first * SIDE;
        self.w[from..].fill(0.0);
        for piece in pieces {
            let sums = self.w[from..].iter_mut().zip(&piece.product()[from..]);
            sums.for_each(|(w, product)| *w += product);
        }
        let products = self.panel.products(&self.v, first);
        self.panel.take_off(&products, &mut self.w, first);
        let share = 0.5 * self.factor * dot(&self.v[from..], &self.w[from..]);
        for (w, v) in self.w[from..].iter_mut().zip(&self.v[from..]) {
            *w = self.factor * (*w - share * v);
        }
        self.panel.push(&self.v, &self.w, first)
    }
}

/// Σ xy in as many partial sums as a tile has rows.
fn dot(x: &[f64], y: &[f64]) -> f64 {
    let (xs, x_rest) = x.as_chunks::<SIDE>();
    let (ys, y_rest) = y.as_chunks::<SIDE>();
    let mut sums = [0.0; SIDE];
    for (x, y) in xs.iter().zip(ys) {
        for r in 0..SIDE {
            sums[r] += x[r] * y[r];
        }
    }
    let rest = x_rest.iter().zip(y_rest).map(|(x, y)| x * y);
    sums.into_iter().chain(rest).sum()
}

#[cfg(test)]
mod tests {
    use faer::Side;
    use ndarray::Array1;

    use super::*;
    use crate::linalg::to_faer;

    /// Largest difference to the eigenvalues of another program, in roundings of the largest one.
    fn error(matrix: &Array2<f64>) -> f64 {
        let form = tridiagonal_form(matrix.clone(), &Cancel::new()).unwrap();
        let values = form.eigenvalues(&Cancel::new()).unwrap().unwrap();
        let expected = to_faer(matrix).self_adjoint_eigenvalues(Side::Lower);
        let expected = expected.unwrap();
        assert_eq!(values.len(), expected.len());
        let largest = expected.iter().fold(0.0_f64, |most, x| most.max(x.abs()));
        let pairs = values.iter().zip(&expected);
        let worst = pairs.fold(0.0_f64, |most, (x, y)| most.max((x - y).abs()));
        worst / (f64::EPSILON * largest.max(f64::MIN_POSITIVE))
    }

    /// Entries that look random, in −1..1.
    fn noise(i: usize, j: usize) -> f64 {
        let (i, j) = (i.min(j), i.max(j));
        ((i * 7919 + j * 104_729 + i * j * 31) % 2003) as f64 / 1001.0 - 1.0
    }

    /// A full matrix with given eigenvalues, by a reflection of their diagonal matrix.
    fn with_eigenvalues(values: &Array1<f64>) -> Array2<f64> {
        let n = values.len();
        let u = Array1::from_shape_fn(n, |i| 1.0 + 0.3 * noise(i, 3));
        let length = u.dot(&u);
        let product = values * &u;
        let mean = u.dot(&product) / length;
        Array2::from_shape_fn((n, n), |(i, j)| {
            let diagonal = if i == j { values[i] } else { 0.0 };
            let beside = 4.0 * mean * u[i] * u[j] - 2.0 * (u[i] * product[j] + product[i] * u[j]);
            diagonal + beside / length
        })
    }

    #[test]
    fn eigenvalues_stay_as_they_are_at_every_size() {
        for n in (1..40).chain([127, 128, LARGE - 1, LARGE, LARGE + 9]) {
            let exact = Array1::from_shape_fn(n, |i| noise(i, 5));
            let form = tridiagonal_form(with_eigenvalues(&exact), &Cancel::new()).unwrap();
            let mut exact = exact.to_vec();
            exact.sort_by(f64::total_cmp);
            for (value, exact) in form
                .eigenvalues(&Cancel::new())
                .unwrap()
                .unwrap()
                .iter()
                .zip(&exact)
            {
                let error = (value - exact).abs() / f64::EPSILON;
                assert!(error < 20.0, "n = {n}: {error}");
            }
        }
    }

    #[test]
    fn known_eigenvalues_are_found_to_some_roundings_of_the_largest() {
        for n in [3, 64, 100, LARGE, LARGE + 33] {
            // The inverse of a second difference.
            let matrix = Array2::from_shape_fn((n, n), |(i, j)| (i.min(j) + 1) as f64);
            let form = tridiagonal_form(matrix, &Cancel::new()).unwrap();
            let exact = |k: usize| {
                let angle = (2 * k + 1) as f64 / (2 * n + 1) as f64;
                0.25 * (0.5 * std::f64::consts::PI * angle).sin().powi(-2)
            };
            for (k, value) in form
                .eigenvalues(&Cancel::new())
                .unwrap()
                .unwrap()
                .iter()
                .rev()
                .enumerate()
            {
                let error = (value - exact(k)).abs() / (f64::EPSILON * exact(0));
                assert!(error < 20.0, "n = {n}, {k}: {error}");
            }
        }
    }

    #[test]
    fn matrices_with_columns_that_need_no_reflection_are_reduced() {
        type Entry = fn(usize, usize) -> f64;
        let cases: [(&str, Entry); 6] = [
            ("zero", |_, _| 0.0),
            ("diagonal", |i, j| if i == j { i as f64 } else { 0.0 }),
            ("tridiagonal", |i, j| f64::from(u8::from(i.abs_diff(j) < 2))),
            ("rank one", |i, j| ((i % 3) * (j % 3)) as f64),
            ("two blocks", |i, j| {
                if (i < 20) == (j < 20) {
                    noise(i, j)
                } else {
                    0.0
                }
            }),
            ("graded", |i, j| noise(i, j) * 0.8_f64.powi((i + j) as i32)),
        ];
        for (name, entry) in cases {
            for scale in [1.0, 1e-290, 1e290] {
                let matrix = Array2::from_shape_fn((50, 50), |(i, j)| scale * entry(i, j));
                let error = error(&matrix);
                assert!(error < 40.0, "{name} × {scale:e}: {error}");
            }
        }
    }

    #[test]
    fn a_raised_flag_ends_it() {
        let cancel = Cancel::new();
        cancel.cancel();
        for n in [30, LARGE] {
            assert!(tridiagonal_form(Array2::eye(n), &cancel).is_err());
        }
    }
}
