//! e^x for x ≤ 0, e^x − 1 and log(1 + e) without branches and without fused operations: compilers turn
//! a loop over them into vector instructions, and every processor gives the same bits.

use super::Real;

/// x = n·ln 2 + r with a whole number n and |r| ≤ ½ ln 2, and 2ⁿ.
#[inline(always)]
fn reduced<R: Real>(x: R) -> (R, R) {
    // Adding this number rounds to a whole one, which then stands in the low bits.
    let shifted = x * R::LOG2_E + R::ROUNDING;
    let n = shifted - R::ROUNDING;
    let r = (x - n * R::LN_2_HIGH) - n * R::LN_2_LOW;
    (r, R::power_of_two(shifted))
}

/// (e^r − 1 − r) of |r| ≤ ½ ln 2.
#[inline(always)]
fn beyond_linear<R: Real>(r: R) -> R {
    r * r * polynomial(R::EXPONENTIAL, r)
}

/// Σ cₖ xᵏ by Horner's rule.
#[inline(always)]
pub(super) fn polynomial<R: Real>(coefficients: &[R], x: R) -> R {
    let mut sum = R::zero();
    for c in coefficients.iter().rev() {
        sum = sum * x + *c;
    }
    sum
}

/// e^x for x ≤ 0, to about one unit in the last place; 0 where the result would leave the normal
/// numbers, NaN of NaN.
#[inline(always)]
pub(super) fn exp_of_negative<R: Real>(x: R) -> R {
    let (r, power) = reduced(x);
    let e = (R::one() + (r + beyond_linear(r))) * power;
    if x < R::LEAST_EXPONENT { R::zero() } else { e }
}

/// e^x − 1 for x ≤ 0, to a few units in the last place; −1 where e^x would leave the normal numbers,
/// NaN of NaN.
#[inline(always)]
pub(super) fn exp_minus_1_of_negative<R: Real>(x: R) -> R {
    let (r, power) = reduced(x);
    let e = (r + beyond_linear(r)) * power + (power - R::one());
    if x < R::LEAST_EXPONENT { -R::one() } else { e }
}

/// log(1 + e) for 0 ≤ e ≤ 1 and 1/(1 + e), to a few units in the last place, at one division:
/// log(1 + e) = 2·artanh s with s = e/(2 + e).
#[inline(always)]
pub(super) fn log_and_reciprocal_of_1_plus<R: Real>(e: R) -> (R, R) {
    let one = R::one();
    let (p, q) = (one + e, one + one + e);
    let inverse = one / (p * q);
    let s = e * (p * inverse);
    let log = (s + s) * polynomial(R::ARTANH, s * s);
    (log, q * inverse)
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

    fn accuracy<R: Real>(least: f64) {
        let limits = [
            worst::<R>(exp_of_negative, f64::exp, [least, 0.0]),
            worst::<R>(exp_minus_1_of_negative, f64::exp_m1, [least, 0.0]),
            worst::<R>(
                |e| log_and_reciprocal_of_1_plus(e).0,
                f64::ln_1p,
                [0.0, 1.0],
            ),
            worst::<R>(
                |e| log_and_reciprocal_of_1_plus(e).1,
                |e| 1.0 / (1.0 + e),
                [0.0, 1.0],
            ),
        ];
        for (error, limit) in limits.into_iter().zip([2.0, 3.0, 4.0, 3.0]) {
            assert!(error < limit, "{} bits: {limits:?}", 8 * size_of::<R>());
        }
    }

    #[test]
    fn a_few_units_in_the_last_place_in_both_precisions() {
        accuracy::<f32>(-87.0);
        accuracy::<f64>(-700.0);
    }

    fn ends<R: Real>() {
        let infinity = R::infinity();
        assert_eq!(exp_of_negative(R::zero()), R::one());
        assert_eq!(exp_of_negative(-infinity), R::zero());
        assert_eq!(exp_of_negative(R::of(-1e30)), R::zero());
        assert!(exp_of_negative(R::nan()).is_nan());
        assert_eq!(exp_minus_1_of_negative(R::zero()), R::zero());
        assert_eq!(exp_minus_1_of_negative(-infinity), -R::one());
        assert!(exp_minus_1_of_negative(R::nan()).is_nan());
        let (log, reciprocal) = log_and_reciprocal_of_1_plus(R::zero());
        assert_eq!((log, reciprocal), (R::zero(), R::one()));
        assert!(log_and_reciprocal_of_1_plus(R::nan()).0.is_nan());
    }

    #[test]
    fn ends_and_nothing() {
        ends::<f32>();
        ends::<f64>();
    }
}
