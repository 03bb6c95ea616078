//! What a network of infinite width starts from: its kernel and its facts.

use crate::data::Dataset;
use crate::preset::Arm;
use crate::spec::{OutputInit, Preset};
use crate::theory::KernelLimit;
use crate::train::Problem;

use crate::experiment::start::setup::{output_size, split};
use crate::history::ArmFacts;

/// The limit of the preset's kernel, and (ω1, ω2) with ω2 at width 1. Powers of m that cancel are
/// left out by taking every factor at m = 1; a layer whose kernel vanishes in the limit has 0.
pub(in crate::experiment) fn limit(
    preset: &Preset,
    data: &Dataset,
    problem: &Problem<f64>,
) -> (KernelLimit, (f64, f64)) {
    let factors = preset.scaling.parameterization();
    let inner = problem.embedding();
    let (omega1, omega2) = split(&preset.init, output_size(&preset.init, data, 1));
    let halves = if preset.init.output == OutputInit::SignedHalves {
        -1.0
    } else {
        0.0
    };
    let (a, b) = (factors.a.at(1, inner), factors.b.at(1, inner));
    let stays = |trained: bool, power: f64| trained && power > -1e-9;
    let layers = preset.train.layers;
    let hidden = 2.0 * factors.a.m + factors.hidden_step.m + 1.0 + halves;
    let output = 2.0 * factors.a.m + factors.output_step.m + 1.0;
    let limit = KernelLimit {
        activation: preset.network.activation,
        feature_variance: (b * omega1).powi(2),
        hidden: if stays(layers.hidden(), hidden) {
            factors.hidden_step.at(1, inner) * (a * b * omega2).powi(2)
        } else {
            0.0
        },
        output: if stays(layers.output(), output) {
            factors.output_step.at(1, inner) * a * a
        } else {
            0.0
        },
    };
    (limit, (omega1, omega2))
}

/// Facts of the arm; `largest` is the largest eigenvalue of K.
pub(in crate::experiment) fn facts(
    arm: &Arm,
    data: &Dataset,
    problem: &Problem<f64>,
    largest: f64,
    (omega1, omega2): (f64, f64),
) -> ArmFacts {
    let n = problem.n();
    let floats = (n + problem.n_test()) * (problem.embedding() + n);
    ArmFacts {
        label: arm.label.clone(),
        n,
        n_test: problem.n_test(),
        d: data.x.ncols(),
        embedding: problem.embedding(),
        width: 0,
        outputs: problem.outputs(),
        a: problem.a,
        b: problem.b,
        hidden_step_factor: problem.hidden_step_factor,
        output_step_factor: problem.output_step_factor,
        omega1,
        omega2,
        sample_space: true,
        step_unit: 1.0,
        stable_step: (largest > 0.0).then(|| 2.0 / (problem.loss_factor * largest)),
        data: data.description.clone(),
        estimated_bytes: (floats * size_of::<f64>()) as u64,
        theory: [].into(),
    }
}
