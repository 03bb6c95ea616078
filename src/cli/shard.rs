//! A part of the trials of a sweep.

use std::str::FromStr;

/// The i-th of N parts of the trials.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shard {
    /// From 1.
    pub index: usize,
    /// Number of parts.
    pub count: usize,
}

/// Most parts.
const MAX_COUNT: usize = 100_000;

impl Shard {
    /// Whether a unit belongs to the part: every N-th does, so that parts are alike.
    pub fn has(self, unit: usize) -> bool {
        unit % self.count == self.index - 1
    }
}

impl FromStr for Shard {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let parts = text.split_once('/');
        let numbers =
            parts.and_then(|(i, n)| Some((i.trim().parse().ok()?, n.trim().parse().ok()?)));
        match numbers {
            Some((index, count)) if (1..=count).contains(&index) && count <= MAX_COUNT => {
                Ok(Self { index, count })
            }
            _ => Err(format!(
                "allowed: I/N with I from 1 to N, N up to {MAX_COUNT}, as in 1/8"
            )),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_unit_belongs_to_one_part() {
        for count in [1, 2, 3, 7] {
            for unit in 0..50 {
                let parts = (1..=count).filter(|&index| Shard { index, count }.has(unit));
                assert_eq!(parts.count(), 1);
            }
        }
    }

    #[test]
    fn parts_that_are_none_are_refused() {
        for text in [
            "", "0/3", "4/3", "1/0", "a/b", "1", "1/100001", "-1/3", "1/3/5",
        ] {
            assert!(text.parse::<Shard>().is_err(), "{text}");
        }
        assert_eq!("2/3".parse(), Ok(Shard { index: 2, count: 3 }));
    }
}
