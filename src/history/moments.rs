//! A number read from the records of one arm.

use std::sync::Arc;

use super::{ArmHistory, RunHistory};
use crate::fit::fit_rate;
use crate::number::four_digits as short;
use crate::observe::Record;
use crate::spec::{Clock, Moment, Quantity};

/// What has to happen before a claim can be decided.
#[derive(Debug)]
pub(crate) struct NotReached(pub String);

/// A number read from one arm.
#[derive(Debug)]
pub(crate) struct Reading {
    pub value: f64,
    pub text: String,
}

/// The arm of a name; the empty name is the only arm's.
pub(crate) fn find_arm<'a>(
    history: &'a RunHistory,
    label: &str,
) -> Result<&'a ArmHistory, NotReached> {
    let arms = history.arms();
    let found = match arms {
        [only] if label.is_empty() => Some(only),
        _ => arms.iter().find(|arm| arm.label == label),
    };
    found.ok_or_else(|| NotReached(format!("no arm {label}")))
}

/// Name of an arm at the head of a text: nothing for an only arm without a name in the claim.
pub(crate) fn head(label: &str) -> String {
    if label.is_empty() {
        String::new()
    } else {
        format!("{label} ")
    }
}

pub(crate) fn quantity(column: &str) -> Result<Quantity, NotReached> {
    Quantity::from_column(column).ok_or_else(|| NotReached(format!("no column {column}")))
}

/// Reads a column of an arm at a moment.
pub(crate) fn read(
    history: &RunHistory,
    column: &str,
    label: &str,
    at: &Moment,
) -> Result<Reading, NotReached> {
    let (arm, quantity) = (find_arm(history, label)?, quantity(column)?);
    match *at {
        Moment::Peak => peak(arm, quantity, label),
        Moment::Rate { clock, from, to } => rate(arm, quantity, label, (clock, from, to)),
        Moment::End | Moment::Step(_) | Moment::FirstBelow(..) => {
            let record = record_at(arm, label, at)?;
            let missing = || {
                let head = head(label);
                NotReached(format!("{head}has no {column} at step {}", record.step))
            };
            // What is costly is not measured at every record; the text names the step that was.
            let upto = arm
                .records()
                .iter()
                .rev()
                .skip_while(|r| r.step > record.step);
            let found = upto.map(|r| (r.step, r.get(quantity)));
            let mut found = found.filter_map(|(step, value)| Some((step, value?)));
            let (step, value) = found.next().ok_or_else(missing)?;
            let text = format!("{}{} at step {step}", head(label), short(value));
            Ok(Reading { value, text })
        }
    }
}

/// The record of an arm that a moment means.
fn record_at<'a>(arm: &'a ArmHistory, label: &str, at: &Moment) -> Result<&'a Record, NotReached> {
    let head = head(label);
    let not_reached = |text: String| NotReached(format!("{head}{text}"));
    let last = arm.last().map(Arc::as_ref);
    let last = last.ok_or_else(|| not_reached("has no records".to_owned()))?;
    let ended = arm.outcome.is_some();
    match at {
        Moment::FirstBelow(column, limit) => {
            let quantity = quantity(column)?;
            let is_below = |r: &&Arc<Record>| r.get(quantity).is_some_and(|v| v <= *limit);
            let first = arm.records().iter().find(is_below).map(Arc::as_ref);
            let step = last.step;
            first.ok_or_else(|| not_reached(format!("has no {column} ≤ {limit} to step {step}")))
        }
        Moment::Step(step) if ended || last.step >= *step => arm
            .at(*step)
            .map(Arc::as_ref)
            .ok_or_else(|| not_reached(format!("has no record to step {step}"))),
        Moment::Step(step) => Err(not_reached(format!("is at step {} of {step}", last.step))),
        _ if ended => Ok(last),
        _ => Err(not_reached("has not ended".to_owned())),
    }
}

/// The largest value of an arm that ended; NaN where any is.
fn peak(arm: &ArmHistory, quantity: Quantity, label: &str) -> Result<Reading, NotReached> {
    let head = head(label);
    if arm.outcome.is_none() {
        return Err(NotReached(format!("{head}has not ended")));
    }
    let larger = |a: (u64, f64), b: (u64, f64)| if a.1.is_nan() || a.1 >= b.1 { a } else { b };
    let points = arm.series(quantity).map(|(step, _, value)| (step, value));
    let missing = || NotReached(format!("{head}has no {}", quantity.column()));
    let (step, value) = points.reduce(larger).ok_or_else(missing)?;
    let text = format!("{head}{} at step {step}", short(value));
    Ok(Reading { value, text })
}

/// Rate of decay between two shares of the first value.
fn rate(
    arm: &ArmHistory,
    quantity: Quantity,
    label: &str,
    (clock, from, to): (Clock, f64, f64),
) -> Result<Reading, NotReached> {
    let (head, column) = (head(label), quantity.column());
    let series: Vec<_> = arm.series(quantity).collect();
    let first = series.first().map_or(f64::NAN, |(_, _, value)| *value);
    let begin = series.iter().position(|(.., value)| *value <= from * first);
    let end = series.iter().position(|(.., value)| *value <= to * first);
    if arm.outcome.is_none() && end.is_none() {
        let share = short(to);
        let text = format!("{head}has not come to {share} of its first {column}");
        return Err(NotReached(text));
    }
    let end = end.map_or(series.len(), |end| end + 1);
    let window = begin
        .and_then(|begin| series.get(begin..end))
        .unwrap_or(&[]);
    let points = window.iter().map(|&(step, time, value)| match clock {
        Clock::Steps => (step as f64, value),
        Clock::Time => (time, value),
    });
    let unit = match clock {
        Clock::Steps => "a step",
        Clock::Time => "a unit of time",
    };
    let few = || {
        let count = window.len();
        NotReached(format!(
            "{head}has {count} records to fit a rate of {column} through"
        ))
    };
    let fit = fit_rate(points).ok_or_else(few)?;
    let steps = (window.first(), window.last());
    let steps = match steps {
        (Some(first), Some(last)) => format!("steps {} to {}", first.0, last.0),
        _ => String::new(),
    };
    let (value, error) = (fit.rate(), fit.standard_error);
    let text = format!("{head}{} ± {} {unit}, {steps}", short(value), short(error));
    Ok(Reading { value, text })
}

/// A column read of the only arm of a run at a moment; `None` where the moment was not reached.
pub(crate) fn read_only_arm(history: &RunHistory, column: &str, at: &Moment) -> Option<f64> {
    let reading = read(history, column, "", at);
    reading.ok().map(|reading| reading.value)
}
