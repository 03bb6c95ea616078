//! From a value to its place on an axis, and back.

/// Place of step 0 on a logarithmic step axis: left of step 1 (at 0), where no step is.
const ZERO_STEP: f64 = -0.4;

/// How values are laid out along an axis. Axis coordinates are what is drawn linearly.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Scale {
    /// The value itself.
    Linear,
    /// log₁₀ of the value; zero and negative values have no place.
    Log,
    /// log₁₀ of a step number, with a place of its own for step 0.
    LogSteps,
}

impl Scale {
    /// Axis coordinate of a value, `None` where it has no place: non-finite, or not positive on a
    /// logarithmic axis.
    pub fn place(self, value: f64) -> Option<f64> {
        let place = match self {
            Self::Linear => value,
            Self::Log if value > 0.0 => value.log10(),
            Self::LogSteps if value >= 1.0 => value.log10(),
            Self::LogSteps if value >= 0.0 => ZERO_STEP * (1.0 - value),
            Self::Log | Self::LogSteps => f64::NAN,
        };
        place.is_finite().then_some(place)
    }

    /// Value at an axis coordinate.
    pub fn value(self, place: f64) -> f64 {
        match self {
            Self::Linear => place,
            Self::Log => 10f64.powf(place),
            Self::LogSteps if place >= 0.0 => 10f64.powf(place),
            Self::LogSteps => (1.0 - place / ZERO_STEP).max(0.0),
        }
    }

    /// Whether the axis is logarithmic.
    pub fn is_log(self) -> bool {
        self != Self::Linear
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn value_undoes_place() {
        for scale in [Scale::Linear, Scale::Log, Scale::LogSteps] {
            for value in [0.25, 1.0, 7.0, 12_345.0] {
                let back = scale
                    .place(value)
                    .map(|p| scale.value(p))
                    .unwrap_or(f64::NAN);
                assert!(
                    (back - value).abs() < 1e-9 * value,
                    "{scale:?} {value} {back}"
                );
            }
        }
        assert_eq!(
            Scale::LogSteps.place(0.0).map(|p| Scale::LogSteps.value(p)),
            Some(0.0)
        );
    }

    #[test]
    fn a_log_axis_has_no_place_for_zero_or_infinity() {
        assert_eq!(Scale::Log.place(0.0), None);
        assert_eq!(Scale::Log.place(-1.0), None);
        assert_eq!(Scale::Log.place(f64::INFINITY), None);
        assert_eq!(Scale::Linear.place(f64::NAN), None);
        assert!(Scale::LogSteps.place(0.0) < Scale::LogSteps.place(1.0));
    }
}
