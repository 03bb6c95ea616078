//! The phase diagram of a sweep over two fields, a plot an arm.

use crate::figure::{Axis, Ink, Palette, Phase, PhaseOptions};
use crate::spec::PanelKind;

use super::key::{KeyEntry, Sample};
use super::{ColourBar, Content, NoFigure, Plot, View};

pub(super) fn content(view: &View<'_>) -> Result<Content, NoFigure> {
    let sweep = view.sweep.filter(|(plan, _)| plan.y().is_some());
    let Some((plan, table)) = sweep else {
        return Err(NoFigure::NO_PHASE);
    };
    let choice = &view.choice.sweep;
    let value = choice.value(plan);
    let arms = &plan.experiment().arms;
    let hidden = &view.choice.shared.hidden_arms;
    let shown: Vec<_> = arms
        .iter()
        .filter(|arm| !hidden.contains(&arm.index))
        .collect();
    let (mut plots, mut key) = (Vec::new(), Vec::new());
    for arm in &shown {
        let options = PhaseOptions {
            arm: arm.index,
            value: value.clone(),
            log: [choice.log_x, choice.log_y, choice.log_value].map(|axis| axis.0),
        };
        let Some(phase) = Phase::new(plan, table, &options) else {
            continue;
        };
        let name = if arms.len() > 1 {
            arm.label.clone()
        } else {
            String::new()
        };
        for line in &phase.keys {
            let text = match name.as_str() {
                "" => line.text.clone(),
                name => format!("{name}: {}", line.text),
            };
            key.push(KeyEntry::new(text, Ink::Path, Sample::Line(line.shaft)));
        }
        let (label, definition) = Phase::value_axis(plan, &value);
        let colour_bar = phase.colours.map(|(scale, range)| ColourBar {
            palette: Palette::Size,
            axis: Axis {
                label,
                definition,
                scale,
                whole: false,
                range,
                marks: Vec::new(),
            },
        });
        plots.push(Plot {
            name,
            arm: (arms.len() > 1).then_some(arm.index),
            colour_bar,
            ..Plot::of(phase.figure)
        });
    }
    // Arms have the same colours: one bar is enough.
    let last = plots.len().saturating_sub(1);
    plots
        .iter_mut()
        .take(last)
        .for_each(|plot| plot.colour_bar = None);
    if plots.is_empty() {
        return Err(NoFigure::Hidden);
    }
    Ok(Content {
        kind: PanelKind::Phase,
        title: "Outcome of a sweep over two fields".to_owned(),
        sentence: String::new(),
        plots,
        same_axes: true,
        key,
    })
}
