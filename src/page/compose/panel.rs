//! What one panel shows, with its letter and its sentence.

use crate::page::content::Content;
use crate::page::typeset::Weight;

use super::canvas::{Canvas, End};
use super::style::Style;
use super::{grid, single};

/// Draws a panel from a corner on; its height is the given one, or what suits it. Returns the height.
pub(super) fn draw(
    canvas: &mut Canvas<'_>,
    content: &Content,
    letter: Option<char>,
    [x, y]: [f32; 2],
    (width, height): (f32, Option<f32>),
) -> f32 {
    let style = canvas.style;
    let mut top = y;
    let mut beside = 0.0;
    if let Some(letter) = letter {
        let set = canvas.set(&letter.to_string(), style.heading(), Weight::Bold);
        beside = set.width + style.space(4.0);
        let baseline = y + 0.78 * style.heading();
        canvas.put(set, [x, baseline], End::Left, canvas.colours.text);
        if content.sentence.is_empty() {
            top += Style::line_height(style.heading());
        }
    }
    let sentence = canvas.wrap(
        &content.sentence,
        (style.label(), Weight::Regular),
        width - beside,
    );
    let pitch = Style::line_height(style.label());
    for line in sentence {
        let baseline = top + 0.85 * style.label();
        canvas.put(line, [x + beside, baseline], End::Left, canvas.colours.text);
        top += pitch;
    }
    if !content.sentence.is_empty() {
        top += style.space(3.0);
    }
    let left = height.map(|height| y + height - top);
    let used = match content.plots.as_slice() {
        [plot] if plot.lanes == 0 && plot.name.is_empty() => {
            single::draw(canvas, (content, letter.is_none()), [x, top], (width, left))
        }
        _ => grid::draw(canvas, content, [x, top], (width, left)),
    };
    top + used - y
}
