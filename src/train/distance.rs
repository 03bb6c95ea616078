//! How far the weights of a block are from their start.

use pulp::{Simd, WithSimd};

use crate::network::Real;
use crate::simd::Level;

use super::columns::entries;
use super::{BlockWeights, NeuronBlock};

impl<R: Real> NeuronBlock<R> {
    /// ‖w_r − w_r(0)‖² of each neuron.
    ///
    /// In sample space C_r(ΦΦᵀ)C_rᵀ = C_r·(h_r − h_r(0))/b.
    pub fn squared_distances(&self, b: f64) -> Vec<f64> {
        let mut sums = vec![0.0; self.neurons()];
        match &self.weights {
            BlockWeights::Weights { w, w0 } => Moved {
                now: entries(w),
                start: entries(w0),
                factors: None,
                sums: &mut sums,
            }
            .add(),
            BlockWeights::Coefficients { c, .. } => {
                Moved {
                    now: entries(&self.h),
                    start: entries(&self.h0),
                    factors: Some(entries(c)),
                    sums: &mut sums,
                }
                .add();
                // Rounding can leave a tiny negative number where nothing moved.
                sums.iter_mut().for_each(|sum| *sum = (*sum / b).max(0.0));
            }
        }
        sums
    }

    /// ‖V − V(0)‖_F² of the block's columns.
    pub fn squared_output_distance(&self) -> f64 {
        let square = |(v, v0): (&R, &R)| (v.double() - v0.double()).powi(2);
        let of_row = |(v, v0): (ndarray::ArrayView1<'_, R>, _)| {
            std::iter::zip(v, v0).map(square).sum::<f64>()
        };
        std::iter::zip(self.v.outer_iter(), self.v0.outer_iter())
            .map(of_row)
            .sum()
    }
}

/// Adds Σ (now − start)·factor over the columns of neurons × something; the factor is now − start again
/// where there are none.
struct Moved<'a, R> {
    now: &'a [R],
    start: &'a [R],
    factors: Option<&'a [R]>,
    /// One a neuron.
    sums: &'a mut [f64],
}

impl<R: Real> Moved<'_, R> {
    fn add(self) {
        if !self.sums.is_empty() {
            Level::current().run(self);
        }
    }
}

impl<R: Real> WithSimd for Moved<'_, R> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) {
        let neurons = self.sums.len();
        let columns = self.now.chunks_exact(neurons);
        let columns = columns.zip(self.start.chunks_exact(neurons));
        match self.factors {
            None => {
                for (now, start) in columns {
                    for ((sum, x), y) in self.sums.iter_mut().zip(now).zip(start) {
                        let moved = x.double() - y.double();
                        *sum += moved * moved;
                    }
                }
            }
            Some(factors) => {
                for ((now, start), factors) in columns.zip(factors.chunks_exact(neurons)) {
                    let entries = self.sums.iter_mut().zip(now).zip(start);
                    for (((sum, x), y), factor) in entries.zip(factors) {
                        *sum += factor.double() * (x.double() - y.double());
                    }
                }
            }
        }
    }
}
