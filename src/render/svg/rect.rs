//! Rectangles.

use egui::epaint::{CornerRadiusF32, RectShape};
use egui::{Color32, Pos2, Rect, Stroke, StrokeKind, Vec2};

use super::canvas::Canvas;
use super::color::fill_and_stroke;
use super::path::PathData;
use super::transform::rotation;
use super::{Resources, image};

/// Standard deviation of a uniform blur one point wide.
const UNIFORM_DEVIATION: f32 = 0.288_675_13;

/// Fills a rectangle with sharp corners.
pub(super) fn fill(canvas: &mut Canvas, rect: Rect, color: Color32) {
    if color != Color32::TRANSPARENT {
        push_rect(canvas, rect, 0.0, &fill_and_stroke(color, Stroke::NONE));
    }
}

/// Draws a rectangle; its stroke, which SVG centres on the outline, is moved to where egui has it.
pub(super) fn draw(canvas: &mut Canvas, resources: &Resources<'_>, shape: &RectShape) {
    if let Some(brush) = &shape.brush {
        let place = image::Place {
            rect: shape.rect,
            angle: shape.angle,
        };
        image::draw(
            canvas,
            resources,
            brush.fill_texture_id,
            brush.uv,
            place,
            shape.fill,
        );
    }
    let textured = shape.brush.is_some();
    let fill = if textured {
        Color32::TRANSPARENT
    } else {
        shape.fill
    };
    let outset = match (shape.stroke.is_empty(), shape.stroke_kind) {
        (true, _) | (_, StrokeKind::Middle) => 0.0,
        (_, StrokeKind::Inside) => -shape.stroke.width / 2.0,
        (_, StrokeKind::Outside) => shape.stroke.width / 2.0,
    };
    let rect = shape.rect.expand(outset);
    if rect.is_negative() || (textured && shape.stroke.is_empty()) {
        return;
    }
    let mut style = fill_and_stroke(fill, shape.stroke);
    style.push_str(&rotation(shape.angle, shape.rect.center()));
    if shape.blur_width > 0.0 {
        let blur = canvas.blur(shape.blur_width * UNIFORM_DEVIATION);
        style.push_str(&format!(" filter=\"{blur}\""));
    }
    let radius = fitting_radius(shape, outset);
    if radius.is_same() {
        push_rect(canvas, rect, radius.nw, &style);
    } else {
        let data = rounded(rect, radius);
        canvas
            .element("path")
            .attributes(&style)
            .attribute("d", data.as_str())
            .close();
    }
}

fn push_rect(canvas: &mut Canvas, rect: Rect, radius: f32, style: &str) {
    let element = canvas
        .element("rect")
        .number("x", rect.min.x)
        .number("y", rect.min.y)
        .number("width", rect.width())
        .number("height", rect.height());
    let element = if radius > 0.0 {
        element.number("rx", radius)
    } else {
        element
    };
    element.attributes(style).close();
}

/// The corner radii, moved with the outline by `outset` and cut to half the rectangle.
fn fitting_radius(shape: &RectShape, outset: f32) -> CornerRadiusF32 {
    let longest = (shape.rect.size().min_elem() / 2.0 + outset).max(0.0);
    let fit = |radius: u8| match radius {
        0 => 0.0,
        radius => (f32::from(radius) + outset).clamp(0.0, longest),
    };
    let radius = shape.corner_radius;
    CornerRadiusF32 {
        nw: fit(radius.nw),
        ne: fit(radius.ne),
        sw: fit(radius.sw),
        se: fit(radius.se),
    }
}

/// A rectangle with a quarter circle of its own radius at each corner.
fn rounded(rect: Rect, radius: CornerRadiusF32) -> PathData {
    /// Distance of the control points of a cubic curve that follows a quarter circle of radius 1.
    const KAPPA: f32 = 0.552_284_8;
    let corners = [
        (rect.left_top(), radius.nw, Vec2::Y, Vec2::X),
        (rect.right_top(), radius.ne, -Vec2::X, Vec2::Y),
        (rect.right_bottom(), radius.se, -Vec2::Y, -Vec2::X),
        (rect.left_bottom(), radius.sw, Vec2::X, -Vec2::Y),
    ];
    let mut data = PathData::default();
    for (k, (corner, radius, back, on)) in corners.into_iter().enumerate() {
        let point = |way: Vec2, share: f32| -> Pos2 { corner + way * (radius * share) };
        if k == 0 {
            data.move_to(point(back, 1.0));
        } else {
            data.line_to(point(back, 1.0));
        }
        if radius > 0.0 {
            let curve = [
                point(back, 1.0 - KAPPA),
                point(on, 1.0 - KAPPA),
                point(on, 1.0),
            ];
            data.curve_to('c', &curve);
        }
    }
    data.close();
    data
}
