//! Oymak, Soltanolkotabi: ReLU on δ-separable data.

use ndarray::Array2;

use crate::theory::draft::Draft;
use crate::theory::{Need, RunStart};

/// δ of Assumption 1: the largest number with min(‖x_a − x_b‖, ‖x_a + x_b‖) ≥ δ for all pairs of
/// points, from their Gram matrix; √2, which no unit inputs exceed, for a single point. Distances
/// within the rounding of inputs of `dimension` numbers are 0.
pub(in crate::theory) fn separation(gram: &Array2<f64>, dimension: usize) -> f64 {
    let rounding = f64::EPSILON * dimension.max(4) as f64;
    let squared = |(a, b): (usize, usize)| {
        let sizes = gram[[a, a]] + gram[[b, b]];
        let squared = sizes - 2.0 * gram[[a, b]].abs();
        if squared > rounding * sizes {
            squared
        } else {
            0.0
        }
    };
    let pairs = (0..gram.nrows()).flat_map(|a| (0..a).map(move |b| (a, b)));
    pairs.map(squared).fold(2.0, f64::min).sqrt()
}

/// Lower bound δ/(100n²) on λ(X) for ReLU and unit inputs (Cor. I.2).
pub(in crate::theory) fn separated_covariance(delta: f64, n: usize) -> f64 {
    delta / (100.0 * (n as f64).powi(2))
}

/// Assumption 1, and the width of Theorem 2.5.
pub(in crate::theory) fn separated(
    draft: &mut Draft,
    start: &RunStart<'_>,
    delta: f64,
    squared_norm: f64,
) {
    draft.assume(
        "δ",
        "least min(‖xₐ − x_b‖, ‖xₐ + x_b‖) over the pairs of points: δ-separable data (Assumption 1), for Thm 2.5, whose c is 1/2400 by λ(X) ≥ δ/(100n²) (Cor. I.2)",
        delta,
        Need::Above(0.0),
    );
    draft.at_least(
        "k ≥ C(1 + ν)²n⁹‖X‖⁶/δ⁴",
        "Thm 2.5 (2.8) with C = 1 and ν = 0",
        (start.n() as f64).powi(9) * squared_norm.powi(3) / delta.powi(4),
        start.width as f64,
    );
}

#[cfg(test)]
mod tests {
    use ndarray::{Axis, array, concatenate};

    use super::*;
    use crate::network::Activation;
    use crate::task::Cancel;
    use crate::theory::{Extremes, slope_covariance};

    fn of(x: &Array2<f64>) -> f64 {
        separation(&x.dot(&x.t()), x.ncols())
    }

    #[test]
    fn the_nearest_pair_counts_up_to_sign() {
        let (c, s) = (0.8, 0.6);
        let near = (0.4f64).sqrt();
        assert!((of(&array![[1.0, 0.0], [c, s]]) - near).abs() < 1e-15);
        assert!((of(&array![[1.0, 0.0], [-c, s]]) - near).abs() < 1e-15);
        let third = array![[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, -s, c]];
        assert!((of(&third) - (0.8f64).sqrt()).abs() < 1e-15);
    }

    #[test]
    fn points_that_are_equal_or_opposite_are_not_separated() {
        let mut x = array![[0.36, 0.48, 0.8], [0.3, 0.5, 0.7]];
        for mut row in x.rows_mut() {
            let norm: f64 = row.dot(&row);
            row /= norm.sqrt();
        }
        for sign in [1.0, -1.0] {
            let third = x.row(0).mapv(|x| sign * x).insert_axis(Axis(0));
            let all = concatenate![Axis(0), x, third];
            assert_eq!(of(&all), 0.0);
        }
        assert_eq!(of(&array![[1.0, 0.0]]), 2f64.sqrt());
    }

    /// Corollary I.2 on points of the circle, ever nearer to each other.
    #[test]
    fn the_covariance_is_at_least_its_bound() {
        for n in [2, 5, 9] {
            for turn in [1.0, 0.1, 1e-3] {
                let angle = |a: usize| turn * a as f64 / n as f64;
                let x = Array2::from_shape_fn((n, 2), |(a, j)| {
                    if j == 0 {
                        angle(a).cos()
                    } else {
                        angle(a).sin()
                    }
                });
                let gram = x.dot(&x.t());
                let covariance = slope_covariance(Activation::Relu, 1.0, &gram);
                let least = Extremes::of(covariance, &Cancel::new()).unwrap().min;
                let bound = separated_covariance(of(&x), n);
                assert!(bound > 0.0 && least > bound, "{n} {turn}: {least} {bound}");
            }
        }
    }
}
