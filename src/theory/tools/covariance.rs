//! Kernels of an infinitely wide start, and what the papers ask of them.

use ndarray::Array2;

use crate::linalg::symmetric_eigenvalues;
use crate::network::Activation;
use crate::task::{Cancel, Cancelled};

use super::dual::{Part, dual_matrix};

/// E_w\[σ'(⟨w, x_a⟩)σ'(⟨w, x_b⟩)\]·⟨x_a, x_b⟩ for w ~ N(0, variance·I), from the Gram matrix ⟨x_a, x_b⟩.
///
/// With unit variance: H^∞ of Du et al. for ReLU (Assumption 3.1), Σ(X) of Oymak–Soltanolkotabi
/// (Def. 6.1) for any activation.
pub fn slope_covariance(activation: Activation, variance: f64, gram: &Array2<f64>) -> Array2<f64> {
    covariance(activation, Part::Slope, variance, gram) * gram
}

/// E_w\[σ(⟨w, x_a⟩)σ(⟨w, x_b⟩)\] for w ~ N(0, variance·I): Σ̃(X) of Oymak–Soltanolkotabi (Def. 3.1)
/// with unit variance, Ḡ of Chen et al. (23) with variance 1/d.
pub fn value_covariance(activation: Activation, variance: f64, gram: &Array2<f64>) -> Array2<f64> {
    covariance(activation, Part::Value, variance, gram)
}

fn covariance(
    activation: Activation,
    part: Part,
    variance: f64,
    gram: &Array2<f64>,
) -> Array2<f64> {
    let covariances = gram.mapv(|x| variance * x);
    let variances = covariances.diag().to_vec();
    dual_matrix(activation, part, &variances, &variances, &covariances)
}

/// Smallest and largest eigenvalue of a symmetric positive semidefinite matrix.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Extremes {
    /// λ_min; tiny negative values of rounding are 0.
    pub min: f64,
    /// λ_max.
    pub max: f64,
}

impl Extremes {
    /// Not computed.
    pub const UNKNOWN: Self = Self {
        min: f64::NAN,
        max: f64::NAN,
    };

    /// Of a symmetric positive semidefinite matrix; [`Self::UNKNOWN`] where the decomposition fails.
    ///
    /// # Errors
    /// [`Cancelled`] once `cancel` is raised.
    pub fn of(matrix: Array2<f64>, cancel: &Cancel) -> Result<Self, Cancelled> {
        let side = matrix.nrows();
        let Some(values) = symmetric_eigenvalues(matrix, cancel)? else {
            return Ok(Self::UNKNOWN);
        };
        let (Some(max), Some(min)) = (values.first(), values.last()) else {
            return Ok(Self::UNKNOWN);
        };
        let rounding = f64::EPSILON * side as f64 * max.abs();
        Ok(Self {
            min: if *min > rounding { *min } else { 0.0 },
            max: *max,
        })
    }
}

/// (XXᵀ) ⊙ (XXᵀ) = (X∗X)(X∗X)ᵀ, whose smallest eigenvalue is σ_min(X∗X)² of the Khatri–Rao product.
pub fn khatri_rao_gram(gram: &Array2<f64>) -> Array2<f64> {
    gram * gram
}

/// κ(X) = √(d/n)·‖X‖/σ_min(X∗X)² (Oymak–Soltanolkotabi (2.2)).
pub fn kappa(n: usize, d: usize, squared_norm: f64, khatri_rao_min: f64) -> f64 {
    (d as f64 / n as f64 * squared_norm).sqrt() / khatri_rao_min
}

#[cfg(test)]
mod tests {
    use ndarray::array;

    use super::*;

    #[test]
    fn h_infinity_of_unit_inputs_is_the_arc_cosine_kernel() {
        let c: f64 = 0.3;
        let h = slope_covariance(Activation::Relu, 1.0, &array![[1.0, c], [c, 1.0]]);
        let expected = c * (std::f64::consts::PI - c.acos()) / (2.0 * std::f64::consts::PI);
        assert!((h[[0, 0]] - 0.5).abs() < 1e-15 && (h[[0, 1]] - expected).abs() < 1e-15);
    }

    #[test]
    fn the_khatri_rao_gram_is_the_gram_of_the_products() {
        let x = array![[1.0, 2.0], [0.5, -1.0], [0.0, 1.0]];
        let products = Array2::from_shape_fn((3, 4), |(a, k)| x[[a, k / 2]] * x[[a, k % 2]]);
        let expected = products.dot(&products.t());
        let got = khatri_rao_gram(&x.dot(&x.t()));
        assert!((&got - &expected).iter().all(|e: &f64| e.abs() < 1e-14));
        // Three points in the plane: the symmetric products span three dimensions.
        let extremes = Extremes::of(got, &Cancel::new()).unwrap();
        assert!(extremes.min > 0.0);
        assert!((kappa(3, 2, 4.0, 0.5) - (8f64 / 3.0).sqrt() / 0.5).abs() < 1e-14);
    }

    #[test]
    fn a_singular_matrix_has_exactly_zero_as_its_smallest_eigenvalue() {
        let ones = Array2::from_elem((4, 4), 1.0);
        let extremes = Extremes::of(ones, &Cancel::new()).unwrap();
        assert_eq!(extremes.min, 0.0);
        assert!((extremes.max - 4.0).abs() < 1e-12);
    }
}
