//! What can be wrong with a layout.

use egui::{Rect, Vec2};

use super::drawn::{Drawn, Plot, Text};
use widescope::ui::panel::PANELS;

/// Smallest type at a zoom of 100 %, in points.
const LEAST_TYPE: f32 = 11.0;
/// Least size of a plot with its axes' numbers left out, in points.
const LEAST_PLOT: [f32; 2] = [100.0, 60.0];
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
    (x < LEAST_PLOT[0] || y < LEAST_PLOT[1])
        .then(|| format!("a plot has {x:.0}×{y:.0} points: {}", plot.words))
}
