//! What is left of the theory of a run's start once the step was changed.

use super::{BoundEnd, PaperReport};
use crate::number::four_digits;

/// A change of the step δ in a run of gradient descent on all points or on batches.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DeltaChange {
    /// Steps done before it.
    pub at: u64,
    /// δ before it.
    pub from: f64,
    /// δ from there on.
    pub to: f64,
}

/// The reports of a start after the first change of δ: bounds that are stated for one step end at it, and
/// each report with such bounds says what its numbers are of. The step at the change itself was
/// reached with the old δ, so a bound holds up to it.
pub fn after_change(reports: &[PaperReport], change: DeltaChange) -> Vec<PaperReport> {
    let became = format!(
        "the step δ became {}, it was {}",
        four_digits(change.to),
        four_digits(change.from)
    );
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
