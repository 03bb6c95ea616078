//! Expectations held against records.

use std::cmp::Ordering;

use crate::fit::fit_line;
use crate::history::{NotReached, Reading, RunHistory, find_arm, head, quantity, read};
use crate::number::four_digits as short;
use crate::preset::{Arm, Experiment, number_at};
use crate::spec::{Direction, Expectation, Moment};

/// Part of a bound by which a measured number may exceed it: the rounding of 32-bit floats.
const ROUNDING: f64 = 1e-6;

/// What was measured.
#[derive(Debug)]
pub(super) struct Measured {
    pub text: String,
    pub value: Option<f64>,
    pub holds: bool,
}

impl Measured {
    fn number(value: f64, text: String, bounds: (Option<f64>, Option<f64>)) -> Self {
        let (at_least, at_most) = bounds;
        let holds = value.is_finite()
            && at_least.is_none_or(|low| value >= low)
            && at_most.is_none_or(|high| value <= high);
        Self {
            text,
            value: Some(value),
            holds,
        }
    }
}

/// Measures what an expectation speaks of.
pub(super) fn measure(
    expectation: &Expectation,
    experiment: &Experiment,
    history: &RunHistory,
) -> Result<Measured, NotReached> {
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
            let below = over_column.as_ref().unwrap_or(of);
            let top = read(history, of, arm, at)?;
            let bottom = read(history, below, over, over_at.as_ref().unwrap_or(at))?;
            let ratio = top.value / bottom.value;
            let text = format!("{} ({}, {})", short(ratio), top.text, bottom.text);
            Ok(Measured::number(ratio, text, (*at_least, *at_most)))
        }
        Expectation::Value {
            of,
            arm,
            at,
            at_least,
            at_most,
        } => {
            let Reading { value, text } = read(history, of, arm, at)?;
            Ok(Measured::number(value, text, (*at_least, *at_most)))
        }
        Expectation::Order {
            of,
            arms,
            at,
            direction,
        } => order(history, of, arms, (at, *direction)),
        Expectation::Slope {
            of,
            arms,
            against,
            at,
            at_least,
            at_most,
        } => {
            let (slope, text) = slope((experiment, history), of, arms, (against, at))?;
            Ok(Measured::number(slope, text, (*at_least, *at_most)))
        }
        Expectation::Steeper {
            of,
            arms,
            than,
            against,
            at,
        } => {
            let of_arms = |arms| slope((experiment, history), of, arms, (against, at));
            let ((low, low_text), (high, high_text)) = (of_arms(arms)?, of_arms(than)?);
            Ok(Measured {
                text: format!("{low_text} against {high_text}"),
                value: None,
                holds: low < high,
            })
        }
        Expectation::Bounded { arm, by, floor } => bounded(history, arm, by, *floor),
        Expectation::Monotone { of, arm, direction } => monotone(history, of, arm, *direction),
        Expectation::Sweep(_) => {
            let text = "the sweep has not been carried out";
            Err(NotReached(text.to_owned()))
        }
    }
}

fn order(
    history: &RunHistory,
    of: &str,
    arms: &[String],
    (at, direction): (&Moment, Direction),
) -> Result<Measured, NotReached> {
    let readings = arms.iter().map(|arm| read(history, of, arm, at));
    let readings = readings.collect::<Result<Vec<_>, _>>()?;
    let in_order = |pair: &[Reading]| match (pair, direction) {
        ([a, b], Direction::Rising) => a.value < b.value,
        ([a, b], Direction::Falling) => a.value > b.value,
        _ => true,
    };
    let holds = readings.iter().all(|r| r.value.is_finite()) && readings.windows(2).all(in_order);
    let texts: Vec<String> = readings.into_iter().map(|r| r.text).collect();
    Ok(Measured {
        text: texts.join(", "),
        value: None,
        holds,
    })
}

/// Slope of ln quantity over ln field.
fn slope(
    (experiment, history): (&Experiment, &RunHistory),
    of: &str,
    arms: &[String],
    (against, at): (&str, &Moment),
) -> Result<(f64, String), NotReached> {
    let mut points = Vec::with_capacity(arms.len());
    for label in arms {
        let is_it = |arm: &&Arm| arm.label == *label;
        let arm = experiment.arms.iter().find(is_it);
        let field = arm.and_then(|arm| number_at(&arm.preset, against));
        let no_number = || NotReached(format!("{label} has no number in {against}"));
        let field = field.ok_or_else(no_number)?;
        points.push((field.ln(), read(history, of, label, at)?.value.ln()));
    }
    let no_line = || NotReached(format!("no line through {} arms", arms.len()));
    let line = fit_line(&points).ok_or_else(no_line)?;
    let text = format!(
        "{} ± {} over {} arms",
        short(line.slope),
        short(line.standard_error),
        line.points
    );
    Ok((line.slope, text))
}

/// Largest ratio of quantity and bound (of bound and quantity for a lower bound).
fn bounded(
    history: &RunHistory,
    label: &str,
    by: &str,
    floor: f64,
) -> Result<Measured, NotReached> {
    let (arm, name) = (find_arm(history, label)?, head(label));
    let facts = arm.facts.as_ref();
    let facts = facts.ok_or_else(|| NotReached(format!("{name}has not started")))?;
    let mut bounds = facts.theory.iter().flat_map(|report| &report.bounds);
    let bound = bounds.find(|bound| bound.name == by);
    let bound = bound.ok_or_else(|| NotReached(format!("{name}has no bound {by}")))?;
    if !bound.applies() {
        let failing = bound.failing.join("; ");
        return Err(NotReached(format!("{by} does not apply: {failing}")));
    }
    if arm.outcome.is_none() {
        return Err(NotReached(format!("{name}has not ended")));
    }
    let series = arm.series(bound.quantity).filter(|(.., value)| {
        // What is not a number is compared, and fails.
        value.is_nan() || *value >= floor
    });
    let ratios = series.map(|(step, time, value)| {
        let limit = bound.curve.at(step, time);
        (
            step,
            if bound.upper {
                value / limit
            } else {
                limit / value
            },
        )
    });
    let worse = |a: (u64, f64), b: (u64, f64)| if a.1.is_nan() || a.1 >= b.1 { a } else { b };
    let column = bound.quantity.column();
    let nothing = || NotReached(format!("{name}has no {column} above {floor}"));
    let (step, worst) = ratios.reduce(worse).ok_or_else(nothing)?;
    let side = if bound.upper { "of" } else { "below" };
    Ok(Measured {
        text: format!(
            "{name}{column} is at most {} {side} the bound, at step {step}",
            short(worst)
        ),
        value: Some(worst),
        holds: worst <= 1.0 + ROUNDING,
    })
}

/// Steps between records at which the quantity goes the wrong way.
fn monotone(
    history: &RunHistory,
    of: &str,
    label: &str,
    direction: Direction,
) -> Result<Measured, NotReached> {
    let (arm, quantity, name) = (find_arm(history, label)?, quantity(of)?, head(label));
    if arm.outcome.is_none() {
        return Err(NotReached(format!("{name}has not ended")));
    }
    let series: Vec<_> = arm.series(quantity).collect();
    if series.len() < 2 {
        return Err(NotReached(format!(
            "{name}has fewer than two records of {of}"
        )));
    }
    let goes_on = match direction {
        Direction::Rising => Ordering::Less,
        Direction::Falling => Ordering::Greater,
    };
    // What is not a number is in no order, and so breaks every one.
    let wrong = |pair: &&[(u64, f64, f64)]| match pair {
        [a, b] => !matches!(a.2.partial_cmp(&b.2), Some(o) if o == goes_on || o.is_eq()),
        _ => false,
    };
    let first = series.windows(2).find(wrong);
    let records = series.len();
    Ok(Measured {
        text: match first {
            Some([a, b]) => format!(
                "{name}{} at step {}, then {} at step {}",
                short(a.2),
                a.0,
                short(b.2),
                b.0
            ),
            _ => format!("{name}so at all {records} records"),
        },
        value: None,
        holds: first.is_none(),
    })
}
