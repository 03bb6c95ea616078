//! The hyperbolic tangent without branches.

use super::Real;
use super::exponential::{exp_minus_1_of_negative, polynomial};

/// Where tanh rounds to 1 in single precision.
const SATURATED: f32 = 9.02;

/// Coefficients of x·P(x²)/Q(x²), within 2.2·10⁻⁸ of tanh x up to there: a least-squares fit whose
/// weights were moved until the largest error was least.
const NUMERATOR: [f32; 5] = [
    1.0,
    0.133_796_77,
    0.003_493_984_5,
    2.058_264_7e-5,
    1.331_792_1e-8,
];
const DENOMINATOR: [f32; 5] = [
    1.0,
    0.467_129_92,
    0.025_870_884,
    3.283_010_4e-4,
    7.761_546_5e-7,
];

/// tanh z in single precision, to three units in the last place.
#[inline(always)]
pub(super) fn tanh_single<const FUSED: bool>(z: f32) -> f32 {
    let x = within(z, SATURATED);
    let q = x * x;
    let (p, q) = (
        polynomial::<f32, FUSED>(&NUMERATOR, q),
        polynomial::<f32, FUSED>(&DENOMINATOR, q),
    );
    let t = x * p / q;
    within(t, 1.0)
}

/// x, but not beyond ±`limit`; NaN of NaN.
#[inline(always)]
fn within(x: f32, limit: f32) -> f32 {
    let x = if x > limit { limit } else { x };
    if x < -limit { -limit } else { x }
}

/// tanh z from e^{−2|z|} − 1, to a few units in the last place.
#[inline(always)]
pub(super) fn tanh_by_exponential<R: Real, const FUSED: bool>(z: R) -> R {
    let e = exp_minus_1_of_negative::<R, FUSED>(-(z.abs() + z.abs()));
    let size = -e / (R::one() + R::one() + e);
    if z < R::zero() { -size } else { size }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn singles_are_within_three_units_in_the_last_place() {
        are_within_three_units::<false>();
        are_within_three_units::<true>();
    }

    fn are_within_three_units<const FUSED: bool>() {
        for i in 0..400_000 {
            let z = i as f32 * 2.5e-5;
            let exact = f64::from(z).tanh();
            let error = (f64::from(tanh_single::<FUSED>(z)) - exact).abs();
            assert!(error <= 3.0 * f64::from(f32::EPSILON) * exact, "tanh {z}");
            assert_eq!(tanh_single::<FUSED>(-z), -tanh_single::<FUSED>(z));
        }
        assert_eq!(tanh_single::<FUSED>(1e-30), 1e-30);
        assert_eq!(tanh_single::<FUSED>(f32::INFINITY), 1.0);
        assert!(tanh_single::<FUSED>(f32::NAN).is_nan());
    }
}
