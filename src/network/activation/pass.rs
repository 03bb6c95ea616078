//! σ and σ' of many pre-activations, compiled for every activation and level.

use pulp::{Simd, WithSimd};

use super::Activation;
use crate::network::Real;

/// σ and σ' of a slice.
pub(super) struct Pairs<'a, R> {
    pub activation: Activation,
    pub z: &'a [R],
    pub value: &'a mut [R],
    pub slope: &'a mut [R],
}

/// σ of a slice.
pub(super) struct Values<'a, R> {
    pub activation: Activation,
    pub z: &'a [R],
    pub value: &'a mut [R],
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
            if S::IS_SCALAR {
                for ((z, value), slope) in all {
                    (*value, *slope) = SIGMA.evaluated::<R, false>(*z);
                }
            } else {
                for ((z, value), slope) in all {
                    (*value, *slope) = SIGMA.evaluated::<R, true>(*z);
                }
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
            if S::IS_SCALAR {
                for (z, value) in all {
                    *value = SIGMA.evaluated::<R, false>(*z).0;
                }
            } else {
                for (z, value) in all {
                    *value = SIGMA.evaluated::<R, true>(*z).0;
                }
            }
        });
    }
}
