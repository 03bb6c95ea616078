//! The theme's colour of each meaning.

use egui::{Color32, Painter, Pos2, Shape, Stroke};

use crate::figure::{Ink, Shaft};
use crate::ui::Theme;

/// Width of a line of the run before, as a share of an arm's.
const THIN: f32 = 0.6;

/// The theme's colour of a meaning.
pub fn ink_color(theme: &Theme, ink: Ink) -> Color32 {
    match ink {
        Ink::Arm(index) => theme.arm(index),
        Ink::Positive => theme.sign(true),
        Ink::Negative => theme.sign(false),
        Ink::Ghost => theme.weak_text.lerp_to_gamma(theme.panel, 0.45),
        Ink::Before => theme.of_before(),
        Ink::Path => theme.text,
        Ink::Guide => theme.hairline,
        Ink::Cursor => theme.accent,
        Ink::Error => theme.error,
    }
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
    let shaft = theme.shaft(shaft);
    match ink {
        Ink::Arm(index) if theme.before.contains(&index) => Shaft {
            width: THIN * shaft.width,
            ..shaft
        },
        _ => shaft,
    }
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
