//! Shapes with an outline.

use egui::epaint::{
    CircleShape, ColorMode, CubicBezierShape, EllipseShape, PathShape, PathStroke,
    QuadraticBezierShape,
};
use egui::{Color32, Pos2, Rect, Shape, Stroke};

use super::canvas::Canvas;
use super::color::fill_and_stroke;
use super::path::PathData;
use super::transform::rotation;
use super::{Resources, band, mesh, rect, text};

/// Draws one shape that is not a list of shapes.
pub(super) fn draw(canvas: &mut Canvas, resources: &Resources<'_>, shape: &Shape) {
    match shape {
        Shape::Noop | Shape::Vec(_) | Shape::Callback(_) => {}
        Shape::Circle(circle) => draw_circle(canvas, circle),
        Shape::Ellipse(ellipse) => draw_ellipse(canvas, ellipse),
        Shape::LineSegment { points, stroke } => {
            draw_line(canvas, resources.pixels_per_point, *points, *stroke);
        }
        Shape::Path(path) => draw_path(canvas, path),
        Shape::Band(shape) => band::draw(canvas, shape),
        Shape::Rect(shape) => rect::draw(canvas, resources, shape),
        Shape::Text(shape) => text::draw(canvas, resources, shape),
        Shape::Mesh(shape) => mesh::draw(canvas, resources, shape),
        Shape::QuadraticBezier(curve) => draw_quadratic(canvas, curve),
        Shape::CubicBezier(curve) => draw_cubic(canvas, curve),
    }
}

fn draw_circle(canvas: &mut Canvas, circle: &CircleShape) {
    let style = fill_and_stroke(circle.fill, circle.stroke);
    canvas
        .styled("circle", style)
        .number("cx", circle.center.x)
        .number("cy", circle.center.y)
        .number("r", circle.radius)
        .close();
}

fn draw_ellipse(canvas: &mut Canvas, ellipse: &EllipseShape) {
    canvas
        .element("ellipse")
        .number("cx", ellipse.center.x)
        .number("cy", ellipse.center.y)
        .number("rx", ellipse.radius.x)
        .number("ry", ellipse.radius.y)
        .attributes(&fill_and_stroke(ellipse.fill, ellipse.stroke))
        .attributes(&rotation(ellipse.angle, ellipse.center))
        .close();
}

/// Horizontal and vertical lines go to the pixel grid, as they do in the bitmap, to be crisp.
fn draw_line(canvas: &mut Canvas, pixels_per_point: f32, points: [Pos2; 2], stroke: Stroke) {
    let [mut from, mut to] = points;
    if from.x == to.x {
        stroke.round_center_to_pixel(pixels_per_point, &mut from.x);
        to.x = from.x;
    }
    if from.y == to.y {
        stroke.round_center_to_pixel(pixels_per_point, &mut from.y);
        to.y = from.y;
    }
    canvas.line([from, to], stroke);
}

/// The stroke of a path is drawn centred on it, wherever egui would put it.
fn draw_path(canvas: &mut Canvas, path: &PathShape) {
    let PathShape {
        points,
        closed,
        fill,
        stroke,
    } = path;
    let ColorMode::Solid(color) = stroke.color else {
        return draw_rainbow(canvas, path);
    };
    let fill = if *closed { *fill } else { Color32::TRANSPARENT };
    let mut data = PathData::default();
    if *closed && points.iter().all(|point| point.is_finite()) {
        data.polygon(points);
    } else {
        data.polyline(points, canvas.line_limits(stroke.width));
    }
    canvas.path(&data, fill, Stroke::new(stroke.width, color));
}

/// Draws a line whose colour depends on the place, one colour for each segment.
fn draw_rainbow(canvas: &mut Canvas, path: &PathShape) {
    if path.closed && path.fill != Color32::TRANSPARENT {
        let mut data = PathData::default();
        data.polygon(&path.points);
        canvas.path(&data, path.fill, Stroke::NONE);
    }
    let ColorMode::UV(color_at) = &path.stroke.color else {
        return;
    };
    let bounds = Rect::from_points(&path.points).expand(path.stroke.width / 2.0);
    let last = path.closed.then(|| path.points.first()).flatten();
    let points: Vec<Pos2> = path.points.iter().chain(last).copied().collect();
    for &[from, to] in points.array_windows() {
        let color = color_at(bounds, from.lerp(to, 0.5));
        canvas.line([from, to], Stroke::new(path.stroke.width, color));
    }
}

fn draw_quadratic(canvas: &mut Canvas, curve: &QuadraticBezierShape) {
    let [start, rest @ ..] = &curve.points;
    draw_curve(
        canvas,
        (*start, 'q', rest),
        (curve.closed, curve.fill),
        &curve.stroke,
    );
}

fn draw_cubic(canvas: &mut Canvas, curve: &CubicBezierShape) {
    let [start, rest @ ..] = &curve.points;
    draw_curve(
        canvas,
        (*start, 'c', rest),
        (curve.closed, curve.fill),
        &curve.stroke,
    );
}

/// A colour that depends on the place is taken at the curve's start.
fn draw_curve(
    canvas: &mut Canvas,
    (start, command, points): (Pos2, char, &[Pos2]),
    (closed, fill): (bool, Color32),
    stroke: &PathStroke,
) {
    let color = match &stroke.color {
        ColorMode::Solid(color) => *color,
        ColorMode::UV(color_at) => color_at(Rect::from_points(points), start),
    };
    let mut data = PathData::default();
    data.move_to(start);
    data.curve_to(command, points);
    if closed {
        data.close();
    }
    let fill = if closed { fill } else { Color32::TRANSPARENT };
    canvas.path(&data, fill, Stroke::new(stroke.width, color));
}
