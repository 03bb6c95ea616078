//! A panel of one plot.

use crate::page::content::{Content, KeyEntry};
use crate::page::sheet::Rect;

use super::canvas::Canvas;
use super::frame::Frame;
use super::key;
use super::labels::Labels;
use super::plot::Around;

/// Height of a frame as a share of its width, the same at most beside taller panels, and its greatest and least, in
/// points of print.
const HIGH: f32 = 0.62;
const STRETCHED: f32 = 1.0;
const TALLEST: f32 = 190.0;
const LEAST: f32 = 44.0;

/// Draws a panel of one plot from a corner on; its height is the given one, or what suits it. Returns the height.
pub(super) fn draw(
    canvas: &mut Canvas<'_>,
    (content, alone): (&Content, bool),
    at: [f32; 2],
    (width, height): (f32, Option<f32>),
) -> f32 {
    // A panel by itself fills what it is given.
    let most = if alone { f32::INFINITY } else { STRETCHED };
    let labels = Labels::of(canvas, content, width);
    let direct = labels.and_then(|labels| {
        let mut tried = canvas.blank();
        let used = attempt(
            &mut tried,
            content,
            at,
            (width, height, most),
            Some(&labels),
        )?;
        Some((tried, used))
    });
    if let Some((tried, used)) = direct {
        canvas.take(tried);
        return used;
    }
    // Without names in the plot nothing can lack room.
    attempt(canvas, content, at, (width, height, most), None).unwrap_or(0.0)
}

fn attempt(
    canvas: &mut Canvas<'_>,
    content: &Content,
    [x, y]: [f32; 2],
    (width, height, most): (f32, Option<f32>, f32),
    labels: Option<&Labels<'_>>,
) -> Option<f32> {
    let plot = content.plots.first()?;
    let is_written = |entry: &&KeyEntry| labels.is_none() || entry.arm.is_none();
    let entries: Vec<&KeyEntry> = content.key.iter().filter(is_written).collect();
    let top = y + key::draw(canvas, &entries, [x, y], width);
    let top = top + 0.5 * canvas.style.small();
    let least = canvas.style.space(LEAST);
    // What stands around the frame depends a little on its size: twice is enough to settle both.
    let mut size = [
        0.75 * width,
        (HIGH * 0.75 * width).min(canvas.style.space(TALLEST)),
    ];
    let mut around = Around::set(canvas, plot, size);
    for _ in 0..2 {
        let right = labels
            .map_or(0.0, |labels| labels.right(canvas))
            .max(around.right(canvas));
        let wide = (width - around.left(canvas) - right).max(least);
        let high = match height {
            Some(height) => (y + height - top - around.bottom(canvas)).min(most * wide),
            None => (HIGH * wide).min(canvas.style.space(TALLEST)),
        };
        size = [wide, high.max(least)];
        if plot.square {
            let side = match height {
                Some(_) => size[0].min(size[1]),
                None => size[0].min(canvas.style.space(TALLEST)),
            };
            size = [side, side];
        }
        around = Around::set(canvas, plot, size);
    }
    let left = x + around.left(canvas);
    let rect = Rect::new(left, top, size[0], size[1]);
    around.draw(canvas, rect, [true; 2]);
    if let Some(labels) = labels {
        labels.draw(canvas, &plot.figure, Frame::of(&plot.figure, rect))?;
    }
    Some(rect.bottom + around.bottom(canvas) - y)
}
