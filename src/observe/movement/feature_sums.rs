//! Sums over the features of a block of neurons, now and at the start.

use pulp::{Simd, WithSimd};

use crate::network::Real;
use crate::simd::Level;
use crate::train::{BLOCK, NeuronBlock};

/// Sums over the features H of the neurons of a block at the training points, H₀ those at the start.
pub(in crate::observe) struct FeatureSums {
    /// Σ |H − H₀|.
    pub(in crate::observe) moved: f64,
    /// Σ |H₀|.
    pub(in crate::observe) at_start: f64,
    /// Σ |H|.
    pub(in crate::observe) now: f64,
    /// Features whose sign is not that of the start.
    pub(in crate::observe) changed_signs: u64,
}

/// The sums of each neuron: neurons are lanes, so that the sums of all neurons run beside each other.
struct NeuronSums {
    moved: [f64; BLOCK],
    at_start: [f64; BLOCK],
    now: [f64; BLOCK],
    changed_signs: [f64; BLOCK],
}

impl FeatureSums {
    /// Those of a block that holds its features.
    pub(in crate::observe) fn of<R: Real>(block: &NeuronBlock<R>) -> Self {
        let (h, h0) = (block.h.t(), block.h0.t());
        let (Some(h), Some(h0)) = (h.to_slice(), h0.to_slice()) else {
            unreachable!("matrices of a block are column-major by construction");
        };
        let mut sums = NeuronSums {
            moved: [0.0; BLOCK],
            at_start: [0.0; BLOCK],
            now: [0.0; BLOCK],
            changed_signs: [0.0; BLOCK],
        };
        let neurons = block.neurons();
        if neurons > 0 {
            let sums = &mut sums;
            Level::current().run(Pass {
                h,
                h0,
                neurons,
                sums,
            });
        }
        let total = |of: &[f64; BLOCK]| of.iter().sum::<f64>();
        Self {
            moved: total(&sums.moved),
            at_start: total(&sums.at_start),
            now: total(&sums.now),
            // Whole numbers, far below 2⁵³.
            changed_signs: total(&sums.changed_signs) as u64,
        }
    }
}

/// One pass over H and H₀, points × neurons each.
struct Pass<'a, R> {
    h: &'a [R],
    h0: &'a [R],
    neurons: usize,
    sums: &'a mut NeuronSums,
}

impl<R: Real> WithSimd for Pass<'_, R> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) {
        let n = self.neurons;
        let NeuronSums {
            moved,
            at_start,
            now,
            changed_signs,
        } = self.sums;
        let (moved, at_start) = (&mut moved[..n], &mut at_start[..n]);
        let (now, changed_signs) = (&mut now[..n], &mut changed_signs[..n]);
        for (h, h0) in self.h.chunks_exact(n).zip(self.h0.chunks_exact(n)) {
            for i in 0..n {
                let (h, h0) = (h[i].double(), h0[i].double());
                moved[i] += (h - h0).abs();
                at_start[i] += h0.abs();
                now[i] += h.abs();
                // An exact zero is a pattern of its own, and so is NaN with it: neither has a sign.
                let is_changed = ((h > 0.0) != (h0 > 0.0)) | ((h < 0.0) != (h0 < 0.0));
                changed_signs[i] += if is_changed { 1.0 } else { 0.0 };
            }
        }
    }
}
