//! The ten activations σ with σ', σ'', and the constants the theory asks of them.

use pulp::{Simd, WithSimd};
use serde::{Deserialize, Serialize};

use crate::simd::Level;

use super::Real;
use super::error_function::{erf_and_derivative, normal_cdf_and_density};
use super::exponential::{exp_of_negative, log_and_reciprocal_of_1_plus};

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
                let t = z.branchless_tanh();
                (t, one - t * t)
            }
            Self::Sigmoid => {
                let s = sigmoid(z);
                (s, s * (one - s))
            }
            Self::Erf => erf_and_derivative(z),
            Self::Softplus => {
                let e = exp_of_negative(-z.abs());
                let (log, p) = log_and_reciprocal_of_1_plus(e);
                let positive = if z > zero { z } else { zero };
                (positive + log, if z < zero { e * p } else { p })
            }
            Self::Gelu => {
                let (cdf, density) = normal_cdf_and_density(z);
                (z * cdf, cdf + z * density)
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
                let s = sigmoid(z);
                s * (one - s) * (one - R::of(2.0) * s)
            }
            Self::Erf => -R::of(2.0) * z * self.derivative(z),
            Self::Softplus => {
                let s = sigmoid(z);
                s * (one - s)
            }
            Self::Gelu => (R::of(2.0) - z * z) * normal_cdf_and_density(z).1,
            Self::Quadratic => R::of(2.0),
            Self::Cubic => R::of(6.0) * z,
        }
    }

    /// σ and σ' of pre-activations. The three slices have one length; the shortest decides.
    pub fn map<R: Real>(self, z: &[R], value: &mut [R], slope: &mut [R]) {
        self.map_at(Level::current(), z, value, slope);
    }

    /// The same with the instructions of a level; the bits are those of any other.
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
fn sigmoid<R: Real>(z: R) -> R {
    // Both branches keep full relative precision.
    let e = exp_of_negative(-z.abs());
    let p = R::one() / (R::one() + e);
    if z < R::zero() { e * p } else { p }
}

/// σ and σ' of a slice.
struct Pairs<'a, R> {
    activation: Activation,
    z: &'a [R],
    value: &'a mut [R],
    slope: &'a mut [R],
}

/// σ of a slice.
struct Values<'a, R> {
    activation: Activation,
    z: &'a [R],
    value: &'a mut [R],
}

/// Evaluates `$body` with `$sigma` a constant, so that its loops are compiled for each activation.
macro_rules! for_each_activation {
    ($activation:expr, $sigma:ident => $body:expr) => {
        for_each_activation!(
            $activation, $sigma => $body;
            Identity Relu LeakyRelu Tanh Sigmoid Erf Softplus Gelu Quadratic Cubic
        )
    };
    ($activation:expr, $sigma:ident => $body:expr; $($name:ident)*) => {
        match $activation {
            $(Activation::$name => {
                const $sigma: Activation = Activation::$name;
                $body
            })*
        }
    };
}

impl<R: Real> WithSimd for Pairs<'_, R> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) {
        let all = self.z.iter().zip(self.value).zip(self.slope);
        for_each_activation!(self.activation, SIGMA => {
            for ((z, value), slope) in all {
                (*value, *slope) = SIGMA.value_and_slope(*z);
            }
        });
    }
}

impl<R: Real> WithSimd for Values<'_, R> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) {
        let all = self.z.iter().zip(self.value);
        for_each_activation!(self.activation, SIGMA => {
            for (z, value) in all {
                *value = SIGMA.value(*z);
            }
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Numbers of every size, both signs, zeros, infinities and NaN.
    fn arguments<R: Real>() -> Vec<R> {
        let sizes = (-60..=60).map(|i| 10f64.powf(f64::from(i) / 10.0));
        let fine = (-20_000..20_000).map(|i| f64::from(i) * 1e-3);
        let special = [0.0, -0.0, f64::INFINITY, f64::NEG_INFINITY, f64::NAN];
        let both = sizes.flat_map(|x| [x, -x]);
        both.chain(fine).chain(special).map(R::of).collect()
    }

    fn same_bits<R: Real>() {
        let z = arguments::<R>();
        let bits = |x: R| x.double().to_bits();
        for activation in Activation::ALL {
            let mut value = vec![R::zero(); z.len()];
            let mut slope = value.clone();
            for level in Level::ALL {
                activation.map_at(level, &z, &mut value, &mut slope);
                for (z, (value, slope)) in z.iter().zip(value.iter().zip(&slope)) {
                    let (v, s) = activation.value_and_slope(*z);
                    let is_nan = v.is_nan() && value.is_nan();
                    assert!(
                        is_nan || bits(*value) == bits(v),
                        "{activation:?} {level:?} σ({z}): {value} {v}"
                    );
                    let is_nan = s.is_nan() && slope.is_nan();
                    assert!(
                        is_nan || bits(*slope) == bits(s),
                        "{activation:?} {level:?} σ'({z}): {slope} {s}"
                    );
                }
            }
            let mut values = vec![R::zero(); z.len()];
            activation.map_values(&z, &mut values);
            let same = |(x, y): (&R, &R)| x == y || x.is_nan() && y.is_nan();
            assert!(values.iter().zip(&value).all(same), "{activation:?}");
        }
    }

    #[test]
    fn every_level_gives_the_same_bits() {
        same_bits::<f32>();
        same_bits::<f64>();
    }

    fn accurate<R: Real>() {
        type Pair = (Activation, fn(f64) -> f64, fn(f64) -> f64);
        let exact: [Pair; 5] = [
            (Activation::Tanh, f64::tanh, |z| 1.0 / z.cosh().powi(2)),
            (
                Activation::Sigmoid,
                |z| 1.0 / (1.0 + (-z).exp()),
                |z| 0.25 / (0.5 * z).cosh().powi(2),
            ),
            (
                Activation::Softplus,
                |z| z.max(0.0) + (-z.abs()).exp().ln_1p(),
                |z| 1.0 / (1.0 + (-z).exp()),
            ),
            (Activation::Erf, libm::erf, |z| {
                std::f64::consts::FRAC_2_SQRT_PI * (-z * z).exp()
            }),
            (
                Activation::Gelu,
                |z| 0.5 * z * libm::erfc(-z * std::f64::consts::FRAC_1_SQRT_2),
                |z| {
                    0.5 * libm::erfc(-z * std::f64::consts::FRAC_1_SQRT_2)
                        + z * 0.398_942_280_401_432_7 * (-0.5 * z * z).exp()
                },
            ),
        ];
        for (activation, value, slope) in exact {
            for i in -8000..8000 {
                let z = R::of(f64::from(i) * 1e-3);
                let (v, s) = activation.value_and_slope(z);
                let x = z.double();
                // σ to a few units in its own last place (but for the tails of GELU, where e^{−z²/2}
                // carries the rounding of its exponent), σ' to a few in that of its largest value.
                let rounding = (6.0 + x * x) * R::EPSILON;
                let error = (v.double() - value(x)).abs();
                assert!(
                    error <= rounding * value(x).abs(),
                    "{activation:?} σ({x}): {error:e}"
                );
                let error = (s.double() - slope(x)).abs();
                assert!(
                    error <= 6.0 * R::EPSILON,
                    "{activation:?} σ'({x}): {error:e}"
                );
            }
        }
    }

    #[test]
    fn values_and_slopes_are_exact_to_a_few_units_in_the_last_place() {
        accurate::<f32>();
        accurate::<f64>();
    }
}
