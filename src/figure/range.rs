//! Extent of an axis, which grows in steps and never shrinks by itself.

use std::f64::consts::LOG10_2;
use std::hash::{Hash, Hasher};

use super::Scale;

/// Closed interval in axis coordinates, `low < high`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Range {
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

/// By bits, so that a part of an axis can be told from another where figures are kept.
impl Hash for Range {
    fn hash<H: Hasher>(&self, state: &mut H) {
        [self.low, self.high].map(f64::to_bits).hash(state);
    }
}

impl Range {
    /// The smallest range of these axis coordinates; `None` without a finite one. May be empty
    /// (`low == high`).
    pub fn of(places: impl IntoIterator<Item = f64>) -> Option<Self> {
        let finite = places.into_iter().filter(|p| p.is_finite());
        finite.fold(None, |range: Option<Self>, p| match range {
            None => Some(Self { low: p, high: p }),
            Some(r) => Some(Self {
                low: r.low.min(p),
                high: r.high.max(p),
            }),
        })
    }

    /// Length.
    pub fn span(self) -> f64 {
        self.high - self.low
    }

    /// Whether a coordinate lies within.
    pub fn contains(self, place: f64) -> bool {
        self.low <= place && place <= self.high
    }

    /// The smallest range that holds both.
    pub fn union(self, other: Self) -> Self {
        Self {
            low: self.low.min(other.low),
            high: self.high.max(other.high),
        }
    }

    /// The range to show for `data` where `held` was shown before: `held` itself as long as the
    /// data fit, else grown on the side that is too short to the next round value. On a linear axis
    /// that is a multiple of a tick; on a logarithmic one 1, 2 or 5 times a power of ten, and where an
    /// axis that was shown before grows a whole power, so that a falling loss does not move the axis at every
    /// record.
    pub fn admit(held: Option<Self>, data: Option<Self>, scale: Scale) -> Self {
        let (held, data) = match (held, data) {
            (Some(held), Some(data)) => (Some(held), data),
            (Some(held), None) => return held,
            (None, Some(data)) => (None, data),
            (None, None) => {
                return Self {
                    low: 0.0,
                    high: 1.0,
                };
            }
        };
        let whole = held.map_or(data, |h| h.union(data));
        let round = |place: f64, up: bool| {
            if scale.is_log() {
                round_log(place, up, held.is_some() && whole.span() >= 1.0)
            } else {
                round_linear(place, up, whole.span())
            }
        };
        let low = held
            .map(|h| h.low)
            .filter(|l| *l <= data.low)
            .unwrap_or_else(|| round(whole.low, false));
        let high = held
            .map(|h| h.high)
            .filter(|h| *h >= data.high)
            .unwrap_or_else(|| round(whole.high, true));
        Self { low, high }.opened(scale)
    }

    /// The range made wide enough to draw in: a single value gets room on both sides.
    fn opened(self, scale: Scale) -> Self {
        let least = if scale.is_log() {
            0.1
        } else {
            1e-12 + 1e-9 * self.low.abs()
        };
        if self.span() >= least {
            return self;
        }
        let room = if scale.is_log() || self.low == 0.0 {
            0.5
        } else {
            0.1 * self.low.abs()
        };
        Self {
            low: self.low - room,
            high: self.high + room,
        }
    }
}

/// 1, 2, 5 or 10 times a power of ten, at or above `rough`.
pub(super) fn nice_step(rough: f64) -> f64 {
    let power = 10f64.powf(rough.log10().floor());
    let factor = [1.0, 2.0, 5.0]
        .into_iter()
        .find(|f| f * power >= rough * (1.0 - 1e-9))
        .unwrap_or(10.0);
    factor * power
}

fn round_linear(place: f64, up: bool, span: f64) -> f64 {
    if span <= 0.0 || !span.is_finite() {
        return place;
    }
    let step = nice_step(span / 8.0);
    let ratio = place / step;
    step * if up {
        (ratio - 1e-9).ceil()
    } else {
        (ratio + 1e-9).floor()
    }
}

fn round_log(place: f64, up: bool, decades: bool) -> f64 {
    let stops: &[f64] = if decades {
        &[0.0, 1.0]
    } else {
        &[0.0, LOG10_2, 1.0 - LOG10_2, 1.0]
    };
    let base = place.floor();
    let part = place - base;
    let stop = if up {
        stops.iter().copied().find(|s| *s >= part - 1e-9)
    } else {
        stops.iter().rev().copied().find(|s| *s <= part + 1e-9)
    };
    base + stop.unwrap_or(0.0)
}

#[cfg(test)]
mod tests {
    use std::hash::DefaultHasher;

    use super::*;

    fn range(low: f64, high: f64) -> Range {
        Range { low, high }
    }

    #[test]
    fn ranges_that_differ_in_an_end_hash_apart() {
        let hash = |range: Range| {
            let mut hasher = DefaultHasher::new();
            range.hash(&mut hasher);
            hasher.finish()
        };
        assert_eq!(hash(range(-3.0, 1.0)), hash(range(-3.0, 1.0)));
        assert_ne!(hash(range(-3.0, 1.0)), hash(range(-3.0, 1.5)));
        assert_ne!(hash(range(-3.0, 1.0)), hash(range(-3.5, 1.0)));
    }

    #[test]
    fn data_inside_leave_the_axis_alone() {
        let held = range(-3.0, 1.0);
        assert_eq!(
            Range::admit(Some(held), Some(range(-2.9, 0.3)), Scale::Log),
            held
        );
        assert_eq!(Range::admit(Some(held), None, Scale::Log), held);
    }

    #[test]
    fn only_the_side_that_is_too_short_grows() {
        let grown = Range::admit(Some(range(-3.0, 1.0)), Some(range(-3.2, 0.3)), Scale::Log);
        assert_eq!(grown, range(-4.0, 1.0));
        let grown = Range::admit(
            Some(range(0.0, 10.0)),
            Some(range(1.0, 10.3)),
            Scale::Linear,
        );
        assert_eq!(grown, range(0.0, 12.0));
    }

    #[test]
    fn a_fresh_axis_holds_its_data_at_round_values() {
        let fresh = Range::admit(
            None,
            Some(range(0.25f64.log10(), 0.6f64.log10())),
            Scale::Log,
        );
        assert!(
            (10f64.powf(fresh.low) - 0.2).abs() < 1e-12
                && (10f64.powf(fresh.high) - 1.0).abs() < 1e-12
        );
        let fresh = Range::admit(None, Some(range(0.13, 0.87)), Scale::Linear);
        assert!((fresh.low - 0.1).abs() < 1e-12 && (fresh.high - 0.9).abs() < 1e-12);
    }

    #[test]
    fn one_value_gets_room() {
        for scale in [Scale::Linear, Scale::Log] {
            for place in [0.0, 5.0, -2.0] {
                let r = Range::admit(None, Some(range(place, place)), scale);
                assert!(
                    r.low < r.high && r.contains(place),
                    "{scale:?} {place} {r:?}"
                );
            }
        }
    }

    #[test]
    fn every_growth_admits_its_data() {
        let mut held = None;
        for k in 0..200 {
            let place = f64::from(k % 37) * 0.731 - f64::from(k);
            let grown = Range::admit(
                held,
                Some(range(place, place)),
                if k % 2 == 0 {
                    Scale::Log
                } else {
                    Scale::Linear
                },
            );
            assert!(grown.contains(place));
            held = Some(grown);
        }
    }
}
