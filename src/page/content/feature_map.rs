//! Feature maps of the arms, a plot an arm.

use crate::figure::{FeatureMap, FeatureMapOptions, Ink, Layer};
use crate::number;
use crate::spec::PanelKind;

use super::key::{KeyEntry, Sample};
use super::names::names;
use super::{Content, NoFigure, Plot, View};

/// What the colours of neurons mean.
const INKS: [(Ink, &str); 4] = [
    (Ink::Positive, "v_i > 0"),
    (Ink::Negative, "v_i < 0"),
    (Ink::Ghost, "start"),
    (Ink::Before, "before"),
];

pub(super) fn content(view: &View<'_>) -> Result<Content, NoFigure> {
    let choice = view.choice.feature_map;
    let options = FeatureMapOptions {
        x1: choice.x1,
        x2: choice.x2,
        trails: choice.trails,
        same_scale: choice.same_scale,
        hidden: &view.choice.shared.hidden_arms,
        cursor: view.step,
    };
    let map = FeatureMap::new(view.history, &options, None);
    if map.plots.is_empty() {
        return Err(NoFigure::Hidden);
    }
    let names = names(view);
    let plots = map.plots.into_iter().filter_map(|plot| {
        let movement = plot.movement.filter(|movement| movement.is_finite());
        let note = movement.map(|v| format!("mean |Δh| = {}", number::number(v, 2)));
        Some(Plot {
            name: names.get(plot.arm).cloned().unwrap_or_default(),
            note: note.unwrap_or_default(),
            arm: Some(plot.arm),
            square: true,
            ..Plot::of(plot.figure?)
        })
    });
    let plots: Vec<Plot> = plots.collect();
    if plots.is_empty() {
        return Err(NoFigure::Unmeasured {
            title: "No features were recorded",
            remedy: "Add FeatureMap(x1: Train(0), x2: Test(0)) to the preset's observables.",
        });
    }
    let layers = || plots.iter().flat_map(|plot| &plot.figure.layers);
    let is_drawn =
        |ink: Ink| layers().any(|layer| matches!(layer, Layer::Scatter(dots) if dots.ink == ink));
    let inks = INKS.iter().filter(|(ink, _)| is_drawn(*ink));
    let key = inks.map(|(ink, name)| KeyEntry::new(*name, *ink, Sample::Dot));
    Ok(Content {
        kind: PanelKind::FeatureMap,
        title: "Features of the hidden neurons at two points".to_owned(),
        sentence: String::new(),
        key: key.collect(),
        same_axes: choice.same_scale,
        plots,
    })
}
