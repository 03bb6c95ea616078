//! Where a point of a figure is on the screen.

use egui::Pos2;
use egui_plot::{PlotPoint, PlotTransform};

use super::axes::bounds_range;

/// Where a point is drawn, `None` for a gap. Far-off points are brought near the frame in double
/// precision, where single precision would overflow.
pub(super) fn position(transform: &PlotTransform, point: [f64; 2]) -> Option<Pos2> {
    if !(point[0].is_finite() && point[1].is_finite()) {
        return None;
    }
    let near = |d: usize| {
        let range = bounds_range(transform, d);
        let room = 100.0 * range.span();
        point[d].clamp(range.low - room, range.high + room)
    };
    Some(transform.position_from_point(&PlotPoint::new(near(0), near(1))))
}
