//! Marks along an axis.

use super::range::nice_step;
use super::{Range, Scale};
use crate::number;

/// A mark on an axis.
#[derive(Clone, Debug, PartialEq)]
pub struct Tick {
    /// Axis coordinate.
    pub place: f64,
    /// Text, empty at a minor mark.
    pub label: String,
}

impl Tick {
    /// Whether the mark bears a text.
    pub fn is_major(&self) -> bool {
        !self.label.is_empty()
    }
}

/// Marks of an axis by rising coordinate, of which about `most` (at least two) bear a text.
pub fn ticks(scale: Scale, range: Range, most: usize) -> Vec<Tick> {
    let most = most.max(2);
    if !(range.span() > 0.0 && range.span().is_finite()) {
        return Vec::new();
    }
    let mut marks = match scale {
        Scale::Linear => linear_ticks(range, most),
        Scale::Log => log_ticks(range, most),
        Scale::LogSteps => step_ticks(range, most),
    };
    marks.retain(|t| {
        range.low - 1e-9 * range.span() <= t.place && t.place <= range.high + 1e-9 * range.span()
    });
    marks
}

/// Given marks in a range. Where more than about `most` would bear a text, those too near to one
/// before keep none.
pub(super) fn thinned(marks: &[Tick], range: Range, most: usize) -> Vec<Tick> {
    let room = 1e-9 * range.span();
    let inside = |t: &&Tick| range.low - room <= t.place && t.place <= range.high + room;
    let apart = 0.8 * range.span() / most.max(1) as f64;
    let mut last = f64::NEG_INFINITY;
    let mut keep = |tick: &Tick| {
        let mut tick = tick.clone();
        if tick.place - last < apart {
            tick.label.clear();
        } else {
            last = tick.place;
        }
        tick
    };
    marks.iter().filter(inside).map(&mut keep).collect()
}

fn linear_ticks(range: Range, most: usize) -> Vec<Tick> {
    let step = linear_step(range, most);
    let first = (range.low / step - 1e-9).ceil();
    let last = (range.high / step + 1e-9).floor();
    let largest = range.low.abs().max(range.high.abs());
    (0..=(last - first).clamp(0.0, 100.0) as usize)
        .map(|i| {
            let place = (first + i as f64) * step;
            Tick {
                place,
                label: linear_label(place, step, largest),
            }
        })
        .collect()
}

/// A range symmetric about zero gets a mark on both sides of it, however few fit.
fn linear_step(range: Range, most: usize) -> f64 {
    let step = nice_step(range.span() / most as f64);
    if range.low != -range.high || step <= range.high {
        return step;
    }
    let power = 10f64.powf(range.high.log10().floor());
    let below = [5.0, 2.0, 1.0].into_iter().map(|f| f * power);
    below
        .into_iter()
        .find(|s| *s <= range.high * (1.0 + 1e-9))
        .unwrap_or(power)
}

fn linear_label(value: f64, step: f64, largest: f64) -> String {
    let places = (-step.log10().floor()).max(0.0);
    if largest < 1e6 && places <= 4.0 {
        return number::fixed(value, places as usize);
    }
    if value.abs() < 1e-9 * step {
        return "0".to_owned();
    }
    let digits = (value.abs().log10().floor() - step.log10().floor()).max(0.0) as usize + 1;
    number::scientific(value, digits)
}

/// Marks at powers of ten, or at 1, 2, 5 times them, or at round values where even those are too few.
fn log_ticks(range: Range, most: usize) -> Vec<Tick> {
    let decades = (range.high + 1e-9).floor() - (range.low - 1e-9).ceil();
    if decades >= 2.0 || decades >= 1.0 && most <= 3 {
        return decade_ticks(range, most);
    }
    let wanted = most.min(4);
    let by_digit = |digits: &[u32]| marks_at_digits(range, digits);
    for digits in [&[1, 2, 5][..], &[1, 2, 3, 4, 5, 6, 8][..]] {
        let marks = by_digit(digits);
        let shown = marks
            .iter()
            .filter(|t| t.is_major() && range.contains(t.place))
            .count();
        if shown >= wanted.min(3) {
            return marks;
        }
    }
    let values = Range {
        low: Scale::Log.value(range.low),
        high: Scale::Log.value(range.high),
    };
    linear_ticks(values, most)
        .into_iter()
        .filter_map(|t| {
            Some(Tick {
                place: Scale::Log.place(t.place)?,
                label: t.label,
            })
        })
        .collect()
}

fn decade_ticks(range: Range, most: usize) -> Vec<Tick> {
    let (first, last) = (
        (range.low - 1e-9).ceil() as i32,
        (range.high + 1e-9).floor() as i32,
    );
    let stride = (last - first).div_euclid(most as i32 + 1) + 1;
    let mut marks = Vec::new();
    for decade in (first - 1)..=last {
        // Multiples of the stride, so that the marks stay where they are when the axis grows.
        let label = if decade.rem_euclid(stride) == 0 {
            number::power_of_ten(decade)
        } else {
            String::new()
        };
        marks.push(Tick {
            place: f64::from(decade),
            label,
        });
        if stride == 1 && last - first <= 6 {
            marks.extend((2..10).map(|k| Tick {
                place: f64::from(decade) + f64::from(k).log10(),
                label: String::new(),
            }));
        }
    }
    marks
}

fn marks_at_digits(range: Range, labelled: &[u32]) -> Vec<Tick> {
    let (first, last) = (range.low.floor() as i32, range.high.ceil() as i32);
    (first..=last)
        .flat_map(|decade| {
            (1..10u32).map(move |digit| {
                let place = f64::from(decade) + f64::from(digit).log10();
                let label = if labelled.contains(&digit) {
                    number::number(f64::from(digit) * 10f64.powi(decade), 1)
                } else {
                    String::new()
                };
                Tick { place, label }
            })
        })
        .collect()
}

fn step_ticks(range: Range, most: usize) -> Vec<Tick> {
    let zero = Scale::LogSteps.place(0.0).unwrap_or(0.0);
    let positive = Range {
        low: range.low.max(0.0),
        high: range.high,
    };
    let mut marks = Vec::new();
    if range.contains(zero) {
        marks.push(Tick {
            place: zero,
            label: "0".to_owned(),
        });
    }
    if positive.span() > 0.0 {
        let whole = |t: &Tick| t.place >= -1e-9;
        marks.extend(
            log_ticks(positive, most.max(3) - 1)
                .into_iter()
                .filter(whole),
        );
    }
    marks
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(scale: Scale, low: f64, high: f64, most: usize) -> Vec<String> {
        ticks(scale, Range { low, high }, most)
            .into_iter()
            .filter(Tick::is_major)
            .map(|t| t.label)
            .collect()
    }

    #[test]
    fn linear_marks_are_round() {
        assert_eq!(
            labels(Scale::Linear, 0.0, 1.0, 5),
            ["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"]
        );
        assert_eq!(
            labels(Scale::Linear, 0.0, 20_000.0, 4),
            [
                "0",
                "5000",
                "10\u{2009}000",
                "15\u{2009}000",
                "20\u{2009}000"
            ]
        );
    }

    #[test]
    fn a_symmetric_range_has_marks_on_both_sides() {
        for half in [0.25, 1.0, 3.0, 5.0, 6.0, 120.0] {
            let marks = labels(Scale::Linear, -half, half, 2);
            assert!(marks.len() >= 3 && marks.len() <= 5, "{half} {marks:?}");
        }
    }

    #[test]
    fn log_marks_are_powers_of_ten_over_many_decades() {
        assert_eq!(
            labels(Scale::Log, -3.0, 0.0, 5),
            ["10⁻³", "10⁻²", "10⁻¹", "1"]
        );
        assert_eq!(
            labels(Scale::Log, -12.0, 0.0, 4),
            ["10⁻¹²", "10⁻⁹", "10⁻⁶", "10⁻³", "1"]
        );
    }

    #[test]
    fn within_a_decade_the_minor_marks_bear_numbers() {
        assert_eq!(
            labels(Scale::Log, 0.2f64.log10(), 1f64.log10(), 5),
            ["0.2", "0.5", "1"]
        );
        assert!(labels(Scale::Log, 0.31f64.log10(), 0.34f64.log10(), 4).len() >= 2);
    }

    #[test]
    fn a_step_axis_shows_step_zero() {
        assert_eq!(
            labels(Scale::LogSteps, -0.4, 3.0, 6),
            ["0", "1", "10", "10²", "10³"]
        );
    }

    #[test]
    fn an_empty_or_broken_range_has_no_marks() {
        assert!(
            ticks(
                Scale::Linear,
                Range {
                    low: 1.0,
                    high: 1.0
                },
                5
            )
            .is_empty()
        );
        assert!(
            ticks(
                Scale::Log,
                Range {
                    low: 0.0,
                    high: f64::INFINITY
                },
                5
            )
            .is_empty()
        );
    }

    #[test]
    fn marks_rise_and_stay_inside() {
        for scale in [Scale::Linear, Scale::Log, Scale::LogSteps] {
            for (low, high) in [(-0.4, 4.3), (0.1, 0.9), (-7.0, -2.0), (2.2, 2.9)] {
                let marks = ticks(scale, Range { low, high }, 5);
                assert!(
                    marks.windows(2).all(|w| w[0].place < w[1].place),
                    "{scale:?} {low} {high} {marks:?}"
                );
                assert!(
                    marks
                        .iter()
                        .all(|t| t.place >= low - 1e-6 && t.place <= high + 1e-6)
                );
            }
        }
    }
}
