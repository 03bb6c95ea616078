//! The kernel of a wide start tends to its limit.

use ndarray::Array2;
use widescope::network::Activation;
use widescope::preset::{Layers, Method};
use widescope::theory::slope_covariance;

use super::system::{System, normals, plain, seeded, squared, unit_inputs};

/// ‖H(0) − H^∞‖_F of one start, squared.
fn squared_distance(x: &Array2<f64>, limit: &Array2<f64>, m: usize, seed: u64) -> f64 {
    let mut rng = seeded(seed);
    let y = Array2::zeros((x.nrows(), 1));
    let mut problem = plain(x.clone(), y, Activation::Relu, Layers::Hidden);
    problem.a = 1.0 / (m as f64).sqrt();
    let system = System {
        name: "C",
        problem,
        w: normals(m, x.ncols(), &mut rng),
        v: normals(1, m, &mut rng).mapv(f64::signum),
        method: Method::GradientDescent { step: 1.0 },
        steps: 0,
    };
    squared(&(system.kernel(&system.w, &system.v) - limit))
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
