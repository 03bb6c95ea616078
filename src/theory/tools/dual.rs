//! Dual activations: E[σ(u)σ(v)] and E[σ'(u)σ'(v)] of jointly Gaussian (u, v) of mean zero.

use std::f64::consts::PI;

use ndarray::Array2;

use crate::network::{Activation, LEAK};

use super::hermite::normalized;
use crate::fit::GaussHermite;

/// Which function of the pre-activation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// σ.
    Value,
    /// σ'.
    Slope,
}

/// Terms of the Hermite series of a smooth activation.
const TERMS: usize = 96;

/// Error of the series up to which the two-dimensional quadrature is not needed.
const SERIES_ERROR: f64 = 1e-12;

impl Part {
    fn of(self, activation: Activation, z: f64) -> f64 {
        match self {
            Self::Value => activation.value(z),
            Self::Slope => activation.derivative(z),
        }
    }
}

/// E\[σ(u)σ(v)\] or E\[σ'(u)σ'(v)\] for variances q1, q2 (from 0) and covariance c of u and v.
///
/// Closed forms for ReLU and leaky ReLU (arc-cosine), erf, identity, quadratic and cubic; for the
/// other, smooth activations a tensor Gauss–Hermite rule.
pub fn dual(activation: Activation, part: Part, q1: f64, q2: f64, c: f64) -> f64 {
    if q1 <= 0.0 || q2 <= 0.0 {
        return mean(activation, part, q1) * mean(activation, part, q2);
    }
    closed(activation, part, q1, q2, c).unwrap_or_else(|| quadrature(activation, part, q1, q2, c))
}

/// E\[σ(g)²\], g ~ N(0, 1).
pub fn second_moment(activation: Activation) -> f64 {
    dual(activation, Part::Value, 1.0, 1.0, 1.0)
}

/// E\[σ(u)\] or E\[σ'(u)\] for variance q.
fn mean(activation: Activation, part: Part, q: f64) -> f64 {
    let scale = q.max(0.0).sqrt();
    if scale == 0.0 || activation.is_smooth() {
        return GaussHermite::shared().expectation(|g| part.of(activation, scale * g));
    }
    let leak = leak(activation);
    match part {
        Part::Value => (1.0 - leak) * scale / (2.0 * PI).sqrt(),
        Part::Slope => 0.5 * (1.0 + leak),
    }
}

fn leak(activation: Activation) -> f64 {
    if activation == Activation::LeakyRelu {
        LEAK
    } else {
        0.0
    }
}

fn closed(activation: Activation, part: Part, q1: f64, q2: f64, c: f64) -> Option<f64> {
    let slope = part == Part::Slope;
    Some(match activation {
        Activation::Identity if slope => 1.0,
        Activation::Identity => c,
        Activation::Relu | Activation::LeakyRelu => {
            let leak = leak(activation);
            let share = (1.0 - leak).powi(2);
            // σ = leak·z + (1 − leak)·max(z, 0), and E[u·max(v, 0)] = c/2.
            if slope {
                leak + share * half_plane(q1, q2, c)
            } else {
                leak * c + share * rectified(q1, q2, c)
            }
        }
        Activation::Erf => {
            let product = (1.0 + 2.0 * q1) * (1.0 + 2.0 * q2);
            if slope {
                4.0 / PI / (product - 4.0 * c * c).sqrt()
            } else {
                2.0 / PI * (2.0 * c / product.sqrt()).clamp(-1.0, 1.0).asin()
            }
        }
        Activation::Quadratic if slope => 4.0 * c,
        Activation::Quadratic => q1 * q2 + 2.0 * c * c,
        Activation::Cubic if slope => 9.0 * (q1 * q2 + 2.0 * c * c),
        Activation::Cubic => 9.0 * q1 * q2 * c + 6.0 * c.powi(3),
        Activation::Tanh | Activation::Sigmoid | Activation::Softplus | Activation::Gelu => {
            return None;
        }
    })
}

fn angle(q1: f64, q2: f64, c: f64) -> f64 {
    (c / (q1 * q2).sqrt()).clamp(-1.0, 1.0).acos()
}

/// P(u > 0, v > 0) = (π − θ)/(2π).
fn half_plane(q1: f64, q2: f64, c: f64) -> f64 {
    (PI - angle(q1, q2, c)) / (2.0 * PI)
}

/// E\[max(u, 0)·max(v, 0)\] = √(q1 q2)/(2π)·(sin θ + (π − θ) cos θ).
fn rectified(q1: f64, q2: f64, c: f64) -> f64 {
    let theta = angle(q1, q2, c);
    (q1 * q2).sqrt() / (2.0 * PI) * (theta.sin() + (PI - theta) * theta.cos())
}

/// A tensor rule on u = √q1·g, v = √q2·(ρg + √(1 − ρ²)g').
fn quadrature(activation: Activation, part: Part, q1: f64, q2: f64, c: f64) -> f64 {
    let rule = GaussHermite::shared();
    let (s1, s2) = (q1.sqrt(), q2.sqrt());
    let rho = (c / (s1 * s2)).clamp(-1.0, 1.0);
    let rest = (1.0 - rho * rho).max(0.0).sqrt();
    rule.expectation(|g| {
        let inner = if rest == 0.0 {
            part.of(activation, s2 * rho * g)
        } else {
            rule.expectation(|h| part.of(activation, s2 * (rho * g + rest * h)))
        };
        part.of(activation, s1 * g) * inner
    })
}

/// Dual activation of every pair of a row and a column with variances `rows` and `columns` and
/// covariances `covariance` (rows × columns).
///
/// Smooth activations without a closed form take the series Σ_i c_i(q1)c_i(q2)ρ^i/i! (Mehler), whose
/// truncation is bounded by |ρ|^N times the rest of E\[σ²\]; where that bound is above 10⁻¹² of it
/// the pair is integrated in two dimensions.
pub fn dual_matrix(
    activation: Activation,
    part: Part,
    rows: &[f64],
    columns: &[f64],
    covariance: &Array2<f64>,
) -> Array2<f64> {
    if closed(activation, part, 1.0, 1.0, 0.0).is_some() {
        return Array2::from_shape_fn(covariance.raw_dim(), |(i, j)| {
            dual(activation, part, rows[i], columns[j], covariance[[i, j]])
        });
    }
    let (left, right) = (
        expansions(activation, part, rows),
        expansions(activation, part, columns),
    );
    Array2::from_shape_fn(covariance.raw_dim(), |(i, j)| {
        let (q1, q2, c) = (rows[i], columns[j], covariance[[i, j]]);
        let (x, y) = (&left[i], &right[j]);
        if q1 > 0.0 && q2 > 0.0 {
            let rho = (c / (q1 * q2).sqrt()).clamp(-1.0, 1.0);
            let truncated = rho.abs().powi(TERMS as i32) * (x.rest * y.rest).sqrt();
            if truncated <= SERIES_ERROR * (x.whole * y.whole).sqrt() {
                return series(&x.coefficients, &y.coefficients, rho);
            }
        }
        dual(activation, part, q1, q2, c)
    })
}

/// Hermite expansion at one variance.
#[derive(Clone, Debug)]
struct Expansion {
    coefficients: Vec<f64>,
    /// E\[σ²\].
    whole: f64,
    /// E\[σ²\] − Σ c_i²/i! over the terms kept.
    rest: f64,
}

fn expansions(activation: Activation, part: Part, variances: &[f64]) -> Vec<Expansion> {
    let mut made: Vec<Expansion> = Vec::with_capacity(variances.len());
    for (i, q) in variances.iter().enumerate() {
        // Points of one norm share their expansion.
        let same = i
            .checked_sub(1)
            .and_then(|last| (variances[last] == *q).then(|| made[last].clone()));
        made.push(same.unwrap_or_else(|| expansion(activation, part, *q)));
    }
    made
}

fn expansion(activation: Activation, part: Part, q: f64) -> Expansion {
    let scale = q.max(0.0).sqrt();
    let coefficients = normalized(|g| part.of(activation, scale * g), TERMS);
    let whole = GaussHermite::shared().expectation(|g| part.of(activation, scale * g).powi(2));
    let kept: f64 = coefficients.iter().map(|c| c * c).sum();
    Expansion {
        coefficients,
        whole,
        rest: (whole - kept).max(0.0),
    }
}

fn series(x: &[f64], y: &[f64], rho: f64) -> f64 {
    let pairs = x.iter().zip(y).rev();
    pairs.fold(0.0, |sum, (x, y)| sum * rho + x * y)
}

#[cfg(test)]
#[path = "dual_tests.rs"]
mod tests;
