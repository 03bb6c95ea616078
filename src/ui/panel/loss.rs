//! Loss curves with the numbers at the step shown.

use std::sync::Arc;

use egui::{Id, Rect, Ui, pos2, vec2};

use crate::figure::{Clock, Loss, LossOptions, LossRow, Shaft, arm_name, ending, struck_arm};
use crate::fit::Rate;
use crate::number;
use crate::spec::{LossSpec, PanelKind, Quantity};
use crate::ui::action::Action;
use crate::ui::glossary;
use crate::ui::plot::PlotView;

use super::parts::bounds::{NAMES, bound_names_ui};
use super::parts::cache::{cached, forget};
use super::parts::lack::Lack;
use super::parts::switches::Corner;
use super::parts::table::{Column, RowHead, Touched, cells, table_ui};
use super::parts::time_axis::seek;
use super::parts::touch::{pointed, touch};
use super::parts::trace::columns;
use super::row::{Panel, Shows};
use super::{PanelInput, PanelState};

/// The panel.
pub(super) const ROW: Panel = Panel {
    kind: PanelKind::Loss,
    key: "loss",
    title: "Loss",
    description: "Training and test loss of the arms over the run, with the linearized twin and the bounds of the papers.",
    shows: Shows::Run,
    least: Panel::LEAST,
    lack: |_| None,
    draw: loss_ui,
};

pub use crate::page::choice::LossChoice;

/// Draws the loss panel.
fn loss_ui(ui: &mut Ui, input: PanelInput<'_>, state: &mut PanelState, actions: &mut Vec<Action>) {
    let id = ui.scope_id().with("loss");
    let clock = state.shared.time.clock(input);
    let loss = figure(ui, id, input, (state, clock));
    let touched = numbers_ui(ui, input, &loss, clock);
    touch(ui, id, &mut state.shared.hidden_arms, touched);
    if !loss.rows.is_empty() && loss.rows.iter().all(|row| row.hidden) {
        return Lack::ALL_HIDDEN.show(ui, input.theme);
    }
    let struck = struck_arm(
        input.history,
        Quantity::TrainLoss,
        &state.shared.hidden_arms,
        pointed(ui, id),
    );
    // Below the plot, so that the switch stays under the pointer that turns it on.
    let with_names = state.shared.bounds && !loss.bounds.is_empty();
    let below = if with_names { NAMES + 4.0 } else { 0.0 };
    let size = ui.available_size() - vec2(0.0, below);
    let size = size.max(vec2(80.0, 90.0));
    let top = ui.cursor().min;
    let view = PlotView {
        id: id.with("plot"),
        figure: &loss.figure,
        theme: input.theme,
        size,
    };
    let plot = view.show(ui);
    if plot.reset {
        forget::<Loss>(ui, id);
    }
    let axis = (clock, loss.figure.x.scale);
    seek(input, axis, plot.dragged_to, actions);
    let corner = Rect::from_min_max(
        pos2(top.x, top.y - 2.0),
        pos2(top.x + size.x, plot.frame.top()),
    );
    let mut corner = Corner::new(ui, corner, input.theme);
    if !loss.bounds.is_empty() {
        corner.bounds_ui(&mut state.shared.bounds);
    }
    corner.log_y_ui(Some(state.loss.is_log_y()), &mut state.loss.log_y);
    corner.time_ui(clock, &mut state.shared.time);
    if with_names {
        bound_names_ui(ui, input.theme, &loss.bounds, struck);
    }
}

fn figure(
    ui: &Ui,
    id: Id,
    input: PanelInput<'_>,
    (state, clock): (&PanelState, Clock),
) -> Arc<Loss> {
    let shared = &state.shared;
    let options = LossOptions {
        clock,
        log_x: shared.time.is_log(),
        bounds: shared.bounds,
        log_y: state.loss.is_log_y(),
        hidden: &shared.hidden_arms,
        pointed: pointed(ui, id),
        cursor: input.cursor,
        live: input.live,
        view: PlotView::zoomed(ui, id.with("plot")),
        columns: columns(ui),
    };
    cached(ui, id, input.history, &options, |options, before| {
        Loss::new(input.experiment, input.history, options, before)
    })
}

fn numbers_ui(ui: &mut Ui, input: PanelInput<'_>, loss: &Loss, clock: Clock) -> Option<Touched> {
    let rows = loss.rows.iter().enumerate();
    let heads: Vec<RowHead> = rows.map(|(i, row)| head(input, i, row)).collect();
    let sample = |quantity| Some(Loss::shaft(quantity, 0));
    let train = Quantity::TrainLoss;
    let twin = Quantity::LinearizedTrainLoss;
    let of = (loss, input.experiment.preset.loss);
    let columns = [
        column(of, train, ("training", 0), sample(train), |r| r.train),
        column(
            of,
            Quantity::TestLoss,
            ("test", 1),
            sample(Quantity::TestLoss),
            |r| r.test,
        ),
        column(of, twin, ("twin", 3), sample(twin), |r| r.twin),
        column(of, Quantity::TestAccuracy, ("accuracy", 2), None, |r| {
            r.accuracy
        }),
        rate_column(loss, clock),
        local_column(loss, clock),
    ];
    let measured: Vec<Column> = columns.into_iter().flatten().collect();
    table_ui(ui, input.theme, &heads, &measured)
}

/// What the twin is, below what its loss is.
fn twin_words(quantity: Quantity) -> String {
    match quantity {
        Quantity::LinearizedTrainLoss => format!("\n\n{}", glossary::TWIN.in_full()),
        _ => String::new(),
    }
}

/// A column of numbers, or `None` where the quantity is not measured in any arm.
fn column(
    (loss, kind): (&Loss, LossSpec),
    quantity: Quantity,
    (header, rank): (&str, u8),
    sample: Option<Shaft>,
    pick: fn(&LossRow) -> Option<f64>,
) -> Option<Column> {
    let values: Vec<Option<f64>> = loss.rows.iter().map(pick).collect();
    values.iter().any(Option::is_some).then(|| Column {
        header: header.to_owned(),
        tooltip: format!(
            "{}: {}{}",
            quantity.title(),
            quantity.definition_under(kind),
            twin_words(quantity)
        ),
        sample,
        cells: cells(quantity, &values),
        rank,
    })
}

/// The part of the run that is looked at, in words.
fn looked_at(loss: &Loss, clock: Clock) -> String {
    match clock {
        Clock::Steps => {
            let [from, to] = loss.window.map(|step| number::count(step as u64));
            format!("steps looked at, {from} to {to}")
        }
        Clock::Time => {
            let [from, to] = loss.window.map(|time| number::number(time, 3));
            format!("times looked at, t = {from} to {to}")
        }
    }
}

fn rate_column(loss: &Loss, clock: Clock) -> Option<Column> {
    let rates = loss.rows.iter().map(|row| Some(row.rate?.rate()));
    let rates: Vec<Option<f64>> = rates.collect();
    rates.iter().any(Option::is_some).then(|| Column {
        header: "rate".to_owned(),
        tooltip: format!(
            "λ in training loss ∝ e^(−λt): least squares of ln(loss) over the time t of the {}, \
             whatever the records on the way. t = Σδ on the summed loss, Σδ/n on the mean. A curve \
             without noise has no error of its rate; how the rate varies stands beside it, over quarters, \
             where there is room. Zoom in to fit another part.",
            looked_at(loss, clock)
        ),
        sample: None,
        cells: number::column(&rates, 3),
        rank: 1,
    })
}

/// How the rate varies over the window.
fn local_column(loss: &Loss, clock: Clock) -> Option<Column> {
    let local = |rate: Rate| Some(rate.local?.map(|rate| number::number(rate, 2)));
    let local = loss.rows.iter().map(|row| row.rate.and_then(local));
    let local: Vec<Option<[String; 2]>> = local.collect();
    let cell = |local: &Option<[String; 2]>| match local {
        Some([low, high]) => format!("{low} … {high}"),
        None => "—".to_owned(),
    };
    local.iter().any(Option::is_some).then(|| Column {
        header: "over quarters".to_owned(),
        tooltip: format!(
            "Local rate over quarters of the window: the least and the greatest λ, fitted in the same \
             way to each quarter of the time t of the {}. — where a quarter has no record of its own.",
            looked_at(loss, clock)
        ),
        sample: None,
        cells: local.iter().map(cell).collect(),
        rank: 4,
    })
}

/// The name of an arm with its state.
fn head(input: PanelInput<'_>, arm: usize, row: &LossRow) -> RowHead {
    let end = input.history.arms().get(arm).and_then(ending);
    let click = if row.hidden {
        "Click to show."
    } else {
        "Click to hide."
    };
    RowHead {
        arm,
        label: arm_name(input.experiment, &row.label).to_owned(),
        hidden: row.hidden,
        state: row.status.text(),
        bad: row.status.is_bad(),
        tooltip: end.map_or(click.to_owned(), |e| format!("{}: {e}\n{click}", row.label)),
    }
}
