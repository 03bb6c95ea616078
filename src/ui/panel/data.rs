//! The data in their plane, and the output of each arm over it.

use std::sync::Arc;

use egui::text::{LayoutJob, TextWrapping};
use egui::{FontId, Id, Rect, Sense, TextStyle, Ui, UiBuilder, pos2, vec2};

use crate::figure::{Ink, Palette, Range, Scale, SurfaceMap, SurfaceOptions, SurfacePlot};
use crate::number;
use crate::spec::{DataSpec, PanelKind};
use crate::ui::action::Action;
use crate::ui::fonts;
use crate::ui::plot::{PlotView, ink_color};

use super::parts::cache::cached;
use super::parts::choice::{caption_ui, word_ui};
use super::parts::colour_bar::{WIDTH, colour_bar_ui};
use super::parts::digits::digits_ui;
use super::parts::lack::Lack;
use super::parts::map_grid::{MapGrid, TITLE};
use super::parts::stage::{absent_text, message_ui};
use super::row::{Panel, Shows};
use super::{PanelInput, PanelState};

/// The panel.
pub(super) const ROW: Panel = Panel {
    kind: PanelKind::Data,
    key: "data",
    title: "Data",
    description: "The points of data in a plane, and over them the output of each arm with the line where it is 0; of handwritten digits the first images, with the wrong answers of each arm.",
    shows: Shows::Run,
    least: Panel::LEAST,
    lack,
    draw: data_ui,
};

/// What is said where there is nothing to draw.
const UNMEASURED: Lack = Lack {
    title: "No outputs over a plane were recorded",
    remedy: "Add DecisionSurface(grid: 48) to the preset's observables; it needs data in a plane: Moons, Circles, Spirals, Xor or SignedPairs.",
};

fn lack(input: PanelInput<'_>) -> Option<Lack> {
    match input.experiment.preset.data {
        DataSpec::Mnist { .. } => None,
        _ => UNMEASURED.unless(input, |record| record.surface.is_some()),
    }
}

/// Least width at which there is room for the bar of colours.
const ROOM_FOR_BAR: f32 = 320.0;

/// What the switch of the start means.
const START: &str =
    "Shows the output at the start beside that at the step shown, in the same colours";

/// Draws the data panel.
fn data_ui(ui: &mut Ui, input: PanelInput<'_>, state: &mut PanelState, _: &mut Vec<Action>) {
    let id = ui.scope_id().with("data");
    let choice = (&state.shared.hidden_arms, &mut state.training_digits);
    if digits_ui(ui, input, id.with("digits"), choice) {
        return;
    }
    let options = SurfaceOptions {
        start: state.start_beside,
        hidden: &state.shared.hidden_arms,
        cursor: input.cursor,
    };
    let map = cached(ui, id, input.history, &options, |options, _| {
        SurfaceMap::new(input.history, options)
    });
    if map.plots.is_empty() {
        return Lack::ALL_HIDDEN_ELSEWHERE.show(ui, input.theme);
    }
    if !map.is_measured() {
        return UNMEASURED.show(ui, input.theme);
    }
    let right = ui.available_rect_before_wrap().right();
    options_ui(ui, input, &mut state.start_beside);
    let mut area = ui.available_rect_before_wrap();
    area.set_right(right);
    if area.width() >= ROOM_FOR_BAR {
        area.set_right(right - WIDTH);
    }
    plots_ui(ui, id, input, (&map, area));
    if area.right() < right {
        bar_ui(ui, input, (&map, area));
    }
    ui.advance_cursor_after_rect(area.with_max_x(right));
}

fn options_ui(ui: &mut Ui, input: PanelInput<'_>, start: &mut bool) {
    let theme = input.theme;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 6.0;
        if word_ui(ui, theme, "start beside", *start, START) {
            *start = !*start;
        }
        ui.add_space(8.0);
        for (ink, text) in [(Ink::Positive, "y > 0"), (Ink::Negative, "y < 0")] {
            let (rect, _) = ui.allocate_exact_size(vec2(8.0, 8.0), Sense::hover());
            ui.painter().circle_filled(rect.center(), 3.5, ink_color(theme, ink));
            caption_ui(ui, theme, text).on_hover_text(
                "A ringed dot is a training point, a faint one a test point, both coloured by the sign of the target y",
            );
        }
        let (rect, _) = ui.allocate_exact_size(vec2(8.0, 8.0), Sense::hover());
        let ring = egui::Stroke::new(1.0, theme.error);
        ui.painter().circle_stroke(rect.center(), 3.0, ring);
        caption_ui(ui, theme, "wrong").on_hover_text(
            "A test point at which the output has not the sign of the target: of more than 500 test points the first are shown",
        );
        caption_ui(ui, theme, "— f = 0").on_hover_text(
            "Where the output changes its sign, interpolated between the middles of the cells",
        );
    });
}

fn plots_ui(ui: &mut Ui, id: Id, input: PanelInput<'_>, (map, area): (&Arc<SurfaceMap>, Rect)) {
    let grid = MapGrid::new(area.size(), map.plots.len(), true);
    let scroll = egui::ScrollArea::vertical().id_salt("surfaces");
    let builder = UiBuilder::new().max_rect(area);
    scroll.show(&mut ui.new_child(builder), |ui| {
        let size = vec2(area.width(), grid.height());
        let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
        for (place, plot) in map.plots.iter().enumerate() {
            let frame = grid.frame(place).translate(rect.min.to_vec2());
            if ui.is_rect_visible(frame) {
                plot_ui(ui, id, input, (map, plot), (frame, grid.is_written(place)));
            }
        }
    });
}

/// Draws an arm's surface into a frame, under its title.
fn plot_ui(
    ui: &mut Ui,
    id: Id,
    input: PanelInput<'_>,
    (map, plot): (&SurfaceMap, &SurfacePlot),
    (frame, written): (Rect, [bool; 2]),
) {
    let salt = ("surface", plot.arm, plot.is_start);
    let mut ui = ui.new_child(UiBuilder::new().max_rect(frame).id_salt(salt));
    // Before the first title stands the name of the vertical axis.
    let left = frame.left() + if written[1] { 8.0 } else { 0.0 };
    let title = Rect::from_min_max(
        pos2(left, frame.top() - TITLE - 4.0),
        pos2(frame.right(), frame.top() - 4.0),
    );
    title_ui(&mut ui, title, input, plot);
    let Some(figure) = &plot.figure else {
        let texts = [
            "No outputs at this step yet.",
            "No outputs over the plane were recorded.",
        ];
        let detail = absent_text(input, (plot.arm, &plot.status), texts);
        return message_ui(&mut ui, input.theme, "", &detail);
    };
    let view = PlotView {
        id: id.with((plot.arm, plot.is_start)),
        figure,
        theme: input.theme,
        size: frame.size(),
    };
    let shown = view.show_in(&mut ui, frame, written);
    let Some(pointer) = shown.response.hover_pos() else {
        return;
    };
    let point = shown.transform.value_from_position(pointer);
    let point = [point.x, point.y];
    if let Some(f) = plot.at(point) {
        let [x1, x2] = point.map(|x| number::number(x, 3));
        let step = plot.step.map_or(String::new(), number::count);
        let f = number::number(f64::from(f), 3);
        let meaning = map.definition();
        let text = format!("f = {f} at x₁ = {x1}, x₂ = {x2}, step {step}\n{meaning}");
        shown.response.on_hover_text_at_pointer(text);
    }
}

/// The arm's name, shortened where it must be, and how many test points it has on the wrong side.
fn title_ui(ui: &mut Ui, rect: Rect, input: PanelInput<'_>, plot: &SurfacePlot) {
    let theme = input.theme;
    let body = TextStyle::Body.resolve(ui.style());
    let small = TextStyle::Small.resolve(ui.style());
    let color = theme.arm_text(plot.arm);
    let strong = FontId::new(body.size, fonts::semibold());
    let mut job = LayoutJob::simple_singleline(plot.label.clone(), strong, color);
    let whole_name = ui.fonts_mut(|f| f.layout_job(job.clone())).size().x;
    let when = if plot.is_start { "start  " } else { "" };
    let layout = |after: &str| {
        let percent = |share: f64| format!("{} %{after}", number::number(100.0 * share, 2));
        let error = plot.test_error.map_or(String::new(), percent);
        let text = format!("{when}{error}");
        ui.painter()
            .layout_no_wrap(text, small.clone(), theme.weak_text)
    };
    let long = layout(" wrong");
    let fits = whole_name + 10.0 + long.size().x <= rect.width();
    let text = if fits { long } else { layout("") };
    job.wrap = TextWrapping::truncate_at_width(rect.width() - text.size().x - 10.0);
    let name = ui.fonts_mut(|f| f.layout_job(job));
    let beside = rect.left() + name.size().x + 8.0;
    for (left, galley) in [(rect.left(), name), (beside, text)] {
        let at = pos2(left, rect.bottom() - galley.size().y);
        ui.painter().galley(at, galley, color);
    }
    ui.interact(rect, ui.scope_id().with("title"), Sense::hover())
        .on_hover_text("Share of the test points whose output has not the sign of the target");
}

fn bar_ui(ui: &mut Ui, input: PanelInput<'_>, (map, area): (&SurfaceMap, Rect)) {
    let left = area.right() + 10.0;
    let high = (area.height() - 60.0).clamp(20.0, 240.0);
    let size = vec2(WIDTH - 12.0, high);
    let bar = Rect::from_min_size(pos2(left, area.top() + TITLE + 5.0), size);
    let range = Range {
        low: -map.end,
        high: map.end,
    };
    let color = |share| input.theme.colours.share(Palette::Sign, share).into();
    let definition = map.definition();
    let name = ("f", definition.as_str());
    colour_bar_ui(ui, input.theme, bar, (Scale::Linear, range), color, name);
}
