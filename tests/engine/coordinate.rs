//! Coordinate checks: what each parameterization promises to keep of the same size at any width.

use ndarray::Array2;
use widescope::network::{Activation, Parameterization, Scaling};
use widescope::spec::Layers;
use widescope::task::Cancel;
use widescope::train::Trainer;

use crate::problem::{Setting, random};
use crate::twin::frobenius;

const WIDTHS: [usize; 4] = [64, 256, 1024, 4096];
const SEEDS: u64 = 10;
const STEPS: u64 = 3;

/// Allowed beside four standard errors over the seeds, for the finite widths.
const FINITE_WIDTH: f64 = 0.04;

/// Powers of the width m by which sizes per entry (root mean squares) grow.
#[derive(Clone, Copy, Debug)]
struct Powers {
    features: f64,
    feature_change: f64,
    output: f64,
    output_change: f64,
    /// Change of V; `None` where it is not trained.
    v_change: Option<f64>,
}

/// A parameterization, with powers of m of the size of V at the start and of the step.
#[derive(Clone, Copy, Debug)]
struct Case {
    parameterization: Parameterization,
    v_power: f64,
    step_power: f64,
    layers: Layers,
    powers: Powers,
}

fn case(scaling: Scaling, layers: Layers, powers: [f64; 5]) -> Case {
    let [features, feature_change, output, output_change, v_change] = powers;
    Case {
        parameterization: scaling.parameterization(),
        v_power: 0.0,
        step_power: 0.0,
        layers,
        powers: Powers {
            features,
            feature_change,
            output,
            output_change,
            v_change: layers.output().then_some(v_change),
        },
    }
}

fn size(x: Array2<f64>) -> f64 {
    let count = x.len() as f64;
    frobenius(x) / count.sqrt()
}

fn features(trainer: &Trainer<f64>) -> Array2<f64> {
    let views: Vec<_> = trainer.blocks().iter().map(|b| b.h.view()).collect();
    ndarray::concatenate(ndarray::Axis(0), &views).unwrap()
}

/// Sizes in the order of [`Powers`] at one width.
fn sizes(case: Case, m: usize, seed: u64) -> [f64; 5] {
    let mut random = random::<f64>(Setting {
        seed,
        m,
        n: 6,
        n_test: 0,
        d: 8,
        outputs: 2,
        activation: Activation::Tanh,
        layers: case.layers,
        parameterization: case.parameterization,
        mean: true,
    });
    // Rows of W of size 1 where the network itself does not scale them.
    if case.parameterization == Scaling::Standard.parameterization() {
        random.w.mapv_inplace(|w| w / 8f64.sqrt());
    }
    let width = m as f64;
    random.v.mapv_inplace(|v| v * width.powf(case.v_power));
    let mut trainer = random.trainer(0.3 * width.powf(case.step_power), true);
    let (start, f, v) = (
        features(&trainer),
        trainer.outputs(),
        trainer.output_weights(),
    );
    for _ in 0..STEPS {
        trainer.step(&Cancel::new()).unwrap();
    }
    [
        size(features(&trainer)),
        size(features(&trainer) - start),
        size(f.clone()),
        size(trainer.outputs() - f),
        size(trainer.output_weights() - v),
    ]
}

/// Slope of log(size) over log(m) by least squares.
fn slope(sizes: &[f64]) -> f64 {
    let x: Vec<f64> = WIDTHS.iter().map(|m| (*m as f64).ln()).collect();
    let y: Vec<f64> = sizes.iter().map(|s| s.ln()).collect();
    let mean = |x: &[f64]| x.iter().sum::<f64>() / x.len() as f64;
    let (mx, my) = (mean(&x), mean(&y));
    let pairs = x.iter().zip(&y).map(|(x, y)| (x - mx) * (y - my));
    pairs.sum::<f64>() / x.iter().map(|x| (x - mx).powi(2)).sum::<f64>()
}

fn check(name: &str, case: Case) {
    let by_seed: Vec<Vec<[f64; 5]>> = (0..SEEDS)
        .map(|seed| WIDTHS.map(|m| sizes(case, m, 100 + seed)).to_vec())
        .collect();
    let powers = case.powers;
    let expected = [
        ("features", Some(powers.features)),
        ("change of the features", Some(powers.feature_change)),
        ("outputs at the start", Some(powers.output)),
        ("change of the outputs", Some(powers.output_change)),
        ("change of V", powers.v_change),
    ];
    for (k, (what, expected)) in expected.into_iter().enumerate() {
        let Some(expected) = expected else { continue };
        let slopes: Vec<f64> = by_seed
            .iter()
            .map(|widths| slope(&widths.iter().map(|sizes| sizes[k]).collect::<Vec<_>>()))
            .collect();
        let count = slopes.len() as f64;
        let mean = slopes.iter().sum::<f64>() / count;
        let squares = slopes.iter().map(|s| (s - mean).powi(2)).sum::<f64>();
        let error = (squares / (count * (count - 1.0))).sqrt();
        let case = format!("{name}: {what} grow as m^{mean:.3} ± {error:.3}, not m^{expected}");
        // Powers that matter are half a power apart.
        assert!(error < 0.06, "{case}");
        assert!(
            (mean - expected).abs() < 4.0 * error + FINITE_WIDTH,
            "{case}"
        );
    }
}

#[test]
fn under_ours_features_and_outputs_move_alike_at_any_width() {
    for layers in [Layers::Hidden, Layers::Both] {
        check(
            "ours",
            case(Scaling::Ours, layers, [0.0, 0.0, -0.5, 0.0, 0.0]),
        );
    }
}

#[test]
fn under_mean_field_features_and_outputs_move_alike_at_any_width() {
    for layers in [Layers::Hidden, Layers::Both] {
        let powers = [0.0, 0.0, -0.5, 0.0, 0.0];
        check("mean-field", case(Scaling::MeanField, layers, powers));
    }
}

#[test]
fn under_ntk_outputs_move_and_features_freeze() {
    for layers in [Layers::Hidden, Layers::Both] {
        let powers = [0.0, -0.5, 0.0, 0.0, -0.5];
        check("NTK", case(Scaling::Ntk, layers, powers));
    }
}

/// The sizes ω1 and ω2 of the weights take the place of the factors: V of size 1/√m is NTK where W
/// is trained; V of size 1/m with the step m is the feature-learning scaling.
#[test]
fn under_the_standard_scaling_the_initial_sizes_set_the_regime() {
    let mut lazy = case(
        Scaling::Standard,
        Layers::Hidden,
        [0.0, -0.5, 0.0, 0.0, 0.0],
    );
    lazy.v_power = -0.5;
    check("standard, ω2 = 1/√m", lazy);
    let mut learning = case(
        Scaling::Standard,
        Layers::Hidden,
        [0.0, 0.0, -0.5, 0.0, 0.0],
    );
    (learning.v_power, learning.step_power) = (-1.0, 1.0);
    check("standard, ω2 = 1/m", learning);
}

/// With both layers the kernel of V alone grows as m, so a stable step falls as 1/m and the features
/// freeze faster.
#[test]
fn under_the_standard_scaling_with_both_layers_v_does_the_work() {
    let powers = [0.0, -1.5, 0.0, 0.0, -1.0];
    let mut both = case(Scaling::Standard, Layers::Both, powers);
    (both.v_power, both.step_power) = (-0.5, -1.0);
    check("standard, both layers", both);
}
