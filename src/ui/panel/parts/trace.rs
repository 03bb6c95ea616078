//! A plot over the run, as several panels show it.

use egui::{Id, Rect, Ui, pos2, vec2};

use crate::figure::{ArmStatus, Figure, TraceOptions, arm_name, ending};
use crate::spec::Quantity;
use crate::ui::action::Action;
use crate::ui::panel::input::PanelInput;
use crate::ui::plot::PlotView;

use super::shared::SharedChoice;
use super::switches::Corner;
use super::table::RowHead;
use super::time_axis::seek;

/// Options of a trace as the window has them.
pub fn trace_options<'a>(
    ui: &Ui,
    input: PanelInput<'_>,
    shared: &'a SharedChoice,
    quantity: Quantity,
) -> TraceOptions<'a> {
    TraceOptions {
        quantity,
        clock: shared.time.clock(input),
        log_x: shared.time.is_log(),
        log_y: shared.log_y.or(true),
        bounds: shared.bounds,
        hidden: &shared.hidden_arms,
        pointed: None,
        cursor: input.cursor,
        live: input.live,
        columns: columns(ui),
    }
}

/// Width of a plot in pixels; coarse, so that resizing does not rebuild curves at every pixel.
pub fn columns(ui: &Ui) -> usize {
    128 * (ui.available_width() / 128.0).ceil().max(1.0) as usize
}

/// Draws a figure over the rest of the panel; `over_time` gives it the switches of its axes, and
/// dragging moves the step shown. Returns whether its axes were asked to fit again.
pub fn plot_ui(
    ui: &mut Ui,
    id: Id,
    input: PanelInput<'_>,
    shared: &mut SharedChoice,
    (figure, over_time): (&Figure, bool),
    actions: &mut Vec<Action>,
) -> bool {
    ui.add_space(4.0);
    let size = ui.available_size().max(vec2(80.0, 90.0));
    let top = ui.cursor().min;
    let clock = shared.time.clock(input);
    let view = PlotView {
        id,
        figure,
        theme: input.theme,
        size,
    };
    let plot = view.show(ui);
    if over_time {
        seek(input, (clock, figure.x.scale), plot.dragged_to, actions);
        let corner = pos2(top.x + size.x, plot.frame.top());
        let corner = Rect::from_min_max(top - vec2(0.0, 2.0), corner);
        let mut corner = Corner::new(ui, corner, input.theme);
        corner.log_y_ui(Some(shared.log_y.or(true)), &mut shared.log_y);
        corner.time_ui(clock, &mut shared.time);
    }
    plot.reset
}

/// The name of an arm with its state.
pub fn arm_head(
    input: PanelInput<'_>,
    arm: usize,
    label: &str,
    (hidden, status): (bool, &ArmStatus),
) -> RowHead {
    let end = input.history.arms().get(arm).and_then(ending);
    RowHead {
        arm,
        label: arm_name(input.experiment, label).to_owned(),
        hidden,
        state: if status.is_bad() {
            status.text()
        } else {
            String::new()
        },
        bad: status.is_bad(),
        tooltip: end.unwrap_or_else(|| "Click to hide or show.".to_owned()),
    }
}
