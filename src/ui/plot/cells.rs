//! Coloured cells: one mesh over hatching, which shows where no cell covers it.

use egui::{Color32, Mesh, Pos2, Rect, Shape, Stroke, pos2, vec2};
use egui_plot::PlotTransform;

use crate::figure::Cells;
use crate::ui::Theme;

use super::place::position;

/// Distance between the lines of the hatching.
const HATCH: f32 = 7.0;

/// Up to this many crosses have soft edges.
const SOFT: usize = 400;

/// Where a cell is drawn, by its column and row; `None` where there is none.
pub fn cell_rect(cells: &Cells, transform: &PlotTransform, [x, y]: [usize; 2]) -> Option<Rect> {
    let corner = |i: usize, j: usize| position(transform, [*cells.x.get(i)?, *cells.y.get(j)?]);
    let rect = Rect::from_two_pos(corner(x, y)?, corner(x + 1, y + 1)?);
    Some(rect.intersect(*transform.frame())).filter(Rect::is_positive)
}

/// Appends the cells.
pub(super) fn push_cells(
    cells: &Cells,
    theme: &Theme,
    transform: &PlotTransform,
    shapes: &mut Vec<Shape>,
) {
    let rows = cells.y.len().saturating_sub(1).max(1);
    if cells.fills.iter().any(|fill| !fill.known) {
        push_hatching(covered(cells, transform), theme, shapes);
    }
    let mut mesh = Mesh::default();
    let mut crosses = Vec::new();
    for (index, fill) in cells.fills.iter().enumerate().filter(|(_, f)| f.known) {
        let Some(rect) = cell_rect(cells, transform, [index / rows, index % rows]) else {
            continue;
        };
        mesh.add_colored_rect(rect, theme.colours.fill(cells.palette, fill).into());
        if fill.bad {
            crosses.push((rect, theme.colours.cross(fill).into()));
        }
    }
    shapes.push(Shape::mesh(mesh));
    push_crosses(&crosses, shapes);
}

fn push_crosses(crosses: &[(Rect, Color32)], shapes: &mut Vec<Shape>) {
    let mut mesh = Mesh::default();
    for (rect, color) in crosses {
        let half = (0.22 * rect.width().min(rect.height())).min(4.5);
        for arm in [vec2(half, half), vec2(half, -half)] {
            let ends = [rect.center() - arm, rect.center() + arm];
            if crosses.len() <= SOFT {
                shapes.push(Shape::line_segment(ends, Stroke::new(1.3, *color)));
            } else {
                push_stroke(&mut mesh, ends, *color);
            }
        }
    }
    shapes.push(Shape::mesh(mesh));
}

/// A stroke without soft edges.
fn push_stroke(mesh: &mut Mesh, [a, b]: [Pos2; 2], color: Color32) {
    let side = (b - a).normalized().rot90() * 0.6;
    let first = mesh.vertices.len() as u32;
    for corner in [a + side, a - side, b + side, b - side] {
        mesh.colored_vertex(corner, color);
    }
    mesh.add_triangle(first, first + 1, first + 2);
    mesh.add_triangle(first + 1, first + 2, first + 3);
}

/// The rectangle of all cells, as far as it is seen.
fn covered(cells: &Cells, transform: &PlotTransform) -> Option<Rect> {
    let corner = |x: Option<&f64>, y: Option<&f64>| position(transform, [*x?, *y?]);
    let from = corner(cells.x.first(), cells.y.first())?;
    let to = corner(cells.x.last(), cells.y.last())?;
    Some(Rect::from_two_pos(from, to).intersect(*transform.frame()))
}

/// Lines that rise from left to right over a rectangle.
fn push_hatching(rect: Option<Rect>, theme: &Theme, shapes: &mut Vec<Shape>) {
    let Some(rect) = rect.filter(Rect::is_positive) else {
        return;
    };
    let stroke = Stroke::new(1.0, theme.hairline);
    let (width, height) = (rect.width(), rect.height());
    let count = ((width + height) / HATCH) as usize;
    for k in 1..=count {
        // The line x + y = c, from the left or lower side to the upper or right one.
        let c = k as f32 * HATCH;
        let from = pos2((c - height).max(0.0), c.min(height));
        let to = pos2(c.min(width), (c - width).max(0.0));
        let ends = [from, to].map(|p| rect.min + p.to_vec2());
        shapes.push(Shape::line_segment(ends, stroke));
    }
}
