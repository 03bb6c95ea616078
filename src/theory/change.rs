//! What is left of the theory of a run's start once the step was changed.

use serde::{Deserialize, Serialize};

use super::{BoundEnd, PaperReport};
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
    fn words(self) -> String {
        let [mut to, mut from] = [self.to, self.from].map(compact);
        if to == from {
            [to, from] = [self.to, self.from].map(|delta| format!("{delta:?}"));
        }
        format!("the step δ became {to}, it was {from}")
    }
}

/// The reports of a start after the first change of δ: bounds that are stated for one step end at it, and
/// each report with such bounds says what its numbers are of. The step at the change itself was
/// reached with the old δ, so a bound holds up to it.
pub fn after_change(reports: &[PaperReport], change: DeltaChange) -> Vec<PaperReport> {
    let became = change.words();
    let mut reports = reports.to_vec();
    for report in &mut reports {
        let mut has_ended = false;
        for bound in &mut report.bounds {
            let Some(stated) = &bound.one_step else {
                continue;
            };
            let reason = format!("{became}; {stated}");
            bound.end = Some(BoundEnd {
                step: change.at,
                time: change.time,
                reason,
            });
            has_ended = true;
        }
        report.since = has_ended.then(|| {
            let at = change.at;
            format!(
                "At step {at} {became}: assumptions and sizes are those of the start and its step"
            )
        });
    }
    reports
}

/// The step at which bounds of these reports end; `None` where none does.
pub fn end_of(reports: &[PaperReport]) -> Option<u64> {
    let bounds = reports.iter().flat_map(|report| &report.bounds);
    bounds
        .filter_map(|bound| Some(bound.end.as_ref()?.step))
        .min()
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
