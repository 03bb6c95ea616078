//! One plot with its axes: what stands around its frame, and the drawing of both.

use crate::figure::{Layer, Tick};
use crate::page::content::Plot;
use crate::page::sheet::{Placed, Rect};
use crate::page::typeset::{Typeset, Weight};

use super::bar::Bar;
use super::canvas::{Canvas, End};
use super::frame::Frame;
use super::layers;
use super::style::Style;
use super::ticks::{Marks, along, draw_along, draw_upwards, reach, upwards, widest};

/// What is set around the frame of a plot for a width and a height of it.
pub(super) struct Around<'a> {
    plot: &'a Plot,
    below: Marks,
    beside: Marks,
    x_name: Vec<Typeset>,
    y_name: Vec<Typeset>,
    bar: Option<Bar<'a>>,
}

/// Whether the numbers and the name of the horizontal and of the vertical axis are written.
pub(super) type Written = [bool; 2];

impl<'a> Around<'a> {
    pub(super) fn set(canvas: &Canvas<'_>, plot: &'a Plot, [width, height]: [f32; 2]) -> Self {
        let figure = &plot.figure;
        let name = (canvas.style.label(), Weight::Regular);
        Self {
            plot,
            below: along(canvas, &figure.x, width),
            beside: upwards(canvas, &figure.y, height, plot.lanes),
            x_name: canvas.wrap(&figure.x.label, name, width.max(canvas.style.space(60.0))),
            y_name: canvas.wrap(&figure.y.label, name, height.max(canvas.style.space(50.0))),
            bar: plot
                .colour_bar
                .as_ref()
                .map(|bar| Bar::set(canvas, bar, height)),
        }
    }

    /// Space left of the frame.
    pub(super) fn left(&self, canvas: &Canvas<'_>) -> f32 {
        let names = self.y_name.len() as f32 * Style::line_height(canvas.style.label());
        names + widest(&self.beside) + reach(canvas)
    }

    /// Space below the frame.
    pub(super) fn bottom(&self, canvas: &Canvas<'_>) -> f32 {
        let names = self.x_name.len() as f32 * Style::line_height(canvas.style.label());
        reach(canvas) + Style::line_height(canvas.style.small()) + names
    }

    /// Space right of the frame: half of the last number below it, the bar of colours, the readings of lanes.
    pub(super) fn right(&self, canvas: &Canvas<'_>) -> f32 {
        let number = 0.5 * widest(&self.below);
        let bar = self.bar.as_ref().map_or(0.0, |bar| bar.width(canvas));
        let readings = readings(self.plot).map(|(_, text)| canvas.small(text).width);
        let readings = readings.fold(0.0, f32::max);
        let readings = if readings > 0.0 {
            readings + canvas.style.space(6.0)
        } else {
            0.0
        };
        number.max(bar).max(readings)
    }

    /// Draws the plot into its frame and what stands around it.
    pub(super) fn draw(&self, canvas: &mut Canvas<'_>, rect: Rect, written: Written) {
        let frame = Frame::of(&self.plot.figure, rect);
        let begin = canvas.items.len();
        let cells = layers::draw(canvas, &self.plot.figure, frame);
        let stroke = canvas.stroke(canvas.colours.weak_text, canvas.style.stroke(0.8));
        let has_cells = |layer: &Layer| matches!(layer, Layer::Cells(_));
        if self.plot.square || self.plot.figure.layers.iter().any(has_cells) {
            canvas.outline(rect, stroke);
        } else {
            let corner = [rect.left, rect.bottom];
            canvas.line(
                vec![[rect.left, rect.top], corner, [rect.right, rect.bottom]],
                stroke,
            );
        }
        draw_along(canvas, frame, &self.below, written[0]);
        draw_upwards(canvas, frame, &self.beside, written[1]);
        if written[0] {
            self.draw_x_name(canvas, rect);
        }
        if written[1] {
            self.draw_y_name(canvas, rect);
        }
        canvas.placed.push(Placed {
            plot: self.plot.clone(),
            frame: rect,
            written,
            marks: [numbers(&self.below), numbers(&self.beside)],
            items: begin..canvas.items.len(),
            cells: begin..cells,
            series: std::mem::take(&mut canvas.series),
        });
        if let Some(bar) = &self.bar {
            bar.draw(canvas, rect);
        }
        for (at, text) in readings(self.plot) {
            let number = canvas.small(text);
            let at = [rect.right + canvas.style.space(6.0), frame.y(at)];
            canvas.put_beside(number, at, End::Left, canvas.colours.text);
        }
    }

    fn draw_x_name(&self, canvas: &mut Canvas<'_>, rect: Rect) {
        let pitch = Style::line_height(canvas.style.label());
        let top = rect.bottom + reach(canvas) + Style::line_height(canvas.style.small());
        for (k, line) in self.x_name.iter().enumerate() {
            let baseline = top + (k as f32 + 0.74) * pitch;
            let middle = 0.5 * (rect.left + rect.right);
            canvas.put(
                line.clone(),
                [middle, baseline],
                End::Middle,
                canvas.colours.text,
            );
        }
    }

    fn draw_y_name(&self, canvas: &mut Canvas<'_>, rect: Rect) {
        let pitch = Style::line_height(canvas.style.label());
        let right = rect.left - reach(canvas) - widest(&self.beside);
        let count = self.y_name.len();
        for (k, line) in self.y_name.iter().enumerate() {
            let x = right - (count - k) as f32 * pitch + 0.74 * line.size;
            let half = 0.5 * line.width;
            // A name longer than the frame stays below the frame's top.
            let middle = (0.5 * (rect.top + rect.bottom)).max(rect.top + half.min(rect.height()));
            canvas.put_upright(line.clone(), [x, middle], canvas.colours.text);
        }
    }
}

/// Where marks are, with their numbers.
fn numbers(marks: &Marks) -> Vec<Tick> {
    let tick = |(place, number): &(f64, Option<Typeset>)| Tick {
        place: *place,
        label: number
            .as_ref()
            .map_or(String::new(), |set| set.source.clone()),
    };
    marks.iter().map(tick).collect()
}

/// The numbers of lanes with the heights at which they stand.
fn readings(plot: &Plot) -> impl Iterator<Item = (f64, &str)> {
    let layers = plot.figure.layers.iter().filter(|_| plot.lanes > 0);
    layers.filter_map(|layer| match layer {
        Layer::Mark(mark) if !mark.label.is_empty() => Some((mark.at[1], mark.label.as_str())),
        _ => None,
    })
}
