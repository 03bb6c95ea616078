//! Gauss–Hermite quadrature for expectations over a standard normal variable.

use std::sync::OnceLock;

use ndarray::Array2;

use crate::linalg::symmetric_eigen;
use crate::task::Cancel;

/// Nodes of the shared rule.
const NODES: usize = 128;

/// Nodes and weights with E\[f(g)\] ≈ Σ_k w_k f(x_k), g ~ N(0, 1); exact for polynomials of degree
/// below twice the number of nodes.
#[derive(Clone, Debug)]
pub struct GaussHermite {
    /// Nodes x_k, ascending.
    pub nodes: Vec<f64>,
    /// Weights w_k; they add up to 1.
    pub weights: Vec<f64>,
}

impl GaussHermite {
    /// A rule of `count` nodes, at least 1 and at most 150.
    ///
    /// The nodes are the eigenvalues of the Jacobi matrix of the probabilists' Hermite polynomials
    /// (zero diagonal, off-diagonal √k). The weights are 1/Σ_i q_i(x)²/i! over the polynomials below
    /// the degree `count`: unlike the eigenvectors, this keeps the digits of the smallest weights.
    pub fn new(count: usize) -> Self {
        let count = count.clamp(1, 150);
        let jacobi = Array2::from_shape_fn((count, count), |(i, j)| {
            if i.abs_diff(j) == 1 {
                (i.max(j) as f64).sqrt()
            } else {
                0.0
            }
        });
        match symmetric_eigen(jacobi, &Cancel::new()) {
            Ok(Some(eigen)) => Self {
                weights: eigen.values.iter().map(|x| weight(*x, count)).collect(),
                nodes: eigen.values,
            },
            // A tridiagonal matrix of finite entries and this size always decomposes.
            _ => unreachable!("the Jacobi matrix has an eigendecomposition"),
        }
    }

    /// The rule of 128 nodes, made once.
    pub fn shared() -> &'static Self {
        static RULE: OnceLock<GaussHermite> = OnceLock::new();
        RULE.get_or_init(|| Self::new(NODES))
    }

    /// E\[f(g)\], g ~ N(0, 1). Not for integrands with a kink.
    pub fn expectation(&self, f: impl Fn(f64) -> f64) -> f64 {
        let pairs = self.nodes.iter().zip(&self.weights);
        pairs.map(|(x, w)| w * f(*x)).sum()
    }
}

fn weight(x: f64, count: usize) -> f64 {
    let (mut before, mut q, mut sum) = (0.0, 1.0, 0.0);
    for i in 0..count {
        sum += q * q;
        let i = i as f64;
        (before, q) = (q, (x * q - i.sqrt() * before) / (i + 1.0).sqrt());
    }
    1.0 / sum
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_of_the_normal_law() {
        let rule = GaussHermite::new(20);
        let mut double_factorial = 1.0;
        for k in 0..15i32 {
            let even = rule.expectation(|x| x.powi(2 * k));
            assert!(
                (even / double_factorial - 1.0).abs() < 1e-11,
                "{k}: {even} {double_factorial}"
            );
            let odd = rule.expectation(|x| x.powi(2 * k + 1));
            assert!(odd.abs() < 1e-10 * double_factorial, "{k}: {odd}");
            double_factorial *= f64::from(2 * k + 1);
        }
    }

    #[test]
    fn an_entire_function_is_integrated_to_rounding() {
        let cosine = GaussHermite::shared().expectation(f64::cos);
        assert!((cosine - (-0.5f64).exp()).abs() < 1e-14, "{cosine}");
    }
}
