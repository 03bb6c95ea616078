//! The ten activations σ with σ', σ'', and the constants the theory asks of them.

mod pass;
#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

use crate::simd::Level;

use super::Real;
use super::math::error_function::{erf_and_derivative, normal_cdf_and_density};
use super::math::exponential::{exp_of_negative, log_and_reciprocal_of_1_plus, times_plus};
use super::math::hyperbolic::tanh;
use pass::{Pairs, Values};

/// Activation σ.
///
/// σ'(0) of ReLU and leaky ReLU is the left derivative (0 and the leak), as in Chen et al. after
/// Assumption 1; only exact zeros differ from the other convention.
///
/// ```
/// use widescope::network::Activation;
///
/// assert_eq!(Activation::Relu.value_and_slope(-2.0), (0.0, 0.0));
/// assert_eq!(Activation::Quadratic.value_and_slope(3.0), (9.0, 6.0));
/// for activation in Activation::ALL {
///     // The slope is that of the value.
///     let (z, h): (f64, f64) = (0.7, 1e-6);
///     let slope = (activation.value(z + h) - activation.value(z - h)) / (2.0 * h);
///     assert!((activation.derivative(z) - slope).abs() < 1e-8, "{}", activation.name());
/// }
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Activation {
    /// σ(z) = z.
    Identity,
    /// σ(z) = max(z, 0).
    #[default]
    Relu,
    /// σ(z) = max(z, z/100).
    LeakyRelu,
    /// σ(z) = tanh z.
    Tanh,
    /// σ(z) = 1/(1 + e^{−z}).
    Sigmoid,
    /// σ(z) = erf z.
    Erf,
    /// σ(z) = log(1 + e^z).
    Softplus,
    /// σ(z) = z·½(1 + erf(z/√2)).
    Gelu,
    /// σ(z) = z².
    Quadratic,
    /// σ(z) = z³.
    Cubic,
}

/// Slope of leaky ReLU left of zero.
pub const LEAK: f64 = 0.01;

/// An open interval on which |σ'| ≥ `slope` (Chen et al., Assumption 2).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ActiveInterval {
    /// Left end I_l.
    pub left: f64,
    /// Right end I_r.
    pub right: f64,
    /// Lower bound K_σ' of |σ'| on the interval.
    pub slope: f64,
}

impl Activation {
    /// All activations, in the order they are offered.
    pub const ALL: [Self; 10] = [
        Self::Relu,
        Self::Tanh,
        Self::Softplus,
        Self::Gelu,
        Self::LeakyRelu,
        Self::Sigmoid,
        Self::Erf,
        Self::Identity,
        Self::Quadratic,
        Self::Cubic,
    ];

    /// The name in plain type.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Identity => "identity",
            Self::Relu => "ReLU",
            Self::LeakyRelu => "leaky ReLU",
            Self::Tanh => "tanh",
            Self::Sigmoid => "sigmoid",
            Self::Erf => "erf",
            Self::Softplus => "softplus",
            Self::Gelu => "GELU",
            Self::Quadratic => "quadratic",
            Self::Cubic => "cubic",
        }
    }

    /// The definition as shown on screen.
    pub const fn formula(self) -> &'static str {
        match self {
            Self::Identity => "σ(z) = z",
            Self::Relu => "σ(z) = max(z, 0)",
            Self::LeakyRelu => "σ(z) = max(z, z/100)",
            Self::Tanh => "σ(z) = tanh z",
            Self::Sigmoid => "σ(z) = 1/(1 + e⁻ᶻ)",
            Self::Erf => "σ(z) = erf z",
            Self::Softplus => "σ(z) = log(1 + eᶻ)",
            Self::Gelu => "σ(z) = z·½(1 + erf(z/√2))",
            Self::Quadratic => "σ(z) = z²",
            Self::Cubic => "σ(z) = z³",
        }
    }

    /// σ(z).
    #[inline(always)]
    pub fn value<R: Real>(self, z: R) -> R {
        self.value_and_slope(z).0
    }

    /// σ'(z).
    #[inline(always)]
    pub fn derivative<R: Real>(self, z: R) -> R {
        self.value_and_slope(z).1
    }

    /// σ(z) and σ'(z), at one evaluation of what they share; without branches, and the same bits on
    /// every processor.
    #[inline(always)]
    pub fn value_and_slope<R: Real>(self, z: R) -> (R, R) {
        self.evaluated::<R, false>(z)
    }

    /// The same, with products added unrounded where `FUSED`.
    #[inline(always)]
    pub(super) fn evaluated<R: Real, const FUSED: bool>(self, z: R) -> (R, R) {
        let (zero, one) = (R::zero(), R::one());
        match self {
            Self::Identity => (z, one),
            // Written so that NaN stays NaN: a diverged feature must not turn into a zero.
            Self::Relu => (
                if z < zero { zero } else { z },
                if z > zero { one } else { zero },
            ),
            Self::LeakyRelu => {
                let leak = R::of(LEAK);
                (
                    if z < zero { z * leak } else { z },
                    if z > zero { one } else { leak },
                )
            }
            Self::Tanh => {
                let t = tanh::<R, FUSED>(z);
                (t, times_plus::<R, FUSED>(-t, t, one))
            }
            Self::Sigmoid => {
                let s = sigmoid::<R, FUSED>(z);
                (s, s * (one - s))
            }
            Self::Erf => erf_and_derivative::<R, FUSED>(z),
            Self::Softplus => {
                let e = exp_of_negative::<R, FUSED>(-z.abs());
                let (log, p) = log_and_reciprocal_of_1_plus::<R, FUSED>(e);
                let positive = if z > zero { z } else { zero };
                (positive + log, if z < zero { e * p } else { p })
            }
            Self::Gelu => {
                let (cdf, density) = normal_cdf_and_density::<R, FUSED>(z);
                (z * cdf, times_plus::<R, FUSED>(z, density, cdf))
            }
            Self::Quadratic => (z * z, z + z),
            Self::Cubic => (z * z * z, R::of(3.0) * z * z),
        }
    }

    /// σ''(z), zero at the kink of ReLU and leaky ReLU.
    #[inline]
    pub fn second_derivative<R: Real>(self, z: R) -> R {
        let one = R::one();
        match self {
            Self::Identity | Self::Relu | Self::LeakyRelu => R::zero(),
            Self::Tanh => {
                let (t, slope) = self.value_and_slope(z);
                -R::of(2.0) * t * slope
            }
            Self::Sigmoid => {
                let s = sigmoid::<R, false>(z);
                s * (one - s) * (one - R::of(2.0) * s)
            }
            Self::Erf => -R::of(2.0) * z * self.derivative(z),
            Self::Softplus => {
                let s = sigmoid::<R, false>(z);
                s * (one - s)
            }
            Self::Gelu => (R::of(2.0) - z * z) * normal_cdf_and_density::<R, false>(z).1,
            Self::Quadratic => R::of(2.0),
            Self::Cubic => R::of(6.0) * z,
        }
    }

    /// σ and σ' of pre-activations. The three slices have one length; the shortest decides.
    pub fn map<R: Real>(self, z: &[R], value: &mut [R], slope: &mut [R]) {
        self.map_at(Level::current(), z, value, slope);
    }

    /// The same with the instructions of a level; all levels that have an instruction to add a product
    /// unrounded give the same bits.
    pub fn map_at<R: Real>(self, level: Level, z: &[R], value: &mut [R], slope: &mut [R]) {
        level.run(Pairs {
            activation: self,
            z,
            value,
            slope,
        });
    }

    /// σ of pre-activations. The two slices have one length; the shorter one decides.
    pub fn map_values<R: Real>(self, z: &[R], value: &mut [R]) {
        Level::current().run(Values {
            activation: self,
            z,
            value,
        });
    }

    /// sup |σ'|, the Lipschitz constant L_σ; infinite for the quadratic and the cubic.
    pub fn lipschitz(self) -> f64 {
        match self {
            Self::Identity | Self::Relu | Self::LeakyRelu | Self::Tanh | Self::Softplus => 1.0,
            Self::Sigmoid => 0.25,
            Self::Erf => std::f64::consts::FRAC_2_SQRT_PI,
            // σ' of GELU is largest where σ'' = 0, at z = √2.
            Self::Gelu => self.derivative(std::f64::consts::SQRT_2),
            Self::Quadratic | Self::Cubic => f64::INFINITY,
        }
    }

    /// sup |σ''|; infinite at a kink and for the cubic.
    pub fn curvature(self) -> f64 {
        match self {
            Self::Identity => 0.0,
            Self::Relu | Self::LeakyRelu | Self::Cubic => f64::INFINITY,
            // |σ''| of tanh is largest at tanh² z = 1/3.
            Self::Tanh => 4.0 / (3.0 * 3f64.sqrt()),
            // s(1 − s)|1 − 2s| is largest at s = ½ ± √3/6.
            Self::Sigmoid => 1.0 / (6.0 * 3f64.sqrt()),
            // |σ''| of erf is largest at z = 1/√2.
            Self::Erf => 2.0 * (2.0 / std::f64::consts::PI).sqrt() * (-0.5f64).exp(),
            Self::Softplus => 0.25,
            Self::Gelu => 2.0 / (2.0 * std::f64::consts::PI).sqrt(),
            Self::Quadratic => 2.0,
        }
    }

    /// An interval I with |σ'| ≥ K_σ' > 0 on it (Chen et al., Assumption 2): (−1, 1) where the
    /// activation is steepest around 0, (0, 1) for ReLU, (½, 1½) where σ'(0) = 0.
    pub fn active_interval(self) -> ActiveInterval {
        let (left, right) = match self {
            Self::Relu => (0.0, 1.0),
            Self::Quadratic | Self::Cubic => (0.5, 1.5),
            Self::Gelu | Self::Softplus => (0.0, 1.0),
            Self::Identity | Self::LeakyRelu | Self::Tanh | Self::Sigmoid | Self::Erf => {
                (-1.0, 1.0)
            }
        };
        let slope = match self {
            Self::Relu | Self::Identity => 1.0,
            Self::LeakyRelu => LEAK,
            Self::Tanh | Self::Sigmoid | Self::Erf => self.derivative(1.0),
            Self::Softplus | Self::Gelu => 0.5,
            Self::Quadratic | Self::Cubic => self.derivative(0.5),
        };
        ActiveInterval { left, right, slope }
    }

    /// Whether σ is differentiable everywhere.
    pub fn is_smooth(self) -> bool {
        !matches!(self, Self::Relu | Self::LeakyRelu)
    }
}

#[inline(always)]
fn sigmoid<R: Real, const FUSED: bool>(z: R) -> R {
    // Both branches keep full relative precision.
    let e = exp_of_negative::<R, FUSED>(-z.abs());
    let p = R::one() / (R::one() + e);
    if z < R::zero() { e * p } else { p }
}
