//! What is left of the theory of a run's start once the step was changed.

use super::{BoundEnd, DeltaChange, PaperReport};

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
        report.since = has_ended.then_some(change);
    }
    reports
}

/// The change at which bounds of these reports ended; `None` where none did.
pub fn change_of(reports: &[PaperReport]) -> Option<DeltaChange> {
    reports.iter().find_map(|report| report.since)
}
