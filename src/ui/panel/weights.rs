//! Movement of the weights, and every other quantity over the run, with the bounds on it.

use std::hash::Hash;
use std::sync::Arc;

use egui::{ComboBox, Id, Ui};

use crate::figure::{
    Figure, Samples, Trace, TraceOptions, neuron_distances, number, struck_arm, trace_quantities,
};
use crate::spec::Quantity;

use super::parts::bounds::bounds_ui;
use super::parts::cache::{cached, forget};
use super::parts::choice::caption_ui;
use super::parts::stage::message_ui;
use super::parts::table::{Column, RowHead, Touched, table_ui};
use super::parts::touch::{pointed, touch};
use super::parts::trace::{arm_head, plot_ui, trace_options};
use super::{PanelInput, PanelState};

/// What the weights panel shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum WeightsView {
    /// A quantity over the run.
    Over(Quantity),
    /// How far each of a sample of neurons has moved, at one step.
    Neurons,
}

/// Name of the histogram.
const NEURONS: &str = "neuron by neuron";

/// What the histogram shows.
const NEURONS_MEANING: &str =
    "how many of a sample of neurons have moved how far, ‖w_r(t) − w_r(0)‖, at the step shown";

impl WeightsView {
    fn title(self) -> &'static str {
        match self {
            Self::Over(quantity) => quantity.title(),
            Self::Neurons => NEURONS,
        }
    }

    fn definition(self) -> &'static str {
        match self {
            Self::Over(quantity) => quantity.definition(),
            Self::Neurons => NEURONS_MEANING,
        }
    }
}

/// Draws the weights panel.
pub(super) fn weights_ui(ui: &mut Ui, input: PanelInput<'_>, state: &mut PanelState) {
    let id = ui.scope_id().with("weights");
    let views = cached(
        ui,
        id.with("views"),
        input.history,
        |_| {},
        |_| views(input),
    );
    let wanted = state.weights_view.filter(|view| views.contains(view));
    let Some(view) = wanted.or(views.first().copied()) else {
        let detail = "Add Distances, PathLength, PatternChanges or NeuronDistances to the preset's observables.";
        return message_ui(ui, input.theme, "No movement was measured", detail);
    };
    choice_ui(ui, input, state, (&views, view));
    match view {
        WeightsView::Over(quantity) => over_ui(ui, id, input, state, quantity),
        WeightsView::Neurons => neurons_ui(ui, id, input, state),
    }
}

/// What the run has measured.
fn views(input: PanelInput<'_>) -> Vec<WeightsView> {
    let quantities = trace_quantities(input.history).into_iter();
    let mut views: Vec<WeightsView> = quantities.map(WeightsView::Over).collect();
    let ends = input
        .history
        .arms()
        .iter()
        .flat_map(|a| [a.first(), a.last()]);
    if ends.flatten().any(|r| r.neuron_distances.is_some()) {
        views.insert(views.len().min(6), WeightsView::Neurons);
    }
    views
}

fn choice_ui(
    ui: &mut Ui,
    input: PanelInput<'_>,
    state: &mut PanelState,
    (views, now): (&[WeightsView], WeightsView),
) {
    ui.horizontal(|ui| {
        caption_ui(ui, input.theme, "shown");
        let width = (ui.available_width() - 8.0).clamp(80.0, 230.0);
        let combo = ComboBox::from_id_salt("weights")
            .selected_text(now.title())
            .truncate()
            .width(width);
        let response = combo.show_ui(ui, |ui| {
            for view in views {
                let choice = ui.selectable_label(*view == now, view.title());
                if choice.on_hover_text(view.definition()).clicked() {
                    state.weights_view = Some(*view);
                }
            }
        });
        response
            .response
            .on_hover_text(format!("{}: {}", now.title(), now.definition()))
            .accessible_name("Quantity shown");
    });
}

fn over_ui(ui: &mut Ui, id: Id, input: PanelInput<'_>, state: &mut PanelState, quantity: Quantity) {
    let trace = trace(ui, id, input, state, quantity);
    let touched = numbers_ui(ui, input, &trace);
    touch(ui, id, state, touched);
    let struck = struck_arm(input.history, quantity, &state.hidden_arms, pointed(ui, id));
    bounds_ui(ui, input.theme, &trace.bounds, struck, &mut state.bounds);
    let Some(figure) = &trace.figure else {
        return nothing_ui(ui, input, trace.rows.iter().all(|r| r.hidden));
    };
    let plot = id.with(("plot", quantity.column()));
    if plot_ui(ui, plot, input, state, (figure, true)) {
        forget::<Trace>(ui, id);
    }
}

fn nothing_ui(ui: &mut Ui, input: PanelInput<'_>, all_hidden: bool) {
    let (title, detail) = if all_hidden {
        ("Every arm is hidden", "Click a name above to show its arm.")
    } else {
        ("Nothing to show yet", "No arm shown has a finite value.")
    };
    message_ui(ui, input.theme, title, detail);
}

fn trace(
    ui: &Ui,
    id: Id,
    input: PanelInput<'_>,
    state: &PanelState,
    quantity: Quantity,
) -> Arc<Trace> {
    let shown = trace_options(ui, input, state, quantity);
    let pointed = pointed(ui, id);
    let options = |hasher: &mut std::hash::DefaultHasher| {
        pointed.hash(hasher);
        (
            quantity,
            state.clock(input),
            state.loss_log_x,
            state.trace_log_y,
        )
            .hash(hasher);
        (state.bounds, &state.hidden_arms, shown.columns).hash(hasher);
        (input.cursor, input.live).hash(hasher);
    };
    cached(ui, id, input.history, options, |held: Option<&Trace>| {
        let options = TraceOptions {
            held,
            pointed,
            ..shown.clone()
        };
        Trace::new(input.experiment, input.history, &options)
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

fn neurons_ui(ui: &mut Ui, id: Id, input: PanelInput<'_>, state: &mut PanelState) {
    let id = id.with("neurons");
    let options =
        |hasher: &mut std::hash::DefaultHasher| (&state.hidden_arms, input.cursor).hash(hasher);
    let figure = cached(
        ui,
        id,
        input.history,
        options,
        |held: Option<&Option<Figure>>| {
            let samples = Samples {
                pick: neuron_distances,
                label: "‖w_r(t) − w_r(0)‖",
                definition: NEURONS_MEANING,
                ghost: false,
                hidden: &state.hidden_arms,
                cursor: input.cursor,
                held: held.and_then(Option::as_ref),
            };
            samples.figure(input.history)
        },
    );
    let Some(figure) = figure.as_ref() else {
        let all = input.history.arms().len();
        return nothing_ui(ui, input, state.hidden_arms.len() >= all);
    };
    if plot_ui(ui, id.with("plot"), input, state, (figure, false)) {
        forget::<Option<Figure>>(ui, id);
    }
}
