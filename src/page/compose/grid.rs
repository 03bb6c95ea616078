//! A panel of several plots: maps of arms side by side, measures under each other.

use crate::page::content::{Content, KeyEntry, Plot};
use crate::page::sheet::Rect;
use crate::page::typeset::{Typeset, Weight};

use super::canvas::{Canvas, End};
use super::key;
use super::plot::Around;
use super::style::Style;

/// Least width of the frame of a map and of a plot with lanes, greatest side, height of a lane, and distances
/// between plots, in points of print.
const MAP: f32 = 62.0;
const LANES: f32 = 190.0;
const TALLEST: f32 = 150.0;
const LANE: f32 = 9.5;
const BETWEEN: f32 = 10.0;
const UNDER: f32 = 7.0;

/// Draws a panel of several plots from a corner on; its height is the given one, or what suits it. Returns the
/// height.
pub(super) fn draw(
    canvas: &mut Canvas<'_>,
    content: &Content,
    [x, y]: [f32; 2],
    (width, height): (f32, Option<f32>),
) -> f32 {
    let by_lanes = content.plots.iter().any(|plot| plot.lanes > 0);
    // Lanes bear the names of their arms already.
    let entries: Vec<&KeyEntry> = content
        .key
        .iter()
        .filter(|e| !by_lanes || e.arm.is_none())
        .collect();
    let top = y + key::draw(canvas, &entries, [x, y], width) + 0.3 * canvas.style.small();
    let space = (width, height.map(|height| y + height - top));
    let layouts = (1..=content.plots.len())
        .map(|columns| Layout::of(canvas, &content.plots, content.same_axes, columns, space));
    let layouts: Vec<Layout> = layouts.collect();
    let least = canvas.style.space(if by_lanes { LANES } else { MAP });
    let chosen = match height {
        // As many beside each other as keep the least width.
        None => layouts.iter().rev().find(|layout| layout.frame[0] >= least),
        // Of those that have room, the one that shows most.
        Some(_) => layouts
            .iter()
            .filter(|layout| layout.has_room(space))
            .max_by(|a, b| a.worth().total_cmp(&b.worth())),
    };
    let lowest = || {
        let narrow = layouts
            .iter()
            .filter(|layout| layout.has_room((width, None)));
        let narrow = narrow.filter(|_| height.is_some());
        narrow.min_by(|a, b| a.height().total_cmp(&b.height()))
    };
    let Some(layout) = chosen.or_else(lowest).or(layouts.first()) else {
        return 0.0;
    };
    // In a given height the plots stand in the middle of what is left.
    let free = space
        .1
        .map_or(0.0, |space| 0.5 * (space - layout.height()).max(0.0));
    layout.draw(canvas, &content.plots, [x, top + free]);
    top + free + layout.height() - y
}

/// Where plots stand.
struct Layout {
    count: usize,
    columns: usize,
    same_axes: bool,
    /// Size of a frame.
    frame: [f32; 2],
    /// Space around a frame: left, right, above, below.
    left: f32,
    right: f32,
    above: f32,
    below: f32,
    /// Distances between what stands around frames.
    gaps: [f32; 2],
    /// Free space left of all.
    inset: f32,
}

impl Layout {
    fn of(
        canvas: &Canvas<'_>,
        plots: &[Plot],
        same_axes: bool,
        columns: usize,
        (width, height): (f32, Option<f32>),
    ) -> Self {
        let style = canvas.style;
        let rows = plots.len().div_ceil(columns);
        let lanes = plots.iter().map(|plot| plot.lanes).max().unwrap_or(0);
        let mut layout = Self {
            count: plots.len(),
            columns,
            same_axes,
            frame: [0.7 * width / columns as f32; 2],
            left: 0.0,
            right: 0.0,
            above: 0.0,
            below: 0.0,
            gaps: [style.space(BETWEEN), style.space(UNDER)],
            inset: 0.0,
        };
        // The frames decide on what stands around them, which decides on the frames.
        for _ in 0..3 {
            let all: Vec<Around<'_>> = plots
                .iter()
                .map(|plot| Around::set(canvas, plot, layout.frame))
                .collect();
            let most = |of: &dyn Fn(&Around<'_>) -> f32| all.iter().map(of).fold(0.0, f32::max);
            layout.left = most(&|around| around.left(canvas));
            layout.right = most(&|around| around.right(canvas));
            layout.below = most(&|around| around.bottom(canvas));
            let wide = (width - layout.around_x()) / columns as f32;
            let titles = plots
                .iter()
                .map(|plot| title(canvas, plot, layout.frame[0].min(wide).max(1.0)).len());
            layout.above = titles.max().unwrap_or(0) as f32 * Style::line_height(style.small())
                + style.space(1.5);
            let high = height.map(|height| (height - layout.around_y(rows)) / rows as f32);
            let is_square = plots.iter().any(|plot| plot.square);
            layout.frame = match (is_square, lanes) {
                (true, _) => {
                    let side = high
                        .unwrap_or(style.space(TALLEST))
                        .min(wide)
                        .max(style.space(24.0));
                    [side, side]
                }
                (_, 0) => {
                    let high = high.unwrap_or((0.85 * wide).min(style.space(TALLEST)));
                    [wide, high.max(style.space(24.0))]
                }
                (_, lanes) => {
                    let own = style.space(LANE) * lanes as f32;
                    [
                        wide,
                        high.map_or(own, |high| high.clamp(0.8 * own, 2.0 * own)),
                    ]
                }
            };
            layout.frame[0] = layout.frame[0].max(style.space(16.0));
        }
        let used = layout.around_x() + columns as f32 * layout.frame[0];
        layout.inset = (0.5 * (width - used)).max(0.0);
        layout
    }

    /// What the frames of a row leave of its width.
    fn around_x(&self) -> f32 {
        let columns = self.columns as f32;
        let gaps = (columns - 1.0) * self.gaps[0];
        match self.same_axes {
            true => self.left + self.right + gaps,
            false => columns * (self.left + self.right) + gaps,
        }
    }

    fn around_y(&self, rows: usize) -> f32 {
        let rows_f = rows as f32;
        let below = if self.same_axes {
            self.below
        } else {
            rows_f * self.below
        };
        rows_f * self.above + below + (rows_f - 1.0) * self.gaps[1]
    }

    /// Height of all plots.
    fn height(&self) -> f32 {
        let rows = self.count.div_ceil(self.columns);
        self.around_y(rows) + rows as f32 * self.frame[1]
    }

    /// Whether everything stays within a width and a height.
    fn has_room(&self, (width, height): (f32, Option<f32>)) -> bool {
        let used = self.around_x() + self.columns as f32 * self.frame[0];
        used <= width + 0.5 && height.is_none_or(|height| self.height() <= height + 0.5)
    }

    /// How much of the plots is seen: the least side counts.
    fn worth(&self) -> f32 {
        self.frame[0]
            .min(2.0 * self.frame[1])
            .min(self.frame[1] * 3.0)
            * self.frame[1].min(self.frame[0])
    }

    fn draw(&self, canvas: &mut Canvas<'_>, plots: &[Plot], [x, y]: [f32; 2]) {
        for (index, plot) in plots.iter().enumerate() {
            let (column, row) = (index % self.columns, index / self.columns);
            let around = Around::set(canvas, plot, self.frame);
            let pitch_x = self.frame[0]
                + self.gaps[0]
                + if self.same_axes {
                    0.0
                } else {
                    self.left + self.right
                };
            let pitch_y = self.above
                + self.frame[1]
                + self.gaps[1]
                + if self.same_axes { 0.0 } else { self.below };
            let left = x + self.inset + self.left + column as f32 * pitch_x;
            let top = y + self.above + row as f32 * pitch_y;
            let rect = Rect::new(left, top, self.frame[0], self.frame[1]);
            let is_last = index + self.columns >= self.count;
            let written = [!self.same_axes || is_last, !self.same_axes || column == 0];
            let lines = title(canvas, plot, self.frame[0]);
            draw_title(canvas, plot, lines, rect);
            around.draw(canvas, rect, written);
        }
    }
}

/// The name of a plot and its note, in one line where both fit.
fn title(canvas: &Canvas<'_>, plot: &Plot, width: f32) -> Vec<Vec<Typeset>> {
    let size = canvas.style.small();
    let names = canvas.wrap(&plot.name, (size, Weight::Bold), width);
    let mut lines: Vec<Vec<Typeset>> = names.into_iter().map(|name| vec![name]).collect();
    if plot.note.is_empty() {
        return lines;
    }
    let note = canvas.small(&plot.note);
    let gap = 0.8 * size;
    match lines.last_mut() {
        Some(last) if last.iter().map(|set| set.width + gap).sum::<f32>() + note.width <= width => {
            last.push(note);
        }
        _ => {
            let notes = canvas.wrap(&plot.note, (size, Weight::Regular), width);
            lines.extend(notes.into_iter().map(|note| vec![note]));
        }
    }
    lines
}

fn draw_title(canvas: &mut Canvas<'_>, plot: &Plot, lines: Vec<Vec<Typeset>>, frame: Rect) {
    let size = canvas.style.small();
    let pitch = Style::line_height(size);
    let count = lines.len();
    for (k, line) in lines.into_iter().enumerate() {
        let baseline =
            frame.top - canvas.style.space(2.0) - (count - 1 - k) as f32 * pitch - 0.22 * size;
        let mut x = frame.left;
        for set in line {
            let colour = match (set.weight, plot.arm) {
                (Weight::Bold, Some(arm)) => canvas.colours.arm_text(arm),
                (Weight::Bold, None) => canvas.colours.text,
                (Weight::Regular, _) => canvas.colours.weak_text,
            };
            let width = set.width;
            canvas.put(set, [x, baseline], End::Left, colour);
            x += width + 0.8 * size;
        }
    }
}
