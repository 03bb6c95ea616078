//! The matrices of a block of neurons in memory, and products with them.
//!
//! They are neurons × something, column after column: the neurons of a point (or of an input) lie side
//! by side and fill the lanes of vectors, whatever the number of points or inputs.

use ndarray::linalg::general_mat_mul;
use ndarray::{Array1, Array2, ArrayView2, Order, s};

use crate::network::Real;
use crate::simd::{Base, LINE, Level, Matrix, Product};

use super::shape::Shape;

/// A zero matrix in column-major order that starts at a cache line, so that where columns are whole lines
/// no vector lies across two. A clone may start elsewhere.
pub(super) fn zeros<R: Real>(shape: (usize, usize)) -> Array2<R> {
    let (len, spare) = (shape.0 * shape.1, LINE / size_of::<R>());
    let entries = Array1::<R>::zeros(len + spare);
    // Where a pointer can't be aligned the floats are slower to reach, and no different.
    let offset = entries.as_ptr().align_offset(LINE);
    let start = if offset <= spare { offset } else { 0 };
    let entries = entries.slice_move(s![start..start + len]);
    match entries.into_shape_with_order((shape, Order::F)) {
        Ok(matrix) => matrix,
        Err(_) => unreachable!("there are as many entries as the shape has"),
    }
}

/// A copy in column-major order.
pub(super) fn by_columns<R: Real>(matrix: &Array2<R>) -> Array2<R> {
    let mut copy = zeros(matrix.dim());
    copy.assign(matrix);
    copy
}

/// The entries of a column-major matrix, column after column.
pub(super) fn entries<R: Real>(matrix: &Array2<R>) -> &[R] {
    match matrix.as_slice_memory_order() {
        Some(entries) if is_by_columns(matrix) => entries,
        _ => unreachable!("matrices of a block are column-major by construction"),
    }
}

/// The same to write to.
pub(super) fn entries_mut<R: Real>(matrix: &mut Array2<R>) -> &mut [R] {
    let is_by_columns = is_by_columns(matrix);
    match matrix.as_slice_memory_order_mut() {
        Some(entries) if is_by_columns => entries,
        _ => unreachable!("matrices of a block are column-major by construction"),
    }
}

fn is_by_columns<R>(matrix: &Array2<R>) -> bool {
    matrix.t().is_standard_layout()
}

/// What a product is added to.
#[derive(Clone, Copy)]
pub(super) enum To<'a, R> {
    /// Nothing.
    Nothing,
    /// What stands where the product goes.
    Itself,
    /// A column-major matrix of the product's shape.
    Other(&'a Array2<R>),
}

/// out = α·SXᵀ + base with S (neurons × inner) and out (neurons × rows) column-major, X rows × inner.
pub(super) fn multiply<R: Real>(
    alpha: f64,
    x: ArrayView2<'_, R>,
    s: &Array2<R>,
    base: To<'_, R>,
    out: &mut Array2<R>,
) {
    match strided(x) {
        Some(x) => multiply_strided(alpha, x, s, of_entries(base), entries_mut(out)),
        None => multiply_anyhow(alpha, x, s, base, out),
    }
}

/// The same with nothing added, for an `out` that is part of a matrix.
pub(super) fn multiply_into<R: Real>(
    alpha: f64,
    x: ArrayView2<'_, R>,
    s: &Array2<R>,
    out: &mut [R],
) {
    if let Some(x) = strided(x) {
        return multiply_strided(alpha, x, s, Base::Zero, out);
    }
    let mut whole = zeros((s.nrows(), x.nrows()));
    multiply_anyhow(alpha, x, s, To::Nothing, &mut whole);
    out.copy_from_slice(entries(&whole));
}

fn multiply_strided<R: Real>(
    alpha: f64,
    x: Matrix<'_, R>,
    s: &Array2<R>,
    base: Base<'_, R>,
    out: &mut [R],
) {
    Level::current().run(Product {
        x,
        s: entries(s),
        s_rows: None,
        width: s.nrows(),
        alpha: R::of(alpha),
        scales: None,
        base,
        out,
        out_rows: None,
    });
}

/// H = α·WXᵀ + base where X (points × taken) holds some of the inputs and `taken` says which they are; W
/// is neurons × D, H neurons × points.
pub(super) fn multiply_taken<R: Real>(
    alpha: f64,
    x: &Array2<R>,
    taken: &[usize],
    w: &Array2<R>,
    base: To<'_, R>,
    h: &mut Array2<R>,
) {
    Level::current().run(Product {
        x: by_rows(x),
        s: entries(w),
        s_rows: Some(taken),
        width: w.nrows(),
        alpha: R::of(alpha),
        scales: None,
        base: of_entries(base),
        out: entries_mut(h),
        out_rows: None,
    });
}

/// W ← W + α·diag(v)·AX: A is neurons × points, W neurons × D, X points × inputs: those of `taken`, or
/// all. Without `v` nothing is scaled.
pub(super) fn add_product<R: Real>(
    alpha: f64,
    v: Option<&[R]>,
    a: &Array2<R>,
    x: &Array2<R>,
    taken: Option<&[usize]>,
    w: &mut Array2<R>,
) {
    let x = by_rows(x);
    Level::current().run(Product {
        x: Matrix {
            shape: [x.shape[1], x.shape[0]],
            row_stride: x.column_stride,
            column_stride: x.row_stride,
            ..x
        },
        s: entries(a),
        s_rows: None,
        width: a.nrows(),
        alpha: R::of(alpha),
        scales: v,
        base: Base::Out,
        out: entries_mut(w),
        out_rows: taken,
    });
}

fn of_entries<R: Real>(base: To<'_, R>) -> Base<'_, R> {
    match base {
        To::Nothing => Base::Zero,
        To::Itself => Base::Out,
        To::Other(base) => Base::Of(entries(base)),
    }
}

fn by_rows<R: Real>(x: &Array2<R>) -> Matrix<'_, R> {
    let Some(data) = x.as_slice() else {
        unreachable!("inputs that are packed or scaled lie by rows");
    };
    Matrix {
        data,
        shape: [x.nrows(), x.ncols()],
        row_stride: x.ncols(),
        column_stride: 1,
    }
}

/// A matrix as it lies in memory; `None` where it does not lie in one piece.
fn strided<R>(x: ArrayView2<'_, R>) -> Option<Matrix<'_, R>> {
    let (rows, columns) = x.dim();
    let by_columns = x.t().is_standard_layout() && !x.is_standard_layout();
    let [row_stride, column_stride] = if by_columns { [1, rows] } else { [columns, 1] };
    x.to_slice_memory_order().map(|data| Matrix {
        data,
        shape: [rows, columns],
        row_stride,
        column_stride,
    })
}

/// The same for a matrix that does not lie in one piece.
fn multiply_anyhow<R: Real>(
    alpha: f64,
    x: ArrayView2<'_, R>,
    s: &Array2<R>,
    base: To<'_, R>,
    out: &mut Array2<R>,
) {
    let beta = match base {
        To::Nothing => R::zero(),
        To::Itself => R::one(),
        To::Other(base) => {
            out.assign(base);
            R::one()
        }
    };
    general_mat_mul(R::of(alpha), s, &x.t(), beta, out);
}

/// Rows and columns of its factors that a matrix product copies at once: of both along their common
/// side, of the left and of the right one along their own.
const PIECES: [u128; 3] = [256, 64, 1024];

/// Bytes of the pieces of the factors that matrix products copy, on every thread.
pub fn product_pieces(shape: &Shape) -> u128 {
    let [common, left, right] = PIECES;
    let side = shape.sizes.n.max(shape.sizes.embedding);
    shape.threads * shape.real * common.min(side) * (left + right.min(side))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn matrices_start_at_a_line_and_lie_by_columns() {
        for shape in [(0, 3), (3, 0), (1, 1), (5, 7), (64, 40)] {
            let matrix = zeros::<f32>(shape);
            assert_eq!(
                (matrix.dim(), entries(&matrix).len()),
                (shape, shape.0 * shape.1)
            );
            let place = entries(&matrix).as_ptr() as usize;
            assert!(matrix.is_empty() || place.is_multiple_of(LINE), "{shape:?}");
        }
    }

    #[test]
    fn products_of_any_layout_are_the_same() {
        let entry = |(i, j): (usize, usize)| ((i * 7 + j * 3) % 11) as f64 - 5.0;
        let wide = Array2::from_shape_fn((6, 9), entry);
        let s = by_columns(&Array2::from_shape_fn((4, 3), entry));
        let base = by_columns(&Array2::from_shape_fn((4, 6), entry));
        let x = wide.slice(s![.., ..3]);
        let standard = x.as_standard_layout().into_owned();
        let transposed = by_columns(&standard);
        let expected = &s.dot(&x.t()) * 2.0 + &base;
        for x in [x, standard.view(), transposed.view()] {
            let mut out = zeros((4, 6));
            multiply(2.0, x, &s, To::Other(&base), &mut out);
            assert_eq!(out, expected);
            out.assign(&base);
            multiply(2.0, x, &s, To::Itself, &mut out);
            assert_eq!(out, expected);
            multiply(2.0, x, &s, To::Nothing, &mut out);
            assert_eq!(out, &expected - &base);
        }
    }
}
