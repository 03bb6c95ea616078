//! Products of all shapes, on every level, with both values of leaky slopes and with zeros.

use crate::network::Real;

use crate::simd::Level;

use super::*;

fn number(i: usize, k: usize) -> f64 {
    ((i * 37 + k * 101 + 13) % 97) as f64 / 97.0 - 0.5
}

fn is_one(k: usize, j: usize) -> bool {
    (k * 7 + j * 5 + k * j).is_multiple_of(3)
}

/// H and L of a shape at a level.
fn product<R: Real>(level: Level, [rows, inner, width]: [usize; 3], low: f64) -> [Vec<R>; 2] {
    let matrix = |rows: usize, columns: usize, entry: &dyn Fn(usize, usize) -> f64| -> Vec<R> {
        let all = (0..rows).flat_map(|i| (0..columns).map(move |j| (i, j)));
        all.map(|(i, j)| R::of(entry(i, j))).collect()
    };
    let x = matrix(rows, inner, &number);
    let w = matrix(1, inner, &|_, k| number(k, 3) + 1.0);
    let s = matrix(inner, width, &|k, j| if is_one(k, j) { 1.0 } else { low });
    let factors = matrix(1, width, &|_, j| number(j, 5));
    let mut sum = matrix(rows, width, &|i, j| number(i + 1, j));
    let mut lost = matrix(rows, width, &|i, j| number(i, j + 1) * R::EPSILON);
    let mut sums = SubsetSums::at(level, rows, inner, R::of(low));
    sums.update(&x, &w);
    SubsetProduct {
        x: &sums,
        parts: vec![SubsetPart {
            s: &s,
            factors,
            sum: &mut sum,
            lost: &mut lost,
        }],
    }
    .run(&|| false);
    [sum, lost]
}

fn agrees<R: Real>(shape: [usize; 3], low: f64) {
    let [rows, inner, width] = shape;
    let of = |level| product::<R>(level, shape, low);
    let [sum, lost] = of(Level::Portable);
    for i in 0..rows {
        for j in 0..width {
            let term = |k| {
                let s = if is_one(k, j) { 1.0 } else { low };
                number(i, k) * (number(k, 3) + 1.0) * s
            };
            let step: f64 = (0..inner).map(term).sum();
            let exact = number(i + 1, j) + number(j, 5) * step;
            let bound = 4.0 * R::EPSILON * (1.0 + inner as f64).sqrt();
            let [sum, lost] = [&sum, &lost].map(|x| x[i * width + j].double());
            assert!((sum - exact).abs() < bound, "{shape:?}: {sum} {exact}");
            // Half a unit in the last place of the larger of both summands.
            let unit = R::EPSILON * sum.abs().max(number(i + 1, j).abs());
            assert!(lost.abs() <= unit, "{shape:?}: {lost:e} of {sum}");
        }
    }
    let (fused, looked_up) = (of(Level::Avx2), of(Level::Avx512));
    if Level::Avx512.is_available() {
        assert_eq!(fused, looked_up, "{shape:?} {low}");
    }
}

/// A hundred thousand steps, each too small for the sum.
fn adds_up<R: Real>(level: Level) {
    let mut sums = SubsetSums::at(level, 1, 1, R::zero());
    sums.update(&[R::of(0.1 * R::EPSILON)], &[R::one()]);
    let (mut sum, mut lost) = ([R::one(); 17], [R::zero(); 17]);
    for _ in 0..100_000 {
        SubsetProduct {
            x: &sums,
            parts: vec![SubsetPart {
                s: &[R::one(); 17],
                factors: vec![R::one(); 17],
                sum: &mut sum,
                lost: &mut lost,
            }],
        }
        .run(&|| false);
    }
    for sum in sum {
        let steps = (sum.double() - 1.0) / R::EPSILON;
        assert!((steps - 1e4).abs() < 2.0, "{level:?}: {steps}");
    }
}

#[test]
fn no_number_of_small_steps_is_lost() {
    for level in Level::ALL {
        adds_up::<f32>(level);
        adds_up::<f64>(level);
    }
}

#[test]
fn looked_up_and_multiplied_sums_are_the_same_at_all_shapes() {
    for rows in [1, 4, 5, 11] {
        for inner in [1, 3, 4, 9, 128, 133] {
            for width in [1, 7, 16, 33, 64, 100] {
                for low in [0.0, 0.01] {
                    agrees::<f32>([rows, inner, width], low);
                    agrees::<f64>([rows, inner, width], low);
                }
            }
        }
    }
}

#[test]
fn nothing_times_nothing() {
    for level in Level::ALL {
        let none = [Vec::<f32>::new(), Vec::new()];
        assert_eq!(product::<f32>(level, [0, 3, 4], 0.0), none);
        assert_eq!(product::<f32>(level, [3, 3, 0], 0.0), none);
    }
}

#[test]
fn what_is_not_finite_stays_so() {
    for level in Level::ALL {
        let mut sums = SubsetSums::at(level, 1, 5, 0.0f32);
        sums.update(&[f32::NAN, 1.0, 1.0, 1.0, 1.0], &[1.0; 5]);
        let (mut sum, mut lost) = ([0.0f32; 17], [0.0; 17]);
        SubsetProduct {
            x: &sums,
            parts: vec![SubsetPart {
                s: &[0.0; 85],
                factors: vec![1.0; 17],
                sum: &mut sum,
                lost: &mut lost,
            }],
        }
        .run(&|| false);
        assert!(sum.iter().all(|x| x.is_nan()), "{level:?}");
    }
}

#[test]
fn a_product_that_is_over_is_left_and_who_may_say_so_is_asked_often() {
    for level in Level::ALL {
        for is_over in [false, true] {
            let mut sums = SubsetSums::at(level, 15, 4, 0.0);
            sums.update(&[1.0; 60], &[1.0; 4]);
            let mut state = vec![[vec![0.0; 15 * 17], vec![0.0; 15 * 17]]; 2];
            let parts = state.iter_mut().map(|[sum, lost]| SubsetPart {
                s: &[1.0; 4 * 17],
                factors: vec![1.0; 17],
                sum,
                lost,
            });
            let asked = std::cell::Cell::new(0);
            let product = SubsetProduct {
                x: &sums,
                parts: parts.collect(),
            };
            let ask = || {
                asked.set(asked.get() + 1);
                is_over
            };
            product.run(&ask);
            // Between tiles of five rows where sums are looked up, between parts elsewhere.
            let looked_up = level == Level::Avx512 && level.is_available();
            let whole = if looked_up { 3 } else { 2 };
            assert_eq!(asked.get(), if is_over { 1 } else { whole }, "{level:?}");
            let expected = if is_over { 0.0 } else { 4.0 };
            let all = state.iter().flat_map(|[sum, _]| sum);
            assert!(all.into_iter().all(|x| *x == expected), "{level:?}");
        }
    }
}
