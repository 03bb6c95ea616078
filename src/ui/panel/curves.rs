//! The curves of a sweep over one field.

use std::hash::Hash;
use std::sync::Arc;

use egui::{Id, Pos2, Rect, Stroke, Ui, pos2, vec2};
use egui_plot::PlotPoint;

use crate::figure::{Curves, CurvesOptions, cell_words, number};
use crate::sweep::Cell;
use crate::ui::plot::{PlotOutput, PlotView};
use crate::ui::{SweepView, Theme};

use super::parts::cache::{cached_sweep, forget};
use super::parts::stage::message_ui;
use super::parts::sweep_choice::{LogSwitch, log_switches_ui};
use super::parts::sweep_head::head_ui;
use super::parts::sweep_trial::{CLICK, open, trial_ui};
use super::parts::table::{Column, RowHead, table_ui};
use super::parts::touch::touch;
use super::{PanelInput, PanelState};

/// How near the pointer must come to a point.
const REACH: f32 = 24.0;

/// Draws the panel of a sweep's curves.
pub(super) fn curves_ui(ui: &mut Ui, input: PanelInput<'_>, state: &mut PanelState) {
    let theme = input.theme;
    let Some(sweep) = input.sweep.filter(|sweep| sweep.plan.y().is_none()) else {
        let detail = "Give the preset a `sweep` and an axis with show: XAxis.";
        return message_ui(ui, theme, "No sweep over one field", detail);
    };
    let id = ui.scope_id().with("curves");
    head_ui(ui, theme, sweep, state);
    let curves = curves(ui, id, sweep, state);
    numbers_ui(ui, id, theme, (sweep, &curves), state);
    trial_ui(ui, theme, sweep, state);
    let Some(figure) = &curves.figure else {
        let title = if curves.rows.iter().all(|row| row.hidden) {
            "Every arm is hidden"
        } else {
            "No trial has this value yet"
        };
        return message_ui(ui, theme, title, "");
    };
    let space = ui.available_rect_before_wrap();
    let view = PlotView {
        id: id.with("plot"),
        figure,
        theme,
        size: space.size().max(vec2(80.0, 90.0)),
        square: false,
    };
    let plot = view.show_without_readout(ui);
    let corner = Rect::from_min_max(space.min, pos2(space.right(), plot.frame.top()));
    switches_ui(ui, corner, theme, (&curves, state));
    opened_ui(ui, theme, sweep, (&curves, &plot));
    if plot.reset {
        forget::<Curves>(ui, id);
    }
    pointed_ui(ui, (theme, sweep), state, (&curves, plot));
}

fn curves(ui: &Ui, id: Id, sweep: &SweepView, state: &PanelState) -> Arc<Curves> {
    let choice = &state.sweep_choice;
    let (value, log) = (choice.value(&sweep.plan), [choice.log_x, choice.log_y]);
    let hash = |hasher: &mut std::hash::DefaultHasher| {
        (value.name(), log, &state.hidden_arms).hash(hasher);
    };
    cached_sweep(ui, id, sweep, hash, |held: Option<&Curves>| {
        let options = CurvesOptions {
            value: value.clone(),
            log,
            hidden: &state.hidden_arms,
            held,
        };
        Curves::new(&sweep.plan, &sweep.table, &options)
    })
}

fn numbers_ui(
    ui: &mut Ui,
    id: Id,
    theme: &Theme,
    (sweep, curves): (&SweepView, &Curves),
    state: &mut PanelState,
) {
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
        Some(rate) => number::plus_minus(rate.slope, rate.standard_error),
        None => "—".to_owned(),
    });
    let cells = curves.rows.iter().map(|row| row.cells.to_string());
    let x = &sweep.plan.x().symbol;
    let columns = [
        Column {
            header: "slope".to_owned(),
            tooltip: format!(
                "Exponent p of centre ∝ {x}ᵖ: the slope of the least-squares line through (ln {x}, ln centre), ± its standard error"
            ),
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
    let touched = table_ui(ui, theme, &heads, &columns);
    touch(ui, id, state, touched);
}

fn switches_ui(
    ui: &mut Ui,
    corner: Rect,
    theme: &Theme,
    (curves, state): (&Curves, &mut PanelState),
) {
    let choice = &mut state.sweep_choice;
    let [x, y] = curves.log;
    let switches = [
        LogSwitch {
            name: "log y",
            on: y,
            tooltip: "Logarithmic vertical axis",
            chosen: &mut choice.log_y,
        },
        LogSwitch {
            name: "log x",
            on: x,
            tooltip: "Logarithmic horizontal axis",
            chosen: &mut choice.log_x,
        },
    ];
    log_switches_ui(ui, corner, theme, switches);
}

fn on_screen(plot: &PlotOutput, [x, y]: [f64; 2]) -> Pos2 {
    plot.transform.position_from_point(&PlotPoint::new(x, y))
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

/// The numbers of the point under the pointer, and its run on a click.
fn pointed_ui(
    ui: &Ui,
    (theme, sweep): (&Theme, &SweepView),
    state: &mut PanelState,
    (curves, plot): (&Curves, PlotOutput),
) {
    let Some((at, cell)) = nearest(curves, &plot) else {
        return;
    };
    let ring = Stroke::new(1.5, theme.panel);
    ui.painter().circle(at, 4.5, theme.arm(cell.arm), ring);
    if plot.response.clicked() {
        open(state, &sweep.plan, cell);
    }
    let value = state.sweep_choice.value(&sweep.plan);
    let words = cell_words(&sweep.plan, &sweep.table, sweep.plan.index(cell), &value);
    plot.response
        .on_hover_text_at_pointer(format!("{words}\n{CLICK}"));
}

fn nearest(curves: &Curves, plot: &PlotOutput) -> Option<(Pos2, Cell)> {
    let pointer = plot.response.hover_pos()?;
    let placed = curves
        .points
        .iter()
        .map(|(point, cell)| (on_screen(plot, *point), *cell));
    let nearest = placed.min_by(|a, b| {
        pointer
            .distance_sq(a.0)
            .total_cmp(&pointer.distance_sq(b.0))
    })?;
    (pointer.distance(nearest.0) <= REACH).then_some(nearest)
}
