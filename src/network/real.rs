//! The two float widths a network is trained in.

use ndarray::NdFloat;
use serde::{Serialize, de::DeserializeOwned};

use super::exponential;

/// A float the kernels are generic over: `f32` or `f64`.
pub trait Real:
    NdFloat + Default + std::iter::Sum + ndarray_npy::WritableElement + Serialize + DeserializeOwned
{
    /// Machine epsilon as a double.
    const EPSILON: f64;

    /// The nearest value to `x`; ±∞ where `x` is out of range.
    fn of(x: f64) -> Self;

    /// The value as a double, exactly.
    fn double(self) -> f64;

    /// The error function.
    fn erf(self) -> Self;

    /// e^{−|z|}, which never overflows.
    fn exp_minus_abs(self) -> Self;

    /// log(1 + e) for e from 0 to 1.
    fn ln_1p_unit(self) -> Self;
}

impl Real for f32 {
    const EPSILON: f64 = f32::EPSILON as f64;

    #[inline]
    fn of(x: f64) -> Self {
        x as f32
    }

    #[inline]
    fn double(self) -> f64 {
        f64::from(self)
    }

    #[inline]
    fn erf(self) -> Self {
        libm::erff(self)
    }

    #[inline]
    fn exp_minus_abs(self) -> Self {
        exponential::exp_minus_abs(self)
    }

    #[inline]
    fn ln_1p_unit(self) -> Self {
        exponential::ln_1p_unit(self)
    }
}

impl Real for f64 {
    const EPSILON: f64 = f64::EPSILON;

    #[inline]
    fn of(x: f64) -> Self {
        x
    }

    #[inline]
    fn double(self) -> f64 {
        self
    }

    #[inline]
    fn erf(self) -> Self {
        libm::erf(self)
    }

    #[inline]
    fn exp_minus_abs(self) -> Self {
        (-self.abs()).exp()
    }

    #[inline]
    fn ln_1p_unit(self) -> Self {
        self.ln_1p()
    }
}
