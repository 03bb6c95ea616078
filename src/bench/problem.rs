//! The preset of each problem.

use std::path::PathBuf;

use super::Benchmark;
use crate::network::Activation;
use crate::preset::{Experiment, PresetError, parse};
use crate::spec::Precision;

/// The run of a problem: one arm, nothing observed, no stop rule but a number of steps that is never
/// reached. Trials of one problem differ by `seed` alone.
///
/// # Errors
/// Sizes that no preset may have.
pub fn experiment(
    benchmark: Benchmark,
    precision: Precision,
    seed: u64,
) -> Result<Experiment, PresetError> {
    let text = format!(
        "(seed: {seed}, precision: {precision:?}, {}, \
         observe: (schedule: Every({MANY}), observables: [{}]), panels: [Story])",
        fields(benchmark),
        if benchmark == Benchmark::J {
            "JacobianSpectrum"
        } else {
            ""
        }
    );
    Experiment::check(parse(&text)?, &benchmark.to_string(), PathBuf::from("."))
}

/// More steps than are ever timed.
const MANY: &str = "1000000000000";

/// Data, network, start, loss and training method as a preset writes them.
fn fields(benchmark: Benchmark) -> String {
    match benchmark {
        Benchmark::B1 { width } => chen(
            "Gaussian(d: 20, n: 40, labels: Uniform(low: -0.5, high: 0.5))",
            &network(width, "Tanh", "Identity"),
            1.0,
        ),
        Benchmark::B2 => chen(
            "Gaussian(d: 30, n: 500, labels: QuadraticNet(neurons: 5, activation: Relu))",
            &network(8192, "Relu", "Quadratic"),
            0.1,
        ),
        Benchmark::B3 { width } => chen(
            "SignedPairs(d: 50, n: 600)",
            &network(width, "Relu", "RandomFeatures(width: SameAsNetwork)"),
            0.1,
        ),
        Benchmark::C1 { width } => du(width),
        Benchmark::J => du(2000),
        Benchmark::D1 {
            width,
            dimension,
            activation,
        } => oymak(width, dimension, activation),
        Benchmark::E1 { width } => min(width),
        Benchmark::A1 => digits(),
    }
}

fn network(width: usize, activation: &str, embedding: &str) -> String {
    format!("network: (width: {width}, embedding: {embedding}, activation: {activation})")
}

fn train(layers: &str, method: &str) -> String {
    format!("train: (layers: {layers}, method: {method}, stop: (steps: {MANY}))")
}

/// Chen et al. 2022: scaling *ours*, V = ±1, W trained on ½ Σ (f − y)².
fn chen(data: &str, network: &str, step: f64) -> String {
    let train = train("Hidden", &format!("GradientDescent(step: {step:?})"));
    format!("data: {data}, {network}, scaling: Ours, {train}")
}

/// Du et al. 2019: a = 1/√m without a symmetrized start.
fn du(width: usize) -> String {
    let (network, train) = (
        network(width, "Relu", "Identity"),
        train("Hidden", "GradientDescent(step: 0.5)"),
    );
    format!(
        "data: Sphere(d: 1000, n: 1000, labels: Normal(std: 1.0)), {network}, \
         scaling: Custom(a: (m: -0.5), b: (), step_factor: ()), {train}"
    )
}

/// Oymak–Soltanolkotabi 2020, Fig. 2, without its stop at a relative error.
fn oymak(width: usize, dimension: usize, activation: Activation) -> String {
    let step = if activation == Activation::Relu {
        0.1
    } else {
        0.15
    };
    let network = network(width, &format!("{activation:?}"), "Identity");
    let train = train("Hidden", &format!("GradientDescent(step: {step:?})"));
    format!(
        "data: Sphere(d: {dimension}, n: 100, labels: Normal(std: 1.0)), {network}, \
         scaling: Standard, init: (output: SignedHalves), {train}"
    )
}

/// Min et al. 2021, Fig. 3: starts N(0, 1/h), the mean of the squares.
fn min(width: usize) -> String {
    let size = 1.0 / (width as f64).sqrt();
    let network = network(width, "Identity", "Identity");
    let train = train("Both", "GradientDescent(step: 5e-4)");
    format!(
        "data: Linear(d: 400, n: 100, inputs: Gaussian, noise: 0.01), {network}, scaling: Standard, \
         init: (w_std: {size:?}, output: Gaussian({size:?})), loss: (over: Average), {train}"
    )
}

/// Song et al. 2021, Fig. 1, without biases and without a teacher.
fn digits() -> String {
    let network = network(1000, "Gelu", "Identity");
    let train = train("Both", "Sgd(step: 0.01, batch: 128)");
    format!(
        "data: Mnist(classes: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9], n: 60000, targets: OneHot, \
         pixels: Standardized), {network}, scaling: Standard, \
         init: (w_std: 0.0475, output: Gaussian(0.0475)), loss: (over: MeanSquaredError), {train}"
    )
}

#[cfg(test)]
mod tests {
    use super::super::LISTED;
    use super::*;

    #[test]
    fn every_listed_name_has_a_preset_of_one_arm() {
        for benchmark in LISTED {
            let experiment = experiment(benchmark, Precision::F64, 7)
                .unwrap_or_else(|error| panic!("{benchmark}: {error}"));
            assert_eq!(experiment.arms.len(), 1);
            assert_eq!(experiment.preset.precision, Precision::F64);
            assert_eq!(experiment.arms[0].preset.seed, 7);
        }
    }

    #[test]
    fn sizes_no_preset_may_have_are_refused() {
        let benchmark = Benchmark::D1 {
            width: 4,
            dimension: 1 << 30,
            activation: Activation::Relu,
        };
        let error = experiment(benchmark, Precision::F32, 1).unwrap_err();
        assert!(error.to_string().contains("data.d"), "{error}");
    }
}
