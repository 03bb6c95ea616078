//! What the products ask of vectors of either float width.

use std::slice::{from_mut, from_ref};

use pulp::Simd;
use pulp::bytemuck::{cast_slice, cast_slice_mut};

/// A float whose vectors of any level the products are written with.
pub trait Lanes: Copy + Send + Sync + 'static {
    /// 0.
    const NOUGHT: Self;

    /// A vector.
    type Vector<S: Simd>: Copy;

    /// Floats in a vector.
    fn count<S: Simd>() -> usize;

    /// All lanes the same.
    fn splat<S: Simd>(simd: S, x: Self) -> Self::Vector<S>;

    /// A slice as whole vectors and what is left.
    fn vectors<S: Simd>(x: &[Self]) -> (&[Self::Vector<S>], &[Self]);

    /// The same to write to.
    fn vectors_mut<S: Simd>(x: &mut [Self]) -> (&mut [Self::Vector<S>], &mut [Self]);

    /// The first lanes from a slice shorter than a vector, the others 0.
    fn part<S: Simd>(simd: S, x: &[Self]) -> Self::Vector<S>;

    /// The first lanes into a slice shorter than a vector.
    fn store_part<S: Simd>(simd: S, x: &mut [Self], vector: Self::Vector<S>);

    /// xy.
    fn times<S: Simd>(simd: S, x: Self::Vector<S>, y: Self::Vector<S>) -> Self::Vector<S>;

    /// x + y.
    fn plus<S: Simd>(simd: S, x: Self::Vector<S>, y: Self::Vector<S>) -> Self::Vector<S>;

    /// x − y.
    fn minus<S: Simd>(simd: S, x: Self::Vector<S>, y: Self::Vector<S>) -> Self::Vector<S>;

    /// x/y.
    fn over<S: Simd>(simd: S, x: Self::Vector<S>, y: Self::Vector<S>) -> Self::Vector<S>;

    /// The smaller of both; `limit` or NaN where x is NaN.
    fn at_most<S: Simd>(simd: S, limit: Self::Vector<S>, x: Self::Vector<S>) -> Self::Vector<S>;

    /// |x|.
    fn size<S: Simd>(simd: S, x: Self::Vector<S>) -> Self::Vector<S>;

    /// x where z < 0, else y.
    fn where_negative<S: Simd>(
        simd: S,
        z: Self::Vector<S>,
        x: Self::Vector<S>,
        y: Self::Vector<S>,
    ) -> Self::Vector<S>;

    /// x·2ⁿ for a whole number n that stands in the low bits of `n`, where x and the result are normal.
    fn times_power<S: Simd>(simd: S, x: Self::Vector<S>, n: Self::Vector<S>) -> Self::Vector<S>;

    /// Sum of the lanes: the second half is added to the first until one is left.
    fn total<S: Simd>(simd: S, x: Self::Vector<S>) -> Self;

    /// xy + z, rounded once where the level has an instruction for it, else twice.
    fn times_plus<S: Simd>(
        simd: S,
        x: Self::Vector<S>,
        y: Self::Vector<S>,
        z: Self::Vector<S>,
    ) -> Self::Vector<S>;
}

/// The trait for a float, given pulp's names of the operations on it, the integer of its width, and its digits
/// after the first.
macro_rules! lanes {
    ($float:ty, $vector:ident, $count:ident, $splat:ident, $vectors:ident, $vectors_mut:ident,
     $part:ident, $store_part:ident, $times:ident, $plus:ident, $minus:ident, $total:ident,
     $times_plus:ident, $over:ident, $smaller:ident, $size:ident, $is_less:ident,
     $select:ident, $bits:ty, $digits:expr) => {
        impl Lanes for $float {
            const NOUGHT: Self = 0.0;

            type Vector<S: Simd> = S::$vector;

            #[inline(always)]
            fn count<S: Simd>() -> usize {
                S::$count
            }

            #[inline(always)]
            fn splat<S: Simd>(simd: S, x: Self) -> S::$vector {
                simd.$splat(x)
            }

            #[inline(always)]
            fn vectors<S: Simd>(x: &[Self]) -> (&[S::$vector], &[Self]) {
                S::$vectors(x)
            }

            #[inline(always)]
            fn vectors_mut<S: Simd>(x: &mut [Self]) -> (&mut [S::$vector], &mut [Self]) {
                S::$vectors_mut(x)
            }

            #[inline(always)]
            fn part<S: Simd>(simd: S, x: &[Self]) -> S::$vector {
                simd.$part(x)
            }

            #[inline(always)]
            fn store_part<S: Simd>(simd: S, x: &mut [Self], vector: S::$vector) {
                simd.$store_part(x, vector);
            }

            #[inline(always)]
            fn times<S: Simd>(simd: S, x: S::$vector, y: S::$vector) -> S::$vector {
                simd.$times(x, y)
            }

            #[inline(always)]
            fn plus<S: Simd>(simd: S, x: S::$vector, y: S::$vector) -> S::$vector {
                simd.$plus(x, y)
            }

            #[inline(always)]
            fn minus<S: Simd>(simd: S, x: S::$vector, y: S::$vector) -> S::$vector {
                simd.$minus(x, y)
            }

            #[inline(always)]
            fn over<S: Simd>(simd: S, x: S::$vector, y: S::$vector) -> S::$vector {
                simd.$over(x, y)
            }

            #[inline(always)]
            fn at_most<S: Simd>(simd: S, limit: S::$vector, x: S::$vector) -> S::$vector {
                simd.$smaller(limit, x)
            }

            #[inline(always)]
            fn size<S: Simd>(simd: S, x: S::$vector) -> S::$vector {
                simd.$size(x)
            }

            #[inline(always)]
            fn where_negative<S: Simd>(
                simd: S,
                z: S::$vector,
                x: S::$vector,
                y: S::$vector,
            ) -> S::$vector {
                simd.$select(simd.$is_less(z, simd.$splat(0.0)), x, y)
            }

            #[inline(always)]
            fn times_power<S: Simd>(_: S, mut x: S::$vector, n: S::$vector) -> S::$vector {
                let lanes: &mut [$bits] = cast_slice_mut(from_mut(&mut x));
                let powers: &[$bits] = cast_slice(from_ref(&n));
                for (x, n) in lanes.iter_mut().zip(powers) {
                    *x = x.wrapping_add(n << $digits);
                }
                x
            }

            #[inline(always)]
            fn total<S: Simd>(simd: S, x: S::$vector) -> Self {
                simd.$total(x)
            }

            #[inline(always)]
            fn times_plus<S: Simd>(
                simd: S,
                x: S::$vector,
                y: S::$vector,
                z: S::$vector,
            ) -> S::$vector {
                simd.$times_plus(x, y, z)
            }
        }
    };
}

lanes!(
    f32,
    f32s,
    F32_LANES,
    splat_f32s,
    as_simd_f32s,
    as_mut_simd_f32s,
    partial_load_f32s,
    partial_store_f32s,
    mul_f32s,
    add_f32s,
    sub_f32s,
    reduce_sum_f32s,
    mul_add_e_f32s,
    div_f32s,
    min_f32s,
    abs_f32s,
    less_than_f32s,
    select_f32s,
    u32,
    23
);
lanes!(
    f64,
    f64s,
    F64_LANES,
    splat_f64s,
    as_simd_f64s,
    as_mut_simd_f64s,
    partial_load_f64s,
    partial_store_f64s,
    mul_f64s,
    add_f64s,
    sub_f64s,
    reduce_sum_f64s,
    mul_add_e_f64s,
    div_f64s,
    min_f64s,
    abs_f64s,
    less_than_f64s,
    select_f64s,
    u64,
    52
);
