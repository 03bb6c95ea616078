//! The key of a panel: what each colour, dash and mark stands for.

use crate::page::content::{KeyEntry, Sample};
use crate::page::sheet::Dots;
use crate::page::typeset::{Typeset, Weight};

use super::canvas::{Canvas, End};
use super::cells::cross;
use super::layers::{solid, stroke_of};
use super::style::Style;

/// Length of the sample of a line and of a mark, distance of the name and of the next entry, in points of print.
const LINE: f32 = 17.0;
const MARK: f32 = 5.0;
const GAP: f32 = 3.0;
const APART: f32 = 9.0;

/// Draws a key from a corner on, in as many lines as it takes; returns its height.
pub(super) fn draw(
    canvas: &mut Canvas<'_>,
    entries: &[&KeyEntry],
    [left, top]: [f32; 2],
    width: f32,
) -> f32 {
    let size = canvas.style.small();
    let pitch = Style::line_height(size);
    let (mut x, mut line) = (left, 0);
    for entry in entries {
        let before = sample_width(canvas, entry.sample) + canvas.style.space(GAP);
        let names = canvas.wrap(&entry.name, (size, Weight::Regular), width - before);
        let widest = names.iter().map(|name| name.width).fold(0.0, f32::max);
        if x > left && x + before + widest > left + width {
            x = left;
            line += 1;
        }
        let y = top + (line as f32 + 0.5) * pitch;
        draw_sample(canvas, entry, [x, y]);
        let below = names.len().saturating_sub(1);
        for (k, name) in names.into_iter().enumerate() {
            put_name(canvas, entry, name, [x + before, y + k as f32 * pitch]);
        }
        line += below;
        x += before + widest + canvas.style.space(APART);
        if below > 0 {
            x = left + width;
        }
    }
    match entries {
        [] => 0.0,
        _ => (line + 1) as f32 * pitch + canvas.style.space(1.5),
    }
}

fn put_name(canvas: &mut Canvas<'_>, entry: &KeyEntry, name: Typeset, at: [f32; 2]) {
    let colour = match entry.arm {
        Some(arm) => canvas.colours.arm_text(arm),
        None => canvas.colours.text,
    };
    if matches!(entry.sample, Sample::Struck(_)) {
        let stroke = canvas.stroke(colour, canvas.style.stroke(0.8));
        canvas.line(vec![at, [at[0] + name.width, at[1]]], stroke);
    }
    canvas.put_beside(name, at, End::Left, colour);
}

fn sample_width(canvas: &Canvas<'_>, sample: Sample) -> f32 {
    canvas.style.space(match sample {
        Sample::Line(_) | Sample::Struck(_) => LINE,
        Sample::Dot | Sample::Ring | Sample::Tick => MARK,
    })
}

/// Draws the sample of an entry, its left end at a place.
fn draw_sample(canvas: &mut Canvas<'_>, entry: &KeyEntry, [x, y]: [f32; 2]) {
    let colour = canvas.colours.ink(entry.ink);
    let width = sample_width(canvas, entry.sample);
    let middle = [x + 0.5 * width, y];
    let line = vec![[x, y], [x + width, y]];
    match entry.sample {
        Sample::Line(shaft) => {
            let stroke = stroke_of(canvas, entry.ink, shaft);
            canvas.line(line, stroke);
        }
        Sample::Struck(shaft) => {
            let stroke = stroke_of(canvas, entry.ink, shaft);
            canvas.line(line, stroke);
            let stroke = canvas.stroke(colour, canvas.style.stroke(1.2));
            canvas.lines(cross(middle, canvas.style.space(1.6)).into(), stroke);
        }
        Sample::Dot => canvas.dots(Dots {
            centres: vec![middle],
            radius: canvas.style.space(2.0),
            fill: Some(colour.into()),
            stroke: None,
        }),
        Sample::Ring => {
            let stroke = canvas.stroke(colour, canvas.style.stroke(1.2));
            canvas.dots(Dots {
                centres: vec![middle],
                radius: canvas.style.space(1.8),
                fill: None,
                stroke: Some(stroke),
            });
        }
        Sample::Tick => {
            let [x, half] = [middle[0], canvas.style.space(2.8)];
            let stroke = stroke_of(canvas, entry.ink, solid(1.2));
            let end = canvas.style.dot(3.0);
            let ends = [y - half, y + half].map(|y| vec![[x - end, y], [x + end, y]]);
            let mut lines = vec![vec![[x, y - half], [x, y + half]]];
            lines.extend(ends);
            canvas.lines(lines, stroke);
        }
    }
}
