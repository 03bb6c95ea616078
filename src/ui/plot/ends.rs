//! Names beside the ends of lines.

use std::sync::Arc;

use egui::text::{LayoutJob, TextWrapping};
use egui::{Galley, Pos2, Stroke, Ui, pos2, vec2};
use egui_plot::PlotTransform;

use crate::figure::{Figure, Layer, Line, spread};
use crate::ui::Theme;

use super::axes::tick_font;
use super::ink::ink_color;
use super::item::position;

/// Distance between a line's end and its name.
const GAP: f32 = 7.0;

/// Longest name drawn whole.
const WIDEST: f32 = 120.0;

/// A line and its name, laid out.
pub(super) type Named<'a> = (&'a Line, Arc<Galley>);

/// The lines that bear a name.
pub(super) fn layout<'a>(ui: &Ui, theme: &Theme, figure: &'a Figure) -> Vec<Named<'a>> {
    let named = figure.layers.iter().filter_map(|layer| match layer {
        Layer::Line(line) => Some((line, line.end_label.clone()?)),
        _ => None,
    });
    named
        .map(|(line, name)| {
            let color = ink_color(theme, line.ink);
            let mut job = LayoutJob::simple_singleline(name, tick_font(ui), color);
            job.wrap = TextWrapping::truncate_at_width(WIDEST);
            (line, ui.fonts_mut(|f| f.layout_job(job)))
        })
        .collect()
}

/// Space to keep free right of the frame; `None` where names would take too much of it, or where
/// a single line needs none.
pub(super) fn right_margin(names: &[Named<'_>], width: f32) -> Option<f32> {
    let widest = names.iter().map(|(_, g)| g.size().x).fold(0.0, f32::max);
    let fits = names.len() > 1 && widest + GAP < 0.2 * width;
    fits.then_some(widest + 2.0 * GAP)
}

/// Draws the names beside the last visible points of their lines, moved apart where they would
/// overlap; none where they don't fit.
pub(super) fn paint(ui: &Ui, theme: &Theme, names: &[Named<'_>], transform: &PlotTransform) {
    let frame = *transform.frame();
    let visible: Vec<(Pos2, &Named<'_>)> = names
        .iter()
        .filter_map(|named| Some((end_of(named.0, transform)?, named)))
        .collect();
    let height = names.iter().map(|(_, g)| g.size().y).fold(0.0, f32::max);
    let wanted: Vec<f32> = visible.iter().map(|(at, _)| at.y).collect();
    let (top, bottom) = (frame.top() - 0.5 * height, frame.bottom() + 0.2 * height);
    let Some(placed) = spread(&wanted, height, top, bottom) else {
        return;
    };
    for ((at, (line, galley)), y) in visible.into_iter().zip(placed) {
        let color = ink_color(theme, line.ink);
        // Near the right edge the name goes into the margin, clear of other lines.
        let near_edge = at.x > frame.right() - 0.2 * frame.width();
        let left = if near_edge { frame.right() } else { at.x } + GAP;
        if (y - at.y).abs() > 0.4 * height || left - at.x > 2.0 * GAP {
            let leader = [at + vec2(3.0, 0.0), pos2(left - 2.0, y)];
            let stroke = Stroke::new(1.0, color.gamma_multiply(0.5));
            ui.painter().line_segment(leader, stroke);
        }
        let corner = pos2(left, y - 0.5 * galley.size().y);
        ui.painter().galley(corner, galley.clone(), color);
    }
}

/// The last point of a line within the frame.
fn end_of(line: &Line, transform: &PlotTransform) -> Option<Pos2> {
    let frame = transform.frame().expand(1.0);
    let points = line.points.iter().rev();
    let mut placed = points.filter_map(|p| position(transform, *p));
    placed.find(|at| frame.contains(*at))
}
