//! Claims in plain text.

use crate::preset::{Direction, Expectation, Moment};

/// Quantity, arms, moment and bounds in plain text.
pub(super) fn describe(expectation: &Expectation) -> String {
    match expectation {
        Expectation::Ratio {
            of,
            arm,
            over,
            at,
            at_least,
            at_most,
        } => {
            format!(
                "{of} of {arm} over {over} {}, {}",
                bounds(*at_least, *at_most),
                moment(at)
            )
        }
        Expectation::Value {
            of,
            arm,
            at,
            at_least,
            at_most,
        } => {
            format!(
                "{of} of {arm} {}, {}",
                bounds(*at_least, *at_most),
                moment(at)
            )
        }
        Expectation::Order {
            of,
            arms,
            at,
            direction,
        } => {
            let sign = if *direction == Direction::Rising {
                " < "
            } else {
                " > "
            };
            format!("{of}: {}, {}", arms.join(sign), moment(at))
        }
    }
}

fn bounds(at_least: Option<f64>, at_most: Option<f64>) -> String {
    let bounds = [("≥", at_least), ("≤", at_most)].into_iter();
    let written = bounds.filter_map(|(sign, bound)| bound.map(|bound| format!("{sign} {bound}")));
    written.collect::<Vec<_>>().join(" and ")
}

fn moment(at: &Moment) -> String {
    match at {
        Moment::End => "at the end".to_owned(),
        Moment::Step(step) => format!("at step {step}"),
        Moment::FirstBelow(column, value) => format!("where {column} is first ≤ {value}"),
    }
}

/// A number with four significant digits.
pub(super) fn short(value: f64) -> String {
    let size = value.abs();
    if value == 0.0 || !value.is_finite() {
        format!("{value}")
    } else if (1e-3..1e5).contains(&size) {
        // Between 10⁻³ and 10⁵ the exponent is a small integer.
        let decimals = (3.0 - size.log10().floor()).clamp(0.0, 6.0) as usize;
        format!("{value:.decimals$}")
    } else {
        format!("{value:.3e}")
    }
}
