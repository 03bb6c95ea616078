//! The hyperbolic tangent without branches.

use super::Real;
use super::exponential::{polynomial, times_plus};

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
fn within<R: Real>(x: R, limit: R) -> R {
    let x = if x > limit { limit } else { x };
    if x < -limit { -limit } else { x }
}

/// Where tanh rounds to 1 in double precision, and more.
const SATURATED_DOUBLE: f64 = 20.0;

/// Coefficients of tanh(√q)/√q for √q ≤ ¼ ln 2, to 3.8·10⁻¹⁸ of it: interpolation at Chebyshev's points.
const SMALL_TANH: [f64; 7] = [
    1.0,
    -0.333_333_333_333_321_1,
    0.133_333_333_326_804_23,
    -0.053_968_252_662_140_85,
    0.021_869_363_996_547_006,
    -0.008_857_128_654_171_044,
    0.003_442_984_256_599_588,
];

/// tanh z in double precision, to three units in the last place, at one division. With z = ½n·ln 2 + y,
/// whole n and |y| ≤ ¼ ln 2, and T = tanh y: tanh z = (2ⁿ − 1 + T(2ⁿ + 1))/(2ⁿ + 1 + T(2ⁿ − 1)), by
/// e^{2y} = (1 + T)/(1 − T).
#[inline(always)]
pub(super) fn tanh_double<const FUSED: bool>(z: f64) -> f64 {
    let z = within(z, SATURATED_DOUBLE);
    let shifted = times_plus::<f64, FUSED>(z, 2.0 * std::f64::consts::LOG2_E, f64::ROUNDING);
    let n = shifted - f64::ROUNDING;
    let y = times_plus::<f64, FUSED>(-n, 0.5 * std::f64::consts::LN_2, z);
    let t = y * polynomial::<f64, FUSED>(&SMALL_TANH, y * y);
    let power = f64::power_of_two(shifted);
    let (less, more) = (power - 1.0, power + 1.0);
    times_plus::<f64, FUSED>(t, more, less) / times_plus::<f64, FUSED>(t, less, more)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_widths_are_within_three_units_in_the_last_place() {
        are_within_three_units(tanh_single::<false>);
        are_within_three_units(tanh_single::<true>);
        are_within_three_units(tanh_double::<false>);
        are_within_three_units(tanh_double::<true>);
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
