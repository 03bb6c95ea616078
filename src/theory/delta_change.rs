//! A change of the step in a run.

use serde::{Deserialize, Serialize};

use crate::number::compact;

/// A change of the step δ in a run of gradient descent on all points or on batches.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct DeltaChange {
    /// Steps done before it.
    pub at: u64,
    /// The time t of the run before it.
    pub time: f64,
    /// δ before it.
    pub from: f64,
    /// δ from there on.
    pub to: f64,
}

impl DeltaChange {
    /// Both steps, with all their figures where fewer would not tell them apart.
    pub(super) fn words(self) -> String {
        let [mut to, mut from] = [self.to, self.from].map(compact);
        if to == from {
            [to, from] = [self.to, self.from].map(|delta| format!("{delta:?}"));
        }
        format!("the step δ became {to}, it was {from}")
    }
}

impl std::fmt::Display for DeltaChange {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "At step {} {}", self.at, self.words())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_are_told_apart_however_near_they_are() {
        let words = |from, to| {
            let (at, time) = (1, 0.1);
            DeltaChange { at, time, from, to }.words()
        };
        assert_eq!(words(0.1, 0.2), "the step δ became 0.2, it was 0.1");
        assert_eq!(
            words(0.1, 0.100_001),
            "the step δ became 0.100001, it was 0.1"
        );
    }
}
