//! The curves of a sweep over one field.

use std::sync::Arc;

use egui::{Id, Rect, Stroke, Ui, pos2, vec2};

use crate::figure::{Curves, CurvesOptions, cell_words};
use crate::number;
use crate::spec::{PanelKind, SweepValue};
use crate::sweep::{NoInterval, SweepExponent};
use crate::ui::action::Action;
use crate::ui::plot::{PlotOutput, PlotView};
use crate::ui::{SweepView, Theme};

use super::parts::cache::{cached_sweep, forget};
use super::parts::lack::Lack;
use super::parts::marker::PlacedMarker;
use super::parts::points::{nearest, on_screen};
use super::parts::stage::message_ui;
use super::parts::sweep_head::head_ui;
use super::parts::sweep_trial::{CLICK, TRIAL, open, trial_ui};
use super::parts::switches::Corner;
use super::parts::table::{Column, RowHead, Touched, table_ui};
use super::parts::touch::touch;
use super::row::{Panel, Shows};
use super::{PanelInput, PanelState};

/// The panel.
pub(super) const ROW: Panel = Panel {
    kind: PanelKind::Curves,
    key: "curves",
    title: "Sweep",
    description: "A sweep over one field: the outcome of its trials along the field, with intervals.",
    shows: Shows::Sweep { grid: false },
    least: Panel::LEAST,
    lack: |input| own_sweep(input).is_none().then_some(NO_SWEEP),
    draw: curves_ui,
};

/// What is said where there is nothing to draw.
const NO_SWEEP: Lack = Lack {
    title: "No sweep over one field",
    remedy: "Give the preset a `sweep` and an axis with show: XAxis.",
};

/// The sweep, where it is one that this panel shows.
fn own_sweep(input: PanelInput<'_>) -> Option<&SweepView> {
    input.sweep.filter(|sweep| sweep.plan.y().is_none())
}

/// Draws the panel of a sweep's curves.
fn curves_ui(
    ui: &mut Ui,
    input: PanelInput<'_>,
    state: &mut PanelState,
    actions: &mut Vec<Action>,
) {
    let theme = input.theme;
    let Some(sweep) = own_sweep(input) else {
        return NO_SWEEP.show(ui, theme);
    };
    let id = ui.scope_id().with("curves");
    head_ui(ui, theme, sweep, &mut state.sweep, actions);
    let curves = curves(ui, id, sweep, state);
    let touched = numbers_ui(ui, theme, (sweep, &curves));
    touch(ui, id, &mut state.shared.hidden_arms, touched);
    let Some(figure) = &curves.figure else {
        let title = if curves.rows.iter().all(|row| row.hidden) {
            "Every arm is hidden"
        } else {
            "No trial has this value yet"
        };
        trial_ui(ui, theme, sweep, actions);
        return message_ui(ui, theme, title, "");
    };
    ui.spacing_mut().item_spacing.y = 2.0;
    let space = ui.available_rect_before_wrap();
    let size = space.size() - vec2(0.0, TRIAL + 4.0);
    let view = PlotView {
        id: id.with("plot"),
        figure,
        theme,
        size: size.max(vec2(80.0, 90.0)),
    };
    let plot = view.show_without_readout(ui);
    trial_ui(ui, theme, sweep, actions);
    let corner = Rect::from_min_max(space.min, pos2(space.right(), plot.frame.top()));
    let mut corner = Corner::new(ui, corner, theme);
    corner.log_y_ui(curves.log[1], &mut state.sweep.log_y);
    corner.log_x_ui(curves.log[0], &mut state.sweep.log_x);
    opened_ui(ui, theme, sweep, (&curves, &plot));
    if plot.reset {
        forget::<Curves>(ui, id);
    }
    let value = state.sweep.value(&sweep.plan);
    pointed_ui(ui, (theme, sweep), &value, (&curves, plot), actions);
}

fn curves(ui: &Ui, id: Id, sweep: &SweepView, state: &PanelState) -> Arc<Curves> {
    let choice = &state.sweep;
    let options = CurvesOptions {
        value: choice.value(&sweep.plan),
        log: [choice.log_x, choice.log_y].map(|axis| axis.0),
        hidden: &state.shared.hidden_arms,
    };
    cached_sweep(ui, id, sweep, &options, |options, before| {
        Curves::new(&sweep.plan, &sweep.table, options, before)
    })
}

fn numbers_ui(
    ui: &mut Ui,
    theme: &Theme,
    (sweep, curves): (&SweepView, &Curves),
) -> Option<Touched> {
    let rows = curves.rows.iter().enumerate();
    let heads: Vec<RowHead> = rows
        .map(|(arm, row)| RowHead {
            arm,
            label: row.label.clone(),
            hidden: row.hidden,
            state: String::new(),
            bad: false,
            tooltip: "Click to hide or show.".to_owned(),
        })
        .collect();
    let slope = curves.rows.iter().map(|row| match row.slope {
        Some(SweepExponent {
            fit,
            half_width: Ok(half),
        }) => number::plus_minus(fit.slope, half),
        Some(SweepExponent {
            fit,
            half_width: Err(_),
        }) => number::number(fit.slope, 3),
        None => "—".to_owned(),
    });
    let intervals = || {
        curves
            .rows
            .iter()
            .filter_map(|row| Some(row.slope?.half_width))
    };
    let header = if intervals().any(|half| half.is_ok()) {
        "slope, 95 %"
    } else {
        "slope"
    };
    let lack = intervals().find_map(Result::err);
    let cells = curves.rows.iter().map(|row| row.cells.to_string());
    let x = &sweep.plan.x().symbol;
    let columns = [
        Column {
            header: header.to_owned(),
            tooltip: slope_meaning(x, lack),
            sample: None,
            cells: slope.collect(),
            rank: 0,
        },
        Column {
            header: "points".to_owned(),
            tooltip: format!("Values of {x} with a result"),
            sample: None,
            cells: cells.collect(),
            rank: 1,
        },
    ];
    table_ui(ui, theme, &heads, &columns)
}

/// What a slope and its interval are, and why one has none.
fn slope_meaning(x: &str, lack: Option<NoInterval>) -> String {
    let lack = lack.map(|reason| format!(" A slope without ± has none: {}.", reason.in_words()));
    format!(
        "Exponent p of centre ∝ {x}ᵖ: the slope of the least-squares line through (ln {x}, ln centre). \
         ± is its 95 % interval, by the {}: it allows for seeds that disagree and for centres that \
         depart from the line.{}",
        SweepExponent::METHOD,
        lack.unwrap_or_default()
    )
}

/// Rings the points of the cell whose run the other panels show.
fn opened_ui(ui: &Ui, theme: &Theme, sweep: &SweepView, (curves, plot): (&Curves, &PlotOutput)) {
    let Some(opened) = sweep.opened.map(|unit| sweep.plan.cell(unit.cell)) else {
        return;
    };
    let of_cell = curves.points.iter().filter(|(_, cell)| cell.x == opened.x);
    for (point, cell) in of_cell {
        let stroke = Stroke::new(2.0, theme.arm(cell.arm));
        ui.painter()
            .circle_stroke(on_screen(plot, *point), 6.5, stroke);
    }
}

/// The marker's name, and the numbers of the point under the pointer with its run on a click, or what the
/// marker is.
fn pointed_ui(
    ui: &Ui,
    (theme, sweep): (&Theme, &SweepView),
    value: &SweepValue,
    (curves, plot): (&Curves, PlotOutput),
    actions: &mut Vec<Action>,
) {
    let marker = PlacedMarker::paint(ui, theme, (curves.marker.as_ref(), &plot));
    let Some((at, cell)) = nearest(curves.points.iter().copied(), &plot) else {
        if let Some(words) = marker.and_then(|marker| marker.pointed(&plot)) {
            plot.response.on_hover_text_at_pointer(words);
        }
        return;
    };
    let ring = Stroke::new(1.5, theme.panel);
    ui.painter().circle(at, 4.5, theme.arm(cell.arm), ring);
    if plot.response.clicked() {
        open(&sweep.plan, cell, actions);
    }
    let words = cell_words(&sweep.plan, &sweep.table, sweep.plan.index(cell), value);
    plot.response
        .on_hover_text_at_pointer(format!("{words}\n{CLICK}"));
}
