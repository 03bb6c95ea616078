//! Products of all shapes, on every level.

use crate::network::Real;
use crate::simd::Level;

use super::*;

fn number(i: usize, k: usize) -> f64 {
    ((i * 37 + k * 101 + 13) % 97) as f64 / 97.0 - 0.5
}

fn matrix<R: Real>(rows: usize, columns: usize) -> Vec<R> {
    let entry = |i: usize| R::of(number(i / columns.max(1), i % columns.max(1)));
    (0..rows * columns).map(entry).collect()
}

/// The products of a shape at every level, X by rows and X by columns.
fn products<R: Real>([rows, inner, width]: [usize; 3]) -> Vec<(Level, Vec<R>)> {
    let x = matrix::<R>(rows, inner);
    let transposed: Vec<R> = (0..rows * inner)
        .map(|i| x[i % rows * inner + i / rows])
        .collect();
    let by_rows = Matrix {
        data: &x,
        shape: [rows, inner],
        row_stride: inner,
        column_stride: 1,
    };
    let by_columns = Matrix {
        data: &transposed,
        shape: [rows, inner],
        row_stride: 1,
        column_stride: rows,
    };
    let (s, base) = (matrix::<R>(inner, width), matrix::<R>(rows, width));
    let mut all = Vec::new();
    for level in Level::ALL.into_iter().filter(|level| level.is_available()) {
        for (x, base) in [
            (by_rows, Base::Of(&base[..])),
            (by_columns, Base::Out),
            (by_rows, Base::Zero),
        ] {
            let mut out = match base {
                Base::Out => matrix::<R>(rows, width),
                _ => vec![R::nan(); rows * width],
            };
            let is_zero = matches!(base, Base::Zero);
            level.run(Product {
                x,
                s: &s,
                s_rows: None,
                width,
                alpha: R::of(0.75),
                scales: None,
                base,
                out: &mut out,
                out_rows: None,
            });
            if is_zero {
                let add = |(i, y): (usize, R)| y + R::of(number(i / width, i % width));
                out = out.into_iter().enumerate().map(add).collect();
            }
            all.push((level, out));
        }
    }
    all
}

fn agrees<R: Real>(shape: [usize; 3]) {
    let [rows, inner, width] = shape;
    let all = products::<R>(shape);
    for (level, out) in &all {
        for (i, y) in out.iter().enumerate() {
            let sum: f64 = (0..inner)
                .map(|k| number(i / width, k) * number(k, i % width))
                .sum();
            let exact = 0.75 * sum + number(i / width, i % width);
            let error = (y.double() - exact).abs();
            assert!(
                error < 4.0 * R::EPSILON * (1.0 + inner as f64).sqrt(),
                "{level:?} {rows}×{inner}×{width} entry {i}: {error:e}"
            );
        }
    }
    let fused: Vec<_> = all
        .iter()
        .filter(|(level, _)| *level != Level::Portable)
        .collect();
    for pair in fused.windows(4) {
        assert_eq!(pair[0].1, pair[3].1, "{shape:?}");
    }
}

#[test]
fn agrees_with_the_plain_sum_at_every_level_and_edge() {
    for rows in [1, 2, 3, 4, 5, 6, 9, 12] {
        for width in [1, 3, 8, 15, 16, 17, 31, 32, 40, 64, 70, 128] {
            for inner in [0, 1, 7, 30] {
                agrees::<f32>([rows, inner, width]);
                agrees::<f64>([rows, inner, width]);
            }
        }
    }
}
#[test]
fn rows_left_out_are_those_of_zeros_and_stay_as_they_are() {
    let (rows, inner, width) = (7, 9, 37);
    let mut x = matrix::<f32>(rows, inner);
    let taken = [1, 2, 5, 8];
    for (i, x) in x.iter_mut().enumerate() {
        if !taken.contains(&(i % inner)) {
            *x = 0.0;
        }
    }
    let packed: Vec<f32> = (0..rows * taken.len())
        .map(|i| x[i / taken.len() * inner + taken[i % taken.len()]])
        .collect();
    let s = matrix::<f32>(inner, width);
    let mut full = vec![0.0; rows * width];
    let product = |data, inner, s_rows, out_rows, out: &mut [f32]| {
        Level::current().run(Product {
            x: Matrix {
                data,
                shape: [rows, inner],
                row_stride: inner,
                column_stride: 1,
            },
            s: &s,
            s_rows,
            width,
            alpha: 0.5,
            scales: None,
            base: Base::Zero,
            out,
            out_rows,
        });
    };
    product(&x, inner, None, None, &mut full);
    let places = [10, 0, 3, 4, 6, 8, 2];
    let mut spread = vec![-1.0; 11 * width];
    let (some_rows, some_places) = (Some(&taken[..]), Some(&places[..]));
    product(&packed, taken.len(), some_rows, some_places, &mut spread);
    for (place, row) in spread.chunks(width).enumerate() {
        match places.iter().position(|p| *p == place) {
            Some(i) => assert_eq!(row, &full[i * width..(i + 1) * width]),
            None => assert!(row.iter().all(|x| *x == -1.0)),
        }
    }
}
#[test]
fn scales_multiply_the_columns() {
    for width in [1, 16, 21, 70] {
        let (x, s) = (matrix::<f64>(6, 3), matrix::<f64>(3, width));
        let scales: Vec<f64> = (0..width).map(|j| 1.0 + j as f64).collect();
        let product = |alpha, scales, out: &mut [f64]| {
            Level::current().run(Product {
                x: Matrix {
                    data: &x,
                    shape: [6, 3],
                    row_stride: 3,
                    column_stride: 1,
                },
                s: &s,
                s_rows: None,
                width,
                alpha,
                scales,
                base: Base::Zero,
                out,
                out_rows: None,
            });
        };
        let (mut plain, mut scaled) = (vec![0.0; 6 * width], vec![0.0; 6 * width]);
        product(1.0, None, &mut plain);
        product(2.0, Some(&scales), &mut scaled);
        for (i, (plain, scaled)) in plain.iter().zip(&scaled).enumerate() {
            let exact = 2.0 * plain * scales[i % width];
            assert!((scaled - exact).abs() <= 1e-15 * exact.abs(), "{width}");
        }
    }
}
