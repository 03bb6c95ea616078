//! The hyperbolic tangent without branches.

use super::exponential::{polynomial, times_plus};
use crate::network::Real;

/// tanh z, to three units in the last place, at one division; NaN of NaN. With z = ½n·ln 2 + y, whole n
/// and |y| ≤ ¼ ln 2, and T = tanh y: tanh z = (2ⁿ − 1 + T(2ⁿ + 1))/(2ⁿ + 1 + T(2ⁿ − 1)), by
/// e^{2y} = (1 + T)/(1 − T).
#[inline(always)]
pub(in crate::network) fn tanh<R: Real, const FUSED: bool>(z: R) -> R {
    let z = within(z, R::TANH_IS_1);
    let shifted = times_plus::<R, FUSED>(z, R::LOG2_E + R::LOG2_E, R::ROUNDING);
    let n = shifted - R::ROUNDING;
    let y = times_plus::<R, FUSED>(-n, R::of(0.5 * std::f64::consts::LN_2), z);
    let t = y * polynomial::<R, FUSED>(R::SMALL_TANH, y * y);
    let power = R::power_of_two(shifted);
    let (less, more) = (power - R::one(), power + R::one());
    times_plus::<R, FUSED>(t, more, less) / times_plus::<R, FUSED>(t, less, more)
}

/// x, but not beyond ±`limit`; NaN of NaN.
#[inline(always)]
fn within<R: Real>(x: R, limit: R) -> R {
    let x = if x > limit { limit } else { x };
    if x < -limit { -limit } else { x }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_widths_are_within_three_units_in_the_last_place() {
        are_within_three_units(tanh::<f32, false>);
        are_within_three_units(tanh::<f32, true>);
        are_within_three_units(tanh::<f64, false>);
        are_within_three_units(tanh::<f64, true>);
    }

    fn are_within_three_units<R: Real>(tanh: impl Fn(R) -> R) {
        for i in 0..1_000_000 {
            let z = R::of(f64::from(i) * 2.3e-5);
            let exact = z.double().tanh();
            let error = (tanh(z).double() - exact).abs();
            assert!(error <= 3.0 * R::EPSILON * exact, "tanh {z}");
            assert_eq!(tanh(-z), -tanh(z));
            assert!(tanh(z) <= R::one(), "tanh {z}");
        }
        assert_eq!(tanh(R::of(1e-30)), R::of(1e-30));
        assert_eq!(tanh(R::infinity()), R::one());
        assert!(tanh(R::nan()).is_nan());
    }
}
