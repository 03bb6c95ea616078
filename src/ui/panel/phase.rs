//! The phase diagram of a sweep over two fields.

use std::sync::Arc;

use egui::{
    Align, Id, Label, Layout, Rect, RichText, Sense, Stroke, StrokeKind, Ui, UiBuilder, pos2, vec2,
};

use crate::figure::{Palette, Phase, PhaseKey, PhaseOptions, cell_words};
use crate::spec::PanelKind;
use crate::sweep::{Cell, Plan};
use crate::ui::action::Action;
use crate::ui::plot::{PlotOutput, PlotView, cell_rect, paint_shaft};
use crate::ui::{SweepView, Theme};

use super::parts::arm_choice::arm_choice_ui;
use super::parts::cache::cached_sweep;
use super::parts::colour_bar::{WIDTH, colour_bar_ui};
use super::parts::lack::Lack;
use super::parts::sweep_choice::SweepChoice;
use super::parts::sweep_head::head_ui;
use super::parts::sweep_trial::{CLICK, TRIAL, open, trial_ui};
use super::parts::switches::Corner;
use super::parts::table::SAMPLE;
use super::row::{Panel, Shows};
use super::{PanelInput, PanelState};

/// The panel.
pub(super) const ROW: Panel = Panel {
    kind: PanelKind::Phase,
    key: "phase",
    title: "Phase diagram",
    description: "A sweep over two fields: the outcome of each cell as a colour, and where it changes.",
    shows: Shows::Sweep { grid: true },
    // The choice of the value and the keys of its lines may take three rows.
    least: [300.0, 310.0],
    lack: |input| own_sweep(input).is_none().then_some(NO_SWEEP),
    draw: phase_ui,
};

/// Height of a row of the key.
const KEY: f32 = 16.0;

/// Greatest height of the plot over its width.
const TALLEST: f32 = 1.15;

/// What is said where there is nothing to draw.
const NO_SWEEP: Lack = Lack {
    title: "No sweep over two fields",
    remedy: "Give the preset a `sweep` and two axes with show: Grid.",
};

/// The sweep, where it is one that this panel shows.
fn own_sweep(input: PanelInput<'_>) -> Option<&SweepView> {
    input.sweep.filter(|sweep| sweep.plan.y().is_some())
}

/// Draws the phase panel.
fn phase_ui(ui: &mut Ui, input: PanelInput<'_>, state: &mut PanelState, actions: &mut Vec<Action>) {
    let theme = input.theme;
    let Some(sweep) = own_sweep(input) else {
        return NO_SWEEP.show(ui, theme);
    };
    let id = ui.scope_id().with("phase");
    head_ui(ui, theme, sweep, &mut state.sweep, actions);
    let arm = arm_ui(ui, theme, &sweep.plan, state);
    let shown = phase(ui, id, sweep, state, arm);
    let Some(phase) = shown.as_ref() else {
        return;
    };
    ui.spacing_mut().item_spacing.y = 2.0;
    let keys = (KEY + 2.0) * phase.keys.len() as f32;
    plot_ui(
        ui,
        id,
        (theme, sweep),
        &mut state.sweep,
        (phase, keys + TRIAL + 4.0),
        actions,
    );
    trial_ui(ui, theme, sweep, actions);
    phase.keys.iter().for_each(|key| key_ui(ui, theme, key));
}

/// The choice of the arm; the one shown.
fn arm_ui(ui: &mut Ui, theme: &Theme, plan: &Plan, state: &mut PanelState) -> usize {
    let arms = plan.experiment().arms.iter();
    let arms: Vec<(usize, String)> = arms.map(|arm| (arm.index, arm.label.clone())).collect();
    let shown = state.shared.shown_arm.min(arms.len().saturating_sub(1));
    let tooltip = "Shows the phase diagram of this arm";
    arm_choice_ui(
        ui,
        theme,
        (&arms, Some(shown)),
        tooltip,
        &mut state.shared.shown_arm,
    );
    shown
}

fn phase(ui: &Ui, id: Id, sweep: &SweepView, state: &PanelState, arm: usize) -> Arc<Option<Phase>> {
    let choice = &state.sweep;
    let options = PhaseOptions {
        arm,
        value: choice.value(&sweep.plan),
        log: [choice.log_x, choice.log_y, choice.log_value].map(|axis| axis.0),
    };
    cached_sweep(ui, id, sweep, &options, |options, _| {
        Phase::new(&sweep.plan, &sweep.table, options)
    })
}

fn plot_ui(
    ui: &mut Ui,
    id: Id,
    (theme, sweep): (&Theme, &SweepView),
    choice: &mut SweepChoice,
    (phase, below): (&Phase, f32),
    actions: &mut Vec<Action>,
) {
    let space = ui.available_rect_before_wrap();
    let width = (space.width() - WIDTH).max(80.0);
    let height = (space.height() - below).min(TALLEST * width).max(90.0);
    let size = vec2(width, height);
    let view = PlotView {
        id: id.with("plot"),
        figure: &phase.figure,
        theme,
        size,
    };
    let plot = view.show_without_readout(ui);
    let corner = Rect::from_min_max(space.min, pos2(plot.frame.right(), plot.frame.top()));
    switches_ui(ui, corner, theme, (phase, choice));
    let value = choice.value(&sweep.plan);
    if let Some(colours) = phase.colours {
        let left = plot.frame.right() + 10.0;
        let bar = Rect::from_x_y_ranges(left..=left + WIDTH - 12.0, plot.frame.y_range());
        let (name, tooltip) = Phase::value_axis(&sweep.plan, &value);
        let color = |share| theme.colours.share(Palette::Size, share).into();
        colour_bar_ui(ui, theme, bar, colours, color, (&name, &tooltip));
    }
    opened_ui(ui, theme, sweep, (phase, &plot));
    if let Some(cell) = pointed(phase, &plot) {
        outline(ui, theme, (phase, &plot), cell, 1.5);
        if plot.response.clicked() {
            open(&sweep.plan, cell, actions);
        }
        let index = sweep.plan.index(cell);
        let words = cell_words(&sweep.plan, &sweep.table, index, &value);
        plot.response
            .on_hover_text_at_pointer(format!("{words}\n{CLICK}"));
    }
}

fn switches_ui(
    ui: &mut Ui,
    corner: Rect,
    theme: &Theme,
    (phase, choice): (&Phase, &mut SweepChoice),
) {
    let [x, y, colours] = phase.log;
    let mut corner = Corner::new(ui, corner, theme);
    corner.log_y_ui(y, &mut choice.log_y);
    corner.log_x_ui(x, &mut choice.log_x);
    let tooltip = "Colours by the logarithm of the value";
    corner.log_ui("log colours", tooltip, colours, &mut choice.log_value);
}

/// The cell under the pointer.
fn pointed(phase: &Phase, plot: &PlotOutput) -> Option<Cell> {
    let at = plot.response.hover_pos()?;
    let point = plot.transform.value_from_position(at);
    phase.cell_at([point.x, point.y])
}

/// Outlines the cell whose run the other panels show.
fn opened_ui(ui: &Ui, theme: &Theme, sweep: &SweepView, shown: (&Phase, &PlotOutput)) {
    if let Some(unit) = sweep.opened {
        outline(ui, theme, shown, sweep.plan.cell(unit.cell), 2.5);
    }
}

fn outline(ui: &Ui, theme: &Theme, (phase, plot): (&Phase, &PlotOutput), cell: Cell, width: f32) {
    let rect = phase
        .cells()
        .and_then(|cells| cell_rect(cells, &plot.transform, [cell.x, cell.y]));
    if let Some(rect) = rect {
        let painter = ui.painter();
        let around = Stroke::new(width + 2.0, theme.panel);
        painter.rect_stroke(rect, 1.0, around, StrokeKind::Middle);
        painter.rect_stroke(
            rect,
            1.0,
            Stroke::new(width, theme.text),
            StrokeKind::Middle,
        );
    }
}

/// A line of the plot, explained.
fn key_ui(ui: &mut Ui, theme: &Theme, key: &PhaseKey) {
    let (row, _) = ui.allocate_exact_size(vec2(ui.available_width(), KEY), Sense::hover());
    let sample = row.with_max_x(row.left() + SAMPLE);
    let ends = [sample.left_center(), sample.right_center()];
    paint_shaft(ui.painter(), ends, key.shaft, theme.text);
    let text = row.with_min_x(sample.right() + 8.0);
    let mut ui = ui.new_child(
        UiBuilder::new()
            .max_rect(text)
            .layout(Layout::left_to_right(Align::Center)),
    );
    let label = Label::new(RichText::new(&key.text).small().color(theme.text)).truncate();
    ui.add(label).on_hover_text(&key.definition);
}
