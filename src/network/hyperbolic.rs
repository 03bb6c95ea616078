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

/// Coefficients of tanh(½ ln 2·√q)/√q for 0 ≤ q ≤ ¼, to 3.7·10⁻¹⁸ of it: interpolation at Chebyshev's points.
const HALF_TANH: [f64; 7] = [
    0.346_573_590_279_972_65,
    -0.013_876_027_166_204_885,
    0.000_666_677_907_288_792_3,
    -3.241_205_854_951_699_5e-5,
    1.577_594_350_156_005e-6,
    -7.674_377_021_784_673e-8,
    3.583_256_686_639_568_4e-9,
];

/// tanh z in double precision, to three units in the last place, at one division. With e^{2z} = 2^{n + f},
/// whole n and |f| ≤ ½, and T = tanh(½ f·ln 2): tanh z = (2ⁿ − 1 + T(2ⁿ + 1))/(2ⁿ + 1 + T(2ⁿ − 1)), by
/// e^{f·ln 2} = (1 + T)/(1 − T).
#[inline(always)]
pub(super) fn tanh_double<const FUSED: bool>(z: f64) -> f64 {
    let s = within(z, SATURATED_DOUBLE) * (2.0 * std::f64::consts::LOG2_E);
    let shifted = s + f64::ROUNDING;
    let f = s - (shifted - f64::ROUNDING);
    let t = f * polynomial::<f64, FUSED>(&HALF_TANH, f * f);
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
