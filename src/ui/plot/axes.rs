//! Tick labels and axis names around a plot's frame.

use egui::{Align2, Color32, FontId, Rect, Stroke, TextStyle, Ui, Vec2, pos2, vec2};
use egui_plot::PlotTransform;

use crate::figure::{Axis, Figure, Range, Tick};
use crate::ui::Theme;

/// Space for the labels of the vertical axis where they need no more.
const LEFT: f32 = 30.0;

/// Space left of the frame of one plot of several with the same axes.
pub(super) const GRID_LEFT: f32 = 38.0;

/// Rows of text around the frame, in points.
pub(super) const ROW: f32 = 16.0;

/// How many labelled ticks fit along the horizontal and the vertical side: powers of ten are short,
/// other numbers may be long.
pub(super) fn tick_counts(size: Vec2, figure: &Figure) -> [usize; 2] {
    let wide = if figure.x.scale.is_log() { 54.0 } else { 76.0 };
    let automatic = |n: f32| (n as usize).clamp(2, 10);
    let given = |n: f32| (n as usize).clamp(2, 64);
    let longest = figure.x.marks.iter().map(|t| t.label.chars().count()).max();
    [
        longest.map_or(automatic(size.x / wide), |longest| {
            given(size.x / (12.0 + 6.0 * longest as f32))
        }),
        if figure.y.marks.is_empty() {
            automatic(size.y / 32.0)
        } else {
            given(size.y / 22.0)
        },
    ]
}

/// What a plot shows of its horizontal (0) or vertical (1) axis.
pub(super) fn bounds_range(transform: &PlotTransform, dimension: usize) -> Range {
    let bounds = transform.bounds();
    Range {
        low: bounds.min()[dimension],
        high: bounds.max()[dimension],
    }
}

/// The font of tick labels and axis names.
pub(super) fn tick_font(ui: &Ui) -> FontId {
    TextStyle::Small.resolve(ui.style())
}

/// Width the labels of the vertical axis take.
pub(super) fn left_margin(ui: &Ui, axis: &Axis, count: usize) -> f32 {
    let font = tick_font(ui);
    let width = |t: &Tick| {
        let galley = ui
            .painter()
            .layout_no_wrap(t.label.clone(), font.clone(), Color32::WHITE);
        galley.size().x
    };
    let marks = axis.ticks(axis.range, count);
    let widest = marks.iter().map(width).fold(0.0, f32::max);
    // In steps, so that a label one digit longer does not move the frame.
    (((widest + 10.0) / 10.0).ceil() * 10.0).max(LEFT)
}

/// Draws the frame's left and lower side with ticks, and the labels and names of the axes that are
/// `written`; returns where the names stand, horizontal axis first.
pub(super) fn paint_axes(
    ui: &Ui,
    theme: &Theme,
    figure: &Figure,
    transform: &PlotTransform,
    (counts, written): ([usize; 2], [bool; 2]),
) -> [Rect; 2] {
    let painter = ui.painter();
    let frame = *transform.frame();
    let stroke = Stroke::new(1.0, theme.weak_text.gamma_multiply(0.6));
    painter.line_segment([frame.left_bottom(), frame.right_bottom()], stroke);
    painter.line_segment([frame.left_top(), frame.left_bottom()], stroke);
    let font = tick_font(ui);
    let label = |at, anchor, text: String| {
        if !text.is_empty() {
            painter.text(at, anchor, text, font.clone(), theme.weak_text);
        }
    };
    for tick in figure.x.ticks(bounds_range(transform, 0), counts[0]) {
        let foot = pos2(transform.position_from_point_x(tick.place), frame.bottom());
        painter.line_segment([foot, foot + vec2(0.0, tick_length(&tick))], stroke);
        if written[0] {
            label(foot + vec2(0.0, 4.0), Align2::CENTER_TOP, tick.label);
        }
    }
    for tick in figure.y.ticks(bounds_range(transform, 1), counts[1]) {
        let foot = pos2(frame.left(), transform.position_from_point_y(tick.place));
        painter.line_segment([foot - vec2(tick_length(&tick), 0.0), foot], stroke);
        if written[1] {
            label(foot - vec2(7.0, 0.0), Align2::RIGHT_CENTER, tick.label);
        }
    }
    let x_at = frame.right_bottom() + vec2(0.0, 4.0 + ROW);
    let y_at = pos2(
        (frame.left() - 30.0).max(ui.max_rect().left()),
        frame.top() - 6.0,
    );
    let name = |written: bool, at, anchor, text: &str| {
        let text = if written { text } else { "" };
        painter.text(at, anchor, text, font.clone(), theme.text)
    };
    [
        name(written[0], x_at, Align2::RIGHT_TOP, &figure.x.label),
        name(written[1], y_at, Align2::LEFT_BOTTOM, &figure.y.label),
    ]
}

fn tick_length(tick: &Tick) -> f32 {
    if tick.is_major() { 4.0 } else { 2.0 }
}
