//! The curves of a sweep over one field.

use crate::figure::{CurveRow, Curves, CurvesOptions};
use crate::number;
use crate::spec::PanelKind;

use super::key::KeyEntry;
use super::names::arm_line;
use super::{Content, NoFigure, Plot, View};

pub(super) fn content(view: &View<'_>) -> Result<Content, NoFigure> {
    let sweep = view.sweep.filter(|(plan, _)| plan.y().is_none());
    let Some((plan, table)) = sweep else {
        return Err(NoFigure::NO_CURVES);
    };
    let choice = &view.choice.sweep;
    let options = CurvesOptions {
        value: choice.value(plan),
        log: [choice.log_x, choice.log_y].map(|axis| axis.0),
        hidden: &view.choice.shared.hidden_arms,
    };
    let curves = Curves::new(plan, table, &options, None);
    if curves.rows.iter().all(|row| row.hidden) {
        return Err(NoFigure::Hidden);
    }
    let figure = curves.figure.ok_or(NoFigure::NoValue)?;
    let rows = curves
        .rows
        .iter()
        .enumerate()
        .filter(|(_, row)| !row.hidden);
    let key = rows.map(|(arm, row)| KeyEntry::arm(arm, name(row), arm_line(arm)));
    Ok(Content {
        kind: PanelKind::Curves,
        title: "Outcome of a sweep over one field".to_owned(),
        sentence: String::new(),
        key: key.collect(),
        plots: vec![Plot::of(figure)],
        same_axes: true,
    })
}

/// The arm with its exponent, where there is one with an interval.
fn name(row: &CurveRow) -> String {
    match row.slope.map(|slope| (slope.fit.slope, slope.half_width)) {
        Some((slope, Ok(half))) => {
            format!("{}: slope {}", row.label, number::plus_minus(slope, half))
        }
        _ => row.label.clone(),
    }
}
