//! Products of a few rows with a matrix that stays as it is.

use ndarray::ArrayView2;
use rayon::prelude::*;

use crate::network::Real;
use crate::simd::{Aligned, Base, Level, Matrix, Product, in_lines};

/// Columns of a panel: products with different panels can run side by side.
const PANEL: usize = 512;

/// A matrix in panels of columns, and room for a product with each of them.
#[derive(Clone, Debug)]
pub(in crate::train) struct LinearFactor<R> {
    inner: usize,
    panels: Vec<Panel<R>>,
}

#[derive(Clone, Debug)]
struct Panel<R> {
    /// inner × width.
    matrix: Aligned<R>,
    width: usize,
    /// rows × width.
    product: Aligned<R>,
}

impl<R: Real> LinearFactor<R> {
    /// A matrix that at most `rows` rows are multiplied with.
    pub(in crate::train) fn new(matrix: ArrayView2<'_, R>, rows: usize) -> Self {
        let starts = (0..matrix.ncols()).step_by(PANEL);
        let panel = |first: usize| {
            let columns = first..(first + PANEL).min(matrix.ncols());
            let width = in_lines::<R>(columns.len());
            let mut panel = Aligned::filled(R::zero(), matrix.nrows() * width);
            for (to, row) in panel.chunks_exact_mut(width).zip(matrix.outer_iter()) {
                let row = row.iter().skip(columns.start);
                to.iter_mut()
                    .zip(row)
                    .take(columns.len())
                    .for_each(|(to, x)| *to = *x);
            }
            Panel {
                matrix: panel,
                width,
                product: Aligned::filled(R::zero(), rows * width),
            }
        };
        Self {
            inner: matrix.nrows(),
            panels: starts.map(panel).collect(),
        }
    }

    /// Floats of a row of a product, in whole lines.
    pub(in crate::train) fn columns(&self) -> usize {
        self.panels.iter().map(|panel| panel.width).sum()
    }

    /// Floats held.
    pub(in crate::train) fn floats(&self) -> usize {
        let panels = self.panels.iter();
        panels
            .map(|panel| panel.matrix.len() + panel.product.len())
            .sum()
    }

    /// out = α·X·M + base, X being rows × inner with `stride` floats a row; out and the base have rows
    /// of whole lines.
    pub(in crate::train) fn multiply(
        &mut self,
        (level, is_parallel): (Level, bool),
        alpha: R,
        (x, stride): (&[R], usize),
        base: &[R],
        out: &mut [R],
    ) {
        let rows = x.len() / stride;
        let multiply = |panel: &mut Panel<R>| {
            level.run(Product {
                x: Matrix {
                    data: x,
                    shape: [rows, self.inner],
                    row_stride: stride,
                    column_stride: 1,
                },
                s: &panel.matrix,
                s_rows: None,
                scales: None,
                width: panel.width,
                alpha,
                base: Base::Zero,
                out: &mut panel.product,
                out_rows: None,
            });
        };
        if is_parallel && self.panels.len() > 1 {
            self.panels.par_iter_mut().for_each(multiply);
        } else {
            self.panels.iter_mut().for_each(multiply);
        }
        let length = out.len() / rows;
        let mut first = 0;
        for panel in &self.panels {
            for (row, product) in panel.product.chunks_exact(panel.width).enumerate() {
                let place = row * length + first..row * length + first + panel.width;
                let out = &mut out[place.clone()];
                match base.get(place) {
                    Some(base) => {
                        let terms = product.iter().zip(base);
                        out.iter_mut()
                            .zip(terms)
                            .for_each(|(out, (x, y))| *out = *x + *y);
                    }
                    None => out.copy_from_slice(product),
                }
            }
            first += panel.width;
        }
    }
}
