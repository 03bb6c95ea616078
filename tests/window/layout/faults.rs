//! What can be wrong with a layout.

use egui::{Rect, Vec2};

use super::drawn::{Drawn, Plot, Text};
use widescope::ui::panel::PANELS;

/// Smallest type at a zoom of 100 %, in points.
const LEAST_TYPE: f32 = 11.0;
/// Least size of a plot with its axes' numbers left out, in points.
const LEAST_PLOT: [f32; 2] = [160.0, 120.0];
/// Least side of a plot that is a square, since both its axes are in one unit: with the names and numbers around
/// it it takes as much room as another plot, and three stand beside each other where there would be two.
const LEAST_SQUARE: f32 = 120.0;
/// Plots that have less height: what a screen reader says of them first, how much they have, and why.
const LOWER: [(&str, f32, &str); 1] = [(
    "singular value",
    84.0,
    "the row of the spectrum's views stands over its table; with room for more it would scroll in the usual \
     layout of 1600×1000 points, and its horizontal axis be out of sight",
)];
/// What two texts may share before they overlap, in points: letters' edges are soft.
const TOUCH: f32 = 1.5;

/// Everything wrong with a frame, a sentence each.
pub fn faults(drawn: &Drawn) -> Vec<String> {
    let seen: Vec<(&Text, Rect)> = drawn
        .texts
        .iter()
        .filter_map(|text| visible(drawn, text))
        .collect();
    let mut found = overlaps(&seen);
    found.extend(seen.iter().filter_map(|(text, place)| cut(text, *place)));
    found.extend(seen.iter().filter_map(|(text, _)| small(text)));
    found.extend(drawn.plots.iter().filter_map(little));
    found.sort();
    found.dedup();
    found
}

/// A text with the part of it that is seen, where anything is.
fn visible<'a>(drawn: &Drawn, text: &'a Text) -> Option<(&'a Text, Rect)> {
    let place = text.place.intersect(text.clip).intersect(drawn.window);
    (place.is_positive() && place.width() > 1.0 && place.height() > 1.0).then_some((text, place))
}

fn overlaps(seen: &[(&Text, Rect)]) -> Vec<String> {
    let mut found = Vec::new();
    for (i, (text, place)) in seen.iter().enumerate() {
        for (other, beside) in &seen[i + 1..] {
            let common = place.intersect(*beside);
            if common.is_positive() && common.width() > TOUCH && common.height() > TOUCH {
                found.push(format!("`{}` over `{}`", text.words, other.words));
            }
        }
    }
    found
}

/// A line may be scrolled out of sight above and below, but not at its sides.
/// The titles of tabs scroll where there are many.
fn cut(text: &Text, place: Rect) -> Option<String> {
    let lost = text.place.width() - place.width();
    let is_title = || {
        PANELS
            .iter()
            .any(|panel| panel.title.to_uppercase() == text.words)
    };
    (lost > TOUCH && !is_title()).then(|| {
        format!(
            "`{}` at {:.0?} is cut by {lost:.0} points",
            text.words, text.place.min
        )
    })
}

fn small(text: &Text) -> Option<String> {
    let size = text.size;
    (size < LEAST_TYPE).then(|| format!("`{}` is set in {size:.1} points", text.words))
}

fn little(plot: &Plot) -> Option<String> {
    let Vec2 { x, y } = plot.place.size();
    let is_square = (x - y).abs() < 0.5;
    let mut lower = LOWER
        .iter()
        .filter(|(words, ..)| plot.words.starts_with(words));
    let least = match lower.next() {
        Some((_, height, _)) => [LEAST_PLOT[0], *height],
        None if is_square => [LEAST_SQUARE; 2],
        None => LEAST_PLOT,
    };
    // Sizes are rounded to points.
    (x < least[0] - 0.5 || y < least[1] - 0.5)
        .then(|| format!("a plot has {x:.0}×{y:.0} points: {}", plot.words))
}
