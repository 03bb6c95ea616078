//! One step of the trainer against central differences of its loss.

use ndarray::Array2;
use proptest::prelude::*;
use widescope::network::{Activation, Factor, Scaling};
use widescope::spec::Layers;

use crate::problem::{Random, Setting, random};

const CUSTOM: Scaling = Scaling::Custom {
    a: Factor {
        c: 0.7,
        m: -0.5,
        d: 0.0,
    },
    b: Factor {
        c: 1.0,
        m: 0.0,
        d: -0.25,
    },
    step_factor: Factor {
        c: 1.3,
        m: 0.5,
        d: 0.0,
    },
    output_step_factor: Factor {
        c: 0.4,
        m: 0.0,
        d: 0.0,
    },
};

const SCALINGS: [Scaling; 5] = [
    Scaling::Ours,
    Scaling::Ntk,
    Scaling::MeanField,
    Scaling::Standard,
    CUSTOM,
];

fn loss_at(random: &Random<f64>, w: &Array2<f64>, v: &Array2<f64>) -> f64 {
    let moved = Random {
        problem: random.problem.clone(),
        w: w.clone(),
        v: v.clone(),
    };
    moved.trainer(1.0, false).loss()
}

/// (L(x + εe) − L(x − εe))/2ε in every entry of W and V.
fn differences(random: &Random<f64>, epsilon: f64) -> (Array2<f64>, Array2<f64>) {
    let at = |which: usize, (i, j): (usize, usize), shift: f64| {
        let (mut w, mut v) = (random.w.clone(), random.v.clone());
        let target = if which == 0 { &mut w } else { &mut v };
        target[[i, j]] += shift;
        loss_at(random, &w, &v)
    };
    let slope = |which, at_entry| {
        (at(which, at_entry, epsilon) - at(which, at_entry, -epsilon)) / (2.0 * epsilon)
    };
    (
        Array2::from_shape_fn(random.w.dim(), |entry| slope(0, entry)),
        Array2::from_shape_fn(random.v.dim(), |entry| slope(1, entry)),
    )
}

fn assert_close(what: &str, got: &Array2<f64>, expected: &Array2<f64>, setting: Setting) {
    let scale = expected.iter().fold(1e-3f64, |m, x| m.max(x.abs()));
    for (g, e) in got.iter().zip(expected) {
        assert!(
            (g - e).abs() <= 3e-6 * scale,
            "{what}: {g}, expected {e}, in {setting:?}"
        );
    }
}

/// A kink within ε of a pre-activation makes the central difference wrong, not the gradient.
fn near_a_kink(random: &Random<f64>, activation: Activation) -> bool {
    let kinked = matches!(activation, Activation::Relu | Activation::LeakyRelu);
    kinked
        && random
            .w
            .dot(&random.problem.phi.t())
            .iter()
            .any(|h| h.abs() < 1e-3)
}

fn check(setting: Setting) {
    let random = random::<f64>(setting);
    if near_a_kink(&random, setting.activation) {
        return;
    }
    let (dw, dv) = differences(&random, 1e-5);
    let problem = &random.problem;
    for sample_space in [false, true] {
        let step = 1e-3;
        let mut trainer = random.trainer(step, sample_space);
        trainer.step(&widescope::task::Cancel::new()).unwrap();
        let scale_w = if setting.layers.hidden() {
            -step * problem.hidden_step_factor
        } else {
            0.0
        };
        let scale_v = if setting.layers.output() {
            -step * problem.output_step_factor
        } else {
            0.0
        };
        let moved_w = (trainer.hidden_weights() - &random.w) / (-step * problem.hidden_step_factor);
        let moved_v = (trainer.output_weights() - &random.v) / (-step * problem.output_step_factor);
        let on = |scale: f64, gradient: &Array2<f64>| {
            if scale == 0.0 {
                gradient * 0.0
            } else {
                gradient.clone()
            }
        };
        assert_close("∂L/∂W", &moved_w, &on(scale_w, &dw), setting);
        assert_close("∂L/∂V", &moved_v, &on(scale_v, &dv), setting);
    }
}

fn settings() -> impl Strategy<Value = Setting> {
    (
        any::<u64>(),
        1usize..9,
        1usize..6,
        1usize..5,
        1usize..4,
        any::<bool>(),
    )
        .prop_map(|(seed, m, n, d, outputs, mean)| Setting {
            seed,
            m,
            n,
            n_test: 2,
            d,
            outputs,
            activation: Activation::Tanh,
            layers: Layers::Both,
            parameterization: Scaling::Ours.parameterization(),
            mean,
        })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 8, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_activation_layer_set_and_scaling(setting in settings()) {
        for activation in Activation::ALL {
            for layers in [Layers::Hidden, Layers::Output, Layers::Both] {
                for scaling in SCALINGS {
                    let parameterization = scaling.parameterization();
                    check(Setting { activation, layers, parameterization, ..setting });
                }
            }
        }
    }

    #[test]
    fn derivatives_of_the_activations(z in -4.0f64..4.0) {
        prop_assume!(z.abs() > 1e-3);
        let e = 1e-5;
        for a in Activation::ALL {
            let first = (a.value(z + e) - a.value(z - e)) / (2.0 * e);
            let second = (a.derivative(z + e) - a.derivative(z - e)) / (2.0 * e);
            prop_assert!((first - a.derivative(z)).abs() < 1e-7, "{} σ'({z})", a.name());
            prop_assert!((second - a.second_derivative(z)).abs() < 1e-7, "{} σ''({z})", a.name());
            let (mut value, mut slope) = ([0.0], [0.0]);
            a.map(&[z], &mut value, &mut slope);
            prop_assert!((value[0] - a.value(z)).abs() <= 1e-15 * (1.0 + value[0].abs()));
            prop_assert!((slope[0] - a.derivative(z)).abs() <= 1e-15 * (1.0 + slope[0].abs()));
            prop_assert!(a.derivative(z).abs() <= a.lipschitz() * (1.0 + 1e-12));
            prop_assert!(a.second_derivative(z).abs() <= a.curvature() * (1.0 + 1e-12));
            let active = a.active_interval();
            if active.left < z && z < active.right {
                prop_assert!(a.derivative(z).abs() >= active.slope * (1.0 - 1e-12), "{}", a.name());
            }
        }
    }
}

#[test]
fn suprema_are_attained() {
    let grid = || (-60_000..60_000).map(|i| f64::from(i) * 1e-4);
    for a in Activation::ALL {
        let slope = grid().fold(0.0f64, |m, z| m.max(a.derivative(z).abs()));
        let curvature = grid().fold(0.0f64, |m, z| m.max(a.second_derivative(z).abs()));
        if a.lipschitz().is_finite() {
            // Softplus reaches its supremum 1 at infinity only.
            assert!(slope > 0.997 * a.lipschitz(), "{}: {slope}", a.name());
        }
        if a.curvature().is_finite() {
            assert!(
                curvature >= (1.0 - 1e-6) * a.curvature(),
                "{}: {curvature}",
                a.name()
            );
        }
    }
}

#[test]
fn a_feature_that_is_not_a_number_stays_so() {
    for a in Activation::ALL {
        assert!(a.value(f64::NAN).is_nan(), "{}", a.name());
    }
}
