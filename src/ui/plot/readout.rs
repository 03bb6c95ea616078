//! The value under the pointer.

use egui::{Color32, Pos2, Rect, Stroke, StrokeKind, TextStyle, Ui, pos2, vec2};
use egui_plot::PlotTransform;

use crate::figure::{Axis, Figure, Layer};
use crate::number;
use crate::ui::Theme;

use super::ink::ink_color;
use super::place::position;

/// How near the pointer must come to a point of a line.
const REACH: f32 = 24.0;

/// What lies under the pointer.
struct Found {
    at: Pos2,
    color: Color32,
    text: String,
}

/// Marks the point of a line nearest to the pointer, or the bar under it, and writes its numbers
/// beside it.
pub(super) fn paint(
    ui: &Ui,
    theme: &Theme,
    figure: &Figure,
    transform: &PlotTransform,
    pointer: Pos2,
) {
    let found = nearest_point(theme, figure, transform, pointer)
        .or_else(|| bar_under(theme, figure, transform, pointer));
    let Some(found) = found else {
        return;
    };
    let painter = ui.painter();
    let frame = *transform.frame();
    painter.circle(found.at, 3.5, found.color, Stroke::new(1.5, theme.panel));
    let font = TextStyle::Small.resolve(ui.style());
    let galley = painter.layout(
        found.text,
        font,
        theme.text,
        (0.8 * frame.width()).min(360.0),
    );
    let size = galley.size();
    let on_the_left = found.at.x + 12.0 + size.x > frame.right();
    let shift = if on_the_left { -12.0 - size.x } else { 12.0 };
    let corner = pos2(
        (found.at.x + shift).max(frame.left()),
        (found.at.y - 10.0 - size.y).max(frame.top()),
    );
    let rect = Rect::from_min_size(corner, size).expand2(vec2(5.0, 3.0));
    painter.rect_filled(rect, 3.0, theme.panel.gamma_multiply(0.92));
    painter.rect_stroke(
        rect,
        3.0,
        Stroke::new(1.0, theme.hairline),
        StrokeKind::Inside,
    );
    painter.galley(corner, galley, theme.text);
}

fn nearest_point(
    theme: &Theme,
    figure: &Figure,
    transform: &PlotTransform,
    pointer: Pos2,
) -> Option<Found> {
    let lines = figure.layers.iter().filter_map(|l| Some((l, l.line()?)));
    let points = lines.flat_map(|(layer, line)| line.points.iter().map(move |p| (layer, line, *p)));
    let placed = points.filter_map(|(l, line, p)| Some((l, line, p, position(transform, p)?)));
    let distance = |at: Pos2| pointer.distance_sq(at);
    let (layer, line, point, at) = placed.min_by(|a, b| distance(a.3).total_cmp(&distance(b.3)))?;
    let detail = match layer {
        Layer::Bound(bound) => format!("\n{}", bound.detail),
        _ => String::new(),
    };
    let near = pointer.distance(at) <= REACH && transform.frame().expand(2.0).contains(at);
    near.then(|| Found {
        at,
        color: ink_color(theme, line.ink),
        text: format!(
            "{}\n{}: {}{detail}",
            line.name,
            reading(&figure.x, point[0]),
            reading(&figure.y, point[1])
        ),
    })
}

fn bar_under(
    theme: &Theme,
    figure: &Figure,
    transform: &PlotTransform,
    pointer: Pos2,
) -> Option<Found> {
    let under = transform.value_from_position(pointer);
    figure.layers.iter().rev().find_map(|layer| {
        let Layer::Bars { ink, bars, .. } = layer else {
            return None;
        };
        let holds = |b: &&[f64; 3]| b[0] <= under.x && under.x < b[1] && under.y <= b[2];
        let [left, right, height] = *bars.iter().find(holds).filter(|b| b[2] > 0.0)?;
        let value = |place: f64| number::number(figure.x.scale.value(place), 3);
        Some(Found {
            at: position(transform, [0.5 * (left + right), height])?,
            color: ink_color(theme, *ink),
            text: format!("{height} values from {} to {}", value(left), value(right)),
        })
    })
}

fn reading(axis: &Axis, place: f64) -> String {
    let value = axis.scale.value(place);
    if axis.whole {
        format!(
            "{} {}",
            axis.label,
            number::count(value.round().max(0.0) as u64)
        )
    } else {
        number::number(value, 4)
    }
}
