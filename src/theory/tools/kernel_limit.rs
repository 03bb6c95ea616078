//! The tangent kernel of a network of infinite width.

use ndarray::Array2;

use crate::network::Activation;

use super::dual::{Part, dual_matrix};

/// Limit of γ_W K_W + γ_V K_V for one output; kernels of different outputs are 0.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct KernelLimit {
    /// Activation σ.
    pub activation: Activation,
    /// b²ω1², so that features have variance b²ω1²‖Φ‖².
    pub feature_variance: f64,
    /// Limit of γ_W·(ab)²·m·E\[v²\]; 0 where W is not trained.
    pub hidden: f64,
    /// Limit of γ_V·a²·m; 0 where V is not trained.
    pub output: f64,
}

impl KernelLimit {
    /// hidden·E\[σ'(u)σ'(v)\]·⟨Φ_a, Φ_b⟩ + output·E\[σ(u)σ(v)\] between points with the squared norms
    /// ‖Φ_a‖² (`rows`) and ‖Φ_b‖² (`columns`) and the inner products `gram` (rows × columns).
    pub fn between(&self, rows: &[f64], columns: &[f64], gram: &Array2<f64>) -> Array2<f64> {
        let variances = |norms: &[f64]| -> Vec<f64> {
            norms.iter().map(|q| self.feature_variance * q).collect()
        };
        let (rows, columns) = (variances(rows), variances(columns));
        let covariance = gram.mapv(|x| self.feature_variance * x);
        let part = |part| dual_matrix(self.activation, part, &rows, &columns, &covariance);
        let mut kernel = Array2::zeros(gram.raw_dim());
        if self.hidden > 0.0 {
            kernel = part(Part::Slope) * gram * self.hidden;
        }
        if self.output > 0.0 {
            kernel.scaled_add(self.output, &part(Part::Value));
        }
        kernel
    }
}
