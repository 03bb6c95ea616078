//! Softplus and its slope in single precision, for many points at once.

use pulp::Simd;

/// Vectors that are in work together, so that none waits for its own last result.
pub(super) const TOGETHER: usize = 3;

/// 1.5·2²³: subtracting from it rounds to a whole number, which then stands in the low bits.
const ROUND: f32 = 12_582_912.0;

/// Above this 2^−x would leave the normal numbers; softplus is one of its branches to the last bit long
/// before.
const LARGEST: f32 = 126.0;

/// 2^x on [−½, ½] to 1.1·10⁻⁷ of itself, highest power first: interpolation at Chebyshev's points.
const POWER: [f32; 6] = [
    0.001_339_086_3,
    0.009_676_032,
    0.055_503_573,
    0.240_221_07,
    std::f32::consts::LN_2,
    1.000_000_1,
];

/// log₂(1 + e)/e on [0, 1] is a polynomial in e, highest power first, and a multiple of 1/(1 + e), to
/// 2.4·10⁻⁸ of itself: the coefficients of least largest error, by exchange.
const LOGARITHM: [f32; 7] = [
    0.002_508_380_5,
    -0.015_918_994,
    0.051_217_826,
    -0.118_477_836,
    0.237_635_09,
    -0.477_966_5,
    1.199_309,
];
const LOGARITHM_RECIPROCAL: f32 = 0.243_386_04;

/// With z·log₂e given: softplus z/ln 2 = log₂(1 + e^z), and its slope 1/(1 + e^−z). NaN of NaN.
#[inline(always)]
pub(super) fn softplus<S: Simd, const U: usize>(
    simd: S,
    z: [S::f32s; U],
) -> ([S::f32s; U], [S::f32s; U]) {
    let (e, reciprocal) = power_and_reciprocal(simd, z);
    let mut value = [simd.splat_f32s(LOGARITHM[0]); U];
    for c in &LOGARITHM[1..] {
        let c = simd.splat_f32s(*c);
        for u in 0..U {
            value[u] = simd.mul_add_e_f32s(value[u], e[u], c);
        }
    }
    let mut slope = reciprocal;
    for u in 0..U {
        let of_reciprocal = simd.splat_f32s(LOGARITHM_RECIPROCAL);
        value[u] = simd.mul_add_e_f32s(reciprocal[u], of_reciprocal, value[u]);
        let is_negative = simd.less_than_f32s(z[u], simd.splat_f32s(0.0));
        // Not the larger of both: NaN must stay NaN.
        let positive = simd.select_f32s(is_negative, simd.splat_f32s(0.0), z[u]);
        value[u] = simd.mul_add_e_f32s(e[u], value[u], positive);
        let other = simd.mul_f32s(e[u], reciprocal[u]);
        slope[u] = simd.select_f32s(is_negative, other, reciprocal[u]);
    }
    (value, slope)
}

/// e = 2^−|z| and 1/(1 + e).
#[inline(always)]
fn power_and_reciprocal<S: Simd, const U: usize>(
    simd: S,
    z: [S::f32s; U],
) -> ([S::f32s; U], [S::f32s; U]) {
    let (round, one) = (simd.splat_f32s(ROUND), simd.splat_f32s(1.0));
    let size = simd.splat_f32s(f32::from_bits(!(1 << 31)));
    let (mut shifted, mut rest) = (z, z);
    for u in 0..U {
        let x = simd.min_f32s(simd.splat_f32s(LARGEST), simd.and_f32s(z[u], size));
        shifted[u] = simd.sub_f32s(round, x);
        rest[u] = simd.sub_f32s(simd.sub_f32s(round, shifted[u]), x);
    }
    let mut e = [simd.splat_f32s(POWER[0]); U];
    for c in &POWER[1..] {
        let c = simd.splat_f32s(*c);
        for u in 0..U {
            e[u] = simd.mul_add_e_f32s(e[u], rest[u], c);
        }
    }
    let mut reciprocal = e;
    for u in 0..U {
        let bits = simd.transmute_u32s_f32s(shifted[u]);
        let exponent = simd.wrapping_dyn_shl_u32s(bits, simd.splat_u32s(23));
        let bits = simd.add_u32s(simd.transmute_u32s_f32s(e[u]), exponent);
        e[u] = simd.transmute_f32s_u32s(bits);
        reciprocal[u] = simd.div_f32s(one, simd.add_f32s(one, e[u]));
    }
    (e, reciprocal)
}

#[cfg(test)]
mod tests {
    use pulp::WithSimd;

    use crate::simd::{Lanes, Level};

    use super::*;

    /// Both for z·log₂e.
    struct Both<'a> {
        z: &'a [f32],
        value: &'a mut [f32],
        slope: &'a mut [f32],
    }

    impl WithSimd for Both<'_> {
        type Output = ();

        #[inline(always)]
        fn with_simd<S: Simd>(self, simd: S) {
            let (z, _) = f32::vectors::<S>(self.z);
            let (value, _) = f32::vectors_mut::<S>(self.value);
            let (slope, _) = f32::vectors_mut::<S>(self.slope);
            for ((z, value), slope) in z.iter().zip(value).zip(slope) {
                let ([v], [s]) = softplus(simd, [*z]);
                (*value, *slope) = (v, s);
            }
        }
    }

    fn both(level: Level, z: &[f32]) -> [Vec<f32>; 2] {
        let mut value = vec![0.0; z.len()];
        let mut slope = value.clone();
        let (v, s) = (&mut value, &mut slope);
        level.run(Both {
            z,
            value: v,
            slope: s,
        });
        [value, slope]
    }

    #[test]
    fn both_are_exact_to_a_few_units_in_the_last_place() {
        let z: Vec<f32> = (-80_000..80_000).map(|i| i as f32 * 1e-3).collect();
        for level in Level::ALL.into_iter().filter(|level| level.is_available()) {
            let [value, slope] = both(level, &z);
            for ((z, value), slope) in z.iter().zip(&value).zip(&slope) {
                let power = f64::from(*z).exp2();
                let exact = if *z > 60.0 {
                    f64::from(*z)
                } else {
                    power.ln_1p() / std::f64::consts::LN_2
                };
                let error = (f64::from(*value) / exact - 1.0).abs();
                assert!(error < 4e-7, "{level:?} σ({z}): {error:e}");
                let exact = power / (1.0 + power);
                let error = (f64::from(*slope) / exact - 1.0).abs();
                assert!(error < 4e-7, "{level:?} σ'({z}): {error:e}");
            }
        }
    }

    #[test]
    fn ends_and_nothing() {
        let mut z = vec![0.0; 16];
        z[..6].copy_from_slice(&[f32::NAN, f32::INFINITY, -f32::INFINITY, 1e30, -1e30, 0.0]);
        for level in Level::ALL.into_iter().filter(|level| level.is_available()) {
            let [value, slope] = both(level, &z);
            assert!(value[0].is_nan(), "{level:?}");
            assert_eq!((value[1], value[3]), (f32::INFINITY, 1e30));
            assert!(value[2] < 1e-37 && value[4] < 1e-37 && slope[2] < 1e-37);
            assert_eq!([slope[1], slope[3], slope[5]], [1.0, 1.0, 0.5]);
            assert!((value[5] - 1.0).abs() < 3e-7);
        }
    }
}
