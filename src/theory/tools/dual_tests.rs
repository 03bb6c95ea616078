//! Dual activations against Monte Carlo and against each other.

use ndarray::array;
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use rand_distr::{Distribution, StandardNormal};

use super::*;

const SAMPLES: usize = 200_000;

#[test]
fn every_dual_agrees_with_monte_carlo() {
    let mut rng = ChaCha8Rng::seed_from_u64(1);
    let pairs: Vec<(f64, f64)> = (0..SAMPLES)
        .map(|_| {
            (
                StandardNormal.sample(&mut rng),
                StandardNormal.sample(&mut rng),
            )
        })
        .collect();
    for activation in Activation::ALL {
        for part in [Part::Value, Part::Slope] {
            for (q1, q2, rho) in [(1.0, 1.0, 0.6), (0.5, 2.0, -0.7), (1.3, 0.8, 0.0)] {
                let (s1, s2) = (f64::sqrt(q1), f64::sqrt(q2));
                let rest = f64::sqrt(1.0 - rho * rho);
                let draws = pairs.iter().map(|(g, h)| {
                    part.of(activation, s1 * g) * part.of(activation, s2 * (rho * g + rest * h))
                });
                let (sum, squares) = draws.fold((0.0, 0.0), |(s, q), x| (s + x, q + x * x));
                let mean = sum / SAMPLES as f64;
                let error = ((squares / SAMPLES as f64 - mean * mean) / SAMPLES as f64).sqrt();
                let exact = dual(activation, part, q1, q2, rho * s1 * s2);
                // 60 comparisons: five standard errors are exceeded once in 30 000 seeds.
                assert!(
                    (exact - mean).abs() <= 5.0 * error + 1e-12,
                    "{activation:?} {part:?} ({q1}, {q2}, {rho}): {exact}, drawn {mean} ± {error}"
                );
            }
        }
    }
}

#[test]
fn closed_forms_of_smooth_activations_agree_with_quadrature() {
    for activation in [
        Activation::Identity,
        Activation::Erf,
        Activation::Quadratic,
        Activation::Cubic,
    ] {
        for part in [Part::Value, Part::Slope] {
            let exact = closed(activation, part, 0.7, 1.2, 0.4).unwrap();
            let integrated = quadrature(activation, part, 0.7, 1.2, 0.4);
            assert!(
                (exact - integrated).abs() < 1e-9,
                "{activation:?} {part:?}: {exact} {integrated}"
            );
        }
    }
}

#[test]
fn series_and_quadrature_agree() {
    let variances = [1.0, 1.0, 0.4];
    let covariance = array![[1.0, 0.8, -0.3], [0.8, 1.0, 0.1], [-0.3, 0.1, 0.4]];
    for activation in [Activation::Tanh, Activation::Softplus, Activation::Gelu] {
        for part in [Part::Value, Part::Slope] {
            let matrix = dual_matrix(activation, part, &variances, &variances, &covariance);
            for ((i, j), got) in matrix.indexed_iter() {
                let (q1, q2) = (variances[i], variances[j]);
                let expected = quadrature(activation, part, q1, q2, covariance[[i, j]]);
                assert!(
                    (got - expected).abs() < 1e-10,
                    "{activation:?} {part:?} {i} {j}: {got} {expected}"
                );
            }
        }
    }
}

#[test]
fn a_point_at_the_origin_has_a_constant_feature() {
    assert_eq!(dual(Activation::Relu, Part::Value, 0.0, 1.0, 0.0), 0.0);
    let sigmoid = dual(Activation::Sigmoid, Part::Value, 0.0, 1.0, 0.0);
    assert!((sigmoid - 0.25).abs() < 1e-12, "{sigmoid}");
}
