//! Bands of varying width.

use egui::emath::Rot2;
use egui::epaint::{BandPoint, BandShape};
use egui::{Pos2, pos2};

use super::canvas::Canvas;
use super::path::PathData;

/// Draws the outline of each run of points that go right and have a lower and an upper end.
pub(super) fn draw(canvas: &mut Canvas, band: &BandShape) {
    let rotation = Rot2::from_angle(band.angle);
    let turned = |x: f32, y: f32| (rotation * pos2(x, y).to_vec2()).to_pos2();
    let mut data = PathData::default();
    for run in band.points.chunk_by(follows).filter(|run| run.len() > 1) {
        let upper = run.iter().map(|point| turned(point.x, point.y.min));
        let lower = run.iter().rev().map(|point| turned(point.x, point.y.max));
        let outline: Vec<Pos2> = upper.chain(lower).collect();
        data.polygon(&outline);
    }
    canvas.path(&data, band.fill, band.stroke);
}

fn follows(left: &BandPoint, right: &BandPoint) -> bool {
    let valid = |point: &BandPoint| point.is_finite() && point.y.min <= point.y.max;
    valid(left) && valid(right) && left.x < right.x
}
