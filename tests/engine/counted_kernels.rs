//! Tangent kernels of ReLU and leaky ReLU, whose sums over neurons are counts where all |v| are equal.

use ndarray::Array2;
use widescope::network::{Activation, Factor, Parameterization, Real};
use widescope::observe::train_kernels;
use widescope::spec::Layers;
use widescope::task::Cancel;

use crate::problem::{Random, Setting, random};

fn network<R: Real>(activation: Activation, m: usize, n: usize) -> Random<R> {
    random::<R>(Setting {
        seed: 5 + (m * n) as u64,
        m,
        n,
        n_test: 0,
        d: 7,
        outputs: 1,
        activation,
        layers: Layers::Hidden,
        parameterization: Parameterization {
            a: Factor::constant(0.6),
            b: Factor::constant(1.3),
            hidden_step: Factor::constant(1.0),
            output_step: Factor::constant(1.0),
        },
        mean: false,
    })
}

/// (ab)²·Σ_r v_r² σ'(h_ra) σ'(h_rb) ⟨φ_a, φ_b⟩, entry by entry.
fn by_definition<R: Real>(random: &Random<R>) -> Array2<f64> {
    let problem = &random.problem;
    let phi = problem.phi.mapv(R::double);
    let slope = random.w.dot(&phi.t());
    let slope = slope.mapv(|h| problem.activation.derivative(h));
    let weighted = &slope * &random.v.t();
    let factor = (problem.a * problem.b).powi(2);
    weighted.t().dot(&weighted) * phi.dot(&phi.t()) * factor
}

fn agrees<R: Real>(random: &Random<R>, case: &str) {
    let trainer = random.trainer(0.1, true);
    let kernel = train_kernels(&trainer, &Cancel::new()).unwrap();
    let kernel = kernel.hidden.unwrap();
    let expected = by_definition(random);
    let size = expected.iter().fold(0.0_f64, |most, x| most.max(x.abs()));
    let errors = (&kernel - &expected).mapv(f64::abs);
    let worst = errors.into_iter().fold(0.0, f64::max);
    // Sums over m neurons in another order.
    let allowed = 4.0 * R::EPSILON * (random.w.nrows() as f64).sqrt() * size;
    assert!(worst <= allowed, "{case}: {worst:e}, allowed {allowed:e}");
    assert_eq!(kernel, kernel.t(), "{case}");
}

fn agree<R: Real>(weight: impl Fn(usize) -> f64, name: &str) {
    for activation in [Activation::Relu, Activation::LeakyRelu] {
        for (m, n) in [(1, 1), (3, 6), (64, 4), (65, 9), (200, 130)] {
            let mut random = network::<R>(activation, m, n);
            for (r, v) in random.v.iter_mut().enumerate() {
                *v = weight(r).copysign(*v);
            }
            agrees(&random, &format!("{activation:?}, {name}, m {m}, n {n}"));
        }
    }
}

#[test]
fn counts_are_the_sums_of_the_definition() {
    agree::<f64>(|_| 0.5, "equal |v|");
    agree::<f32>(|_| 0.5, "equal |v|");
}

#[test]
fn unequal_weights_are_not_counted() {
    agree::<f64>(|r| if r == 2 { 3.0 } else { 0.5 }, "one other |v|");
}
