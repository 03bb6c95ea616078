//! A seeded subset of labelled points, balanced over classes.

use rand::RngExt;

use crate::random::stream;
use crate::random::stream::Stream;

/// The points of each class, in seeded order.
#[derive(Clone, Debug)]
pub(super) struct Subset {
    by_class: Vec<Vec<usize>>,
}

impl Subset {
    /// Shuffles the points of each of `classes`; a class draws from its own block of `stream`, so
    /// that its order does not depend on the other classes chosen.
    pub fn new(labels: &[u8], classes: &[u8], seed: u64, stream: Stream) -> Self {
        let by_class = classes
            .iter()
            .map(|&class| {
                let members = labels
                    .iter()
                    .enumerate()
                    .filter(|&(_, &label)| label == class)
                    .map(|(index, _)| index)
                    .collect();
                shuffled(members, seed, stream, class)
            })
            .collect();
        Self { by_class }
    }

    /// Number of points of all classes.
    pub fn len(&self) -> usize {
        self.by_class.iter().map(Vec::len).sum()
    }

    /// All points, a class after the other in turn, without replacement: balanced to within one
    /// point as long as every class lasts, then the rest of the larger classes. The first n are
    /// the subset of size n.
    pub fn in_turn(&self) -> impl Iterator<Item = Pick> {
        let rounds = self.by_class.iter().map(Vec::len).max().unwrap_or(0);
        (0..rounds).flat_map(|round| {
            let members = self.by_class.iter().enumerate();
            members.filter_map(move |(class, points)| {
                points.get(round).map(|&point| Pick { point, class })
            })
        })
    }
}

/// A point of a subset.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Pick {
    /// Its number in the set it was taken from.
    pub point: usize,
    /// Position of its class among the classes chosen.
    pub class: usize,
}

/// Fisher–Yates from the front.
fn shuffled(mut members: Vec<usize>, seed: u64, stream: Stream, class: u8) -> Vec<usize> {
    let mut rng = stream::rng(seed, stream, u64::from(class));
    // A point's number fits 32 bits; drawing 32-bit numbers gives the same order on every machine.
    let count = members.len() as u32;
    for i in 0..count.saturating_sub(1) {
        members.swap(i as usize, rng.random_range(i..count) as usize);
    }
    members
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    /// 300 points of classes 0, 1, 2 in a row of 50, 100 and 150.
    fn labels() -> Vec<u8> {
        (0..300)
            .map(|i| {
                if i < 50 {
                    0
                } else if i < 150 {
                    1
                } else {
                    2
                }
            })
            .collect()
    }

    fn subset(classes: &[u8], seed: u64) -> Vec<usize> {
        let subset = Subset::new(&labels(), classes, seed, Stream::TrainSubset);
        subset.in_turn().map(|pick| pick.point).collect()
    }

    #[test]
    fn every_point_of_the_classes_comes_once_and_no_other() {
        let order = subset(&[2, 0], 1);
        let distinct: BTreeSet<_> = order.iter().copied().collect();
        assert_eq!(order.len(), 200);
        assert_eq!(distinct, (0..50).chain(150..300).collect());
    }

    #[test]
    fn classes_take_turns_until_one_is_used_up() {
        let labels = labels();
        let classes: Vec<u8> = subset(&[2, 0, 1], 1).iter().map(|&i| labels[i]).collect();
        assert!(classes[..150].chunks(3).all(|turn| turn == [2, 0, 1]));
        assert!(classes[150..250].chunks(2).all(|turn| turn == [2, 1]));
        assert!(classes[250..].iter().all(|&class| class == 2));
    }

    #[test]
    fn a_pick_carries_the_position_of_its_class() {
        let labels = labels();
        let chosen = [2, 0];
        let subset = Subset::new(&labels, &chosen, 1, Stream::TestSubset);
        assert!(
            subset
                .in_turn()
                .all(|pick| labels[pick.point] == chosen[pick.class])
        );
    }

    #[test]
    fn the_order_depends_on_the_seed_and_not_on_the_other_classes() {
        assert_ne!(subset(&[0], 1), subset(&[0], 2));
        let alone = subset(&[0], 1);
        let beside: Vec<_> = subset(&[0, 1], 1).into_iter().filter(|&i| i < 50).collect();
        assert_eq!(alone, beside);
    }

    #[test]
    fn every_place_is_equally_likely() {
        // Over 2000 seeds each of 5 points comes first 400 times in the mean, with deviation
        // √(2000·0.2·0.8) ≈ 18; 5 deviations either way.
        let mut first = [0u32; 5];
        for seed in 0..2000 {
            let order = shuffled((0..5).collect(), seed, Stream::TrainSubset, 0);
            first[order[0]] += 1;
        }
        assert!(
            first.iter().all(|count| (310..=490).contains(count)),
            "{first:?}"
        );
    }
}
