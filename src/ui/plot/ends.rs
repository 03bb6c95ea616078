//! Names beside the ends of lines.

use std::sync::Arc;

use egui::{Color32, Galley, Pos2, Stroke, Ui, pos2, vec2};
use egui_plot::PlotTransform;

use crate::figure::{Figure, Layer, Line, spread};
use crate::ui::Theme;
use crate::ui::elide::elided;

use super::axes::tick_font;
use super::ink::text_color;
use super::place::position;

/// Distance between a line's end and its name.
const GAP: f32 = 7.0;

/// Longest name drawn whole.
const WIDEST: f32 = 120.0;

/// A line and its name, laid out.
pub(super) struct Named<'a> {
    line: &'a Line,
    galley: Arc<Galley>,
    color: Color32,
    /// Whether it names a bound, which gives way to the arms where there is no room.
    bound: bool,
    /// Whether the name is struck through.
    struck: bool,
}

/// The lines that bear a name.
pub(super) fn layout<'a>(ui: &Ui, theme: &Theme, figure: &'a Figure) -> Vec<Named<'a>> {
    let named = figure.layers.iter().filter_map(|layer| {
        let line = layer.line()?;
        Some((layer, line, line.end_label.clone()?))
    });
    named
        .map(|(layer, line, name)| {
            let struck = matches!(layer, Layer::Bound(bound) if bound.struck);
            let color = if struck {
                theme.weak_text
            } else {
                text_color(theme, line.ink)
            };
            Named {
                line,
                galley: elided(ui, &name, &tick_font(ui), color, WIDEST),
                color,
                bound: matches!(layer, Layer::Bound(_)),
                struck,
            }
        })
        .collect()
}

/// Space to keep free right of the frame; `None` where names would take too much of it, or where
/// a single line needs none.
pub(super) fn right_margin(names: &[Named<'_>], width: f32) -> Option<f32> {
    let widths = names.iter().map(|named| named.galley.size().x);
    let widest = widths.fold(0.0, f32::max);
    let fits = names.len() > 1 && widest + GAP < 0.2 * width;
    fits.then_some(widest + 2.0 * GAP)
}

/// Draws the names beside the last visible points of their lines, moved apart where they would
/// overlap; those of bounds are left out where not all fit, and where the others don't either, those
/// that would overlap one before.
pub(super) fn paint(ui: &Ui, names: &[Named<'_>], transform: &PlotTransform) {
    let ended = names.iter().map(|n| Some((end_of(n.line, transform)?, n)));
    let mut visible: Vec<(Pos2, &Named<'_>)> = ended.flatten().collect();
    let placed = places(&visible, transform).or_else(|| {
        visible.retain(|(_, named)| !named.bound);
        places(&visible, transform)
    });
    let placed = placed.or_else(|| {
        thin(&mut visible);
        while places(&visible, transform).is_none() {
            visible.pop()?;
        }
        places(&visible, transform)
    });
    for ((at, named), y) in visible.into_iter().zip(placed.unwrap_or_default()) {
        paint_one(ui, named, at, y, transform);
    }
}

/// Keeps the names that stand clear of those kept before.
fn thin(visible: &mut Vec<(Pos2, &Named<'_>)>) {
    let height = height(visible.iter().map(|(_, named)| *named));
    let mut kept: Vec<f32> = Vec::new();
    visible.retain(|(at, _)| {
        let clear = kept.iter().all(|y| (y - at.y).abs() >= height);
        kept.extend(clear.then_some(at.y));
        clear
    });
}

fn places(visible: &[(Pos2, &Named<'_>)], transform: &PlotTransform) -> Option<Vec<f32>> {
    let frame = *transform.frame();
    let height = height(visible.iter().map(|(_, named)| *named));
    let wanted: Vec<f32> = visible.iter().map(|(at, _)| at.y).collect();
    // Above the frame stand the axis's name and the switches.
    let (top, bottom) = (frame.top(), frame.bottom() + 0.2 * height);
    spread(&wanted, height, top, bottom)
}

fn height<'a>(names: impl Iterator<Item = &'a Named<'a>>) -> f32 {
    names.map(|named| named.galley.size().y).fold(0.0, f32::max)
}

fn paint_one(ui: &Ui, named: &Named<'_>, at: Pos2, y: f32, transform: &PlotTransform) {
    let (frame, size) = (*transform.frame(), named.galley.size());
    // Near the right edge the name goes into the margin, clear of other lines.
    let near_edge = at.x > frame.right() - 0.2 * frame.width();
    let left = if near_edge { frame.right() } else { at.x } + GAP;
    let painter = ui.painter();
    if (y - at.y).abs() > 0.4 * size.y || left - at.x > 2.0 * GAP {
        let leader = [at + vec2(3.0, 0.0), pos2(left - 2.0, y)];
        painter.line_segment(leader, Stroke::new(1.0, named.color.gamma_multiply(0.5)));
    }
    let corner = pos2(left, y - 0.5 * size.y);
    painter.galley(corner, named.galley.clone(), named.color);
    if named.struck {
        painter.hline(
            left - 1.0..=left + size.x + 1.0,
            y,
            Stroke::new(1.0, named.color),
        );
    }
}

/// The last point of a line within the frame.
fn end_of(line: &Line, transform: &PlotTransform) -> Option<Pos2> {
    let frame = transform.frame().expand(1.0);
    let points = line.points.iter().rev();
    let mut placed = points.filter_map(|p| position(transform, *p));
    placed.find(|at| frame.contains(*at))
}
