//! e^{−|z|} and log(1 + e) in single precision without branches, so that compilers turn a loop over
//! them into vector instructions; on every processor the same bits, for nothing is fused.

/// log₂ e.
const LOG2_E: f32 = std::f32::consts::LOG2_E;

/// ln 2 in two parts; products of the first with whole numbers below 2⁸ are exact.
const LN_2_HIGH: f32 = 0.693_359_4;
const LN_2_LOW: f32 = -2.121_944_4e-4;

/// 1.5·2²³: adding it rounds to a whole number, which then stands in the low bits.
const ROUND: f32 = 12_582_912.0;

/// Below −87 the result would leave the normal numbers, and counts as 0.
const LEAST: f32 = -87.0;

/// e^{−|z|}, to about one unit in the last place; 0 where |z| > 87, NaN of NaN.
#[inline]
pub(super) fn exp_minus_abs(z: f32) -> f32 {
    let x = -z.abs();
    let shifted = x * LOG2_E + ROUND;
    let n = shifted - ROUND;
    let r = (x - n * LN_2_HIGH) - n * LN_2_LOW;
    // Taylor's polynomial of degree 7: |r| ≤ ½ ln 2, so the rest is below 6·10⁻⁹.
    let mut p = 1.0 / 5040.0;
    for c in [
        1.0 / 720.0,
        1.0 / 120.0,
        1.0 / 24.0,
        1.0 / 6.0,
        0.5,
        1.0,
        1.0,
    ] {
        p = p * r + c;
    }
    let exponent = shifted
        .to_bits()
        .wrapping_sub(ROUND.to_bits())
        .wrapping_add(127);
    let e = p * f32::from_bits(exponent << 23);
    if x < LEAST { 0.0 } else { e }
}

/// log(1 + e) for 0 ≤ e ≤ 1, to about two units in the last place: 2·artanh(e/(2 + e)) by its series.
#[inline]
pub(super) fn ln_1p_unit(e: f32) -> f32 {
    let s = e / (2.0 + e);
    let q = s * s;
    // q ≤ 1/9, so what is left out is below 2·10⁻⁹ of the sum.
    let mut p = 1.0 / 15.0;
    for c in [
        1.0 / 13.0,
        1.0 / 11.0,
        1.0 / 9.0,
        1.0 / 7.0,
        0.2,
        1.0 / 3.0,
        1.0,
    ] {
        p = p * q + c;
    }
    2.0 * s * p
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_agree_with_double_precision() {
        for i in 0..200_000 {
            let z = (i as f32 - 100_000.0) * 9e-4;
            let exact = (-f64::from(z).abs()).exp();
            let e = exp_minus_abs(z);
            if z.abs() < 87.0 {
                let error = (f64::from(e) / exact - 1.0).abs();
                assert!(error < 2e-7, "e^−|{z}|: {error:e}");
            }
            let exact = f64::from(e).ln_1p();
            let error = (f64::from(ln_1p_unit(e)) - exact).abs();
            assert!(error <= 3e-7 * exact, "log(1 + {e}): {error:e}");
        }
    }

    #[test]
    fn ends_and_nothing() {
        assert_eq!(exp_minus_abs(0.0), 1.0);
        assert_eq!(exp_minus_abs(f32::INFINITY), 0.0);
        assert_eq!(exp_minus_abs(f32::NEG_INFINITY), 0.0);
        assert_eq!(exp_minus_abs(1e38), 0.0);
        assert!(exp_minus_abs(f32::NAN).is_nan());
        assert_eq!(ln_1p_unit(0.0), 0.0);
        assert!(ln_1p_unit(f32::NAN).is_nan());
    }
}
