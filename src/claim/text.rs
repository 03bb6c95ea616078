//! Claims in plain text.

use crate::number::four_digits as short;
use crate::spec::{Clock, Direction, Expectation, Moment};

use super::sweep_text::describe_sweep;
use crate::history::head;

/// Quantity, arms, moment and bounds in plain text.
pub(super) fn describe(expectation: &Expectation) -> String {
    match expectation {
        Expectation::Ratio {
            of,
            arm,
            over,
            over_column,
            at,
            over_at,
            at_least,
            at_most,
        } => {
            let mut top = owned(of, arm);
            if over_at.is_some() {
                top = format!("{top}, {},", moment(at));
            }
            let bottom = match over_column {
                Some(column) => owned(column, over),
                None if over.is_empty() => of.clone(),
                None => over.clone(),
            };
            let at = moment(over_at.as_ref().unwrap_or(at));
            format!("{top} over {bottom} {}, {at}", bounds(*at_least, *at_most))
        }
        Expectation::Value {
            of,
            arm,
            at,
            at_least,
            at_most,
        } => {
            let bounds = bounds(*at_least, *at_most);
            format!("{} {bounds}, {}", owned(of, arm), moment(at))
        }
        Expectation::Order {
            of,
            arms,
            at,
            direction,
        } => format!("{of}: {}, {}", arms.join(sign(*direction)), moment(at)),
        Expectation::Slope {
            of,
            against,
            at,
            at_least,
            at_most,
            ..
        } => {
            let bounds = bounds(*at_least, *at_most);
            format!("exponent of {of} in {against} {bounds}, {}", moment(at))
        }
        Expectation::Steeper {
            of,
            arms,
            than,
            against,
            at,
        } => format!(
            "exponent of {of} in {against} over {} below that over {}, {}",
            arms.join(", "),
            than.join(", "),
            moment(at)
        ),
        Expectation::Bounded { arm, by, floor } => {
            let down_to = if *floor > 0.0 {
                format!(" down to {}", short(*floor))
            } else {
                String::new()
            };
            format!("{}within {by} at every record{down_to}", head(arm))
        }
        Expectation::Monotone { of, arm, direction } => {
            let never = match direction {
                Direction::Rising => "never falls",
                Direction::Falling => "never rises",
            };
            format!("{} {never}", owned(of, arm))
        }
        Expectation::Sweep(expected) => describe_sweep(expected),
    }
}

fn owned(column: &str, arm: &str) -> String {
    if arm.is_empty() {
        column.to_owned()
    } else {
        format!("{column} of {arm}")
    }
}

fn sign(direction: Direction) -> &'static str {
    match direction {
        Direction::Rising => " < ",
        Direction::Falling => " > ",
    }
}

fn bounds(at_least: Option<f64>, at_most: Option<f64>) -> String {
    let bounds = [("≥", at_least), ("≤", at_most)].into_iter();
    let written = bounds.filter_map(|(sign, bound)| bound.map(|bound| format!("{sign} {bound}")));
    written.collect::<Vec<_>>().join(" and ")
}

/// Where a quantity is read.
pub(crate) fn moment(at: &Moment) -> String {
    match at {
        Moment::End => "at the end".to_owned(),
        Moment::Step(step) => format!("at step {step}"),
        Moment::FirstBelow(column, value) => format!("where {column} is first ≤ {value}"),
        Moment::Peak => "at its largest".to_owned(),
        Moment::Rate { clock, from, to } => {
            let unit = match clock {
                Clock::Steps => "a step",
                Clock::Time => "a unit of time",
            };
            format!("as a rate {unit} between {from} and {to} of its first value")
        }
    }
}
