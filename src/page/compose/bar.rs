//! The bar of what the colours of cells stand for.

use crate::page::content::ColourBar;
use crate::page::sheet::{Item, Raster, Rect};
use crate::page::typeset::{Typeset, Weight};

use super::canvas::{Canvas, End};
use super::style::Style;
use super::ticks::{Marks, reach, upwards, widest};

/// Distance from the frame, and width of the bar, in points of print.
const GAP: f32 = 5.0;
const BAR: f32 = 6.0;

/// Distance between its numbers and its name, in points of print.
const NAME: f32 = 2.0;

/// Bands of the bar.
const BANDS: usize = 64;

/// A bar with its numbers, set for a height.
pub(super) struct Bar<'a> {
    bar: &'a ColourBar,
    marks: Marks,
    name: Vec<Typeset>,
}

impl<'a> Bar<'a> {
    pub(super) fn set(canvas: &Canvas<'_>, bar: &'a ColourBar, height: f32) -> Self {
        let size = canvas.style.label();
        Self {
            bar,
            marks: upwards(canvas, &bar.axis, height, 0),
            name: canvas.wrap(&bar.axis.label, (size, Weight::Regular), height),
        }
    }

    /// What it takes right of the frame.
    pub(super) fn width(&self, canvas: &Canvas<'_>) -> f32 {
        let names = self.name.len() as f32 * Style::line_height(canvas.style.label());
        canvas.style.space(GAP + BAR + NAME) + reach(canvas) + widest(&self.marks) + names
    }

    pub(super) fn draw(&self, canvas: &mut Canvas<'_>, frame: Rect) {
        let place = Rect::new(
            frame.right + canvas.style.space(GAP),
            frame.top,
            canvas.style.space(BAR),
            frame.height(),
        );
        let colours = canvas.colours;
        let share = |band: usize| 1.0 - (band as f64 + 0.5) / BANDS as f64;
        canvas.items.push(Item::Raster(Raster {
            place,
            columns: 1,
            cells: (0..BANDS)
                .map(|band| colours.share(self.bar.palette, share(band)))
                .collect(),
        }));
        let range = self.bar.axis.range;
        for (at, number) in &self.marks {
            let share = ((at - range.low) / range.span()) as f32;
            let y = place.bottom - share * place.height();
            let length = canvas.style.space(if number.is_some() { 2.0 } else { 1.2 });
            let stroke = canvas.stroke(colours.weak_text, canvas.style.stroke(0.8));
            canvas.line(vec![[place.right, y], [place.right + length, y]], stroke);
            if let Some(number) = number {
                let at = [place.right + reach(canvas), y];
                canvas.put_beside(number.clone(), at, End::Left, colours.text);
            }
        }
        let mut x = place.right + reach(canvas) + widest(&self.marks) + canvas.style.space(NAME);
        for line in &self.name {
            x += Style::line_height(canvas.style.label());
            let middle = 0.5 * (place.top + place.bottom);
            canvas.put_upright(line.clone(), [x - 0.22 * line.size, middle], colours.text);
        }
    }
}
