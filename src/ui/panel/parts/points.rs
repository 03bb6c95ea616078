//! Single points of a plot: the one under the pointer, and names beside them.

use egui::{Align2, Color32, Pos2, Rect, TextStyle, Ui, vec2};
use egui_plot::PlotPoint;

use crate::ui::plot::PlotOutput;

/// How near the pointer must come to a point.
const REACH: f32 = 24.0;

/// Distance of a name from its point.
const APART: f32 = 8.0;

/// Where a point is on the screen.
pub fn on_screen(plot: &PlotOutput, [x, y]: [f64; 2]) -> Pos2 {
    plot.transform.position_from_point(&PlotPoint::new(x, y))
}

/// The point nearest to the pointer, if it is near, and what it stands for.
pub fn nearest<T>(
    points: impl Iterator<Item = ([f64; 2], T)>,
    plot: &PlotOutput,
) -> Option<(Pos2, T)> {
    let pointer = plot.response.hover_pos()?;
    let placed = points.map(|(point, of)| (on_screen(plot, point), of));
    let nearest = placed.min_by(|a, b| {
        pointer
            .distance_sq(a.0)
            .total_cmp(&pointer.distance_sq(b.0))
    })?;
    (pointer.distance(nearest.0) <= REACH).then_some(nearest)
}

/// Writes names beside points of a plot, each at the first side where it is clear of all points and of
/// the names before; a name that is nowhere clear is left out.
pub fn names_ui(ui: &Ui, frame: Rect, points: &[(Pos2, &str, Color32)]) {
    let font = TextStyle::Small.resolve(ui.style());
    let disc = |(at, ..): &(Pos2, &str, Color32)| Rect::from_center_size(*at, vec2(9.0, 9.0));
    let mut taken: Vec<Rect> = points.iter().map(disc).collect();
    for (at, name, color) in points {
        let name = (*name).to_owned();
        let galley = ui.painter().layout_no_wrap(name, font.clone(), *color);
        let sides = [
            (Align2::LEFT_CENTER, vec2(APART, 0.0)),
            (Align2::RIGHT_CENTER, vec2(-APART, 0.0)),
            (Align2::CENTER_BOTTOM, vec2(0.0, -APART)),
            (Align2::CENTER_TOP, vec2(0.0, APART)),
        ];
        let places = sides.map(|(side, away)| side.anchor_size(*at + away, galley.size()));
        let is_clear = |place: &Rect| {
            frame.contains_rect(*place) && !taken.iter().any(|rect| rect.intersects(*place))
        };
        if let Some(place) = places.into_iter().find(is_clear) {
            ui.painter().galley(place.min, galley, *color);
            taken.push(place);
        }
    }
}
