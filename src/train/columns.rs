//! The matrices of a block of neurons in memory, and products with them.
//!
//! They are neurons × something, column after column: the neurons of a point (or of an input) lie side
//! by side and fill the lanes of vectors, whatever the number of points or inputs.

use ndarray::linalg::general_mat_mul;
use ndarray::{Array2, ArrayView2, ShapeBuilder};

use crate::network::Real;
use crate::simd::{Base, Level, Matrix, Product};

/// A zero matrix in column-major order.
pub(super) fn zeros<R: Real>(shape: (usize, usize)) -> Array2<R> {
    Array2::zeros(shape.f())
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
    let shape = [x.nrows(), x.ncols()];
    let Some((data, [row_stride, column_stride])) = strided(x) else {
        return multiply_anyhow(alpha, x, s, base, out);
    };
    Level::current().run(Product {
        x: Matrix {
            data,
            shape,
            row_stride,
            column_stride,
        },
        s: entries(s),
        s_rows: None,
        width: s.nrows(),
        alpha: R::of(alpha),
        scales: None,
        base: of_entries(base),
        out: entries_mut(out),
        out_rows: None,
    });
}

/// H = α·WXᵀ + base where X (points × taken) holds some of the inputs and `taken` says which they are; W
/// is neurons × D, H neurons × points.
pub(super) fn multiply_taken<R: Real>(
    alpha: f64,
    (x, taken): (&Array2<R>, &[usize]),
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
    (x, taken): (&Array2<R>, Option<&[usize]>),
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

/// The entries of a matrix from its first one on, and its strides; `None` where they do not lie in one
/// piece.
fn strided<R>(x: ArrayView2<'_, R>) -> Option<(&[R], [usize; 2])> {
    let (rows, columns) = x.dim();
    let by_columns = x.t().is_standard_layout() && !x.is_standard_layout();
    let strides = if by_columns { [1, rows] } else { [columns, 1] };
    x.to_slice_memory_order().map(|data| (data, strides))
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

#[cfg(test)]
mod tests {
    use ndarray::s;

    use super::*;

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
