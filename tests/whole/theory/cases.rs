//! Random systems of the five papers, wide and with few points, so that the theorems apply to some.

use ndarray::Array2;
use rand::RngExt;
use rand_chacha::ChaCha8Rng;
use widescope::network::{Activation, Factor, Scaling};
use widescope::spec::{Layers, LossOver, Method};

use super::system::{System, normals, seeded, symmetrize, unit_inputs};

const DESCENT: fn(f64) -> Method = |step| Method::GradientDescent { step };
const FLOW: fn(f64) -> Method = |step| Method::GradientFlow {
    step,
    tolerance: 1e-11,
};

/// All systems of one seed.
pub fn all(seed: u64) -> Vec<System> {
    let mut rng = seeded(seed);
    vec![
        subquadratic(&mut rng, DESCENT, 2e-4),
        subquadratic(&mut rng, FLOW, 1e-3),
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
        nearly_fitted(1e-6, &mut rng),
        nearly_fitted(1e-3, &mut rng),
        output_layer(&mut rng),
        linear(1, 4, &mut rng),
        linear(2, 4, &mut rng),
        linear(1, 7, &mut rng),
    ]
}

fn small_targets(n: usize, size: f64, rng: &mut ChaCha8Rng) -> Array2<f64> {
    normals(n, 1, rng).mapv(|y| size * y.clamp(-2.0, 2.0))
}

/// Both layers, a = b = 1; `per_point` is the step of one point on the loss ‖f − Y‖².
fn subquadratic(rng: &mut ChaCha8Rng, method: fn(f64) -> Method, per_point: f64) -> System {
    let (m, n, d) = (1500, rng.random_range(2..5), 6);
    let activation =
        [Activation::Tanh, Activation::Gelu, Activation::Softplus][rng.random_range(0..3)];
    let x = unit_inputs(n, d, true, rng);
    let y = small_targets(n, 0.5, rng);
    let mut w = normals(m, d, rng);
    let mut v = normals(1, m, rng) * 0.02;
    symmetrize(&mut w, &mut v);
    System {
        name: "A",
        x,
        y,
        w,
        v,
        activation,
        scaling: Scaling::Standard,
        over: LossOver::Average,
        layers: Layers::Both,
        method: method(per_point * n as f64),
        steps: 40,
    }
}

/// a = 1/m, step factor m, on the mean over the points.
pub fn feature_learning(activation: Activation, c: f64, size: f64, rng: &mut ChaCha8Rng) -> System {
    let (m, n, d) = (4096, rng.random_range(1..4), 4);
    let x = unit_inputs(n, d, true, rng) * 2.0;
    let y = small_targets(n, size, rng);
    let mut w = normals(m, d, rng);
    let mut v = normals(1, m, rng).mapv(|z| c * z.signum());
    symmetrize(&mut w, &mut v);
    System {
        name: "B",
        x,
        y,
        w,
        v,
        activation,
        scaling: Scaling::Ours,
        over: LossOver::Mean,
        layers: Layers::Hidden,
        method: FLOW(0.2 / (c * c)),
        steps: 25,
    }
}

/// ReLU, a = 1/√m, v = ±1.
fn provable(layers: Layers, method: Method, rng: &mut ChaCha8Rng) -> System {
    let (m, n, d) = (4096, rng.random_range(2..4), 5);
    let orthogonal = rng.random::<bool>();
    let x = unit_inputs(n, d, orthogonal, rng);
    let y = small_targets(n, 0.02, rng);
    let mut w = normals(m, d, rng);
    let mut v = normals(1, m, rng).mapv(f64::signum);
    symmetrize(&mut w, &mut v);
    let one = Factor::constant(1.0);
    System {
        name: "C",
        x,
        y,
        w,
        v,
        activation: Activation::Relu,
        scaling: Scaling::Custom {
            a: Factor::power(-0.5, 0.0),
            b: one,
            step_factor: one,
            output_step_factor: one,
        },
        over: LossOver::Sum,
        layers,
        method,
        steps: 40,
    }
}

/// a = b = 1, v half +‖y‖/√(kn), half −‖y‖/√(kn).
pub fn moderate(activation: Activation, n: usize, m: usize, rng: &mut ChaCha8Rng) -> System {
    let d = n + 1;
    let x = unit_inputs(n, d, true, rng);
    let y = normals(n, 1, rng);
    let norm = norm(&y);
    let size = norm / ((m * n) as f64).sqrt();
    System {
        name: "D",
        x,
        y,
        w: normals(m, d, rng),
        v: halves(m, size),
        activation,
        scaling: Scaling::Standard,
        over: LossOver::Sum,
        layers: Layers::Hidden,
        // ‖X‖ = 1 for orthogonal unit inputs, and B ≤ 1.13.
        method: DESCENT(0.35 * n as f64 / (norm * norm)),
        steps: 40,
    }
}

/// ReLU on labels that the start misses by so small a share that few signs or none can change: the
/// widths that the theorems ask of a far start are out of reach.
fn nearly_fitted(share: f64, rng: &mut ChaCha8Rng) -> System {
    let (m, n) = (1024, rng.random_range(2..4));
    let mut system = moderate(Activation::Relu, n, m, rng);
    let orthogonal = rng.random::<bool>();
    system.x = unit_inputs(n, n + 1, orthogonal, rng);
    system.v = halves(m, 1.0 / (m as f64).sqrt());
    let values = system.w.dot(&system.x.t());
    let values = values.mapv(|z| Activation::Relu.value(z));
    let miss = normals(n, 1, rng) * share;
    system.y = values.t().dot(&system.v.t()) + miss;
    let norm = system.x.dot(&system.x.t()).diag().sum();
    // ‖v‖ = 1, and ‖X‖² is at most its trace.
    system.method = DESCENT(0.3 / norm);
    system
}

/// Least squares in V on random features, with as many neurons as points and more.
fn output_layer(rng: &mut ChaCha8Rng) -> System {
    let n = rng.random_range(2..6);
    let m = n + rng.random_range(0..30);
    let mut system = moderate(Activation::Softplus, n, m, rng);
    system.layers = Layers::Output;
    system.method = Method::LeastSquares;
    system.steps = 1;
    system
}

/// A linear network on the averaged loss; more points than dimensions where n = 7.
fn linear(outputs: usize, n: usize, rng: &mut ChaCha8Rng) -> System {
    let (h, d) = (14, 5);
    let x = normals(n, d, rng) * 0.5;
    System {
        name: "E",
        x,
        y: normals(n, outputs, rng),
        w: normals(h, d, rng) * 0.4,
        v: normals(outputs, h, rng) * 0.1,
        activation: Activation::Identity,
        scaling: Scaling::Standard,
        over: LossOver::Average,
        layers: Layers::Both,
        method: FLOW(0.2),
        steps: 60,
    }
}

fn norm(y: &Array2<f64>) -> f64 {
    y.iter().map(|y| y * y).sum::<f64>().sqrt()
}

/// The first half of the neurons +size, the second −size.
pub fn halves(m: usize, size: f64) -> Array2<f64> {
    Array2::from_shape_fn((1, m), |(_, i)| if i < m / 2 { size } else { -size })
}
