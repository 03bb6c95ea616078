//! The axes of a sweep as axes of a figure.

use crate::figure::{Axis, Range, Scale, Tick};
use crate::number;
use crate::preset::{SweepAxis, SweepPoint};

/// A sweep's axis laid out.
pub(in crate::figure) struct Laid {
    /// The axis.
    pub axis: Axis,
    /// Place of each value.
    pub places: Vec<f64>,
    /// Edges around the values, one more than there are values.
    pub edges: Vec<f64>,
    /// Whether the values are numbers in order, and not names side by side.
    pub has_numbers: bool,
    /// Whether it is logarithmic, where it can be both.
    pub log: Option<bool>,
}

impl Laid {
    /// Lays an axis out: names at even distances, numbers at their places, logarithmically as chosen
    /// or as they are spaced.
    pub(super) fn new(axis: &SweepAxis, chosen: Option<bool>) -> Self {
        let definition = format!(
            "{}: a field of the preset that the sweep varies",
            axis.field
        );
        Self::of(
            &axis.values,
            (&axis.symbol, definition),
            axis.is_log,
            chosen,
        )
    }

    /// The same of values with a symbol and what it is, which are usually laid out logarithmically or not.
    pub(in crate::figure) fn of(
        values: &[SweepPoint],
        (symbol, definition): (&str, String),
        is_log: bool,
        chosen: Option<bool>,
    ) -> Self {
        let numbers: Option<Vec<f64>> = values.iter().map(|v| v.number).collect();
        let numbers = numbers.filter(|numbers| is_ordered(numbers));
        let has_numbers = numbers.is_some();
        let positive = numbers.as_ref().is_some_and(|n| n.iter().all(|x| *x > 0.0));
        let log = positive && chosen.unwrap_or(is_log);
        let scale = if log { Scale::Log } else { Scale::Linear };
        let places: Vec<f64> = match &numbers {
            Some(numbers) => numbers.iter().filter_map(|x| scale.place(*x)).collect(),
            None => (0..values.len()).map(|i| i as f64).collect(),
        };
        let edges = edges(&places);
        let range = Range::of(edges.iter().copied());
        let label = |j: usize| match &numbers {
            Some(numbers) => numbers.get(j).map_or(String::new(), |x| short(*x)),
            None => values.get(j).map_or(String::new(), |v| v.label.clone()),
        };
        let mut marks: Vec<Tick> = places
            .iter()
            .enumerate()
            .map(|(j, place)| Tick {
                place: *place,
                label: label(j),
            })
            .collect();
        marks.sort_by(|a, b| a.place.total_cmp(&b.place));
        Self {
            axis: Axis {
                marks,
                label: symbol.to_owned(),
                definition,
                scale,
                whole: false,
                range: range.unwrap_or(Range {
                    low: 0.0,
                    high: 1.0,
                }),
            },
            places,
            edges,
            has_numbers,
            log: positive.then_some(log),
        }
    }
}

/// Whether numbers rise, or fall, all the way.
fn is_ordered(numbers: &[f64]) -> bool {
    let pairs = || numbers.windows(2);
    pairs().all(|w| w[0] < w[1]) || pairs().all(|w| w[0] > w[1])
}

/// Half-way between neighbours; the outer ones as far out as the inner ones.
fn edges(places: &[f64]) -> Vec<f64> {
    let (Some(first), Some(last)) = (places.first(), places.last()) else {
        return Vec::new();
    };
    let half = |a: Option<&f64>, b: Option<&f64>| match (a, b) {
        (Some(a), Some(b)) => 0.5 * (b - a),
        _ => 0.5,
    };
    let before = first - half(places.first(), places.get(1));
    let after = last + half(places.iter().rev().nth(1), places.last());
    let between = places.windows(2).map(|w| 0.5 * (w[0] + w[1]));
    std::iter::once(before)
        .chain(between)
        .chain([after])
        .collect()
}

/// A number on an axis: whole ones as such.
fn short(x: f64) -> String {
    if x.fract() == 0.0 && (0.0..1e6).contains(&x) {
        return number::count(x as u64);
    }
    // As few digits as tell it.
    let digits = format!("{x:e}");
    let mantissa = digits.split('e').next().unwrap_or_default();
    let significant = mantissa.chars().filter(char::is_ascii_digit).count();
    number::number(x, significant.clamp(1, 3))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edges_lie_between_the_values_and_as_far_outside() {
        assert_eq!(edges(&[1.0, 2.0, 4.0]), [0.5, 1.5, 3.0, 5.0]);
        assert_eq!(edges(&[3.0, 1.0]), [4.0, 2.0, 0.0]);
        assert_eq!(edges(&[7.0]), [6.5, 7.5]);
        assert!(edges(&[]).is_empty());
    }

    #[test]
    fn numbers_have_as_many_digits_as_they_need() {
        let written = [12.0, 12_400.0, 0.5, 0.25, 1e-4, 1.0 / 3.0, -2.0].map(short);
        let expected = [
            "12",
            "12\u{2009}400",
            "0.5",
            "0.25",
            "1·10⁻⁴",
            "0.333",
            "−2",
        ];
        assert_eq!(written, expected);
    }
}
