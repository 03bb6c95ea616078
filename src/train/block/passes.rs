//! The passes over the features of a block, neurons × points in column-major order.
//!
//! No operation in them is fused and sums run over a fixed number of lanes, so that all levels give the
//! same bits.

use ndarray::Array2;
use pulp::{Simd, WithSimd};

use crate::network::{Activation, Real};
use crate::simd::Level;

use super::BLOCK;
use super::kinks::KinkState;
use crate::train::columns::entries_mut;

/// Features that are worked on together: they, σ and σ' of them stay in the nearest cache. Of a whole block
/// they are those of twenty points, which are four whole tiles of a product.
pub const CHUNK: usize = 1280;

/// Partial sums of a scalar product.
const LANES: usize = 16;

/// Points whose features make up a chunk.
pub(in crate::train) fn points_per_chunk(neurons: usize) -> usize {
    (CHUNK / neurons.max(1)).max(1)
}

/// Adds Vσ(H) of some points to the sums of each output.
pub(in crate::train) struct Outputs<'a, R> {
    /// σ(H), points × neurons.
    pub value: &'a [R],
    /// V, outputs × neurons.
    pub v: &'a [R],
    /// Neurons.
    pub neurons: usize,
    /// Points of `sums` in all, and the first one of `value`.
    pub points: (usize, usize),
    /// Vσ(H), outputs × points.
    pub sums: &'a mut [R],
}

impl<R: Real> Outputs<'_, R> {
    pub(in crate::train) fn add(self) {
        Level::current().run(self);
    }
}

impl<R: Real> WithSimd for Outputs<'_, R> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let (points, first) = self.points;
        for (p, v) in self.v.chunks_exact(self.neurons).enumerate() {
            let sums = &mut self.sums[p * points + first..];
            if let Some(v) = v.as_array::<BLOCK>() {
                let (values, _) = self.value.as_chunks::<BLOCK>();
                for (value, sum) in values.iter().zip(sums) {
                    *sum += block_dot(simd, v, value);
                }
            } else {
                for (value, sum) in self.value.chunks_exact(self.neurons).zip(sums) {
                    *sum += dot(v, value);
                }
            }
        }
    }
}

/// Σ xy in a fixed number of partial sums.
#[inline(always)]
fn dot<R: Real>(x: &[R], y: &[R]) -> R {
    let mut sums = [R::zero(); LANES];
    let (xs, ys) = (x.chunks_exact(LANES), y.chunks_exact(LANES));
    let rest = xs.remainder().iter().zip(ys.remainder());
    for (sum, (x, y)) in sums.iter_mut().zip(rest) {
        *sum = *x * *y;
    }
    for (x, y) in xs.zip(ys) {
        for l in 0..LANES {
            sums[l] += x[l] * y[l];
        }
    }
    let mut width = LANES;
    while width > 1 {
        width /= 2;
        for l in 0..width {
            sums[l] += sums[l + width];
        }
    }
    sums[0]
}

/// The same of a whole block's neurons, and the same bits: spelled out, since what compilers make of loops differs.
#[inline(always)]
fn block_dot<R: Real, S: Simd>(simd: S, x: &[R; BLOCK], y: &[R; BLOCK]) -> R {
    let (xs, ys) = (R::vectors::<S>(x).0, R::vectors::<S>(y).0);
    let mut sums = [R::splat(simd, R::zero()); LANES];
    let mut width = LANES / R::count::<S>();
    for (k, (x, y)) in xs.iter().zip(ys).enumerate() {
        let sum = &mut sums[k % width];
        *sum = R::plus(simd, *sum, R::times(simd, *x, *y));
    }
    while width > 1 {
        width /= 2;
        for l in 0..width {
            sums[l] = R::plus(simd, sums[l], sums[l + width]);
        }
    }
    R::total(simd, sums[0])
}

/// σ'(H) and Vσ(H) of a block, a few points at a time.
pub(in crate::train) struct Forward<'a, R> {
    /// σ.
    pub activation: Activation,
    /// V, outputs × neurons.
    pub v: &'a [R],
    /// Neurons, and points in all.
    pub shape: (usize, usize),
    /// σ' held over an inner step of gradient flow, where it is.
    pub kinks: Option<&'a KinkState<R>>,
    /// Room for σ at the points.
    pub value: &'a mut [R],
    /// Vσ(H), outputs × points; what comes is added.
    pub sums: &'a mut [R],
}

impl<R: Real> Forward<'_, R> {
    /// Those of the points from `first` on, whose features are `h`, points × neurons.
    pub(in crate::train) fn add(&mut self, first: usize, h: &[R], slope: &mut [R]) {
        let (neurons, points) = self.shape;
        let value = &mut self.value[..h.len()];
        self.activation.map(h, value, slope);
        if let Some(kinks) = self.kinks {
            kinks.apply(first, h, value, slope);
        }
        Outputs {
            value,
            v: self.v,
            neurons,
            points: (points, first),
            sums: self.sums,
        }
        .add();
    }
}

/// A = (VᵀR) ⊙ σ'(H), in place of σ'(H) or, with `coefficients`, added to them.
pub(in crate::train) struct BackPropagate<'a, R> {
    /// V, outputs × neurons.
    pub v: &'a [R],
    /// R, outputs × points.
    pub residual: &'a [R],
    /// Points.
    pub points: usize,
    /// σ'(H), points × neurons; A afterwards, unless that is added to the coefficients.
    pub slope: &'a mut [R],
    /// C of sample space, points × neurons, and what A is multiplied by to be added to it.
    pub coefficients: Option<(&'a mut [R], R)>,
}

impl<'a, R: Real> BackPropagate<'a, R> {
    /// With `slope` neurons × points in column-major order, which A takes the place of.
    pub(in crate::train) fn new(
        v: &'a Array2<R>,
        residual: &'a Array2<R>,
        slope: &'a mut Array2<R>,
    ) -> Self {
        let (Some(v), points, Some(residual)) =
            (v.as_slice(), residual.ncols(), residual.as_slice())
        else {
            unreachable!("V and R are contiguous by construction");
        };
        Self {
            v,
            residual,
            points,
            slope: entries_mut(slope),
            coefficients: None,
        }
    }

    pub(in crate::train) fn run(self) {
        if self.points > 0 && !self.slope.is_empty() {
            Level::current().run(self);
        }
    }
}

impl<R: Real> WithSimd for BackPropagate<'_, R> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) {
        let neurons = self.slope.len() / self.points;
        let mut signal = [R::zero(); BLOCK];
        let signal = &mut signal[..neurons];
        let mut coefficients = self.coefficients;
        let rows = self.slope.chunks_exact_mut(neurons);
        for (a, slope) in rows.enumerate() {
            let residual = self.residual[a..].iter().step_by(self.points);
            let mut terms = self.v.chunks_exact(neurons).zip(residual);
            if let Some((v, r)) = terms.next() {
                for (signal, v) in signal.iter_mut().zip(v) {
                    *signal = *v * *r;
                }
            }
            for (v, r) in terms {
                for (signal, v) in signal.iter_mut().zip(v) {
                    *signal += *v * *r;
                }
            }
            match &mut coefficients {
                None => {
                    for (slope, signal) in slope.iter_mut().zip(&*signal) {
                        *slope *= *signal;
                    }
                }
                Some((c, scale)) => {
                    let c = &mut c[a * neurons..(a + 1) * neurons];
                    for ((slope, signal), c) in slope.iter().zip(&*signal).zip(c) {
                        *c += *scale * (*slope * *signal);
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct BlockDot<'a, R>(&'a [R; BLOCK], &'a [R; BLOCK]);

    impl<R: Real> WithSimd for BlockDot<'_, R> {
        type Output = R;

        #[inline(always)]
        fn with_simd<S: Simd>(self, simd: S) -> R {
            block_dot(simd, self.0, self.1)
        }
    }

    fn is_the_same_at_every_level<R: Real>() {
        for k in 0..50 {
            let x = std::array::from_fn(|i| R::of((0.7 * (i + k) as f64).sin()));
            let y = std::array::from_fn(|i| R::of((1.3 * (i * k) as f64).cos()));
            for level in Level::ALL {
                let found = level.run(BlockDot(&x, &y));
                assert_eq!(found, dot(&x, &y), "{level:?}, {k}");
            }
        }
    }

    #[test]
    fn sums_over_a_whole_block_are_those_of_any_number_of_neurons() {
        is_the_same_at_every_level::<f32>();
        is_the_same_at_every_level::<f64>();
    }
}
