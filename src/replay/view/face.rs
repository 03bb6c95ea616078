//! Axes, ticks and labels around a plot, in pixels.

use crate::figure::{Axis, Figure, Ink, Layer, Tick, spread};
use crate::page::content::Plot;
use crate::replay::indices::with_indices;
use crate::replay::lengths::{rounded, width};
use crate::replay::paints::{Paint, Paints};
use crate::replay::script::{Face, Text};

/// Length of a tick.
const TICK: f32 = 4.0;
/// Space between a text and what it belongs to.
const SPACE: f32 = 5.0;
/// Width of a colour bar.
pub(super) const BAR: f32 = 12.0;

/// Where the axes of a plot stand.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Frame {
    pub left: f32,
    pub top: f32,
    pub right: f32,
    pub bottom: f32,
    /// Width of the whole plot.
    pub width: f32,
    /// Size of text.
    pub size: f32,
}

impl Frame {
    pub(super) fn x(&self, axis: &Axis, place: f64) -> f32 {
        let share = ((place - axis.range.low) / axis.range.span()) as f32;
        self.left + share * (self.right - self.left)
    }

    fn y(&self, axis: &Axis, place: f64) -> f32 {
        let share = ((place - axis.range.low) / axis.range.span()) as f32;
        self.bottom - share * (self.bottom - self.top)
    }

    fn ticks(axis: &Axis, length: f32, room: f32, most: usize) -> Vec<Tick> {
        let fit = (length / room).floor().max(2.0) as usize;
        axis.ticks(axis.range, fit.min(most))
    }

    fn x_ticks(&self, axis: &Axis) -> Vec<Tick> {
        Self::ticks(axis, self.right - self.left, 5.0 * self.size, 8)
    }

    fn y_ticks(&self, axis: &Axis) -> Vec<Tick> {
        Self::ticks(axis, self.bottom - self.top, 1.5 * self.size, 6)
    }
}

/// Width of the texts left of a plot, whose height between the axes is known.
pub(super) fn left(plot: &Plot, height: f32, size: f32) -> f32 {
    let ticks = vertical_ticks(plot, height, size);
    let widest = ticks.iter().map(|tick| width(&tick.label, size));
    widest.fold(0.0, f32::max) + SPACE + TICK
}

/// Width of the texts right of a plot: those at the ends of lines where there is room for them, and a colour
/// bar with its numbers.
pub(super) fn right(plot: &Plot, height: f32, (whole, size): (f32, f32)) -> f32 {
    let bar = plot.colour_bar.as_ref().map_or(0.0, |bar| {
        let ticks = Frame::ticks(&bar.axis, height, 2.4 * size, 5);
        let widest = ticks.iter().map(|tick| width(&tick.label, size));
        3.0 * SPACE + BAR + widest.fold(0.0, f32::max)
    });
    let labels = end_labels(&plot.figure).map(|(_, label, _)| width(label, size));
    let ends = labels.fold(0.0, f32::max);
    let ends = if ends <= 0.2 * whole {
        ends + SPACE
    } else {
        0.0
    };
    // The number beside a reading at the end of its lane.
    let lanes = if plot.lanes > 0 { 3.6 * size } else { 0.0 };
    bar.max(ends).max(lanes).max(10.0)
}

fn vertical_ticks(plot: &Plot, height: f32, size: f32) -> Vec<Tick> {
    let axis = &plot.figure.y;
    if plot.lanes > 0 {
        return axis.marks.clone();
    }
    Frame::ticks(axis, height, 1.5 * size, 6)
}

/// The labels at the ends of lines: where the line ends, what it says, its colour.
fn end_labels(figure: &Figure) -> impl Iterator<Item = ([f64; 2], &str, Ink)> {
    let lines = figure.layers.iter().filter_map(Layer::line);
    lines.filter_map(|line| {
        let label = line.end_label.as_deref()?;
        let range = figure.x.range;
        let seen = |p: &&[f64; 2]| p[1].is_finite() && range.contains(p[0]);
        let end = line.points.iter().rev().find(seen)?;
        Some((*end, label, line.ink))
    })
}

/// The axes of a plot in a frame.
pub(super) fn face(plot: &Plot, frame: Frame, paints: &mut Paints) -> Face {
    let mut face = Face::default();
    horizontal(&plot.figure.x, frame, paints, &mut face);
    vertical(plot, frame, paints, &mut face);
    ends(&plot.figure, frame, paints, &mut face);
    if let Some(bar) = &plot.colour_bar {
        beside(&bar.axis, frame, paints, &mut face);
    }
    face
}

fn line(face: &mut Face, ink: usize, ends: [f32; 4]) {
    let [a, b, c, d] = ends.map(rounded);
    face.lines.push((ink, a, b, c, d));
}

fn text(face: &mut Face, at: [f32; 2], words: &str, anchor: &'static str, size: f32, ink: usize) {
    let [x, y] = at.map(rounded);
    let words = with_indices(words);
    face.texts.push(Text(x, y, words, anchor, size, ink, None));
}

fn horizontal(axis: &Axis, frame: Frame, paints: &mut Paints, face: &mut Face) {
    let [grid, weak] = [Paint::Hairline, Paint::Weak].map(|paint| paints.number(paint));
    let (size, base) = (frame.size, frame.bottom + TICK);
    line(
        face,
        weak,
        [frame.left, frame.bottom, frame.right, frame.bottom],
    );
    let mut free = 0.0;
    for tick in frame.x_ticks(axis) {
        let x = frame.x(axis, tick.place);
        let half = 0.5 * width(&tick.label, size);
        let middle = x.clamp(half, (frame.width - half).max(half));
        let fits = tick.is_major() && middle - half >= free;
        let length = if tick.is_major() { TICK } else { 0.5 * TICK };
        line(face, weak, [x, frame.bottom, x, frame.bottom + length]);
        if fits {
            line(face, grid, [x, frame.top, x, frame.bottom]);
            text(
                face,
                [middle, base + 0.8 * size],
                &tick.label,
                "center",
                size,
                weak,
            );
            free = middle + half + SPACE;
        }
    }
    if !axis.label.is_empty() {
        let (whole, size) = (
            width(&axis.label, size),
            size.min(size * frame.width / width(&axis.label, size)),
        );
        let half = 0.5 * whole.min(frame.width);
        let wanted = 0.5 * (frame.left + frame.right);
        let x = wanted.clamp(half, (frame.width - half).max(half));
        text(
            face,
            [x, base + 2.3 * frame.size],
            &axis.label,
            "center",
            size,
            weak,
        );
    }
}

fn vertical(plot: &Plot, frame: Frame, paints: &mut Paints, face: &mut Face) {
    let [grid, weak] = [Paint::Hairline, Paint::Weak].map(|paint| paints.number(paint));
    let axis = &plot.figure.y;
    let size = frame.size;
    line(
        face,
        weak,
        [frame.left, frame.top, frame.left, frame.bottom],
    );
    let ticks = if plot.lanes > 0 {
        axis.marks.clone()
    } else {
        frame.y_ticks(axis)
    };
    let mut free = f32::INFINITY;
    for tick in ticks {
        let y = frame.y(axis, tick.place);
        let length = if tick.is_major() { TICK } else { 0.5 * TICK };
        if plot.lanes == 0 {
            line(face, weak, [frame.left - length, y, frame.left, y]);
        }
        if tick.is_major() && y + 0.5 * size <= free {
            line(face, grid, [frame.left, y, frame.right, y]);
            let at = [frame.left - SPACE, y];
            text(face, at, &tick.label, "right", size, weak);
            free = y - 0.5 * size;
        }
    }
    if !axis.label.is_empty() {
        text(face, [0.0, 0.75 * size], &axis.label, "left", size, weak);
    }
}

/// Names at the ends of lines, moved apart; none where they don't fit.
fn ends(figure: &Figure, frame: Frame, paints: &mut Paints, face: &mut Face) {
    let size = frame.size;
    let room = frame.width - frame.right;
    let all: Vec<_> = end_labels(figure).collect();
    if all
        .iter()
        .any(|(_, label, _)| width(label, size) + SPACE > room + 0.5)
    {
        return;
    }
    let y = |end: &[f64; 2]| {
        frame.y(
            &figure.y,
            end[1].clamp(figure.y.range.low, figure.y.range.high),
        )
    };
    let wanted: Vec<f32> = all.iter().map(|(end, ..)| y(end)).collect();
    let Some(placed) = spread(&wanted, 1.15 * size, frame.top, frame.bottom) else {
        return;
    };
    for ((_, label, ink), y) in all.into_iter().zip(placed) {
        let colour = paints.number(Paint::TextOf(ink));
        let at = [frame.right + SPACE, y];
        text(face, at, label, "left", size, colour);
        if let (Ink::Arm(arm), Some(text)) = (ink, face.texts.last_mut()) {
            text.6 = Some(arm);
        }
    }
}

/// The numbers and the name of a colour bar.
fn beside(axis: &Axis, frame: Frame, paints: &mut Paints, face: &mut Face) {
    let weak = paints.number(Paint::Weak);
    let size = frame.size;
    let left = frame.right + 2.0 * SPACE + BAR;
    let ticks = Frame::ticks(axis, frame.bottom - frame.top, 2.4 * size, 5);
    for tick in ticks.iter().filter(|tick| tick.is_major()) {
        let y = frame.y(axis, tick.place);
        text(face, [left + SPACE, y], &tick.label, "left", size, weak);
    }
    text(
        face,
        [frame.width, 0.75 * size],
        &axis.label,
        "right",
        size,
        weak,
    );
}
