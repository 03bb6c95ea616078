//! A small network with quadratic embedding that gives the targets.

use ndarray::{Array1, Array2};
use rand::RngExt;
use rand_distr::{Distribution, StandardNormal};

use crate::network::Activation;
use crate::random::stream;
use crate::random::stream::Stream;

/// f(x) = 1/m Σ_i c_i σ(⟨W_i, vec(xxᵀ)⟩/d), the model of Chen et al. 2022, (2)(3), under their scaling
/// with D = d².
#[derive(Clone, Debug)]
pub(in crate::data) struct QuadraticNet {
    activation: Activation,
    /// W_i as a matrix d × d, a neuron each.
    weights: Vec<Array2<f64>>,
    signs: Array1<f64>,
}

impl QuadraticNet {
    /// Draws W with entries N(0, 1) and c_i = ±1 by a fair coin. Neuron i depends on the seed, d and
    /// i only.
    pub(in crate::data) fn draw(
        neurons: usize,
        activation: Activation,
        d: usize,
        seed: u64,
    ) -> Self {
        let drawn = (0..neurons).map(|i| {
            let mut rng = stream::rng(seed, Stream::Teacher, i as u64);
            let sign = if rng.random::<bool>() { 1.0 } else { -1.0 };
            let normal = || -> f64 { StandardNormal.sample(&mut rng) };
            (sign, Array2::from_shape_simple_fn((d, d), normal))
        });
        let (signs, weights): (Vec<f64>, Vec<_>) = drawn.unzip();
        Self {
            activation,
            weights,
            signs: signs.into(),
        }
    }

    /// Targets of every row of `x`, n × 1.
    pub(in crate::data) fn targets(&self, x: &Array2<f64>) -> Array2<f64> {
        let (n, d) = x.dim();
        let mut y = Array2::zeros((n, 1));
        for (w, sign) in self.weights.iter().zip(&self.signs) {
            let products = x.dot(w);
            for ((product, x), y) in products.outer_iter().zip(x.outer_iter()).zip(&mut y) {
                *y += sign * self.activation.value(product.dot(&x) / d as f64);
            }
        }
        y / self.weights.len().max(1) as f64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The same number by the embedding written out.
    #[test]
    fn targets_are_those_of_the_network_on_the_outer_product() {
        let net = QuadraticNet::draw(5, Activation::Relu, 3, 7);
        let x = ndarray::array![[0.3, -1.0, 2.0], [0.0, 0.5, -0.2]];
        let targets = net.targets(&x);
        for (x, target) in x.outer_iter().zip(&targets) {
            let mut f = 0.0;
            for (w, c) in net.weights.iter().zip(&net.signs) {
                let h: f64 = w.indexed_iter().map(|((j, k), w)| w * x[j] * x[k]).sum();
                f += c * (h / 3.0).max(0.0);
            }
            assert!((f / 5.0 - target).abs() < 1e-14);
        }
    }

    #[test]
    fn a_wider_teacher_begins_with_the_narrower_one() {
        let (few, many) = (
            QuadraticNet::draw(2, Activation::Relu, 4, 1),
            QuadraticNet::draw(5, Activation::Relu, 4, 1),
        );
        assert_eq!(few.weights[..], many.weights[..2]);
    }
}
