//! Imbalance of the two layers.

use std::hash::Hash;
use std::sync::Arc;

use egui::{Id, Ui};

use crate::figure::{Imbalance, ImbalanceOptions, ImbalanceRow, ImbalanceView, number};
use crate::spec::Quantity;

use super::parts::cache::{cached, forget};
use super::parts::choice::word_ui;
use super::parts::stage::message_ui;
use super::parts::table::{Column, RowHead, Touched, table_ui};
use super::parts::touch::touch;
use super::parts::trace::{arm_head, plot_ui, trace_options};
use super::{PanelInput, PanelState};

/// Draws the imbalance panel.
pub(super) fn imbalance_ui(ui: &mut Ui, input: PanelInput<'_>, state: &mut PanelState) {
    let id = ui.scope_id().with("imbalance");
    let imbalance = figure(ui, id, input, state);
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 2.0;
        for view in ImbalanceView::ALL {
            let on = state.imbalance_view == view;
            if word_ui(ui, input.theme, view.title(), on, view.definition()) {
                state.imbalance_view = view;
            }
        }
    });
    let touched = numbers_ui(ui, input, &imbalance);
    touch(ui, id, state, touched);
    let Some(figure) = &imbalance.figure else {
        let (title, detail) = if imbalance.rows.iter().all(|r| r.hidden) {
            ("Every arm is hidden", "Click a name above to show its arm.")
        } else {
            (
                "No imbalance was measured",
                "Add Imbalance to the preset's observables.",
            )
        };
        return message_ui(ui, input.theme, title, detail);
    };
    let over_time = state.imbalance_view != ImbalanceView::Step;
    let plot = id.with(("plot", state.imbalance_view));
    if plot_ui(ui, plot, input, state, (figure, over_time)) {
        forget::<Imbalance>(ui, id);
    }
}

fn figure(ui: &Ui, id: Id, input: PanelInput<'_>, state: &PanelState) -> Arc<Imbalance> {
    let trace = trace_options(ui, input, state, Quantity::ImbalanceC);
    let options = |hasher: &mut std::hash::DefaultHasher| {
        (state.imbalance_view, state.clock(input), state.loss_log_x).hash(hasher);
        (state.trace_log_y, state.bounds, &state.hidden_arms).hash(hasher);
        (input.cursor, input.live, trace.columns).hash(hasher);
    };
    cached(
        ui,
        id,
        input.history,
        options,
        |held: Option<&Imbalance>| {
            let options = ImbalanceOptions {
                view: state.imbalance_view,
                trace: trace.clone(),
                held,
            };
            Imbalance::new(input.experiment, input.history, &options)
        },
    )
}

fn numbers_ui(ui: &mut Ui, input: PanelInput<'_>, imbalance: &Imbalance) -> Option<Touched> {
    let rows = imbalance.rows.iter().enumerate();
    let heads: Vec<RowHead> = rows
        .map(|(i, row)| arm_head(input, i, &row.label, (row.hidden, &row.status)))
        .collect();
    let column = |header: &str, quantity: Quantity, pick: fn(&ImbalanceRow) -> Option<f64>| {
        let values: Vec<Option<f64>> = imbalance.rows.iter().map(pick).collect();
        values.iter().any(Option::is_some).then(|| Column {
            header: header.to_owned(),
            tooltip: format!("{}: {}", quantity.title(), quantity.definition()),
            sample: None,
            cells: number::column(&values, 3),
            rank: 0,
        })
    };
    let columns = [
        column("largest", Quantity::ImbalanceMax, |r| r.max),
        column("c", Quantity::ImbalanceC, |r| r.c),
        column("drift", Quantity::ImbalanceDrift, |r| r.drift),
    ];
    let measured: Vec<Column> = columns.into_iter().flatten().collect();
    table_ui(ui, input.theme, &heads, &measured)
}
