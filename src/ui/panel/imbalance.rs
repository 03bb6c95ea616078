//! Imbalance of the two layers.

use std::sync::Arc;

use egui::{Id, Ui};

use crate::figure::{Imbalance, ImbalanceOptions, ImbalanceRow, ImbalanceView};
use crate::number;
use crate::spec::{PanelKind, Quantity};
use crate::ui::action::Action;

use super::parts::cache::{cached, forget};
use super::parts::choice::word_ui;
use super::parts::lack::Lack;
use super::parts::table::{Column, RowHead, Touched, table_ui};
use super::parts::touch::touch;
use super::parts::trace::{arm_head, plot_ui, trace_options};
use super::row::{Panel, Shows};
use super::{PanelInput, PanelState};

/// The panel.
pub(super) const ROW: Panel = Panel {
    kind: PanelKind::Imbalance,
    key: "imbalance",
    title: "Imbalance",
    description: "Imbalance of the two layers of the arms, over the run or at one step.",
    shows: Shows::Run,
    least: Panel::LEAST,
    lack: |input| UNMEASURED.unless(input, |r| r.imbalance.is_some()),
    draw: imbalance_ui,
};

/// What is said where there is nothing to draw.
const UNMEASURED: Lack = Lack {
    title: "No imbalance was measured",
    remedy: "Add Imbalance to the preset's observables.",
};

/// Draws the imbalance panel.
fn imbalance_ui(
    ui: &mut Ui,
    input: PanelInput<'_>,
    state: &mut PanelState,
    actions: &mut Vec<Action>,
) {
    let id = ui.scope_id().with("imbalance");
    let imbalance = figure(ui, id, input, state);
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 2.0;
        for view in ImbalanceView::ALL {
            let on = state.imbalance == view;
            if word_ui(ui, input.theme, view.title(), on, view.definition()) {
                state.imbalance = view;
            }
        }
    });
    let touched = numbers_ui(ui, input, &imbalance);
    touch(ui, id, &mut state.shared.hidden_arms, touched);
    let Some(figure) = &imbalance.figure else {
        let lack = if imbalance.rows.iter().all(|r| r.hidden) {
            Lack::ALL_HIDDEN
        } else {
            UNMEASURED
        };
        return lack.show(ui, input.theme);
    };
    let over_time = state.imbalance != ImbalanceView::Step;
    let plot = id.with(("plot", state.imbalance));
    if plot_ui(
        ui,
        plot,
        input,
        &mut state.shared,
        (figure, over_time),
        actions,
    ) {
        forget::<Imbalance>(ui, id);
    }
}

fn figure(ui: &Ui, id: Id, input: PanelInput<'_>, state: &PanelState) -> Arc<Imbalance> {
    let options = ImbalanceOptions {
        view: state.imbalance,
        trace: trace_options(ui, input, &state.shared, Quantity::ImbalanceC),
    };
    cached(ui, id, input.history, &options, |options, before| {
        Imbalance::new(input.experiment, input.history, options, before)
    })
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
