//! The kernel of a wide start tends to its limit.

use ndarray::Array2;
use widescope::network::Activation;
use widescope::theory::slope_covariance;

use super::system::{normals, seeded, unit_inputs};

/// ‖H(0) − H^∞‖_F² of one start of m ReLU neurons with weights N(0, I) and a = ±1:
/// H_ab = (1/m)·Σ_r 1{w_r·x_a > 0}·1{w_r·x_b > 0}·⟨x_a, x_b⟩.
fn squared_distance(x: &Array2<f64>, limit: &Array2<f64>, m: usize, seed: u64) -> f64 {
    let w = normals(m, x.ncols(), &mut seeded(seed));
    let slopes = w.dot(&x.t()).mapv(|z| Activation::Relu.derivative(z));
    let kernel = slopes.t().dot(&slopes) * x.dot(&x.t()) / m as f64;
    (kernel - limit).iter().map(|x| x * x).sum()
}

/// Lemma 3.1 of Du et al.: the slope of log ‖H(0) − H^∞‖_F over log m is −½.
#[test]
fn the_kernel_tends_to_its_limit_like_one_over_root_m() {
    let x = unit_inputs(10, 6, false, &mut seeded(5));
    let limit = slope_covariance(Activation::Relu, 1.0, &x.dot(&x.t()));
    let seeds = 40;
    let mut points = Vec::new();
    for exponent in 6..=12 {
        let m = 1usize << exponent;
        let logs: Vec<f64> = (0..seeds)
            .map(|seed| 0.5 * squared_distance(&x, &limit, m, 1000 + seed).ln())
            .collect();
        let mean = logs.iter().sum::<f64>() / seeds as f64;
        let variance = logs.iter().map(|l| (l - mean).powi(2)).sum::<f64>() / (seeds - 1) as f64;
        points.push(((m as f64).ln(), mean, variance / seeds as f64));
    }
    let center = points.iter().map(|p| p.0).sum::<f64>() / points.len() as f64;
    let spread: f64 = points.iter().map(|p| (p.0 - center).powi(2)).sum();
    let slope = points.iter().map(|p| (p.0 - center) * p.1).sum::<f64>() / spread;
    let variance: f64 = points.iter().map(|p| (p.0 - center).powi(2) * p.2).sum();
    let error = variance.sqrt() / spread;
    assert!(error < 0.02, "{error}");
    assert!((slope + 0.5).abs() < 4.0 * error, "{slope} ± {error}");
}
