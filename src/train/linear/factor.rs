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

/// How a product is computed.
#[derive(Clone, Copy, Debug)]
pub(in crate::train) struct Way {
    /// Instructions in use.
    pub level: Level,
    /// Whether threads share the work.
    pub is_parallel: bool,
}

/// X, rows × inner, whose rows are filled up.
#[derive(Clone, Copy, Debug)]
pub(in crate::train) struct PaddedRows<'a, R> {
    pub entries: &'a [R],
    /// Floats a row.
    pub stride: usize,
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

    /// out = α·X·M + base; out and the base have rows of whole lines.
    pub(in crate::train) fn multiply(
        &mut self,
        how: Way,
        alpha: R,
        x: PaddedRows<'_, R>,
        base: &[R],
        out: &mut [R],
    ) {
        let rows = x.entries.len() / x.stride;
        let multiply = |panel: &mut Panel<R>| {
            how.level.run(Product {
                x: Matrix {
                    data: x.entries,
                    shape: [rows, self.inner],
                    row_stride: x.stride,
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
        if how.is_parallel && self.panels.len() > 1 {
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
