//! How a plot is zoomed, and the mark of one that is.

use egui::{Context, Id, Rect, Ui, UiBuilder, vec2};
use egui_plot::PlotMemory;

use crate::ui::Theme;
use crate::ui::icon::{self, Icon};

/// How a plot is zoomed, a line each: what to do, and what it does.
pub const ZOOM: [(&str, &str); 4] = [
    ("Ctrl wheel", "zoom at the pointer"),
    ("right drag", "zoom into a box"),
    ("middle drag", "move the axes"),
    ("double-click", "fit the axes to the data again"),
];

/// Size of the mark.
const MARK: egui::Vec2 = vec2(28.0, 24.0);

/// The same in one line.
pub(super) fn hint() -> String {
    let part = |(what, does): (&str, &str)| format!("{what}: {does}");
    ZOOM.map(part).join(" · ")
}

/// Whether the user chose a part of the axes.
pub(super) fn is_zoomed(ctx: &Context, id: Id) -> bool {
    PlotMemory::load(ctx, id).is_some_and(|memory| !memory.auto_bounds.all())
}

/// Draws a sign in the corner of a zoomed plot that fits the axes again; whether it was clicked.
pub(super) fn reset_ui(ui: &mut Ui, id: Id, frame: Rect, theme: &Theme) -> bool {
    if !is_zoomed(ui.ctx(), id) || frame.width() < 2.0 * MARK.x {
        return false;
    }
    let corner = frame.right_top() + vec2(-MARK.x - 2.0, 2.0);
    let place = Rect::from_min_size(corner, MARK);
    ui.painter()
        .rect_filled(place, 3.0, theme.panel.gamma_multiply(0.85));
    let mut child = ui.new_child(UiBuilder::new().max_rect(place).id_salt((id, "zoom")));
    let button = icon::button(&mut child, Icon::Restore, "Fit the axes", true);
    let is_asked = button
        .on_hover_text(
            "A part of the axes is shown. Fit them to the data again (double-click the plot)",
        )
        .clicked();
    if is_asked && let Some(mut memory) = PlotMemory::load(ui.ctx(), id) {
        memory.auto_bounds = true.into();
        memory.store(ui.ctx(), id);
        ui.ctx().request_repaint();
    }
    is_asked
}

#[cfg(test)]
mod tests {
    use egui_kittest::Harness;
    use egui_kittest::kittest::Queryable;
    use egui_plot::PlotBounds;

    use super::*;
    use crate::figure::{Axis, Figure, Range, Scale};
    use crate::ui::plot::PlotView;

    #[test]
    fn a_zoomed_plot_has_a_mark_that_fits_its_axes_again() {
        let id = Id::unique("zoomed plot");
        let axis = || Axis {
            label: "x".to_owned(),
            range: Range {
                low: 0.0,
                high: 10.0,
            },
            scale: Scale::Linear,
            definition: String::new(),
            whole: false,
            marks: Vec::new(),
        };
        let figure = Figure {
            x: axis(),
            y: axis(),
            layers: Vec::new(),
        };
        let mut harness = Harness::builder()
            .with_size([400.0, 300.0])
            .with_context_setup(|ctx| Theme::dark().apply(ctx))
            .build_ui_state(
                move |ui, reset: &mut bool| {
                    let theme = Theme::dark();
                    let size = vec2(360.0, 260.0);
                    let view = PlotView {
                        id,
                        figure: &figure,
                        theme: &theme,
                        size,
                    };
                    *reset |= view.show(ui).reset;
                },
                false,
            );
        harness.run();
        assert!(harness.query_by_label("Fit the axes").is_none());
        let mut memory = PlotMemory::load(&harness.ctx, id).expect("it was drawn");
        memory.auto_bounds = false.into();
        memory.set_bounds(PlotBounds::from_min_max([2.0, 2.0], [3.0, 3.0]));
        memory.store(&harness.ctx, id);
        harness.run();
        harness.get_by_label("Fit the axes").click();
        harness.run();
        assert!(*harness.state(), "the panel forgets its extents");
        assert!(harness.query_by_label("Fit the axes").is_none());
        assert!(!is_zoomed(&harness.ctx, id));
    }
}
