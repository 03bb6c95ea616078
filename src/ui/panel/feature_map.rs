//! Feature maps of the arms side by side.

use std::sync::Arc;

use egui::{
    ComboBox, FontId, Id, Rect, RichText, Role, ScrollArea, Sense, TextStyle, TextWrapMode, Ui,
    UiBuilder, WidgetInfo, pos2, vec2,
};

use crate::figure::{FeatureMap, FeatureMapOptions, FeaturePlot, Ink, arm_name, point_name};
use crate::number;
use crate::spec::{PanelKind, PointRef, Quantity};
use crate::ui::Theme;
use crate::ui::action::Action;
use crate::ui::elide::elided;
use crate::ui::fonts;
use crate::ui::glossary::{BEFORE, FEATURE_MOVEMENT};
use crate::ui::plot::{PlotView, ink_color};

use super::parts::cache::{cached, forget};
use super::parts::choice::{caption_ui, word_ui};
use super::parts::lack::Lack;
use super::parts::map_grid::{MapGrid, TITLE};
use super::parts::stage::{absent_text, message_ui};
use super::row::{Panel, Shows};
use super::{PanelInput, PanelState};

/// The panel.
pub(super) const ROW: Panel = Panel {
    kind: PanelKind::FeatureMap,
    key: "feature-map",
    title: "Feature map",
    description: "Features of the hidden neurons at one point against those at another, a neuron a dot.",
    shows: Shows::Run,
    least: Panel::LEAST,
    lack: |input| UNMEASURED.unless(input, |r| r.features.is_some()),
    draw: feature_map_ui,
};

pub use crate::page::choice::FeatureMapChoice;

/// What is said where there is nothing to draw.
const UNMEASURED: Lack = Lack {
    title: "No features were recorded",
    remedy: "Add FeatureMap(x1: Train(0), x2: Test(0)) to the preset's observables.",
};

/// What the switch of the paths means.
const PATHS: &str = "Draws the way of 40 neurons, spread evenly over those shown, from the start (grey) to the step shown";

/// What the switch of the scale means.
const SAME_SCALE: &str = "Gives the maps of all arms one extent, so that they can be compared. Where the features of an arm start smaller (by 1/√D under mean-field) they start nearer to the middle of the same map. Off, each arm has its own extent";

/// What a dot is.
const DOT: &str = "A dot is a neuron: its feature h_i at x₁ against that at x₂, coloured by the sign of its output weight v_i at the start";

/// The colours of the dots, and what has them.
const KEYS: [(Ink, &str, &str); 3] = [
    (Ink::Positive, "vᵢ > 0", DOT),
    (Ink::Negative, "vᵢ < 0", DOT),
    (
        Ink::Ghost,
        "start",
        "Where the neurons stood at the start of this run, before any step",
    ),
];

/// What the grey dots under the others are.
const OF_BEFORE: &str = "The neurons of the run before, at the same step or at its last one where that is earlier, under those of the arm that took its place. The extent of the map holds them too";

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
    let grid = MapGrid::new(area.size(), map.plots.len(), state.feature_map.same_scale);
    let builder = UiBuilder::new().max_rect(area);
    let scroll = ScrollArea::vertical().id_salt("maps");
    let reset = scroll.show(&mut ui.new_child(builder), |ui| {
        let size = vec2(area.width(), grid.height());
        let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
        let draw = |(place, plot): (usize, &FeaturePlot)| {
            let frame = grid.frame(place).translate(rect.min.to_vec2());
            let written = grid.is_written(place);
            // What is scrolled out of sight need not be drawn.
            ui.is_rect_visible(frame) && plot_ui(ui, id, input, plot, (frame, written))
        };
        let mut resets = map.plots.iter().enumerate().map(draw);
        resets.by_ref().fold(false, |any, reset| any | reset)
    });
    if reset.inner {
        forget::<FeatureMap>(ui, id);
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
        ui.style_mut().wrap_mode = Some(TextWrapMode::Extend);
        picker_ui(ui, input, "x₁", map, map.x1, &mut choice.x1);
        picker_ui(ui, input, "x₂", map, map.x2, &mut choice.x2);
        ui.add_space(8.0);
        if word_ui(ui, theme, "paths", choice.trails, PATHS) {
            choice.trails = !choice.trails;
        }
        if word_ui(ui, theme, "same scale", choice.same_scale, SAME_SCALE) {
            choice.same_scale = !choice.same_scale;
        }
        ui.add_space(8.0);
        for (ink, text, meaning) in KEYS {
            key_ui(ui, theme, (ink, text), meaning);
        }
        if map.plots.iter().any(|plot| plot.has_before) {
            key_ui(ui, theme, (Ink::Before, BEFORE.0), OF_BEFORE);
        }
    });
}

/// A dot of a colour, and what has it.
fn key_ui(ui: &mut Ui, theme: &Theme, (ink, text): (Ink, &str), meaning: &str) {
    let (rect, _) = ui.allocate_exact_size(vec2(8.0, 8.0), Sense::hover());
    ui.painter()
        .circle_filled(rect.center(), 3.5, ink_color(theme, ink));
    caption_ui(ui, theme, text).on_hover_text(meaning);
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

/// Draws an arm's map into a frame, under its title; returns whether its axes were asked to fit again.
fn plot_ui(
    ui: &mut Ui,
    id: Id,
    input: PanelInput<'_>,
    plot: &FeaturePlot,
    (frame, written): (Rect, [bool; 2]),
) -> bool {
    let mut ui = ui.new_child(UiBuilder::new().max_rect(frame).id_salt(("map", plot.arm)));
    // Before the first title stands the name of the vertical axis.
    let left = frame.left() + if written[1] { 8.0 } else { 0.0 };
    let title = Rect::from_min_max(
        pos2(left, frame.top() - TITLE - 4.0),
        pos2(frame.right(), frame.top() - 4.0),
    );
    title_ui(&mut ui, title, input, plot);
    let Some(figure) = &plot.figure else {
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
    let view = PlotView {
        id: id.with(plot.arm),
        figure,
        theme: input.theme,
        size: frame.size(),
    };
    view.show_in(&mut ui, frame, written).reset
}

/// The arm's name, shortened where it must be, and its mean movement.
fn title_ui(ui: &mut Ui, rect: Rect, input: PanelInput<'_>, plot: &FeaturePlot) {
    let theme = input.theme;
    let body = TextStyle::Body.resolve(ui.style());
    let small = TextStyle::Small.resolve(ui.style());
    let color = theme.arm_text(plot.arm);
    let strong = FontId::new(body.size, fonts::semibold());
    let label = arm_name(input.experiment, &plot.label);
    let whole_name = ui
        .painter()
        .layout_no_wrap(label.to_owned(), strong.clone(), color);
    let whole_name = whole_name.size().x;
    let movement = plot.movement.map(|v| match v.is_finite() {
        true => number::number(v, 2),
        false => "not finite".to_owned(),
    });
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
    let room = rect.width() - movement.size().x - 10.0;
    let name = elided(ui, label, &strong, color, room);
    let beside = rect.left() + name.size().x + 8.0;
    let [mut of_name, mut of_movement] = [rect, rect];
    (of_name.max.x, of_movement.min.x) = (beside, beside);
    let said = movement.text().to_owned();
    for (left, galley) in [(rect.left(), name), (beside, movement)] {
        let at = pos2(left, rect.center().y - 0.5 * galley.size().y);
        ui.painter().galley(at, galley, color);
    }
    let [of_plot, of_features] = title_words(plot);
    ui.interact(of_name, ui.scope_id().with("title"), Sense::hover())
        .on_hover_text(of_plot);
    let response = ui.interact(of_movement, ui.scope_id().with("movement"), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &said));
    response.on_hover_text(of_features);
}

/// What is said of a map, and of how far its features have moved.
fn title_words(plot: &FeaturePlot) -> [String; 2] {
    let step = plot
        .step
        .map_or(String::new(), |s| format!("At step {}, ", number::count(s)));
    let value = |v: Option<f64>| v.map_or("not measured".to_owned(), |v| number::number(v, 3));
    let neurons = number::count(plot.neurons as u64);
    let relative = Quantity::RelativeFeatureMovement;
    [
        format!("{}\n{step}{neurons} neurons shown.", plot.label),
        format!(
            "{} = {}\n{}\n\n{} = {}: {}",
            FEATURE_MOVEMENT.0,
            value(plot.movement),
            FEATURE_MOVEMENT.1,
            relative.title(),
            value(plot.relative),
            relative.definition(),
        ),
    ]
}
