//! Random systems of the five papers, wide and with few points, so that the theorems apply to some.

use ndarray::Array2;
use rand::RngExt;
use rand_chacha::ChaCha8Rng;
use widescope::network::Activation;
use widescope::preset::{Layers, Method};

use super::system::{System, normals, plain, seeded, symmetrize, unit_inputs};

const DESCENT: fn(f64) -> Method = |step| Method::GradientDescent { step };
const FLOW: fn(f64) -> Method = |step| Method::GradientFlow {
    step,
    tolerance: 1e-9,
};

/// All systems of one seed.
pub fn all(seed: u64) -> Vec<System> {
    let mut rng = seeded(seed);
    vec![
        subquadratic(&mut rng, DESCENT(2e-4)),
        subquadratic(&mut rng, FLOW(1e-3)),
        feature_learning(Activation::Identity, 1.0, 0.3, &mut rng),
        feature_learning(Activation::LeakyRelu, 1.0, 0.3, &mut rng),
        feature_learning(Activation::Tanh, 100.0, 0.3, &mut rng),
        feature_learning(Activation::Tanh, 60.0, 0.005, &mut rng),
        provable(Layers::Hidden, DESCENT(0.05), &mut rng),
        provable(Layers::Hidden, FLOW(0.2), &mut rng),
        provable(Layers::Both, FLOW(0.2), &mut rng),
        moderate(Activation::Softplus, 2, 8192, &mut rng),
        moderate(Activation::Gelu, 1, 40_000, &mut rng),
        moderate(Activation::Relu, 2, 512, &mut rng),
        linear(1, 4, &mut rng),
        linear(2, 4, &mut rng),
        linear(1, 7, &mut rng),
    ]
}

fn small_targets(n: usize, size: f64, rng: &mut ChaCha8Rng) -> Array2<f64> {
    normals(n, 1, rng).mapv(|y| size * y.clamp(-2.0, 2.0))
}

/// Both layers, a = b = 1, on ‖f − Y‖²: s = 2.
fn subquadratic(rng: &mut ChaCha8Rng, method: Method) -> System {
    let (m, n, d) = (1500, rng.random_range(2..5), 6);
    let activation =
        [Activation::Tanh, Activation::Gelu, Activation::Softplus][rng.random_range(0..3)];
    let x = unit_inputs(n, d, true, rng);
    let y = small_targets(n, 0.5, rng);
    let mut problem = plain(x, y, activation, Layers::Both);
    problem.loss_factor = 2.0;
    let mut w = normals(m, d, rng);
    let mut v = normals(1, m, rng) * 0.02;
    symmetrize(&mut w, &mut v);
    System {
        name: "A",
        problem,
        w,
        v,
        method,
        steps: 40,
    }
}

/// a = 1/m, step factor m, on the mean over the points.
fn feature_learning(activation: Activation, c: f64, size: f64, rng: &mut ChaCha8Rng) -> System {
    let (m, n, d) = (4096, rng.random_range(1..4), 4);
    let x = unit_inputs(n, d, true, rng) * 2.0;
    let y = small_targets(n, size, rng);
    let mut problem = plain(x, y, activation, Layers::Hidden);
    problem.a = 1.0 / m as f64;
    problem.b = 0.5;
    problem.hidden_step_factor = m as f64;
    problem.loss_factor = 1.0 / n as f64;
    let mut w = normals(m, d, rng);
    let mut v = normals(1, m, rng).mapv(|z| c * z.signum());
    symmetrize(&mut w, &mut v);
    let step = 0.2 / (c * c);
    System {
        name: "B",
        problem,
        w,
        v,
        method: FLOW(step),
        steps: 25,
    }
}

/// ReLU, a = 1/√m, v = ±1.
fn provable(layers: Layers, method: Method, rng: &mut ChaCha8Rng) -> System {
    let (m, n, d) = (4096, rng.random_range(2..4), 5);
    let orthogonal = rng.random::<bool>();
    let x = unit_inputs(n, d, orthogonal, rng);
    let y = small_targets(n, 0.02, rng);
    let mut problem = plain(x, y, Activation::Relu, layers);
    problem.a = 1.0 / (m as f64).sqrt();
    let mut w = normals(m, d, rng);
    let mut v = normals(1, m, rng).mapv(f64::signum);
    symmetrize(&mut w, &mut v);
    System {
        name: "C",
        problem,
        w,
        v,
        method,
        steps: 40,
    }
}

/// a = b = 1, v half +‖y‖/√(kn), half −‖y‖/√(kn).
fn moderate(activation: Activation, n: usize, m: usize, rng: &mut ChaCha8Rng) -> System {
    let d = n + 1;
    let x = unit_inputs(n, d, true, rng);
    let y = normals(n, 1, rng);
    let norm = y.iter().map(|y| y * y).sum::<f64>().sqrt();
    let size = norm / ((m * n) as f64).sqrt();
    let v = Array2::from_shape_fn((1, m), |(_, i)| if i < m / 2 { size } else { -size });
    // ‖X‖ = 1 for orthogonal unit inputs, and B ≤ 1.13.
    let step = 0.35 * n as f64 / (norm * norm);
    System {
        name: "D",
        problem: plain(x, y, activation, Layers::Hidden),
        w: normals(m, d, rng),
        v,
        method: DESCENT(step),
        steps: 40,
    }
}

/// A linear network on the averaged loss; more points than dimensions where n = 7.
fn linear(outputs: usize, n: usize, rng: &mut ChaCha8Rng) -> System {
    let (h, d) = (14, 5);
    let x = normals(n, d, rng) * 0.5;
    let y = normals(n, outputs, rng);
    let mut problem = plain(x, y, Activation::Identity, Layers::Both);
    problem.loss_factor = 2.0 / n as f64;
    System {
        name: "E",
        problem,
        w: normals(h, d, rng) * 0.4,
        v: normals(outputs, h, rng) * 0.1,
        method: FLOW(0.2),
        steps: 60,
    }
}
