//! The two float widths a network is trained in.

#![expect(
    clippy::approx_constant,
    reason = "ln 2 is split into two parts, of which the first is cut short on purpose"
)]

use ndarray::NdFloat;
use serde::{Serialize, de::DeserializeOwned};

use crate::simd::LookUp;

/// A float the kernels are generic over: `f32` or `f64`.
///
/// The coefficients are those of Chebyshev interpolation, computed with sixty digits; what is left out
/// is below half a unit in the last place of the function.
pub trait Real:
    NdFloat
    + Default
    + std::iter::Sum
    + ndarray_npy::WritableElement
    + Serialize
    + DeserializeOwned
    + LookUp
{
    /// Machine epsilon as a double.
    const EPSILON: f64;
    /// log₂ e.
    const LOG2_E: Self;
    /// ln 2 but for its last digits: products with whole numbers in range are exact.
    const LN_2_HIGH: Self;
    /// The last digits of ln 2.
    const LN_2_LOW: Self;
    /// Adding it rounds to a whole number, which then stands in the low bits.
    const ROUNDING: Self;
    /// Below this x, e^x counts as 0: at the root of the least normal number, so that a slope that is not 0 times
    /// a residual stays normal. Processors take some hundred cycles for products that do not.
    const LEAST_EXPONENT: Self;
    /// Coefficients of (e^r − 1 − r)/r² for |r| ≤ ½ ln 2.
    const EXPONENTIAL: &'static [Self];
    /// Largest n for which 2⁻ⁿ is normal.
    const LARGEST_POWER: Self;
    /// Coefficients of 2^r for |r| ≤ ½, to 1.1·10⁻⁷ and 4.3·10⁻¹⁸ of it.
    const POWER: &'static [Self];
    /// Coefficients of artanh(√q)/√q for 0 ≤ q ≤ 1/9.
    const ARTANH: &'static [Self];
    /// κ of [`Self::ERFC`].
    const ERFC_CENTRE: Self;
    /// Coefficients of (1 + 2x)·e^{x²}·erfc x in (x − κ)/(x + κ) for x ≥ 0.
    const ERFC: &'static [Self];
    /// Coefficients of erf(√q)/√q for 0 ≤ q ≤ 1.
    const ERF: &'static [Self];
    /// Coefficients of tanh(√q)/√q for √q ≤ ¼ ln 2, to 5.6·10⁻⁸ and 3.8·10⁻¹⁸ of it; the first is 1.
    const SMALL_TANH: &'static [Self];
    /// Where tanh has rounded to 1.
    const TANH_IS_1: Self;

    /// The nearest value to `x`; ±∞ where `x` is out of range.
    fn of(x: f64) -> Self;

    /// The value as a double, exactly.
    fn double(self) -> f64;

    /// 2ⁿ of a whole number n plus [`Self::ROUNDING`], for normal results.
    fn power_of_two(shifted: Self) -> Self;

    /// The whole number k with t·2^−k in [√½, √2), and 2^−k, of a t ≥ 1 below 2^[`Self::LARGEST_POWER`].
    fn scale(t: Self) -> (Self, Self);
}

impl Real for f32 {
    const EPSILON: f64 = f32::EPSILON as f64;
    const LOG2_E: Self = std::f32::consts::LOG2_E;
    const LN_2_HIGH: Self = 0.693_359_4;
    const LN_2_LOW: Self = -2.121_944_4e-4;
    const ROUNDING: Self = 12_582_912.0;
    const LEAST_EXPONENT: Self = -43.0;
    const ERFC_CENTRE: Self = 3.0;
    const EXPONENTIAL: &'static [Self] = &[
        0.5,
        0.166_665_76,
        0.041_666_552,
        0.008_363_233,
        0.001_392_625,
    ];
    const LARGEST_POWER: Self = 126.0;
    const POWER: &'static [Self] = &[
        1.000_000_1,
        std::f32::consts::LN_2,
        0.240_221_07,
        0.055_503_573,
        0.009_676_032,
        0.001_339_086_3,
    ];
    const ARTANH: &'static [Self] = &[1.0, 0.333_331_6, 0.200_122_98, 0.139_825_79, 0.140_788_9];
    const ERFC: &'static [Self] = &[
        1.253_008,
        -0.135_621_1,
        -0.047_562_156,
        0.129_644_72,
        -0.119_275_28,
        0.068_313_2,
        -0.023_763_56,
        0.002_506_778_6,
        0.001_875_060_3,
        -0.000_734_082_1,
        -9.253_769e-5,
        8.007_455e-5,
    ];
    const ERF: &'static [Self] = &[
        1.128_379_1,
        -0.376_126_26,
        0.112_835_94,
        -0.026_854_211,
        0.005_189_087_2,
        -0.000_801_686_43,
        7.875_875e-5,
    ];
    const SMALL_TANH: &'static [Self] = &[1.0, -0.333_312_57, 0.131_097_94];
    const TANH_IS_1: Self = 10.0;

    #[inline]
    fn of(x: f64) -> Self {
        x as f32
    }

    #[inline]
    fn double(self) -> f64 {
        f64::from(self)
    }

    #[inline(always)]
    fn power_of_two(shifted: Self) -> Self {
        let n = shifted.to_bits().wrapping_sub(Self::ROUNDING.to_bits());
        Self::from_bits(n.wrapping_add(127) << 23)
    }

    #[inline(always)]
    fn scale(t: Self) -> (Self, Self) {
        let below_one = Self::to_bits(1.0) - Self::to_bits(std::f32::consts::FRAC_1_SQRT_2);
        let exponent = t.to_bits().wrapping_add(below_one) >> 23;
        let shifted = Self::from_bits(Self::ROUNDING.to_bits().wrapping_add(exponent));
        let power = Self::from_bits(254u32.wrapping_sub(exponent) << 23);
        (shifted - (Self::ROUNDING + 127.0), power)
    }
}

impl Real for f64 {
    const EPSILON: f64 = f64::EPSILON;
    const LOG2_E: Self = std::f64::consts::LOG2_E;
    const LN_2_HIGH: Self = 0.693_147_180_559_663;
    const LN_2_LOW: Self = 2.823_529_056_303_157_7e-13;
    const ROUNDING: Self = 6_755_399_441_055_744.0;
    const LEAST_EXPONENT: Self = -354.0;
    const ERFC_CENTRE: Self = 3.75;
    const EXPONENTIAL: &'static [Self] = &[
        0.5,
        0.166_666_666_666_666_69,
        0.041_666_666_666_623_824,
        0.008_333_333_333_330_039,
        0.001_388_888_891_736_708_1,
        0.000_198_412_698_631_715_57,
        2.480_152_105_786_820_4e-5,
        2.755_726_827_690_569_6e-6,
        2.762_020_159_103_154_7e-7,
        2.510_047_250_569_499_6e-8,
    ];
    const LARGEST_POWER: Self = 1022.0;
    const POWER: &'static [Self] = &[
        1.0,
        std::f64::consts::LN_2,
        0.240_226_506_959_101_6,
        0.055_504_108_664_821_63,
        0.009_618_129_107_587_257,
        0.001_333_355_814_640_647,
        0.000_154_035_304_637_243_54,
        1.525_273_384_155_677_3e-5,
        1.321_543_253_591_237_6e-6,
        1.017_805_708_773_394_1e-7,
        7.074_194_297_288_521e-9,
        4.455_817_908_336_064_5e-10,
    ];
    const ARTANH: &'static [Self] = &[
        1.0,
        0.333_333_333_333_412_86,
        0.199_999_999_976_438,
        0.142_857_145_558_285_8,
        0.111_110_954_306_731_42,
        0.090_914_299_002_369_55,
        0.076_818_381_244_458_17,
        0.067_956_527_427_899_47,
        0.049_403_945_243_823_93,
        0.088_903_819_130_566_51,
    ];
    const ERFC: &'static [Self] = &[
        1.237_512_630_837_827_5,
        -0.140_240_598_585_545_74,
        0.003_585_415_485_465_763,
        0.082_276_738_490_038_83,
        -0.108_803_930_141_891_8,
        0.092_304_321_163_161_31,
        -0.058_693_398_585_689_49,
        0.028_362_277_385_077_32,
        -0.009_746_579_607_075_787,
        0.001_755_626_083_614_295_8,
        0.000_293_714_001_958_849_5,
        -0.000_290_155_046_886_295_8,
        5.164_769_073_671_742e-5,
        2.238_685_434_820_926e-5,
        -1.144_035_536_256_410_1e-5,
        -9.782_245_809_096_287e-7,
        1.744_933_196_460_699_7e-6,
        -5.176_722_709_004_863_4e-8,
        -2.509_179_162_333_451_7e-7,
        1.924_709_643_698_474e-8,
        3.303_468_107_485_216e-8,
        -2.051_345_175_009_721e-9,
        -2.828_179_436_631_025_8e-9,
    ];
    const ERF: &'static [Self] = &[
        1.128_379_167_095_512_6,
        -0.376_126_389_031_835_43,
        0.112_837_916_709_450_06,
        -0.026_866_170_643_237_77,
        0.005_223_977_607_116_422_5,
        -0.000_854_832_597_538_969_2,
        0.000_120_552_949_048_397_07,
        -1.492_473_690_741_966e-5,
        1.644_742_470_331_736_2e-6,
        -1.620_848_380_187_170_5e-7,
        1.372_006_454_677_768_6e-8,
        -7.795_898_827_002_142e-10,
    ];
    const SMALL_TANH: &'static [Self] = &[
        1.0,
        -0.333_333_333_333_321_1,
        0.133_333_333_326_804_23,
        -0.053_968_252_662_140_85,
        0.021_869_363_996_547_006,
        -0.008_857_128_654_171_044,
        0.003_442_984_256_599_588,
    ];
    const TANH_IS_1: Self = 20.0;

    #[inline]
    fn of(x: f64) -> Self {
        x
    }

    #[inline]
    fn double(self) -> f64 {
        self
    }

    #[inline(always)]
    fn power_of_two(shifted: Self) -> Self {
        let n = shifted.to_bits().wrapping_sub(Self::ROUNDING.to_bits());
        Self::from_bits(n.wrapping_add(1023) << 52)
    }

    #[inline(always)]
    fn scale(t: Self) -> (Self, Self) {
        let below_one = Self::to_bits(1.0) - Self::to_bits(std::f64::consts::FRAC_1_SQRT_2);
        let exponent = t.to_bits().wrapping_add(below_one) >> 52;
        let shifted = Self::from_bits(Self::ROUNDING.to_bits().wrapping_add(exponent));
        let power = Self::from_bits(2046u64.wrapping_sub(exponent) << 52);
        (shifted - (Self::ROUNDING + 1023.0), power)
    }
}
