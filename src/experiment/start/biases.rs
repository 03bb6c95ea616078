//! Initial biases of the hidden neurons and of the outputs.

use ndarray::Array1;
use rand::RngExt;

use crate::random::stream::{Stream, rng};
use crate::spec::{BiasInit, Preset};

/// ±limit of the hidden biases of an arm whose embedding (with a bias) has dimension `embedding`,
/// where their law is not that of W: 1/√D, D without the constant feature.
pub(in crate::experiment) fn hidden_limit(preset: &Preset, embedding: usize) -> Option<f64> {
    let is_uniform = preset.network.bias && preset.init.bias == BiasInit::Uniform;
    is_uniform.then(|| uniform_limit(embedding.saturating_sub(1)))
}

/// Biases c of the outputs of an arm; `None` where it has none. Those of a symmetrized start are 0,
/// so that f = 0.
pub(in crate::experiment) fn output_biases(preset: &Preset, outputs: usize) -> Option<Array1<f64>> {
    if !preset.network.output_bias {
        return None;
    }
    let is_zero = preset.init.symmetrized(&preset.scaling);
    Some(match preset.init.bias {
        BiasInit::Uniform if !is_zero => {
            uniform_output_biases(preset.network.width, outputs, preset.seed)
        }
        BiasInit::Uniform | BiasInit::SameAsWeights => Array1::zeros(outputs),
    })
}

/// Biases of the outputs of `width` neurons, uniform on ±1/√m.
pub(in crate::experiment) fn uniform_output_biases(
    width: usize,
    outputs: usize,
    seed: u64,
) -> Array1<f64> {
    let limit = uniform_limit(width);
    let mut rng = rng(seed, Stream::OutputBiases, 0);
    Array1::from_shape_simple_fn(outputs, || limit * rng.random_range(-1.0..=1.0))
}

/// 1/√(number of inputs).
fn uniform_limit(inputs: usize) -> f64 {
    1.0 / (inputs.max(1) as f64).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn preset(fields: &str) -> Preset {
        crate::preset::parse(&format!("(network: (width: 400, {fields}")).unwrap()
    }

    #[test]
    fn biases_have_the_law_asked_for() {
        let uniform = "bias: true, output_bias: true), scaling: Standard, init: (bias: Uniform))";
        let uniform = preset(uniform);
        let limit = hidden_limit(&uniform, 65).unwrap();
        assert!((limit - 0.125).abs() < 1e-15, "{limit}");
        let c = output_biases(&uniform, 3000).unwrap();
        assert!(c.iter().all(|c| c.abs() <= 0.05));
        let (mean, variance) = (c.sum() / 3000.0, c.dot(&c) / 3000.0);
        // The variance is 0.05²/3; five standard errors of both.
        assert!(mean.abs() < 0.0027, "{mean}");
        assert!((variance - 0.0025 / 3.0).abs() < 7e-5, "{variance}");

        let same = preset("bias: true, output_bias: true))");
        assert_eq!(hidden_limit(&same, 65), None);
        assert_eq!(output_biases(&same, 2), Some(Array1::zeros(2)));

        let symmetrized = "output_bias: true), init: (bias: Uniform, symmetrize: On))";
        let symmetrized = preset(symmetrized);
        assert_eq!(hidden_limit(&symmetrized, 64), None, "no hidden biases");
        assert_eq!(output_biases(&symmetrized, 2), Some(Array1::zeros(2)));
        assert_eq!(output_biases(&preset("bias: true))"), 2), None);
    }
}
