//! e^x for x ≤ 0 and log(1 + d) without branches, so that compilers turn a loop over them into
//! vector instructions. `FUSED` says whether products are added unrounded: all processors that do so in
//! one instruction give the same bits.

use crate::network::Real;

/// xy + z, rounded once or twice.
#[inline(always)]
pub(in crate::network) fn times_plus<R: Real, const FUSED: bool>(x: R, y: R, z: R) -> R {
    if FUSED { x.mul_add(y, z) } else { x * y + z }
}

/// x = n·ln 2 + r with a whole number n and |r| ≤ ½ ln 2, and 2ⁿ.
#[inline(always)]
fn reduced<R: Real, const FUSED: bool>(x: R) -> (R, R) {
    // Adding this number rounds to a whole one, which then stands in the low bits.
    let shifted = times_plus::<R, FUSED>(x, R::LOG2_E, R::ROUNDING);
    let n = shifted - R::ROUNDING;
    let r = times_plus::<R, FUSED>(-n, R::LN_2_HIGH, x);
    let r = times_plus::<R, FUSED>(-n, R::LN_2_LOW, r);
    (r, R::power_of_two(shifted))
}

/// e^r − 1 of |r| ≤ ½ ln 2.
#[inline(always)]
fn small_exponential<R: Real, const FUSED: bool>(r: R) -> R {
    let beyond_linear = polynomial::<R, FUSED>(R::EXPONENTIAL, r);
    times_plus::<R, FUSED>(r * r, beyond_linear, r)
}

/// Σ cₖ xᵏ by Horner's rule.
#[inline(always)]
pub(in crate::network) fn polynomial<R: Real, const FUSED: bool>(coefficients: &[R], x: R) -> R {
    let mut from_highest = coefficients.iter().rev();
    let mut sum = from_highest.next().copied().unwrap_or_else(R::zero);
    for c in from_highest {
        sum = times_plus::<R, FUSED>(sum, x, *c);
    }
    sum
}

/// e^x for x ≤ 0, to about one unit in the last place; 0 below [`Real::LEAST_EXPONENT`], NaN of NaN.
#[inline(always)]
pub(in crate::network) fn exp_of_negative<R: Real, const FUSED: bool>(x: R) -> R {
    let (r, power) = reduced::<R, FUSED>(x);
    let e = (R::one() + small_exponential::<R, FUSED>(r)) * power;
    if x < R::LEAST_EXPONENT { R::zero() } else { e }
}

/// log(1 + e) for 0 ≤ e ≤ 1 and 1/(1 + e), to a few units in the last place, at one division:
/// log(1 + e) = 2·artanh s with s = e/(2 + e).
#[inline(always)]
pub(in crate::network) fn log_and_reciprocal_of_1_plus<R: Real, const FUSED: bool>(e: R) -> (R, R) {
    let one = R::one();
    let (p, q) = (one + e, one + one + e);
    let inverse = one / (p * q);
    let s = e * (p * inverse);
    let log = (s + s) * polynomial::<R, FUSED>(R::ARTANH, s * s);
    (log, q * inverse)
}

/// log(1 + d) for d ≥ 0 below 2^[`Real::LARGEST_POWER`], to a few units in the last place; NaN of NaN.
#[inline(always)]
pub(crate) fn log_of_1_plus<R: Real, const FUSED: bool>(d: R) -> R {
    let one = R::one();
    let (k, power) = R::scale(one + d);
    // (1 + d)·2^−k − 1, without the rounding of 1 + d.
    let g = times_plus::<R, FUSED>(d, power, power - one);
    let s = g / (one + one + g);
    let log = (s + s) * polynomial::<R, FUSED>(R::ARTANH, s * s);
    times_plus::<R, FUSED>(k, R::of(std::f64::consts::LN_2), log)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Largest error relative to `exact` over many arguments, in units of ε.
    fn worst<R: Real>(of: impl Fn(R) -> R, exact: impl Fn(f64) -> f64, range: [f64; 2]) -> f64 {
        let count = 400_000;
        let at = |i: u32| range[0] + (range[1] - range[0]) * f64::from(i) / f64::from(count);
        let errors = (0..=count).map(|i| {
            let x = R::of(at(i));
            let exact = exact(x.double());
            ((of(x).double() - exact) / exact).abs() / R::EPSILON
        });
        errors.filter(|e| !e.is_nan()).fold(0.0, f64::max)
    }

    fn accuracy<R: Real, const FUSED: bool>(least: f64) {
        let limits = [
            worst::<R>(exp_of_negative::<R, FUSED>, f64::exp, [least, 0.0]),
            worst::<R>(
                |e| log_and_reciprocal_of_1_plus::<R, FUSED>(e).0,
                f64::ln_1p,
                [0.0, 1.0],
            ),
            worst::<R>(
                |e| log_and_reciprocal_of_1_plus::<R, FUSED>(e).1,
                |e| 1.0 / (1.0 + e),
                [0.0, 1.0],
            ),
        ];
        for (error, limit) in limits.into_iter().zip([2.0, 4.0, 3.0]) {
            assert!(error < limit, "{} bits: {limits:?}", 8 * size_of::<R>());
        }
        for range in [[0.0, 3.0], [0.0, 1e-6], [3.0, 1e5], [0.0, 1e37]] {
            let error = worst::<R>(log_of_1_plus::<R, FUSED>, f64::ln_1p, range);
            assert!(error < 4.0, "log(1 + d) in {range:?}: {error}");
        }
    }

    #[test]
    fn a_few_units_in_the_last_place_in_both_precisions() {
        accuracy::<f32, false>(-43.0);
        accuracy::<f32, true>(-43.0);
        accuracy::<f64, false>(-354.0);
        accuracy::<f64, true>(-354.0);
    }

    fn ends<R: Real, const FUSED: bool>() {
        let infinity = R::infinity();
        assert_eq!(exp_of_negative::<R, FUSED>(R::zero()), R::one());
        assert_eq!(exp_of_negative::<R, FUSED>(-infinity), R::zero());
        assert_eq!(exp_of_negative::<R, FUSED>(R::of(-1e30)), R::zero());
        assert!(exp_of_negative::<R, FUSED>(R::nan()).is_nan());
        assert_eq!(log_of_1_plus::<R, FUSED>(R::zero()), R::zero());
        assert!(log_of_1_plus::<R, FUSED>(R::nan()).is_nan());
        let (log, reciprocal) = log_and_reciprocal_of_1_plus::<R, FUSED>(R::zero());
        assert_eq!((log, reciprocal), (R::zero(), R::one()));
        assert!(
            log_and_reciprocal_of_1_plus::<R, FUSED>(R::nan())
                .0
                .is_nan()
        );
    }

    fn products_of_the_least<R: Real, const FUSED: bool>() {
        let least = exp_of_negative::<R, FUSED>(R::LEAST_EXPONENT);
        assert!(least > R::zero() && (least * least).is_normal());
        assert!(least < R::of(R::EPSILON.powi(2)));
        let below = R::LEAST_EXPONENT - R::one();
        assert_eq!(exp_of_negative::<R, FUSED>(below), R::zero());
    }

    #[test]
    fn what_is_not_0_can_be_multiplied_by_its_like() {
        products_of_the_least::<f32, false>();
        products_of_the_least::<f32, true>();
        products_of_the_least::<f64, false>();
        products_of_the_least::<f64, true>();
    }

    #[test]
    fn ends_and_nothing() {
        ends::<f32, false>();
        ends::<f32, true>();
        ends::<f64, false>();
        ends::<f64, true>();
    }
}
