//! The names of arms as a figure has them: as short as they still tell them apart.

use crate::figure::{BoundKey, Dash, Figure, Ink, Layer, MarkShape, Shaft, arm_name, short_names};

use super::key::{KeyEntry, Sample};
use super::view::View;

/// The name of every arm of what is looked at, hidden ones too.
pub(super) fn names(view: &View<'_>) -> Vec<String> {
    let arms = view.history.arms().iter();
    let labels: Vec<&str> = arms
        .map(|arm| arm_name(view.experiment, &arm.label))
        .collect();
    short_names(&labels)
}

/// An entry for every visible arm.
pub(super) fn arm_entries(view: &View<'_>, sample: impl Fn(usize) -> Sample) -> Vec<KeyEntry> {
    let hidden = &view.choice.shared.hidden_arms;
    let names = names(view).into_iter().enumerate();
    let shown = names.filter(|(arm, _)| !hidden.contains(arm));
    shown
        .map(|(arm, name)| KeyEntry::arm(arm, name, sample(arm)))
        .collect()
}

/// A line in the dash of an arm.
pub(super) fn arm_line(arm: usize) -> Sample {
    Sample::Line(Shaft {
        width: 2.0,
        opacity: 1.0,
        dash: Dash::Arm(arm),
    })
}

/// The figure with its arms named as the key names them, and at the end of a run without the marks that say
/// where the step shown is.
pub(super) fn relabelled(mut figure: Figure, view: &View<'_>) -> Figure {
    let names = names(view);
    let arms = view.history.arms();
    let name = |label: &str| {
        let index = arms.iter().position(|arm| arm.label == label)?;
        names.get(index).cloned()
    };
    for layer in &mut figure.layers {
        let label = match layer {
            Layer::Line(line) => line.end_label.as_mut(),
            Layer::Mark(mark) => Some(&mut mark.label),
            _ => None,
        };
        if let Some(label) = label
            && let Some(short) = name(label)
        {
            *label = short;
        }
    }
    if view.is_at_end() {
        let is_reading = |layer: &Layer| matches!(layer, Layer::Mark(mark) if mark.shape != MarkShape::Cross && mark.label.is_empty());
        figure.layers.retain(|layer| !is_reading(layer));
    }
    figure
}

/// An entry for every bound that a figure draws.
pub(super) fn bound_entries(figure: &Figure, bounds: &[BoundKey]) -> Vec<KeyEntry> {
    let drawn = |name: &str| {
        let layers = figure.layers.iter();
        let mut found = layers.filter_map(|layer| match layer {
            Layer::Bound(bound) if bound.line.name.ends_with(name) => Some(bound),
            _ => None,
        });
        found.next()
    };
    let entry = |key: &BoundKey| {
        let bound = drawn(&key.name)?;
        let needs = key
            .needs()
            .map_or(String::new(), |needs| format!(", {needs}"));
        let (ink, sample) = match bound.struck {
            true => (Ink::Ghost, Sample::Struck(bound.line.shaft)),
            false => (Ink::Path, Sample::Line(bound.line.shaft)),
        };
        Some(KeyEntry::new(format!("{}{needs}", key.name), ink, sample))
    };
    bounds.iter().filter_map(entry).collect()
}
