//! Loss curves.

use crate::figure::{Ink, Layer, Loss, LossOptions};
use crate::spec::{PanelKind, Quantity};

use super::key::{KeyEntry, Sample};
use super::names::{arm_entries, bound_entries, relabelled};
use super::view::COLUMNS;
use super::{Content, NoFigure, Plot, View};

/// What stands for a kind of curve, in the colour of no arm.
const KINDS: [(Quantity, &str); 3] = [
    (Quantity::TrainLoss, "training"),
    (Quantity::TestLoss, "test"),
    (Quantity::LinearizedTrainLoss, "linearized twin, training"),
];

pub(super) fn content(view: &View<'_>) -> Result<Content, NoFigure> {
    let shared = &view.choice.shared;
    let options = LossOptions {
        clock: view.clock(),
        log_x: shared.time.is_log(),
        bounds: shared.bounds,
        log_y: view.choice.loss.is_log_y(),
        hidden: &shared.hidden_arms,
        pointed: None,
        cursor: view.step,
        live: view.is_at_end(),
        view: None,
        columns: COLUMNS,
    };
    let loss = Loss::new(view.experiment, view.history, &options, None);
    if loss.rows.iter().all(|row| row.hidden) {
        return Err(NoFigure::Hidden);
    }
    let figure = relabelled(loss.figure, view);
    let mut key = arm_entries(view, |arm| {
        Sample::Line(Loss::shaft(Quantity::TrainLoss, arm))
    });
    let has = |quantity: Quantity| {
        let mut lines = figure.layers.iter().filter_map(|layer| match layer {
            Layer::Line(line) => Some(line),
            _ => None,
        });
        lines.any(|line| line.name.ends_with(quantity.title()) && is_of(&line.name, quantity))
    };
    let kinds: Vec<_> = KINDS
        .iter()
        .filter(|(quantity, _)| has(*quantity))
        .collect();
    if kinds.len() > 1 {
        let entry = |(quantity, name): &&(Quantity, &str)| {
            KeyEntry::new(*name, Ink::Path, Sample::Line(Loss::shaft(*quantity, 0)))
        };
        key.extend(kinds.iter().map(entry));
    }
    key.extend(bound_entries(&figure, &loss.bounds));
    Ok(Content {
        kind: PanelKind::Loss,
        title: "Loss over the run".to_owned(),
        sentence: String::new(),
        plots: vec![Plot::of(figure)],
        same_axes: true,
        key,
    })
}

/// Whether a line of this name is of a quantity: the name ends with the quantity's own, after the arm's.
fn is_of(name: &str, quantity: Quantity) -> bool {
    name.strip_suffix(quantity.title())
        .is_some_and(|arm| arm.ends_with(", "))
}
