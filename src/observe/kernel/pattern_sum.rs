//! LᵀL of ReLU and leaky ReLU by counting: σ' takes two values, so that all that matters of two points
//! is how many neurons are right of the kink at both.

use ndarray::Array2;
use pulp::{Simd, WithSimd};
use rayon::prelude::*;

use crate::network::Real;
use crate::simd::Level;
use crate::task::{Cancel, Cancelled};
use crate::train::{BLOCK, NeuronBlock, Shape, Trainer};

use super::symmetric_sum::{SymmetricSum, mirror};

/// Points that are held against the others together.
const ROWS: usize = 4;

/// Other points that they are held against together.
const COLUMNS: usize = 16;

/// Neurons that are looked at together.
const LANES: usize = 8;

/// The neurons right of their kink: a word a block of neurons and point, blocks × points. Which bit of the
/// word is a neuron's does not matter as long as it is the same at all points.
struct Patterns {
    words: Vec<u64>,
    points: usize,
}

const _: () = assert!(BLOCK <= u64::BITS as usize);

/// Σ_r v_r² σ'(h_ra) σ'(h_rb) on the training set, n × n, in exact counts; `None` where σ' takes more
/// than two values, |v_r| more than one, or there are several outputs.
///
/// # Errors
/// [`Cancelled`] once `cancel` is raised.
pub(in crate::observe) fn pattern_sum<R: Real>(
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
        let points = blocks.first().map_or(0, |block| block.slope.ncols());
        let mut words = vec![0; blocks.len() * points];
        let are_known = words
            .par_chunks_mut(points.max(1))
            .zip(blocks)
            .all(|(words, block)| pack(block, left, words));
        are_known.then_some(Self { words, points })
    }
}

/// Packs a block's σ' into a word a point; whether all are `left` or 1.
fn pack<R: Real>(block: &NeuronBlock<R>, left: R, words: &mut [u64]) -> bool {
    let Some(slopes) = block.slope.t().to_slice() else {
        unreachable!("slopes of a block are column-major by construction");
    };
    let neurons = block.neurons();
    Level::current().run(Pack {
        slopes,
        neurons,
        left,
        words,
    })
}

struct Pack<'a, R> {
    /// Points × neurons.
    slopes: &'a [R],
    neurons: usize,
    left: R,
    words: &'a mut [u64],
}

impl<R: Real> WithSimd for Pack<'_, R> {
    /// Whether all are known.
    type Output = bool;

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) -> bool {
        let mut known = [1; LANES];
        let points = self.slopes.chunks_exact(self.neurons.max(1));
        for (slopes, word) in points.zip(self.words) {
            let mut bytes = [0_u8; LANES];
            let (groups, rest) = slopes.as_chunks::<LANES>();
            for (bit, slopes) in groups.iter().enumerate() {
                for lane in 0..LANES {
                    let is_right = u8::from(slopes[lane] == R::one());
                    bytes[lane] |= is_right << bit;
                    known[lane] &= is_right | u8::from(slopes[lane] == self.left);
                }
            }
            for (lane, slope) in rest.iter().enumerate() {
                let is_right = u8::from(*slope == R::one());
                bytes[lane] |= is_right << groups.len();
                known[lane] &= is_right | u8::from(*slope == self.left);
            }
            *word = u64::from_le_bytes(bytes);
        }
        known == [1; LANES]
    }
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
        let side = patterns.points;
        let rows = counts.len() / side;
        let mut column = first;
        while column < side {
            // The last ones again where fewer are left.
            let start = column.min(side.saturating_sub(COLUMNS));
            if start + COLUMNS <= side {
                let shared = shared::<COLUMNS>(patterns, (first, rows), start);
                write(&shared, counts, (start, side));
                column = start + COLUMNS;
            } else {
                let shared = shared::<1>(patterns, (first, rows), column);
                write(&shared, counts, (column, side));
                column += 1;
            }
        }
    }
}

/// Writes counts into N columns of rows of a length, from a first column on.
#[inline(always)]
fn write<const N: usize>(
    shared: &[[u64; N]; ROWS],
    counts: &mut [f64],
    (start, side): (usize, usize),
) {
    for (row, shared) in counts.chunks_exact_mut(side).zip(shared) {
        for (count, shared) in row[start..start + N].iter_mut().zip(shared) {
            *count = *shared as f64;
        }
    }
}

/// Neurons that each of some points, from a first one on, shares with each of N others.
#[inline(always)]
fn shared<const N: usize>(
    patterns: &Patterns,
    (first, rows): (usize, usize),
    start: usize,
) -> [[u64; N]; ROWS] {
    let mut counts = [[0; N]; ROWS];
    for words in patterns.words.chunks_exact(patterns.points) {
        let others = &words[start..start + N];
        for (k, counts) in counts.iter_mut().enumerate() {
            // Where fewer rows are left, the last one stands for those that are not.
            let own = words[first + k.min(rows - 1)];
            for (count, other) in counts.iter_mut().zip(others) {
                *count += u64::from((own & other).count_ones());
            }
        }
    }
    counts
}

/// Bytes of the patterns counted for a kernel with so many rows: a word for each block and point, twice.
pub(in crate::observe) fn held(side: u128, shape: &Shape) -> u128 {
    2 * 8 * side * shape.blocks()
}
