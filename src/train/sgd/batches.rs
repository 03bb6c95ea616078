//! The batches of stochastic gradient descent, any step's without the ones before.

use ndarray::Array2;
use rand::RngExt;

use crate::random::stream::{Stream, rng};

/// The batches of a run, in their order.
#[derive(Clone, Debug)]
pub struct Batches {
    n: usize,
    size: usize,
    seed: u64,
    source: Source,
    batch: Vec<usize>,
}

#[derive(Clone, Debug)]
enum Source {
    /// The order of the points in an epoch, once one was drawn.
    Shuffled(Option<(u64, Vec<usize>)>),
    WithReplacement,
    Given(Array2<usize>),
}

impl Batches {
    /// Without replacement: each epoch a new random order of the n points, cut into batches of
    /// `size`; the last one of an epoch is smaller where `size` does not divide n.
    pub fn shuffled(n: usize, size: usize, seed: u64) -> Self {
        Self::of(n, size, seed, Source::Shuffled(None))
    }

    /// With replacement: each point of each batch drawn by itself.
    pub fn with_replacement(n: usize, size: usize, seed: u64) -> Self {
        Self::of(n, size, seed, Source::WithReplacement)
    }

    /// The rows of `indices`, a batch a row; batches beyond them are empty.
    pub fn given(n: usize, indices: Array2<usize>) -> Self {
        Self::of(n, indices.ncols(), 0, Source::Given(indices))
    }

    fn of(n: usize, size: usize, seed: u64, source: Source) -> Self {
        Self {
            n,
            size: size.max(1),
            seed,
            source,
            batch: Vec::new(),
        }
    }

    /// Points in a batch, but for a smaller last one of an epoch.
    pub fn size(&self) -> usize {
        self.size
    }

    /// Steps in which about as many points are seen as there are.
    pub fn steps_per_epoch(&self) -> u64 {
        self.n.div_ceil(self.size).max(1) as u64
    }

    /// The points of the batch of a step, counted from 0.
    pub fn at(&mut self, step: u64) -> &[usize] {
        let (n, size, seed) = (self.n, self.size, self.seed);
        let per_epoch = self.steps_per_epoch();
        match &mut self.source {
            Source::Shuffled(drawn) => {
                let epoch = step / per_epoch;
                if drawn.as_ref().is_none_or(|(of, _)| *of != epoch) {
                    *drawn = Some((epoch, permutation(n, seed, epoch)));
                }
                let order = drawn.as_ref().map_or(&[][..], |(_, order)| order);
                let first = (step % per_epoch) as usize * size;
                order.get(first..n.min(first + size)).unwrap_or_default()
            }
            Source::WithReplacement => {
                let mut rng = rng(seed, Stream::Batches, step);
                self.batch.clear();
                self.batch.extend((0..size).map(|_| rng.random_range(0..n)));
                &self.batch
            }
            Source::Given(indices) => {
                self.batch.clear();
                let row = usize::try_from(step).unwrap_or(usize::MAX);
                if row < indices.nrows() {
                    self.batch.extend(indices.row(row));
                }
                &self.batch
            }
        }
    }
}

/// A random order of 0..n (Fisher–Yates).
fn permutation(n: usize, seed: u64, epoch: u64) -> Vec<usize> {
    let mut rng = rng(seed, Stream::Batches, epoch);
    let mut order: Vec<usize> = (0..n).collect();
    for i in (1..n).rev() {
        order.swap(i, rng.random_range(0..=i));
    }
    order
}

#[cfg(test)]
mod tests {
    use ndarray::array;

    use super::*;

    #[test]
    fn an_epoch_visits_every_point_once_and_ends_with_a_smaller_batch() {
        let mut batches = Batches::shuffled(10, 4, 3);
        assert_eq!(batches.steps_per_epoch(), 3);
        let mut orders = Vec::new();
        for epoch in 0..3 {
            let sizes: Vec<usize> = (0..3).map(|k| batches.at(3 * epoch + k).len()).collect();
            assert_eq!(sizes, [4, 4, 2]);
            let order: Vec<usize> = (0..3)
                .flat_map(|k| batches.at(3 * epoch + k).to_vec())
                .collect();
            let mut sorted = order.clone();
            sorted.sort_unstable();
            assert_eq!(sorted, (0..10).collect::<Vec<_>>());
            orders.push(order);
        }
        assert_ne!(orders[0], orders[1]);
        assert_ne!(orders[1], orders[2]);
    }

    #[test]
    fn a_batch_does_not_depend_on_the_ones_before() {
        for make in [Batches::shuffled, Batches::with_replacement] {
            let mut in_order = make(50, 7, 11);
            let all: Vec<Vec<usize>> = (0..40).map(|step| in_order.at(step).to_vec()).collect();
            assert_eq!(make(50, 7, 11).at(33), all[33]);
            assert_ne!(make(50, 7, 12).at(33), all[33]);
        }
    }

    #[test]
    fn draws_with_replacement_are_even_and_repeat_points() {
        let mut batches = Batches::with_replacement(5, 1000, 1);
        let mut counts = [0; 5];
        for step in 0..10 {
            batches.at(step).iter().for_each(|a| counts[*a] += 1);
        }
        // Binomial with 10 000 draws and share 1/5: a standard deviation of 40.
        assert!(
            counts.iter().all(|c| (1800..2200).contains(c)),
            "{counts:?}"
        );
    }

    #[test]
    fn given_batches_end_with_the_file() {
        let mut batches = Batches::given(9, array![[3, 3], [8, 0]]);
        assert_eq!(batches.at(1), [8, 0]);
        assert!(batches.at(2).is_empty());
    }
}
