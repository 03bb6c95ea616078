//! A preset's claims held against what a run recorded.

use crate::history::{ArmHistory, RunHistory};
use crate::observe::{Quantity, Record};
use crate::preset::{ClaimSpec, Direction, Expectation, Moment};

use super::claim_text::{describe, short};

/// A claim, what it expects, and what the run gave.
#[derive(Clone, Debug, PartialEq)]
pub struct ClaimResult {
    /// The claim in words.
    pub name: String,
    /// Quantity, arms, moment and bounds in plain text.
    pub expected: String,
    /// What was measured, or what is missing, in plain text.
    pub measured: String,
    /// The measured ratio or value; `None` for an order, and where nothing could be measured.
    pub value: Option<f64>,
    /// Whether the claim holds.
    pub verdict: Verdict,
}

/// Whether a claim holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It holds.
    Pass,
    /// It does not hold, or what it speaks of is not a finite number.
    Fail,
    /// The run has not come to the moment it speaks of. After the end of a run this is no pass.
    NotReached,
}

/// Holds every claim against the records of a run, which may still go on.
///
/// A number that is not finite never passes. [`Moment::End`] is reached by an arm once it ended,
/// [`Moment::Step`] once it has come to that step or ended before.
pub fn evaluate(claims: &[ClaimSpec], history: &RunHistory) -> Vec<ClaimResult> {
    claims
        .iter()
        .map(|claim| evaluate_one(claim, history))
        .collect()
}

fn evaluate_one(claim: &ClaimSpec, history: &RunHistory) -> ClaimResult {
    let measured = measure(&claim.expect, history);
    let (measured, value, verdict) = match measured {
        Ok(Measured { text, value, holds }) => (
            text,
            value,
            if holds { Verdict::Pass } else { Verdict::Fail },
        ),
        Err(NotReached(text)) => (text, None, Verdict::NotReached),
    };
    ClaimResult {
        name: claim.name.clone(),
        expected: describe(&claim.expect),
        measured,
        value,
        verdict,
    }
}

struct Measured {
    text: String,
    value: Option<f64>,
    holds: bool,
}

/// What has to happen before a claim can be decided.
struct NotReached(String);

/// A quantity read from one arm.
struct Reading {
    value: f64,
    text: String,
}

fn measure(expectation: &Expectation, history: &RunHistory) -> Result<Measured, NotReached> {
    match expectation {
        Expectation::Ratio {
            of,
            arm,
            over,
            at,
            at_least,
            at_most,
        } => {
            let (top, bottom) = (read(history, of, arm, at)?, read(history, of, over, at)?);
            let ratio = top.value / bottom.value;
            let text = format!("{} ({}, {})", short(ratio), top.text, bottom.text);
            Ok(Measured {
                text,
                value: Some(ratio),
                holds: within(ratio, *at_least, *at_most),
            })
        }
        Expectation::Value {
            of,
            arm,
            at,
            at_least,
            at_most,
        } => {
            let Reading { value, text } = read(history, of, arm, at)?;
            Ok(Measured {
                text,
                value: Some(value),
                holds: within(value, *at_least, *at_most),
            })
        }
        Expectation::Order {
            of,
            arms,
            at,
            direction,
        } => {
            let readings = arms
                .iter()
                .map(|arm| read(history, of, arm, at))
                .collect::<Result<Vec<_>, _>>()?;
            let in_order = |pair: &[Reading]| match (pair, direction) {
                ([a, b], Direction::Rising) => a.value < b.value,
                ([a, b], Direction::Falling) => a.value > b.value,
                _ => true,
            };
            let holds =
                readings.iter().all(|r| r.value.is_finite()) && readings.windows(2).all(in_order);
            let text = readings
                .into_iter()
                .map(|r| r.text)
                .collect::<Vec<_>>()
                .join(", ");
            Ok(Measured {
                text,
                value: None,
                holds,
            })
        }
    }
}

/// Reads a column of an arm at a moment.
fn read(
    history: &RunHistory,
    column: &str,
    label: &str,
    at: &Moment,
) -> Result<Reading, NotReached> {
    let arm = history.arms().iter().find(|arm| arm.label == label);
    let arm = arm.ok_or_else(|| NotReached(format!("no arm {label}")))?;
    let quantity =
        Quantity::from_column(column).ok_or_else(|| NotReached(format!("no column {column}")))?;
    let record = record_at(arm, at)?;
    let missing = || NotReached(format!("{label} has no {column} at step {}", record.step));
    let value = record.get(quantity).ok_or_else(missing)?;
    Ok(Reading {
        value,
        text: format!("{label} {} at step {}", short(value), record.step),
    })
}

/// The record of an arm that a moment means.
fn record_at<'a>(arm: &'a ArmHistory, at: &Moment) -> Result<&'a Record, NotReached> {
    let label = &arm.label;
    let last = arm
        .records()
        .last()
        .ok_or_else(|| NotReached(format!("{label} has no records")))?;
    let ended = arm.outcome.is_some();
    match at {
        Moment::End if ended => Ok(last),
        Moment::End => Err(NotReached(format!("{label} has not ended"))),
        Moment::Step(step) if ended || last.step >= *step => arm
            .at(*step)
            .map(AsRef::as_ref)
            .ok_or_else(|| NotReached(format!("{label} has no record to step {step}"))),
        Moment::Step(step) => Err(NotReached(format!(
            "{label} is at step {} of {step}",
            last.step
        ))),
        Moment::FirstBelow(column, limit) => {
            let is_below = |record: &Record| {
                let value = Quantity::from_column(column).and_then(|quantity| record.get(quantity));
                value.is_some_and(|value| value <= *limit)
            };
            let first = arm
                .records()
                .iter()
                .find(|record| is_below(record))
                .map(AsRef::as_ref);
            first.ok_or_else(|| {
                NotReached(format!(
                    "{label} has no {column} ≤ {limit} to step {}",
                    last.step
                ))
            })
        }
    }
}

fn within(value: f64, at_least: Option<f64>, at_most: Option<f64>) -> bool {
    value.is_finite()
        && at_least.is_none_or(|low| value >= low)
        && at_most.is_none_or(|high| value <= high)
}

#[cfg(test)]
#[path = "claim_tests.rs"]
mod tests;
