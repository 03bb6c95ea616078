//! LᵀL of ReLU and leaky ReLU by counting: σ' takes two values, so that all that matters of two points
//! is how many neurons are right of the kink at both.

use ndarray::Array2;
use pulp::{Simd, WithSimd};
use rayon::prelude::*;

use crate::network::Real;
use crate::simd::Level;
use crate::train::{BLOCK, Cancel, Cancelled, NeuronBlock, Trainer};

use super::symmetric_sum::{SymmetricSum, mirror};

/// Points that are held against the others together.
const ROWS: usize = 4;

/// The neurons right of their kink at each point: a word a block of neurons, points × blocks.
struct Patterns {
    words: Vec<u64>,
    blocks: usize,
}

const _: () = assert!(BLOCK <= u64::BITS as usize);

/// Σ_r v_r² σ'(h_ra) σ'(h_rb) on the training set, n × n, in exact counts; `None` where σ' takes more
/// than two values, |v_r| more than one, or there are several outputs.
///
/// # Errors
/// [`Cancelled`] once `cancel` is raised.
pub(super) fn pattern_sum<R: Real>(
    memory: &mut SymmetricSum,
    trainer: &Trainer<R>,
    cancel: &Cancel,
) -> Result<Option<Array2<f64>>, Cancelled> {
    let problem = trainer.problem();
    if problem.activation.is_smooth() {
        return Ok(None);
    }
    let left = problem.activation.derivative(-R::one());
    let weight = common_weight(trainer.blocks());
    let (Some(weight), Some(patterns)) = (weight, Patterns::of(trainer.blocks(), left)) else {
        return Ok(None);
    };
    let side = problem.n();
    let mut sum = memory.fresh(side);
    let Some(entries) = sum.as_slice_mut() else {
        unreachable!("sums are in standard layout");
    };
    let strips = entries.par_chunks_mut((ROWS * side).max(1)).enumerate();
    strips.try_for_each(|(strip, counts)| {
        cancel.check()?;
        let first = strip * ROWS;
        Level::current().run(Count {
            patterns: &patterns,
            first,
            counts,
        });
        Ok(())
    })?;
    weigh(
        &mut sum,
        left.double(),
        weight * weight,
        trainer.width() as f64,
    );
    mirror(&mut sum);
    Ok(Some(sum))
}

/// |v_r| where it is the same of all neurons and there is one output.
fn common_weight<R: Real>(blocks: &[NeuronBlock<R>]) -> Option<f64> {
    let first = blocks.first()?.v.first()?.abs();
    let is_common =
        |block: &NeuronBlock<R>| block.v.nrows() == 1 && block.v.iter().all(|v| v.abs() == first);
    blocks.iter().all(is_common).then(|| first.double())
}

/// From counts n_ab to v²·Σ_r σ'_ra σ'_rb = v²·((1 − l)²n_ab + l(1 − l)(n_a + n_b) + l²m), l = σ' left
/// of the kink, above the diagonal and on it.
fn weigh(sum: &mut Array2<f64>, left: f64, squared_weight: f64, m: f64) {
    let jump = 1.0 - left;
    let alone: Vec<f64> = sum.diag().iter().map(|n| left * jump * n).collect();
    for (a, mut row) in sum.outer_iter_mut().enumerate() {
        let base = alone[a] + left * left * m;
        for (count, other) in row.iter_mut().zip(&alone).skip(a) {
            *count = squared_weight * (jump * jump * *count + base + other);
        }
    }
}

impl Patterns {
    /// `None` where a σ' is neither `left` nor 1.
    fn of<R: Real>(blocks: &[NeuronBlock<R>], left: R) -> Option<Self> {
        let columns = blocks.par_iter().map(|block| words(&block.slope, left));
        let columns = columns.collect::<Option<Vec<_>>>()?;
        let points = columns.first().map_or(0, Vec::len);
        let words = (0..points).flat_map(|point| columns.iter().map(move |column| column[point]));
        Some(Self {
            words: words.collect(),
            blocks: columns.len(),
        })
    }

    fn point(&self, point: usize) -> &[u64] {
        &self.words[point * self.blocks..(point + 1) * self.blocks]
    }
}

/// A block's neurons right of their kink, a word a point, from σ' (neurons × points, column-major).
fn words<R: Real>(slope: &Array2<R>, left: R) -> Option<Vec<u64>> {
    let points = slope.t();
    let rows = points.outer_iter().map(|slopes| {
        let (mut word, mut is_known) = (0, true);
        for (neuron, slope) in slopes.iter().enumerate() {
            let is_right = *slope == R::one();
            is_known &= is_right || *slope == left;
            word |= u64::from(is_right) << neuron;
        }
        is_known.then_some(word)
    });
    rows.collect()
}

/// Counts of the neurons that some points, from a first one on, share with all points from there on.
struct Count<'a> {
    patterns: &'a Patterns,
    first: usize,
    /// Up to [`ROWS`] × n.
    counts: &'a mut [f64],
}

impl WithSimd for Count<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) {
        let Self {
            patterns,
            first,
            counts,
        } = self;
        let side = patterns.words.len() / patterns.blocks;
        let rows = counts.len() / side;
        // Where fewer rows are left, the last one stands for those that are not.
        let row = |k: usize| patterns.point(first + k.min(rows - 1));
        let own: [&[u64]; ROWS] = std::array::from_fn(row);
        for point in first..side {
            let shared = shared(own, patterns.point(point));
            for (k, count) in shared.into_iter().take(rows).enumerate() {
                counts[k * side + point] = count as f64;
            }
        }
    }
}

/// Neurons that each of some points shares with another.
#[inline(always)]
fn shared(own: [&[u64]; ROWS], other: &[u64]) -> [u64; ROWS] {
    let mut counts = [0; ROWS];
    for (count, own) in counts.iter_mut().zip(own) {
        let pairs = own.iter().zip(other);
        *count = pairs.map(|(x, y)| u64::from((x & y).count_ones())).sum();
    }
    counts
}
