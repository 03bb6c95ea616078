//! Movement of the weights, and every other quantity over the run, with the bounds on it.

use std::collections::BTreeSet;
use std::sync::Arc;

use egui::{Id, Ui};

use crate::figure::{Figure, Samples, Trace, TraceOptions, neuron_distances, struck_arm};
use crate::number;
use crate::spec::{PanelKind, Quantity};
use crate::ui::action::Action;

use super::parts::bounds::bounds_ui;
use super::parts::cache::{cached, forget};
use super::parts::choice::list_ui;
use super::parts::lack::Lack;
use super::parts::shared::SharedChoice;
use super::parts::table::{Column, RowHead, Touched, table_ui};
use super::parts::touch::{pointed, touch};
use super::parts::trace::{arm_head, plot_ui, trace_options};
use super::row::{Panel, Shows};
use super::{PanelInput, PanelState};

/// The panel.
pub(super) const ROW: Panel = Panel {
    kind: PanelKind::Weights,
    key: "weights",
    title: "Weights",
    description: "Movement of the weights over the run, or any other quantity that was measured.",
    shows: Shows::Run,
    least: [300.0, 360.0],
    lack: |input| {
        WeightsView::all(input.history)
            .is_empty()
            .then_some(UNMEASURED)
    },
    draw: weights_ui,
};

use crate::page::choice::NEURONS_MEANING;
pub use crate::page::choice::WeightsView;

/// What is said where the run has nothing of the kind.
const UNMEASURED: Lack = Lack {
    title: "No movement was measured",
    remedy: "Add Distances, PathLength, PatternChanges or NeuronDistances to the preset's observables.",
};

/// What is said where it has, but not of the arms shown.
const NOTHING_FINITE: Lack = Lack {
    title: "Nothing to show yet",
    remedy: "No arm shown has a finite value.",
};

/// Draws the weights panel.
fn weights_ui(
    ui: &mut Ui,
    input: PanelInput<'_>,
    state: &mut PanelState,
    actions: &mut Vec<Action>,
) {
    let id = ui.scope_id().with("weights");
    let views = cached(ui, id.with("views"), input.history, &(), |(), _| {
        WeightsView::all(input.history)
    });
    let wanted = state.weights.filter(|view| views.contains(view));
    let Some(view) = wanted.or(views.first().copied()) else {
        return UNMEASURED.show(ui, input.theme);
    };
    choice_ui(ui, input, &mut state.weights, (&views, view));
    match view {
        WeightsView::Over(quantity) => over_ui(ui, id, input, &mut state.shared, quantity, actions),
        WeightsView::Neurons => neurons_ui(ui, id, input, &mut state.shared, actions),
    }
}

fn choice_ui(
    ui: &mut Ui,
    input: PanelInput<'_>,
    chosen: &mut Option<WeightsView>,
    (views, now): (&[WeightsView], WeightsView),
) {
    ui.horizontal(|ui| {
        let names = ("shown", "Quantity shown");
        let words = |view: WeightsView| [view.title(), view.definition()];
        let clicked = list_ui(ui, input.theme, names, (views, now), words);
        *chosen = clicked.or(*chosen);
    });
}

fn over_ui(
    ui: &mut Ui,
    id: Id,
    input: PanelInput<'_>,
    shared: &mut SharedChoice,
    quantity: Quantity,
    actions: &mut Vec<Action>,
) {
    let trace = trace(ui, id, input, shared, quantity);
    let touched = numbers_ui(ui, input, &trace);
    touch(ui, id, &mut shared.hidden_arms, touched);
    let pointed = pointed(ui, id);
    let struck = struck_arm(input.history, quantity, &shared.hidden_arms, pointed);
    bounds_ui(ui, input.theme, &trace.bounds, struck, &mut shared.bounds);
    let Some(figure) = &trace.figure else {
        return nothing_ui(ui, input, trace.rows.iter().all(|r| r.hidden));
    };
    let plot = id.with(("plot", quantity.column()));
    if plot_ui(ui, plot, input, shared, (figure, true), actions) {
        forget::<Trace>(ui, id);
    }
}

fn nothing_ui(ui: &mut Ui, input: PanelInput<'_>, all_hidden: bool) {
    let lack = if all_hidden {
        Lack::ALL_HIDDEN
    } else {
        NOTHING_FINITE
    };
    lack.show(ui, input.theme);
}

fn trace(
    ui: &Ui,
    id: Id,
    input: PanelInput<'_>,
    shared: &SharedChoice,
    quantity: Quantity,
) -> Arc<Trace> {
    let options = TraceOptions {
        pointed: pointed(ui, id),
        ..trace_options(ui, input, shared, quantity)
    };
    cached(ui, id, input.history, &options, |options, before| {
        Trace::new(input.experiment, input.history, options, before)
    })
}

fn numbers_ui(ui: &mut Ui, input: PanelInput<'_>, trace: &Trace) -> Option<Touched> {
    let rows = trace.rows.iter().enumerate();
    let heads: Vec<RowHead> = rows
        .map(|(i, row)| arm_head(input, i, &row.label, (row.hidden, &row.status)))
        .collect();
    let column = |header: &str, tooltip: &str, rank, values: Vec<Option<f64>>| Column {
        header: header.to_owned(),
        tooltip: format!(
            "{}, {tooltip}: {}",
            trace.quantity.title(),
            trace.quantity.definition()
        ),
        sample: None,
        cells: number::column(&values, 3),
        rank,
    };
    let now = trace.rows.iter().map(|r| r.now).collect();
    let start = trace.rows.iter().map(|r| r.start).collect();
    let columns = [
        column("now", "at the step shown", 0, now),
        column("at the start", "at the first record", 1, start),
    ];
    table_ui(ui, input.theme, &heads, &columns)
}

fn neurons_ui(
    ui: &mut Ui,
    id: Id,
    input: PanelInput<'_>,
    shared: &mut SharedChoice,
    actions: &mut Vec<Action>,
) {
    let id = id.with("neurons");
    let options = (&shared.hidden_arms, input.cursor);
    let build = |&(hidden, cursor): &(&BTreeSet<usize>, u64), before: Option<&Option<Figure>>| {
        let samples = Samples {
            pick: neuron_distances,
            label: "‖w_r(t) − w_r(0)‖",
            definition: NEURONS_MEANING,
            ghost: false,
            hidden,
            cursor,
        };
        samples.figure(input.history, before.and_then(Option::as_ref))
    };
    let figure = cached(ui, id, input.history, &options, build);
    let Some(figure) = figure.as_ref() else {
        let all = input.history.arms().len();
        return nothing_ui(ui, input, shared.hidden_arms.len() >= all);
    };
    if plot_ui(ui, id.with("plot"), input, shared, (figure, false), actions) {
        forget::<Option<Figure>>(ui, id);
    }
}
