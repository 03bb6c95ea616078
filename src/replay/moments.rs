//! The records a replay shows, and where each stands on its axis.

use std::collections::BTreeSet;

use crate::figure::{Axis, Clock};
use crate::history::{ArmHistory, RunHistory};
use crate::number;

/// The records shown, by rising step: the first and the last of the run, and as many between them as are
/// asked for, evenly on the axis over the run.
#[derive(Clone, Debug, PartialEq)]
pub struct Moments {
    /// Their steps.
    pub steps: Vec<u64>,
    /// Where each stands on the axis, from 0 to 1.
    pub places: Vec<f64>,
    /// What each is called: `step 120`.
    pub labels: Vec<String>,
    /// Records there are in all.
    pub of: usize,
}

impl Moments {
    /// At most so many of a history; `axis` is the one over the run on this clock.
    pub fn new(history: &RunHistory, (clock, axis): (Clock, &Axis), most: usize) -> Self {
        let records = history.own_arms().iter().flat_map(ArmHistory::records);
        let all: BTreeSet<u64> = records.map(|record| record.step).collect();
        let all: Vec<(u64, f64)> = all
            .into_iter()
            .map(|step| (step, share(history, (clock, axis), step)))
            .collect();
        let kept = spread(&all, most.max(2));
        Self {
            steps: kept.iter().map(|(step, _)| *step).collect(),
            places: kept.iter().map(|(_, place)| *place).collect(),
            labels: kept
                .iter()
                .map(|(step, _)| label(history, clock, *step))
                .collect(),
            of: all.len(),
        }
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.steps.len()
    }

    /// What is left out, in a sentence; `None` where every record is shown.
    pub fn statement(&self) -> Option<String> {
        let (shown, of) = (self.count() as u64, self.of as u64);
        (shown < of).then(|| {
            format!(
                "{} of {} records can be scrubbed to, evenly on the axis over the run; the curves have them all.",
                number::count(shown),
                number::count(of)
            )
        })
    }
}

/// Time of a step, as the arm that is the furthest has it.
fn time(history: &RunHistory, step: u64) -> f64 {
    let records = history.own_arms().iter().filter_map(|arm| arm.at(step));
    records.max_by_key(|r| r.step).map_or(0.0, |r| r.time)
}

/// Where a step stands on the axis; what has no place there stands at its start.
fn share(history: &RunHistory, (clock, axis): (Clock, &Axis), step: u64) -> f64 {
    let value = clock.value(step as f64, time(history, step));
    let place = axis.scale.place(value).unwrap_or(axis.range.low);
    ((place - axis.range.low) / axis.range.span()).clamp(0.0, 1.0)
}

fn label(history: &RunHistory, clock: Clock, step: u64) -> String {
    let count = number::count(step);
    match clock {
        Clock::Steps => format!("step {count}"),
        Clock::Time => format!(
            "step {count}, t = {}",
            number::number(time(history, step), 3)
        ),
    }
}

/// The first and the last, and between them those nearest to even places.
fn spread(all: &[(u64, f64)], most: usize) -> Vec<(u64, f64)> {
    let (Some(first), Some(last)) = (all.first(), all.last()) else {
        return Vec::new();
    };
    if all.len() <= most {
        return all.to_vec();
    }
    let mut kept: Vec<usize> = (0..most)
        .map(|k| {
            let wanted = first.1 + (last.1 - first.1) * k as f64 / (most - 1) as f64;
            nearest(all, wanted)
        })
        .collect();
    kept.push(0);
    kept.push(all.len() - 1);
    kept.sort_unstable();
    kept.dedup();
    kept.into_iter()
        .filter_map(|index| all.get(index).copied())
        .collect()
}

fn nearest(all: &[(u64, f64)], wanted: f64) -> usize {
    let after = all.partition_point(|(_, place)| *place < wanted);
    let distance = |index: &usize| {
        let place = all.get(*index).map_or(f64::INFINITY, |(_, place)| *place);
        (place - wanted).abs()
    };
    let around = [after.saturating_sub(1), after.min(all.len() - 1)];
    around
        .into_iter()
        .min_by(|a, b| distance(a).total_cmp(&distance(b)))
        .unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ends_are_kept_and_the_others_are_even_on_the_axis() {
        let all: Vec<(u64, f64)> = (0..1000).map(|k| (k, (k as f64 / 999.0).powi(3))).collect();
        let kept = spread(&all, 21);
        assert!(kept.len() <= 23 && kept.len() >= 19, "{}", kept.len());
        assert_eq!(kept.first().map(|k| k.0), Some(0));
        assert_eq!(kept.last().map(|k| k.0), Some(999));
        let widest = kept.windows(2).map(|w| w[1].1 - w[0].1).fold(0.0, f64::max);
        assert!(widest < 0.06, "{widest}");
    }

    #[test]
    fn few_records_are_all_kept() {
        let all = [(0, 0.0), (3, 0.0), (9, 1.0)];
        assert_eq!(spread(&all, 3), all);
        assert!(spread(&[], 3).is_empty());
    }
}
