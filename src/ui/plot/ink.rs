//! The theme's colour of each meaning.

use egui::{Color32, Painter, Pos2, Shape, Stroke};

use crate::figure::{Ink, Shaft};
use crate::ui::Theme;

/// The theme's colour of a meaning.
pub fn ink_color(theme: &Theme, ink: Ink) -> Color32 {
    theme.colours.ink(ink).into()
}

/// The same for text, which needs more contrast than a mark.
pub(super) fn text_color(theme: &Theme, ink: Ink) -> Color32 {
    match ink {
        Ink::Arm(index) => theme.arm_text(index),
        other => ink_color(theme, other),
    }
}

/// Width and dash of what is drawn of an arm: those of the run before are thin.
pub fn arm_shaft(theme: &Theme, ink: Ink, shaft: Shaft) -> Shaft {
    theme.colours.arm_shaft(ink, shaft)
}

/// Draws a sample of a line's width and dash, for tables and keys.
pub fn paint_shaft(painter: &Painter, points: [Pos2; 2], shaft: Shaft, color: Color32) {
    let mut shapes = Vec::new();
    push_path(&points, shaft, color, &mut shapes);
    painter.extend(shapes);
}

/// Appends a path with the width, opacity and dash given.
pub(super) fn push_path(points: &[Pos2], shaft: Shaft, color: Color32, shapes: &mut Vec<Shape>) {
    let stroke = Stroke::new(shaft.width, color.gamma_multiply(shaft.opacity));
    let strokes = shaft.dash.strokes();
    if strokes.is_empty() {
        shapes.push(Shape::line(points.to_vec(), stroke));
        return;
    }
    let every_other = |skip: usize| {
        let lengths = strokes.iter().skip(skip).step_by(2);
        lengths.copied().collect::<Vec<f32>>()
    };
    let (drawn, left_out) = (every_other(0), every_other(1));
    Shape::dashed_line_many_with_offset(points, stroke, &drawn, &left_out, 0.0, shapes);
}
