//! The bounds of a claim.

use std::fmt;

use crate::preset::PresetError;
use crate::preset::check::range::finite;

/// Bounds on a number: one at least, both finite and in order.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Within {
    at_least: Option<f64>,
    at_most: Option<f64>,
}

impl Within {
    /// The bounds that a claim at a path names.
    ///
    /// # Errors
    /// No bound, one that is not finite, and a greatest number below the least.
    pub(super) fn checked(
        path: &str,
        at_least: Option<f64>,
        at_most: Option<f64>,
    ) -> Result<Self, PresetError> {
        for (field, bound) in [("at_least", at_least), ("at_most", at_most)] {
            bound.map_or(Ok(()), |bound| finite(&format!("{path}.{field}"), bound))?;
        }
        match (at_least, at_most) {
            (None, None) => Err(PresetError::value(
                path,
                "a claim without bounds",
                "at_least, at_most or both",
            )),
            (Some(low), Some(high)) if low > high => {
                let allowed = format!("a number from at_least = {low:?} up");
                let path = format!("{path}.at_most");
                Err(PresetError::value(path, format!("{high:?}"), allowed))
            }
            _ => Ok(Self { at_least, at_most }),
        }
    }

    /// Whether a number is finite and within the bounds, which belong to them.
    pub fn holds(self, value: f64) -> bool {
        value.is_finite()
            && self.at_least.is_none_or(|low| value >= low)
            && self.at_most.is_none_or(|high| value <= high)
    }
}

/// `≥ 1 and ≤ 2`.
impl fmt::Display for Within {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.at_least, self.at_most) {
            (Some(low), Some(high)) => write!(f, "≥ {low} and ≤ {high}"),
            (Some(low), None) => write!(f, "≥ {low}"),
            (None, Some(high)) => write!(f, "≤ {high}"),
            (None, None) => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn within(at_least: Option<f64>, at_most: Option<f64>) -> Within {
        Within::checked("x", at_least, at_most).expect("bounds")
    }

    #[test]
    fn the_ends_are_within() {
        let both = within(Some(-1.0), Some(2.5));
        let held = [-1.1, -1.0, 0.0, 2.5, 2.6].map(|x| both.holds(x));
        assert_eq!(held, [false, true, true, true, false]);
    }

    #[test]
    fn what_is_not_finite_is_within_no_bounds() {
        for bounds in [
            within(Some(0.0), None),
            within(None, Some(0.0)),
            within(Some(-1.0), Some(1.0)),
        ] {
            for value in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
                assert!(!bounds.holds(value), "{value} {bounds}");
            }
        }
    }

    #[test]
    fn the_words_name_every_bound() {
        let words = [
            within(Some(0.5), None),
            within(None, Some(1e-9)),
            within(Some(-1.0), Some(3.0)),
        ];
        let words = words.map(|within| within.to_string());
        assert_eq!(words, ["≥ 0.5", "≤ 0.000000001", "≥ -1 and ≤ 3"]);
    }

    #[test]
    fn a_bound_is_needed_and_bounds_have_an_order() {
        assert!(Within::checked("x", None, None).is_err());
        assert!(Within::checked("x", Some(2.0), Some(1.0)).is_err());
        assert!(Within::checked("x", Some(f64::NAN), None).is_err());
        assert!(Within::checked("x", Some(1.0), Some(1.0)).is_ok());
    }
}
