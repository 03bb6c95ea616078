//! Feature maps of the arms side by side.

use std::sync::Arc;

use egui::text::{LayoutJob, TextWrapping};
use egui::{ComboBox, FontId, Id, Rect, RichText, Sense, TextStyle, Ui, UiBuilder, pos2, vec2};

use crate::figure::{FeatureMap, FeatureMapOptions, FeaturePlot, Ink, point_name};
use crate::number;
use crate::spec::{PanelKind, PointRef, Quantity};
use crate::ui::action::Action;
use crate::ui::fonts;
use crate::ui::plot::{PlotView, ink_color};

use super::parts::cache::{cached, forget};
use super::parts::choice::{caption_ui, word_ui};
use super::parts::lack::Lack;
use super::parts::side_by_side::SideBySide;
use super::parts::stage::{absent_text, message_ui};
use super::row::{Panel, Place, Places, Shows};
use super::{PanelInput, PanelState};

/// The panel.
pub(super) const ROW: Panel = Panel {
    kind: PanelKind::FeatureMap,
    key: "feature-map",
    title: "Feature map",
    description: "Features of the hidden neurons at one point against those at another, a neuron a dot.",
    places: Places::always(Place::TopRight),
    shows: Shows::Run,
    lack: |input| UNMEASURED.unless(input, |r| r.features.is_some()),
    draw: feature_map_ui,
};

/// Height of an arm's title above its map.
const TITLE: f32 = 18.0;
/// How the maps are laid out; beside and around a square go the axes and the title.
const LAYOUT: SideBySide = SideBySide {
    gap: 8.0,
    gain: 1.25,
    side: |cell| (cell.x - 44.0).min(cell.y - TITLE - 50.0),
};

/// What the feature map shows, where the user chose it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FeatureMapChoice {
    /// Horizontal point, where another than the preset's.
    pub x1: Option<PointRef>,
    /// Vertical point, likewise.
    pub x2: Option<PointRef>,
    /// Whether the paths of some neurons are drawn.
    pub trails: bool,
    /// Whether the maps of all arms share one extent.
    pub same_scale: bool,
}

/// What is said where there is nothing to draw.
const UNMEASURED: Lack = Lack {
    title: "No features were recorded",
    remedy: "Add FeatureMap(x1: Train(0), x2: Test(0)) to the preset's observables.",
};

/// Draws the feature map panel.
fn feature_map_ui(ui: &mut Ui, input: PanelInput<'_>, state: &mut PanelState, _: &mut Vec<Action>) {
    let id = ui.scope_id().with("features");
    let map = figure(ui, id, input, state);
    if map.plots.is_empty() {
        return Lack::ALL_HIDDEN_ELSEWHERE.show(ui, input.theme);
    }
    if map.points.is_empty() {
        return UNMEASURED.show(ui, input.theme);
    }
    // The maps keep to the panel's width even where the row of options does not.
    let right = ui.available_rect_before_wrap().right();
    options_ui(ui, input, &mut state.feature_map, &map);
    let mut area = ui.available_rect_before_wrap();
    area.set_right(right);
    let plots = LAYOUT.chosen_ui(
        ui,
        (input.theme, &mut state.shared.shown_arm),
        (&map.plots, area.size()),
        |plot: &FeaturePlot| (plot.arm, &plot.label),
        "Shows the features of this arm: here is room for one",
    );
    area.set_top(ui.available_rect_before_wrap().top());
    for (plot, rect) in plots.iter().zip(LAYOUT.places(area, plots.len())) {
        let mut child = ui.new_child(UiBuilder::new().max_rect(rect).id_salt(("map", plot.arm)));
        if plot_ui(&mut child, id, input, plot) {
            forget::<FeatureMap>(ui, id);
        }
    }
    ui.advance_cursor_after_rect(area);
}

fn figure(ui: &Ui, id: Id, input: PanelInput<'_>, state: &PanelState) -> Arc<FeatureMap> {
    let choice = state.feature_map;
    let options = FeatureMapOptions {
        x1: choice.x1,
        x2: choice.x2,
        trails: choice.trails,
        same_scale: choice.same_scale,
        hidden: &state.shared.hidden_arms,
        cursor: input.cursor,
    };
    cached(ui, id, input.history, &options, |options, before| {
        FeatureMap::new(input.history, options, before)
    })
}

fn options_ui(ui: &mut Ui, input: PanelInput<'_>, choice: &mut FeatureMapChoice, map: &FeatureMap) {
    let theme = input.theme;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 6.0;
        picker_ui(ui, input, "x₁", map, map.x1, &mut choice.x1);
        picker_ui(ui, input, "x₂", map, map.x2, &mut choice.x2);
        ui.add_space(8.0);
        if word_ui(ui, theme, "paths", choice.trails, "Draws the paths of some neurons from the start to the step shown") {
            choice.trails = !choice.trails;
        }
        if word_ui(ui, theme, "same scale", choice.same_scale, "Gives all arms one extent. Off, each arm has its own: mean-field features start at size 1/√D, the others at size 1") {
            choice.same_scale = !choice.same_scale;
        }
        ui.add_space(8.0);
        for (ink, text) in [(Ink::Positive, "vᵢ > 0"), (Ink::Negative, "vᵢ < 0"), (Ink::Ghost, "start")] {
            let (rect, _) = ui.allocate_exact_size(vec2(8.0, 8.0), Sense::hover());
            ui.painter().circle_filled(rect.center(), 3.5, ink_color(theme, ink));
            caption_ui(ui, theme, text).on_hover_text(
                "A dot is a neuron: its feature h_i at x₁ against that at x₂, coloured by the sign of its output weight v_i at the start",
            );
        }
    });
}

fn picker_ui(
    ui: &mut Ui,
    input: PanelInput<'_>,
    symbol: &str,
    map: &FeatureMap,
    now: Option<PointRef>,
    chosen: &mut Option<PointRef>,
) {
    caption_ui(ui, input.theme, symbol);
    let name = |p: PointRef| RichText::new(short_name(p)).small();
    let text = now.map_or(RichText::new("—"), name);
    let response = ComboBox::from_id_salt(symbol)
        .selected_text(text)
        .width(60.0)
        .show_ui(ui, |ui| {
            for point in &map.points {
                if ui
                    .selectable_label(now == Some(*point), name(*point))
                    .clicked()
                {
                    *chosen = Some(*point);
                }
            }
        });
    let horizontal = if symbol == "x₁" {
        "horizontally"
    } else {
        "vertically"
    };
    response.response.on_hover_text({
        let name = now.map_or(String::new(), |p| format!(", now {}", point_name(p)));
        format!("Point whose features are shown {horizontal}{name}")
    });
}

/// `train 3`, `test 0`.
fn short_name(point: PointRef) -> String {
    match point {
        PointRef::Train(index) => format!("train {index}"),
        PointRef::Test(index) => format!("test {index}"),
    }
}

/// Draws an arm's map under its title; returns whether its axes were asked to fit again.
fn plot_ui(ui: &mut Ui, id: Id, input: PanelInput<'_>, plot: &FeaturePlot) -> bool {
    let rect = ui.max_rect();
    title_ui(
        ui,
        Rect::from_min_size(rect.min, vec2(rect.width(), TITLE)),
        input,
        plot,
    );
    let below = Rect::from_min_max(rect.min + vec2(0.0, TITLE), rect.max);
    let Some(figure) = &plot.figure else {
        let mut ui = ui.new_child(UiBuilder::new().max_rect(below));
        let detail = absent_text(
            input,
            (plot.arm, &plot.status),
            [
                "No features at this step yet.",
                "At infinite width there are no neurons.",
            ],
        );
        message_ui(&mut ui, input.theme, "", &detail);
        return false;
    };
    let mut ui = ui.new_child(UiBuilder::new().max_rect(below));
    let view = PlotView {
        id: id.with(plot.arm),
        figure,
        theme: input.theme,
        size: below.size(),
        square: true,
    };
    view.show(&mut ui).reset
}

/// The arm's name, shortened where it must be, and its mean movement.
fn title_ui(ui: &mut Ui, rect: Rect, input: PanelInput<'_>, plot: &FeaturePlot) {
    let theme = input.theme;
    let body = TextStyle::Body.resolve(ui.style());
    let small = TextStyle::Small.resolve(ui.style());
    let color = theme.arm(plot.arm);
    let strong = FontId::new(body.size, fonts::semibold());
    let mut job = LayoutJob::simple_singleline(plot.label.clone(), strong, color);
    let whole_name = ui.fonts_mut(|f| f.layout_job(job.clone())).size().x;
    let movement = plot.movement.map(|v| number::number(v, 2));
    let layout = |text: String| {
        ui.painter()
            .layout_no_wrap(text, small.clone(), theme.weak_text)
    };
    let written = |before: &str| {
        let text = movement.as_ref().map(|value| format!("{before}{value}"));
        layout(text.unwrap_or_default())
    };
    let long = written("mean |Δh| = ");
    let fits = whole_name + 10.0 + long.size().x <= rect.width();
    let movement = if fits { long } else { written("|Δh| ") };
    job.wrap = TextWrapping::truncate_at_width(rect.width() - movement.size().x - 10.0);
    let name = ui.fonts_mut(|f| f.layout_job(job));
    let beside = rect.left() + name.size().x + 8.0;
    for (left, galley) in [(rect.left(), name), (beside, movement)] {
        let at = pos2(left, rect.center().y - 0.5 * galley.size().y);
        ui.painter().galley(at, galley, color);
    }
    let step = plot
        .step
        .map_or(String::new(), |s| format!("At step {}, ", number::count(s)));
    let value = |v: Option<f64>| v.map_or("not measured".to_owned(), |v| number::number(v, 3));
    let tooltip = format!(
        "{step}{} neurons shown.\nfeature movement {}: {}\nrelative feature movement {}: {}",
        number::count(plot.neurons as u64),
        value(plot.movement),
        Quantity::FeatureMovement.definition(),
        value(plot.relative),
        Quantity::RelativeFeatureMovement.definition(),
    );
    ui.interact(rect, ui.scope_id().with("title"), Sense::hover())
        .on_hover_text(tooltip);
}
