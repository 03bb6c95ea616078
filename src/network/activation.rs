//! The ten activations σ with σ', σ'', and the constants the theory asks of them.

use serde::{Deserialize, Serialize};

use super::Real;

/// Activation σ.
///
/// σ'(0) of ReLU and leaky ReLU is the left derivative (0 and the leak), as in Chen et al. after
/// Assumption 1; only exact zeros differ from the other convention.
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
    pub fn name(self) -> &'static str {
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
    pub fn formula(self) -> &'static str {
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
    #[inline]
    pub fn value<R: Real>(self, z: R) -> R {
        match self {
            Self::Identity => z,
            // Written so that NaN stays NaN: a diverged feature must not turn into a zero.
            Self::Relu => {
                if z < R::zero() {
                    R::zero()
                } else {
                    z
                }
            }
            Self::LeakyRelu => {
                if z < R::zero() {
                    z * R::of(LEAK)
                } else {
                    z
                }
            }
            Self::Tanh => z.tanh(),
            Self::Sigmoid => sigmoid(z),
            Self::Erf => z.erf(),
            Self::Softplus => z.max(R::zero()) + z.exp_minus_abs().ln_1p_unit(),
            Self::Gelu => z * normal_cdf(z),
            Self::Quadratic => z * z,
            Self::Cubic => z * z * z,
        }
    }

    /// σ'(z).
    #[inline]
    pub fn derivative<R: Real>(self, z: R) -> R {
        let one = R::one();
        match self {
            Self::Identity => one,
            Self::Relu => {
                if z > R::zero() {
                    one
                } else {
                    R::zero()
                }
            }
            Self::LeakyRelu => {
                if z > R::zero() {
                    one
                } else {
                    R::of(LEAK)
                }
            }
            Self::Tanh => {
                let t = z.tanh();
                one - t * t
            }
            Self::Sigmoid => {
                let s = sigmoid(z);
                s * (one - s)
            }
            Self::Erf => R::of(std::f64::consts::FRAC_2_SQRT_PI) * (-z * z).exp(),
            Self::Softplus => sigmoid(z),
            Self::Gelu => normal_cdf(z) + z * density(z),
            Self::Quadratic => R::of(2.0) * z,
            Self::Cubic => R::of(3.0) * z * z,
        }
    }

    /// σ''(z), zero at the kink of ReLU and leaky ReLU.
    #[inline]
    pub fn second_derivative<R: Real>(self, z: R) -> R {
        let one = R::one();
        match self {
            Self::Identity | Self::Relu | Self::LeakyRelu => R::zero(),
            Self::Tanh => {
                let t = z.tanh();
                -R::of(2.0) * t * (one - t * t)
            }
            Self::Sigmoid => {
                let s = sigmoid(z);
                s * (one - s) * (one - R::of(2.0) * s)
            }
            Self::Erf => -R::of(2.0) * z * self.derivative(z),
            Self::Softplus => {
                let s = sigmoid(z);
                s * (one - s)
            }
            Self::Gelu => (R::of(2.0) - z * z) * density(z),
            Self::Quadratic => R::of(2.0),
            Self::Cubic => R::of(6.0) * z,
        }
    }

    /// σ and σ' of a row of pre-activations, at one evaluation of what they share.
    ///
    /// The three slices have one length; the shortest decides.
    pub fn map_row<R: Real>(self, row: &[R], value: &mut [R], derivative: &mut [R]) {
        let one = R::one();
        match self {
            Self::Tanh => map_pairs(row, value, derivative, |z| {
                let t = z.tanh();
                (t, one - t * t)
            }),
            Self::Sigmoid => map_pairs(row, value, derivative, |z| {
                let s = sigmoid(z);
                (s, s * (one - s))
            }),
            Self::Softplus => map_pairs(row, value, derivative, |z| {
                let e = z.exp_minus_abs();
                let p = one / (one + e);
                let slope = if z >= R::zero() { p } else { e * p };
                (z.max(R::zero()) + e.ln_1p_unit(), slope)
            }),
            Self::Gelu => map_pairs(row, value, derivative, |z| {
                let cdf = normal_cdf(z);
                (z * cdf, cdf + z * density(z))
            }),
            Self::Relu => map_pairs(row, value, derivative, |z| {
                (Self::Relu.value(z), Self::Relu.derivative(z))
            }),
            other => map_pairs(row, value, derivative, |z| {
                (other.value(z), other.derivative(z))
            }),
        }
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

#[inline]
fn sigmoid<R: Real>(z: R) -> R {
    // Both branches keep full relative precision.
    let e = z.exp_minus_abs();
    let p = R::one() / (R::one() + e);
    if z >= R::zero() { p } else { e * p }
}

/// Standard normal distribution function.
#[inline]
fn normal_cdf<R: Real>(z: R) -> R {
    R::of(0.5) * (R::one() + (z * R::of(std::f64::consts::FRAC_1_SQRT_2)).erf())
}

#[inline]
fn map_pairs<R: Real>(
    row: &[R],
    value: &mut [R],
    derivative: &mut [R],
    pair: impl Fn(R) -> (R, R),
) {
    for ((z, v), d) in row.iter().zip(value).zip(derivative) {
        (*v, *d) = pair(*z);
    }
}

/// Standard normal density.
#[inline]
fn density<R: Real>(z: R) -> R {
    R::of(0.398_942_280_401_432_7) * (-R::of(0.5) * z * z).exp()
}
