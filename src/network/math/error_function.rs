//! The error function without branches, of one e^{−x²}.

use super::exponential::{exp_of_negative, polynomial};
use crate::network::Real;

/// erfc x for x ≥ 0 from e^{−x²}: (1 + 2x)·e^{x²}·erfc x is a polynomial in (x − κ)/(x + κ).
#[inline(always)]
fn complement<R: Real, const FUSED: bool>(x: R, exponential: R) -> R {
    let one = R::one();
    let (p, q) = (x + R::ERFC_CENTRE, one + (x + x));
    let inverse = one / (p * q);
    let u = (x - R::ERFC_CENTRE) * (q * inverse);
    polynomial::<R, FUSED>(R::ERFC, u) * (p * inverse) * exponential
}

/// Φ(z) of the standard normal distribution and its density φ(z).
#[inline(always)]
pub(in crate::network) fn normal_cdf_and_density<R: Real, const FUSED: bool>(z: R) -> (R, R) {
    let half = R::of(0.5);
    let exponential = exp_of_negative::<R, FUSED>(-half * z * z);
    // Beyond this size φ is 0 and the quotients of infinities are kept out.
    let size = smaller(z.abs(), R::of(1e6));
    let tail =
        half * complement::<R, FUSED>(size * R::of(std::f64::consts::FRAC_1_SQRT_2), exponential);
    let cdf = if z < R::zero() { tail } else { R::one() - tail };
    (cdf, R::of(0.398_942_280_401_432_7) * exponential)
}

/// erf z, relatively exact to a few units in the last place, and erf' z = 2/√π·e^{−z²}.
#[inline(always)]
pub(in crate::network) fn erf_and_derivative<R: Real, const FUSED: bool>(z: R) -> (R, R) {
    let one = R::one();
    let exponential = exp_of_negative::<R, FUSED>(-z * z);
    let size = smaller(z.abs(), R::of(1e6));
    let far = one - complement::<R, FUSED>(size, exponential);
    let far = if z < R::zero() { -far } else { far };
    let near = z * polynomial::<R, FUSED>(R::ERF, z * z);
    let erf = if size < one { near } else { far };
    (erf, R::of(std::f64::consts::FRAC_2_SQRT_PI) * exponential)
}

/// The smaller of two numbers; NaN where the first one is.
#[inline(always)]
fn smaller<R: Real>(x: R, limit: R) -> R {
    if x > limit { limit } else { x }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn accuracy<R: Real, const FUSED: bool>(limit: f64) {
        for i in -60_000..=60_000 {
            let z = R::of(f64::from(i) * 1e-4);
            let x = z.double();
            let (erf, derivative) = erf_and_derivative::<R, FUSED>(z);
            let error = (erf.double() - libm::erf(x)).abs() / R::EPSILON;
            assert!(error <= limit * libm::erf(x).abs(), "erf {x}: {error}");
            let exact = std::f64::consts::FRAC_2_SQRT_PI * (-x * x).exp();
            let rounding = (2.0 + x * x) * R::EPSILON;
            assert!((derivative.double() / exact - 1.0).abs() < 2.0 * rounding);
            let (cdf, density) = normal_cdf_and_density::<R, FUSED>(z);
            let exact = 0.5 * libm::erfc(-x * std::f64::consts::FRAC_1_SQRT_2);
            let error = (cdf.double() / exact - 1.0).abs();
            assert!(error < limit * rounding, "Φ({x}): {error:e}");
            let exact = 0.398_942_280_401_432_7 * (-0.5 * x * x).exp();
            assert!((density.double() / exact - 1.0).abs() < 2.0 * rounding);
        }
    }

    #[test]
    fn a_few_units_in_the_last_place_in_both_precisions() {
        accuracy::<f32, false>(4.0);
        accuracy::<f32, true>(4.0);
        accuracy::<f64, false>(5.0);
        accuracy::<f64, true>(5.0);
    }

    fn ends<R: Real, const FUSED: bool>() {
        let infinity = R::infinity();
        assert_eq!(erf_and_derivative::<R, FUSED>(R::zero()).0, R::zero());
        assert_eq!(
            erf_and_derivative::<R, FUSED>(infinity),
            (R::one(), R::zero())
        );
        assert_eq!(
            erf_and_derivative::<R, FUSED>(-infinity),
            (-R::one(), R::zero())
        );
        assert_eq!(
            normal_cdf_and_density::<R, FUSED>(infinity),
            (R::one(), R::zero())
        );
        assert_eq!(
            normal_cdf_and_density::<R, FUSED>(-infinity),
            (R::zero(), R::zero())
        );
        assert!(erf_and_derivative::<R, FUSED>(R::nan()).0.is_nan());
        assert!(normal_cdf_and_density::<R, FUSED>(R::nan()).0.is_nan());
    }

    #[test]
    fn ends_and_nothing() {
        ends::<f32, false>();
        ends::<f32, true>();
        ends::<f64, false>();
        ends::<f64, true>();
    }
}
