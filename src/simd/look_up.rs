//! Sums looked up by the lanes of a vector, which AVX-512 does in one instruction.

use std::ops::{Add, Mul, Sub};

use super::Lanes;

/// Entries whose sums over subsets are looked up.
pub(super) const GROUP: usize = 4;

/// Subsets of so many entries.
pub(super) const SUBSETS: usize = 1 << GROUP;

/// A float whose sums over subsets are looked up, with the index of a subset.
pub trait LookUp:
    Lanes + PartialEq + Add<Output = Self> + Sub<Output = Self> + Mul<Output = Self>
{
    /// A set of bits as wide as the float: bit b for entry b of a group.
    type Index: Copy + Send + Sync + 'static;

    /// No entry.
    const EMPTY: Self::Index;

    /// 1.
    const UNIT: Self;

    /// The subset with entry `b` added.
    fn with(index: Self::Index, b: usize, is_in: bool) -> Self::Index;

    /// The place of a subset in a table.
    fn place(index: Self::Index) -> usize;

    /// xy + z, rounded once.
    fn fused(x: Self, y: Self, z: Self) -> Self;

    /// A table in registers.
    #[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
    type Table: Copy;

    /// Takes a table of all sixteen subsets.
    #[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
    fn table(sums: &[Self]) -> Self::Table;

    /// Indices in a register.
    #[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
    type Indices: Copy;

    /// Takes the indices of as many lanes as a vector has.
    #[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
    fn indices(indices: &[Self::Index]) -> Self::Indices;

    /// The sums that the indices point at.
    #[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
    fn look_up(
        simd: pulp::x86::V4,
        table: Self::Table,
        indices: Self::Indices,
    ) -> Self::Vector<pulp::x86::V4>;
}

/// The trait for a float and the integer of its width; the last two are how a table is taken and looked up.
macro_rules! look_up {
    ($float:ty, $index:ty, $table:ty, $indices:ty, $vectors:ident, $take_indices:ident,
     $take:expr, $find:expr) => {
        impl LookUp for $float {
            type Index = $index;

            const EMPTY: $index = 0;
            const UNIT: Self = 1.0;

            #[inline(always)]
            fn with(index: $index, b: usize, is_in: bool) -> $index {
                index | (<$index>::from(is_in) << b)
            }

            #[inline(always)]
            fn place(index: $index) -> usize {
                index as usize
            }

            #[inline(always)]
            fn fused(x: Self, y: Self, z: Self) -> Self {
                x.mul_add(y, z)
            }

            #[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
            type Table = $table;

            #[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
            #[inline(always)]
            fn table(sums: &[Self]) -> $table {
                let (vectors, _) = <pulp::x86::V4 as pulp::Simd>::$vectors(sums);
                $take(vectors)
            }

            #[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
            type Indices = $indices;

            #[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
            #[inline(always)]
            fn indices(indices: &[$index]) -> $indices {
                <pulp::x86::V4 as pulp::Simd>::$take_indices(indices).0[0]
            }

            #[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
            #[inline(always)]
            fn look_up(
                simd: pulp::x86::V4,
                table: $table,
                indices: $indices,
            ) -> Self::Vector<pulp::x86::V4> {
                $find(simd, table, indices)
            }
        }
    };
}

look_up!(
    f32,
    u32,
    pulp::f32x16,
    pulp::u32x16,
    as_simd_f32s,
    as_simd_u32s,
    |vectors: &[pulp::f32x16]| vectors[0],
    |simd: pulp::x86::V4, table, indices| {
        let indices = pulp::cast(indices);
        pulp::cast(
            simd.avx512f
                ._mm512_permutexvar_ps(indices, pulp::cast(table)),
        )
    }
);
look_up!(
    f64,
    u64,
    [pulp::f64x8; 2],
    pulp::u64x8,
    as_simd_f64s,
    as_simd_u64s,
    |vectors: &[pulp::f64x8]| [vectors[0], vectors[1]],
    |simd: pulp::x86::V4, table: [pulp::f64x8; 2], indices| {
        let [low, high] = table.map(pulp::cast);
        let indices = pulp::cast(indices);
        pulp::cast(simd.avx512f._mm512_permutex2var_pd(low, indices, high))
    }
);
