//! Numbers to drag, type or slide.

use std::ops::RangeInclusive;

use egui::{DragValue, Response, Slider, Ui, vec2};

use crate::number;
use crate::number::count;

/// Width of a number.
const NUMBER_WIDTH: f32 = 84.0;

/// A whole number to drag or type; the new one, if any. What is out of range is for the checks to
/// refuse, so that they can say what is allowed.
pub(super) fn whole(ui: &mut Ui, value: u64, speed: f64) -> (Response, Option<u64>) {
    let mut new = value;
    let drag = DragValue::new(&mut new)
        .speed(speed)
        .update_while_editing(false)
        // A double holds not every seed: what is shown and left as it stands is the number itself.
        .custom_formatter(|x, _| count(if x == value as f64 { value } else { x as u64 }))
        .custom_parser(number::parse);
    let response = ui.add_sized(vec2(NUMBER_WIDTH, 20.0), drag);
    (response, (new as f64 != value as f64).then_some(new))
}

/// A positive number that is dragged by its logarithm or typed; the new one, if any.
pub(super) fn positive(ui: &mut Ui, value: f64, text: Option<&str>) -> (Response, Option<f64>) {
    let mut new = value;
    let drag = DragValue::new(&mut new)
        .speed(0.02 * value.abs().max(1e-12))
        .update_while_editing(false)
        .custom_formatter(|x, _| text.map_or_else(|| number::compact(x), str::to_owned))
        .custom_parser(number::parse);
    let response = ui.add_sized(vec2(NUMBER_WIDTH, 20.0), drag);
    // Typing shows the rounded number; leaving it as it stands must not round the value.
    let other = new != value && number::compact(new) != number::compact(value);
    (response, other.then_some(new))
}

/// A number from 0 up that is dragged by `speed` a point or typed; the new one, if any. A drag ends at 0; what is
/// typed below is for the checks to refuse.
pub(super) fn not_negative(ui: &mut Ui, value: f64, speed: f64) -> (Response, Option<f64>) {
    let mut new = value;
    let drag = DragValue::new(&mut new)
        .speed(speed)
        .update_while_editing(false)
        .custom_formatter(|x, _| number::compact(x))
        .custom_parser(number::parse);
    let response = ui.add_sized(vec2(NUMBER_WIDTH, 20.0), drag);
    if response.dragged() {
        new = new.max(0.0);
    }
    let other = new != value && number::compact(new) != number::compact(value);
    (response, other.then_some(new))
}

/// A logarithmic slider; the new value, if it was moved.
pub(super) fn logarithmic(
    ui: &mut Ui,
    value: f64,
    range: RangeInclusive<f64>,
    snap: impl Fn(f64) -> f64,
) -> (Response, Option<f64>) {
    let mut new = value.clamp(*range.start(), *range.end());
    let before = new;
    let slider = Slider::new(&mut new, range.clone())
        .logarithmic(true)
        .smallest_positive(1e-6)
        .smart_aim(false)
        .show_value(false);
    let response = ui.add(slider);
    let snapped = match response.interact_pointer_pos() {
        // A press of an arrow moves by less than the values lie apart: it would snap back.
        None if new != before && snap(new) == snap(before) => {
            following(value, new > before, &range, &snap)
        }
        _ => snap(new),
    };
    (
        response,
        (new != before && snapped != value).then_some(snapped),
    )
}

/// The value after this one, or before it, of those that `snap` gives.
fn following(value: f64, up: bool, range: &RangeInclusive<f64>, snap: &impl Fn(f64) -> f64) -> f64 {
    let step: f64 = if up { 1.02 } else { 1.0 / 1.02 };
    let tries = (1..400).map(|count| snap(value * step.powi(count)));
    let other = tries
        .into_iter()
        .find(|new| (*new > value) == up && *new != value);
    let other = other.filter(|new| range.contains(new));
    other.unwrap_or(value)
}

/// The nearest of 2ᵏ and 3·2ᵏ, by ratio.
pub(super) fn nice_width(width: f64) -> f64 {
    let power = width.max(1.0).log2().floor().exp2();
    let candidates = [power, 1.5 * power, 2.0 * power];
    let distance = |c: f64| (c / width).ln().abs();
    candidates
        .into_iter()
        .min_by(|a, b| distance(*a).total_cmp(&distance(*b)))
        .unwrap_or(width)
}

/// The nearest of 1, 2 and 5 times a power of ten, by ratio.
pub(super) fn nice_ratio(ratio: f64) -> f64 {
    let power = ratio.log10().floor() as i32;
    let distance = |c: &f64| (c / ratio).ln().abs();
    let candidates = [(1, power), (2, power), (5, power), (1, power + 1)];
    // Parsing gives the double nearest to the decimal number, so 0.001 is shown as such.
    let decimal = |(digit, power): (u32, i32)| format!("{digit}e{power}").parse::<f64>().ok();
    let nearest = candidates
        .into_iter()
        .filter_map(decimal)
        .min_by(|a, b| distance(a).total_cmp(&distance(b)));
    nearest.unwrap_or(ratio)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn widths_snap_to_powers_of_two_and_halves_between() {
        for (width, nice) in [
            (64.0, 64.0),
            (70.0, 64.0),
            (90.0, 96.0),
            (1000.0, 1024.0),
            (65_536.0, 65_536.0),
            (50_000.0, 49_152.0),
        ] {
            assert_eq!(nice_width(width), nice);
        }
    }

    #[test]
    fn an_arrow_moves_a_slider_to_the_value_beside() {
        let widths = 64.0..=65_536.0;
        let next = |value, up| following(value, up, &widths, &nice_width);
        assert_eq!([next(1024.0, true), next(1024.0, false)], [1536.0, 768.0]);
        assert_eq!([next(1000.0, true), next(1000.0, false)], [1024.0, 768.0]);
        assert_eq!([next(64.0, false), next(65_536.0, true)], [64.0, 65_536.0]);
        let ratios = 1e-3..=1e3;
        let next = |value, up| following(value, up, &ratios, &nice_ratio);
        assert_eq!([next(1.0, true), next(1.0, false)], [2.0, 0.5]);
        assert_eq!(next(5.0, true), 10.0);
    }

    #[test]
    fn ratios_snap_to_one_two_five() {
        for (ratio, nice) in [
            (1e-3, 1e-3),
            (0.0013, 1e-3),
            (0.31, 0.2),
            (0.35, 0.5),
            (1.0, 1.0),
            (8.0, 10.0),
            (990.0, 1000.0),
        ] {
            assert_eq!(nice_ratio(ratio), nice);
        }
    }
}
