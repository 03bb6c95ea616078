//! Singular values that are not told apart from zero.

use crate::figure::reading::epsilon;
use crate::number;
use crate::spec::Precision;

/// A singular value, or the floor it is not told apart from zero below: √ε·σ_max, with ε the
/// precision of training, because the values are square roots of eigenvalues of JJᵀ.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Floored {
    /// The value.
    Resolved(f64),
    /// At most this.
    AtMost(f64),
}

impl Floored {
    /// A value of a spectrum whose largest value is `max`. NaN is not resolved.
    pub fn of(value: f64, max: f64, precision: Precision) -> Self {
        let floor = epsilon(precision).sqrt() * max;
        if value >= floor {
            Self::Resolved(value)
        } else {
            Self::AtMost(floor)
        }
    }

    /// The value, or the floor.
    pub fn shown(self) -> f64 {
        match self {
            Self::Resolved(value) | Self::AtMost(value) => value,
        }
    }

    /// The value where it is resolved.
    pub fn resolved(self) -> Option<f64> {
        match self {
            Self::Resolved(value) => Some(value),
            Self::AtMost(_) => None,
        }
    }

    /// `3.21·10⁻²` or `≤ 1.2·10⁻⁴`.
    pub fn text(self, significant: usize) -> String {
        match self {
            Self::Resolved(value) => number::number(value, significant),
            Self::AtMost(floor) => format!("≤ {}", number::number(floor, 2)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_floor_is_the_root_of_the_precision() {
        let floor = f64::from(f32::EPSILON).sqrt() * 2.0;
        let of = |value, precision| Floored::of(value, 2.0, precision);
        assert_eq!(of(1e-5, Precision::F32), Floored::AtMost(floor));
        assert_eq!(of(1e-5, Precision::F64), Floored::Resolved(1e-5));
        assert_eq!(of(floor, Precision::F32), Floored::Resolved(floor));
        assert_eq!(of(f64::NAN, Precision::F32), Floored::AtMost(floor));
        assert_eq!(of(0.0, Precision::F32).text(3), "≤ 6.9·10⁻⁴");
    }
}
