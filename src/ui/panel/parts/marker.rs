//! The name of a value that is marked along the horizontal axis, and what it is.

use egui::{Align2, Pos2, Rect, TextStyle, Ui, pos2, vec2};

use crate::figure::AxisMarker;
use crate::ui::Theme;
use crate::ui::plot::PlotOutput;

use super::points::on_screen;

/// How near the pointer must come to the line.
const REACH: f32 = 5.0;

/// Distance of the name from the line and from the frame's top.
const APART: egui::Vec2 = vec2(3.0, 2.0);

/// A marker on the screen.
pub struct PlacedMarker<'a> {
    marker: &'a AxisMarker,
    x: f32,
    /// Where its name is written.
    pub name: Rect,
}

impl<'a> PlacedMarker<'a> {
    /// Writes the marker's name beside its line, at the top of the frame; `None` where the axis shows another part.
    pub fn paint(
        ui: &Ui,
        theme: &Theme,
        (marker, plot): (Option<&'a AxisMarker>, &PlotOutput),
    ) -> Option<Self> {
        let marker = marker?;
        let frame = plot.frame;
        let x = on_screen(plot, [marker.at, 0.0]).x;
        if !frame.x_range().contains(x) {
            return None;
        }
        let font = TextStyle::Small.resolve(ui.style());
        let name = marker.name.to_owned();
        let galley = ui.painter().layout_no_wrap(name, font, theme.weak_text);
        let right = Align2::LEFT_TOP.anchor_size(pos2(x, frame.top()) + APART, galley.size());
        let left = pos2(x - APART.x, frame.top() + APART.y);
        let name = if frame.contains_rect(right) {
            right
        } else {
            Align2::RIGHT_TOP.anchor_size(left, galley.size())
        };
        ui.painter().galley(name.min, galley, theme.weak_text);
        Some(Self { marker, x, name })
    }

    /// Points along its line, of which the names of others keep clear.
    pub fn points(&self, frame: Rect) -> Vec<Pos2> {
        let [top, bottom] = [frame.top(), frame.bottom()].map(|y| y as i32);
        let line = (top..bottom).step_by(4).map(|y| pos2(self.x, y as f32));
        line.collect()
    }

    /// What the marker is, where the pointer is on its line or its name.
    pub fn pointed(&self, plot: &PlotOutput) -> Option<&'a str> {
        let pointer = plot.response.hover_pos()?;
        let is_near = (pointer.x - self.x).abs() <= REACH || self.name.contains(pointer);
        is_near.then_some(self.marker.definition.as_str())
    }
}
