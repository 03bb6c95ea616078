//! A bar of colours with the numbers at its marks.

use egui::{Align2, Color32, Mesh, Rect, Sense, TextStyle, Ui, pos2};

use crate::figure::{Range, Scale, ticks};
use crate::ui::Theme;

/// Width of the bar.
const BAR: f32 = 10.0;

/// Bands of the bar, between which its colours are blended.
const STEPS: u32 = 64;

/// Width a bar takes with its numbers.
pub const WIDTH: f32 = 66.0;

/// Draws a bar at the left of a rectangle, its numbers right of it and its name above.
pub fn colour_bar_ui(
    ui: &mut Ui,
    theme: &Theme,
    rect: Rect,
    (scale, range): (Scale, Range),
    color: impl Fn(f64) -> Color32,
    (name, tooltip): (&str, &str),
) {
    let bar = Rect::from_min_size(rect.min, egui::vec2(BAR, rect.height()));
    let painter = ui.painter();
    let mut colours = Mesh::default();
    for k in 0..=STEPS {
        let share = k as f32 / STEPS as f32;
        let y = bar.bottom() - share * bar.height();
        for x in [bar.left(), bar.right()] {
            colours.colored_vertex(pos2(x, y), color(f64::from(share)));
        }
    }
    for k in 0..STEPS {
        let first = 2 * k;
        colours.add_triangle(first, first + 1, first + 2);
        colours.add_triangle(first + 1, first + 2, first + 3);
    }
    painter.add(colours);
    let font = TextStyle::Small.resolve(ui.style());
    let most = ((bar.height() / 32.0) as usize).clamp(2, 10);
    for tick in ticks(scale, range, most) {
        let share = ((tick.place - range.low) / range.span()) as f32;
        let y = bar.bottom() - share * bar.height();
        let length = if tick.is_major() { 4.0 } else { 2.0 };
        let stroke = egui::Stroke::new(1.0, theme.weak_text.gamma_multiply(0.6));
        painter.hline(bar.right()..=bar.right() + length, y, stroke);
        let at = pos2(bar.right() + 6.0, y);
        painter.text(
            at,
            Align2::LEFT_CENTER,
            tick.label,
            font.clone(),
            theme.weak_text,
        );
    }
    ui.interact(rect, ui.scope_id().with("colour bar"), Sense::hover())
        .on_hover_text(format!("{name}: {tooltip}"));
}
