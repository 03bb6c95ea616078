//! Single points of a plot: the one under the pointer, and names beside them.

use egui::{Align2, Color32, Pos2, Rect, TextStyle, Ui, Vec2, vec2};
use egui_plot::PlotPoint;

use crate::ui::plot::PlotOutput;

/// How near the pointer must come to a point.
const REACH: f32 = 24.0;

/// Distance of a name from its point, sideways and up or down.
const APART: [f32; 2] = [8.0, 3.0];

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

/// Writes names beside points of a plot, each at the first side where it is clear of all points, of the
/// names before, of what else is written there and, if there is such a side, of lines, which are given by points
/// along them; a name that is nowhere clear is left out.
pub fn names_ui(
    ui: &Ui,
    frame: Rect,
    points: &[(Pos2, &str, Color32)],
    (lines, written): (&[Pos2], Option<Rect>),
) {
    let font = TextStyle::Small.resolve(ui.style());
    let disc = |(at, ..): &(Pos2, &str, Color32)| Rect::from_center_size(*at, vec2(9.0, 9.0));
    let mut taken: Vec<Rect> = points.iter().map(disc).chain(written).collect();
    for (at, name, color) in points {
        let name = (*name).to_owned();
        let galley = ui.painter().layout_no_wrap(name, font.clone(), *color);
        let places = places(*at, galley.size());
        let clear = places.into_iter().filter(|place| {
            frame.contains_rect(*place) && !taken.iter().any(|rect| rect.intersects(*place))
        });
        let clear: Vec<Rect> = clear.collect();
        let off_lines = |place: &&Rect| !lines.iter().any(|p| place.expand(2.0).contains(*p));
        if let Some(place) = clear.iter().find(off_lines).or(clear.first()) {
            ui.painter().galley(place.min, galley, *color);
            taken.push(*place);
        }
    }
}

/// Where a name of a size can stand beside a point, the best place first.
fn places(at: Pos2, size: Vec2) -> [Rect; 6] {
    let [side, rise] = APART;
    let places = [
        (Align2::LEFT_CENTER, vec2(side, 0.0)),
        (Align2::LEFT_BOTTOM, vec2(side, -rise)),
        (Align2::LEFT_TOP, vec2(side, rise)),
        (Align2::RIGHT_BOTTOM, vec2(-side, -rise)),
        (Align2::RIGHT_TOP, vec2(-side, rise)),
        (Align2::RIGHT_CENTER, vec2(-side, 0.0)),
    ];
    places.map(|(corner, away)| corner.anchor_size(at + away, size))
}
