//! Draws coloured cells.

use crate::figure::Cells;
use crate::page::sheet::{Item, Raster, Rect};

use super::canvas::Canvas;
use super::frame::Frame;

/// Cells whose sizes differ by less than this are one size.
const EVEN: f32 = 0.005;

/// Distance between lines of hatching, in points of print.
const HATCH: f32 = 4.0;

pub(super) fn draw_cells(canvas: &mut Canvas<'_>, cells: &Cells, frame: Frame<'_>) {
    let xs: Vec<f32> = cells.x.iter().map(|x| frame.x(*x)).collect();
    let ys: Vec<f32> = cells.y.iter().map(|y| frame.y(*y)).collect();
    let rows = ys.len().saturating_sub(1).max(1);
    let columns = xs.len().saturating_sub(1);
    let rect = |index: usize| {
        let (i, j) = (index / rows, index % rows);
        let [a, b] = [*xs.get(i)?, *xs.get(i + 1)?];
        let [c, d] = [*ys.get(j)?, *ys.get(j + 1)?];
        Some(Rect {
            left: a.min(b),
            top: c.min(d),
            right: a.max(b),
            bottom: c.max(d),
        })
    };
    let all_known = cells.fills.iter().all(|fill| fill.known);
    if all_known && is_even(&xs) && is_even(&ys) && cells.fills.len() == columns * rows {
        draw_raster(canvas, cells, (&xs, &ys));
    } else {
        if !all_known {
            draw_hatching(canvas, frame.rect);
        }
        let known = cells
            .fills
            .iter()
            .enumerate()
            .filter(|(_, fill)| fill.known);
        for (index, fill) in known {
            if let Some(rect) = rect(index) {
                let colour = canvas.colours.fill(cells.palette, fill);
                // A little over its edges, so that no seam shows between neighbours.
                canvas.area(rect.grown(0.05), colour);
            }
        }
    }
    for (index, fill) in cells.fills.iter().enumerate().filter(|(_, fill)| fill.bad) {
        let Some(rect) = rect(index) else {
            continue;
        };
        let half = (0.22 * rect.width().min(rect.height())).min(canvas.style.space(2.4));
        let middle = [
            0.5 * (rect.left + rect.right),
            0.5 * (rect.top + rect.bottom),
        ];
        let stroke = canvas.stroke(canvas.colours.cross(fill), canvas.style.stroke(1.3));
        canvas.lines(cross(middle, half).into(), stroke);
    }
}

/// Whether edges are equally far from each other.
fn is_even(edges: &[f32]) -> bool {
    let [first, .., last] = edges else {
        return false;
    };
    let step = (last - first) / (edges.len() - 1) as f32;
    edges
        .windows(2)
        .all(|w| (w[1] - w[0] - step).abs() <= EVEN * step.abs())
}

fn draw_raster(canvas: &mut Canvas<'_>, cells: &Cells, (xs, ys): (&[f32], &[f32])) {
    let (columns, rows) = (xs.len() - 1, ys.len() - 1);
    let [left, right] = [xs[0], xs[columns]];
    let [from, to] = [ys[0], ys[rows]];
    let colour = |row: usize, column: usize| {
        let i = if left <= right {
            column
        } else {
            columns - 1 - column
        };
        let j = if from <= to { row } else { rows - 1 - row };
        canvas
            .colours
            .fill(cells.palette, &cells.fills[i * rows + j])
    };
    let all = (0..rows).flat_map(|row| (0..columns).map(move |column| (row, column)));
    let raster = Raster {
        place: Rect {
            left: left.min(right),
            top: from.min(to),
            right: left.max(right),
            bottom: from.max(to),
        },
        columns,
        cells: all.map(|(row, column)| colour(row, column)).collect(),
    };
    canvas.items.push(Item::Raster(raster));
}

/// Lines that rise from left to right over a rectangle.
fn draw_hatching(canvas: &mut Canvas<'_>, rect: Rect) {
    let (width, height) = (rect.width(), rect.height());
    let apart = canvas.style.space(HATCH);
    let count = ((width + height) / apart) as usize;
    let line = |k: usize| {
        // The line x + y = c, from the left or lower side to the upper or right one.
        let c = k as f32 * apart;
        let from = [(c - height).max(0.0), c.min(height)];
        let to = [c.min(width), (c - width).max(0.0)];
        vec![from, to]
            .into_iter()
            .map(|[x, y]| [rect.left + x, rect.top + y])
            .collect()
    };
    let lines = (1..=count).map(line).collect();
    let stroke = canvas.stroke(canvas.colours.hairline, canvas.style.stroke(1.0));
    canvas.lines(lines, stroke);
}

/// The two strokes of a cross.
pub(super) fn cross([x, y]: [f32; 2], half: f32) -> [Vec<[f32; 2]>; 2] {
    [half, -half].map(|up| vec![[x - half, y - up], [x + half, y + up]])
}
