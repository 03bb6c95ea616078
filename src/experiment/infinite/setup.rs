//! What a network of infinite width starts from: its kernel and its facts.

use crate::data::Dataset;
use crate::preset::Arm;
use crate::spec::{OutputInit, Preset};
use crate::theory::KernelLimit;
use crate::train::Problem;

use crate::experiment::facts::facts_of_problem;
use crate::experiment::start::setup::{WeightSizes, output_size, split};
use crate::history::ArmFacts;

/// The limit of the preset's kernel, and (ω1, ω2) with ω2 at width 1. Powers of m that cancel are
/// left out by taking every factor at m = 1; a layer whose kernel vanishes in the limit has 0.
pub(in crate::experiment) fn limit(
    preset: &Preset,
    data: &Dataset,
    problem: &Problem<f64>,
) -> (KernelLimit, WeightSizes) {
    let factors = preset.scaling.parameterization();
    let inner = problem.embedding();
    let sizes = split(&preset.init, output_size(&preset.init, data, 1));
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
        feature_variance: (b * sizes.omega1).powi(2),
        hidden: if stays(layers.hidden(), hidden) {
            factors.hidden_step.at(1, inner) * (a * b * sizes.omega2).powi(2)
        } else {
            0.0
        },
        output: if stays(layers.output(), output) {
            factors.output_step.at(1, inner) * a * a
        } else {
            0.0
        },
    };
    (limit, sizes)
}

/// Facts of the arm; `largest` is the largest eigenvalue of K.
pub(in crate::experiment) fn facts(
    arm: &Arm,
    data: &Dataset,
    problem: &Problem<f64>,
    largest: f64,
    sizes: WeightSizes,
) -> ArmFacts {
    let n = problem.n();
    let floats = (n + problem.n_test()) * (problem.embedding() + n);
    ArmFacts {
        omega1: sizes.omega1,
        omega2: sizes.omega2,
        sample_space: true,
        stable_step: (largest > 0.0).then(|| 2.0 / (problem.loss_factor * largest)),
        estimated_bytes: (floats * size_of::<f64>()) as u64,
        ..facts_of_problem(arm, data, problem)
    }
}
