//! Marks along the axes of a frame, with as many numbers as there is room for.

use crate::figure::{Axis, Tick};
use crate::page::typeset::Typeset;

use super::canvas::{Canvas, End};
use super::frame::Frame;

/// Length of a mark with a number and of one without, and the distance of the number, in points of print.
const LONG: f32 = 2.5;
const SHORT: f32 = 1.4;
const GAP: f32 = 1.8;

/// Marks along an axis: where each is, and its number where it has one.
pub(super) type Marks = Vec<(f64, Option<Typeset>)>;

/// Distance from the frame to the number at a mark.
pub(super) fn reach(canvas: &Canvas<'_>) -> f32 {
    canvas.style.space(LONG + GAP)
}

/// Marks along a horizontal axis of a width.
pub(super) fn along(canvas: &Canvas<'_>, axis: &Axis, width: f32) -> Marks {
    let mut most = 7;
    // Fewer numbers until they stand clear of each other.
    loop {
        let marks = set(canvas, axis.ticks(axis.range, most));
        let place = |place: f64| (place - axis.range.low) / axis.range.span() * f64::from(width);
        let numbers = marks
            .iter()
            .filter_map(|(at, number)| Some((place(*at) as f32, number.as_ref()?.width)));
        let numbers: Vec<(f32, f32)> = numbers.collect();
        let gap = 0.7 * canvas.style.small();
        let clear = numbers
            .windows(2)
            .all(|w| w[1].0 - w[0].0 >= 0.5 * (w[0].1 + w[1].1) + gap);
        if clear {
            return marks;
        }
        if most <= 2 {
            return thinned(marks, &numbers, gap);
        }
        most -= 1;
    }
}

/// The marks without the numbers that run into those before.
fn thinned(marks: Marks, numbers: &[(f32, f32)], gap: f32) -> Marks {
    let mut last = f32::NEG_INFINITY;
    let mut numbers = numbers.iter();
    let keep = |(at, number): (f64, Option<Typeset>)| {
        let number = number.filter(|set| {
            let at = numbers.next().map_or(0.0, |(at, _)| *at);
            let is_clear = at - 0.5 * set.width >= last + gap;
            if is_clear {
                last = at + 0.5 * set.width;
            }
            is_clear
        });
        (at, number)
    };
    marks.into_iter().map(keep).collect()
}

/// Marks along an upright axis of a height; all of `lanes`, where it has them.
pub(super) fn upwards(canvas: &Canvas<'_>, axis: &Axis, height: f32, lanes: usize) -> Marks {
    let most = match lanes {
        0 => ((height / (2.6 * canvas.style.small())) as usize).clamp(2, 8),
        _ => 100 * lanes,
    };
    let mut marks = set(canvas, axis.ticks(axis.range, most));
    let mut last = f64::NEG_INFINITY;
    let apart = f64::from(1.15 * canvas.style.small() / height.max(1.0)) * axis.range.span();
    for (at, number) in &mut marks {
        if number.is_some() && *at - last < apart {
            *number = None;
        } else if number.is_some() {
            last = *at;
        }
    }
    marks
}

fn set(canvas: &Canvas<'_>, ticks: Vec<Tick>) -> Marks {
    let mark = |tick: Tick| {
        let number = tick.is_major().then(|| canvas.small(&tick.label));
        (tick.place, number)
    };
    ticks.into_iter().map(mark).collect()
}

/// Width of the widest number.
pub(super) fn widest(marks: &Marks) -> f32 {
    let widths = marks
        .iter()
        .filter_map(|(_, number)| Some(number.as_ref()?.width));
    widths.fold(0.0, f32::max)
}

/// Draws the marks below a frame, with their numbers where `written`.
pub(super) fn draw_along(canvas: &mut Canvas<'_>, frame: Frame<'_>, marks: &Marks, written: bool) {
    let (bottom, size) = (frame.rect.bottom, canvas.style.small());
    let baseline = bottom + reach(canvas) + 0.74 * size;
    for (at, number) in marks {
        let (x, length) = (frame.x(*at), if number.is_some() { LONG } else { SHORT });
        let stroke = canvas.stroke(canvas.colours.weak_text, canvas.style.stroke(0.8));
        canvas.line(
            vec![[x, bottom], [x, bottom + canvas.style.space(length)]],
            stroke,
        );
        if let Some(number) = number.as_ref().filter(|_| written) {
            canvas.put(
                number.clone(),
                [x, baseline],
                End::Middle,
                canvas.colours.text,
            );
        }
    }
}

/// Draws the marks left of a frame, with their numbers where `written`; those of lanes in the arms' colours.
pub(super) fn draw_upwards(
    canvas: &mut Canvas<'_>,
    frame: Frame<'_>,
    marks: &Marks,
    written: bool,
) {
    let left = frame.rect.left;
    for (at, number) in marks {
        let (y, length) = (frame.y(*at), if number.is_some() { LONG } else { SHORT });
        let stroke = canvas.stroke(canvas.colours.weak_text, canvas.style.stroke(0.8));
        canvas.line(
            vec![[left - canvas.style.space(length), y], [left, y]],
            stroke,
        );
        if let Some(number) = number.as_ref().filter(|_| written) {
            let at = [left - reach(canvas), y];
            canvas.put_beside(number.clone(), at, End::Right, canvas.colours.text);
        }
    }
}
