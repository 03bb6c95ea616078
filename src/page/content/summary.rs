//! One number of every arm against what the arms vary.

use crate::figure::{SUMMARY_SHAFT, Summary, SummaryFit, SummaryOptions, summary_quantities};
use crate::number;
use crate::spec::{PanelKind, Quantity};

use super::key::{KeyEntry, Sample};
use super::names::{arm_entries, relabelled};
use super::{Content, NoFigure, Plot, View};

/// The summary as it was chosen, and what it is of; `None` where nothing was measured.
pub fn summary(view: &View<'_>) -> Option<(Quantity, Summary)> {
    let measured = summary_quantities(view.history);
    let choice = &view.choice.summary;
    let wanted = choice.quantity(view.experiment);
    let wanted = wanted.filter(|quantity| measured.contains(quantity));
    let quantity = wanted.or(measured.first().copied())?;
    let options = SummaryOptions {
        quantity,
        moment: choice.moment(view.experiment),
        field: choice.field(view.experiment),
        log: [choice.log_x, choice.log_y].map(|axis| axis.0),
        hidden: &view.choice.shared.hidden_arms,
        cursor: view.step,
    };
    let summary = Summary::new(view.experiment, view.history, &options, None);
    Some((quantity, summary))
}

pub(super) fn content(view: &View<'_>) -> Result<Content, NoFigure> {
    let Some((quantity, summary)) = summary(view) else {
        return Err(NoFigure::Unmeasured {
            title: "Nothing was measured",
            remedy: "Add Loss to the preset's observables.",
        });
    };
    if summary.rows.iter().all(|row| row.hidden) {
        return Err(NoFigure::Hidden);
    }
    let figure = summary.figure.ok_or(NoFigure::NoValue)?;
    let mut key = arm_entries(view, |_| Sample::Dot);
    // Only the run's own arms have a mark.
    let has_mark = |arm: usize| summary.rows.get(arm).is_some_and(|row| row.at.is_some());
    key.retain(|entry| entry.arm.is_none_or(has_mark));
    key.extend(summary.fits.iter().map(fit_entry));
    Ok(Content {
        kind: PanelKind::Summary,
        title: format!("{} against {}", quantity.title(), figure.x.label),
        sentence: String::new(),
        plots: vec![Plot::of(relabelled(figure, view))],
        same_axes: true,
        key,
    })
}

/// The fitted exponent, with the sample of its line.
fn fit_entry(fit: &SummaryFit) -> KeyEntry {
    let slope = number::number(fit.line.slope, 3);
    let name = match fit.name.as_str() {
        "" => format!("slope {slope}"),
        name => format!("{name}: slope {slope}"),
    };
    KeyEntry::new(name, fit.ink, Sample::Line(SUMMARY_SHAFT))
}
