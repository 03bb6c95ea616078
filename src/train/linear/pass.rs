//! One pass of a linear network's step over the rows of its weights.

use pulp::{Simd, WithSimd};

use crate::network::Real;
use crate::simd::LINE;

/// Rows that are in work together: what is summed over rows is loaded once for all of them.
pub(in crate::train) const ROWS: usize = 4;

/// A step of some rows of the weights, and the sums over them that the outputs are made of. The
/// columns of X, and the points, fill whole lines of 64 bytes with zeros at the end; the number of
/// rows is a multiple of [`ROWS`].
#[derive(Debug)]
pub(in crate::train) struct LinearPass<'a, R> {
    /// X, that is C or W, rows × columns.
    pub x: &'a mut [R],
    /// Features at the start, rows × points; empty in weight space.
    pub h0: &'a [R],
    /// V, rows × outputs.
    pub v: &'a mut [R],
    /// Room for the gradient of V of rows that are in work, [`ROWS`] × outputs.
    pub gradient: &'a mut [R],
    /// bRΦΦᵀ or bRΦ, outputs × columns: X enters the gradient of V with this.
    pub pulled: &'a [R],
    /// R, outputs × points.
    pub residual: &'a [R],
    /// κ and G (outputs × columns) of the step X ← X + κVᵀG; `None` where it is not trained.
    pub hidden: Option<(R, &'a [R])>,
    /// κ of the step V ← V + κRHᵀ; `None` where it is not trained.
    pub output: Option<R>,
    /// VX of the new weights, outputs × columns.
    pub sum_x: &'a mut [R],
    /// VH0 of the new weights, outputs × points.
    pub sum_h0: &'a mut [R],
}

impl<R: Real> WithSimd for LinearPass<'_, R> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        // A line is summed in one order on every level that has vectors.
        if LINE / size_of::<R>() == 2 * R::count::<S>() {
            self.run::<S, 2>(simd);
        } else {
            self.run::<S, 1>(simd);
        }
    }
}

impl<R: Real> LinearPass<'_, R> {
    /// P is the number of vectors in a line.
    #[inline(always)]
    fn run<S: Simd, const P: usize>(mut self, simd: S) {
        self.sum_x.fill(R::zero());
        self.sum_h0.fill(R::zero());
        let outputs = self.gradient.len() / ROWS;
        let columns = self.pulled.len() / outputs;
        let h0_length = ROWS * self.sum_h0.len() / outputs;
        let x = std::mem::take(&mut self.x).chunks_exact_mut(ROWS * columns);
        let v = std::mem::take(&mut self.v).chunks_exact_mut(ROWS * outputs);
        for (i, (x, v)) in x.zip(v).enumerate() {
            let h0 = self.h0.get(i * h0_length..(i + 1) * h0_length);
            self.rows::<S, P>(simd, x, h0.unwrap_or_default(), v);
        }
    }

    #[inline(always)]
    fn rows<S: Simd, const P: usize>(&mut self, simd: S, x: &mut [R], h0: &[R], v: &mut [R]) {
        if self.output.is_some() {
            self.output_gradient::<S, P>(simd, x, h0);
        }
        if let (1, Some((scale, direction))) = (v.len() / ROWS, self.hidden) {
            let old = std::array::from_fn(|r| scale * v[r]);
            self.output_step(v);
            let new = std::array::from_fn(|r| v[r]);
            step_and_sum(simd, [old, new], direction, x, self.sum_x);
        } else {
            self.hidden_step(simd, x, v);
            self.output_step(v);
            sum_rows(simd, v, x, self.sum_x);
        }
        if !h0.is_empty() {
            sum_rows(simd, v, h0, self.sum_h0);
        }
    }

    /// R·Hᵀ = R·H0ᵀ + b(RΦΦᵀ)Cᵀ, or b(RΦ)Wᵀ.
    #[inline(always)]
    fn output_gradient<S: Simd, const P: usize>(&mut self, simd: S, x: &[R], h0: &[R]) {
        let outputs = self.gradient.len() / ROWS;
        let columns = self.pulled.len() / outputs;
        let points = self.residual.len() / outputs;
        for p in 0..outputs {
            let mut sums = [[R::splat(simd, R::zero()); P]; ROWS];
            let pulled = &self.pulled[p * columns..(p + 1) * columns];
            add_products::<R, S, P>(simd, pulled, x, &mut sums);
            if !h0.is_empty() {
                let residual = &self.residual[p * points..(p + 1) * points];
                add_products::<R, S, P>(simd, residual, h0, &mut sums);
            }
            let gradient = self.gradient.iter_mut().skip(p).step_by(outputs);
            for (gradient, sums) in gradient.zip(&sums) {
                let mut sum = sums[0];
                for other in &sums[1..] {
                    sum = R::plus(simd, sum, *other);
                }
                *gradient = R::total(simd, sum);
            }
        }
    }

    /// X ← X + κVᵀG.
    #[inline(always)]
    fn hidden_step<S: Simd>(&self, simd: S, x: &mut [R], v: &[R]) {
        let Some((scale, direction)) = self.hidden else {
            return;
        };
        let columns = x.len() / ROWS;
        for (p, direction) in direction.chunks_exact(columns).enumerate() {
            let (direction, _) = R::vectors::<S>(direction);
            for (x, v) in x
                .chunks_exact_mut(columns)
                .zip(v.iter().skip(p).step_by(v.len() / ROWS))
            {
                let by = R::splat(simd, scale * *v);
                let (x, _) = R::vectors_mut::<S>(x);
                for (x, direction) in x.iter_mut().zip(direction) {
                    *x = R::times_plus(simd, by, *direction, *x);
                }
            }
        }
    }

    #[inline(always)]
    fn output_step(&self, v: &mut [R]) {
        if let Some(scale) = self.output {
            for (v, gradient) in v.iter_mut().zip(self.gradient.iter()) {
                *v += scale * *gradient;
            }
        }
    }
}

/// Adds the products of `with` and each row to the lanes of its sum.
#[inline(always)]
fn add_products<R: Real, S: Simd, const P: usize>(
    simd: S,
    with: &[R],
    rows: &[R],
    sums: &mut [[R::Vector<S>; P]; ROWS],
) {
    let (with, _) = R::vectors::<S>(with);
    let rows = vectors_of_rows::<R, S>(rows, with.len());
    let mut at = 0;
    while at + P <= with.len() {
        for k in 0..P {
            for (sums, row) in sums.iter_mut().zip(&rows) {
                sums[k] = R::times_plus(simd, with[at + k], row[at + k], sums[k]);
            }
        }
        at += P;
    }
}

/// Of one output: X ← X + vGᵀ with the first factors v, and adds vX of the second ones to the sum.
#[inline(always)]
fn step_and_sum<R: Real, S: Simd>(
    simd: S,
    [old, new]: [[R; ROWS]; 2],
    direction: &[R],
    x: &mut [R],
    sum: &mut [R],
) {
    let (direction, _) = R::vectors::<S>(direction);
    let (sum, _) = R::vectors_mut::<S>(sum);
    let (x, _) = R::vectors_mut::<S>(x);
    let (first, rest) = x.split_at_mut(sum.len());
    let (second, rest) = rest.split_at_mut(sum.len());
    let (third, fourth) = rest.split_at_mut(sum.len());
    let old: [_; ROWS] = std::array::from_fn(|r| R::splat(simd, old[r]));
    let new: [_; ROWS] = std::array::from_fn(|r| R::splat(simd, new[r]));
    let rows = first.iter_mut().zip(second).zip(third).zip(fourth);
    for (((((a, b), c), d), direction), sum) in rows.zip(direction).zip(sum) {
        let mut total = *sum;
        for (r, x) in [a, b, c, d].into_iter().enumerate() {
            *x = R::times_plus(simd, old[r], *direction, *x);
            total = R::times_plus(simd, new[r], *x, total);
        }
        *sum = total;
    }
}

/// Adds V·(rows) to the sums of each output.
#[inline(always)]
fn sum_rows<R: Real, S: Simd>(simd: S, v: &[R], rows: &[R], sums: &mut [R]) {
    let outputs = v.len() / ROWS;
    let columns = rows.len() / ROWS;
    for (p, sum) in sums.chunks_exact_mut(columns).enumerate() {
        let (sum, _) = R::vectors_mut::<S>(sum);
        let rows = vectors_of_rows::<R, S>(rows, sum.len());
        let by: [_; ROWS] = std::array::from_fn(|r| R::splat(simd, v[r * outputs + p]));
        for (k, sum) in sum.iter_mut().enumerate() {
            let mut total = *sum;
            for (row, by) in rows.iter().zip(&by) {
                total = R::times_plus(simd, *by, row[k], total);
            }
            *sum = total;
        }
    }
}

/// The rows of a matrix as vectors, so many a row.
#[inline(always)]
fn vectors_of_rows<R: Real, S: Simd>(rows: &[R], length: usize) -> [&[R::Vector<S>]; ROWS] {
    let (rows, _) = R::vectors::<S>(rows);
    std::array::from_fn(|r| &rows[r * length..(r + 1) * length])
}
