//! Movement of the weights, and every other quantity over the run.

use crate::figure::{Samples, Trace, neuron_distances};
use crate::page::choice::{NEURONS_MEANING, WeightsView};
use crate::spec::PanelKind;

use super::names::{arm_entries, arm_line, bound_entries, relabelled};
use super::{Content, NoFigure, Plot, View};

pub(super) fn content(view: &View<'_>) -> Result<Content, NoFigure> {
    let views = WeightsView::all(view.history);
    let chosen = view.choice.weights.filter(|chosen| views.contains(chosen));
    let Some(shown) = chosen.or(views.first().copied()) else {
        return Err(NoFigure::Unmeasured {
            title: "No movement was measured",
            remedy: "Add Distances, PathLength, PatternChanges or NeuronDistances to the preset's observables.",
        });
    };
    let hidden = &view.choice.shared.hidden_arms;
    if hidden.len() >= view.history.arms().len() {
        return Err(NoFigure::Hidden);
    }
    let mut key = arm_entries(view, arm_line);
    let figure = match shown {
        WeightsView::Over(quantity) => {
            let options = view.trace(quantity);
            let trace = Trace::new(view.experiment, view.history, &options, None);
            let figure = relabelled(trace.figure.ok_or(NoFigure::NoValue)?, view);
            key.extend(bound_entries(&figure, &trace.bounds));
            figure
        }
        WeightsView::Neurons => {
            let samples = Samples {
                pick: neuron_distances,
                label: "‖w_r(t) − w_r(0)‖",
                definition: NEURONS_MEANING,
                ghost: false,
                hidden,
                cursor: view.step,
            };
            samples
                .figure(view.history, None)
                .ok_or(NoFigure::NoValue)?
        }
    };
    Ok(Content {
        kind: PanelKind::Weights,
        title: match shown {
            WeightsView::Over(quantity) => format!("{} over the run", quantity.title()),
            WeightsView::Neurons => "How far the neurons have moved".to_owned(),
        },
        sentence: String::new(),
        plots: vec![Plot::of(figure)],
        same_axes: true,
        key,
    })
}
