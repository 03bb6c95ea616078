//! A number read from the records of one arm.

use std::sync::Arc;

use crate::fit::{Rate, fit_rate, part_way};
use crate::number::four_digits as short;
use crate::observe::Record;
use crate::preset::ArmRef;
use crate::spec::{CountedIn, Moment, Quantity};

use super::{ArmHistory, RunHistory};

/// What has to happen before a claim can be decided.
#[derive(Clone, Debug)]
pub(crate) struct NotReached(pub String);

/// A number read from one arm.
#[derive(Debug)]
pub(crate) struct Reading {
    pub value: f64,
    pub text: String,
}

/// The records of an arm; a run that was not begun has none.
pub(crate) fn find_arm<'a>(
    history: &'a RunHistory,
    arm: &ArmRef,
) -> Result<&'a ArmHistory, NotReached> {
    let found = history.arms().get(arm.index);
    found.ok_or_else(|| NotReached(format!("no arm {}", arm.name)))
}

/// Name of an arm at the head of a text: nothing for an only arm without a name in the claim.
pub(crate) fn head(arm: &ArmRef) -> String {
    if arm.name.is_empty() {
        String::new()
    } else {
        format!("{} ", arm.name)
    }
}

/// Reads a quantity of an arm at a moment.
pub(crate) fn read(
    history: &RunHistory,
    of: Quantity,
    arm: &ArmRef,
    at: &Moment<Quantity>,
) -> Result<Reading, NotReached> {
    let (records, head) = (find_arm(history, arm)?, head(arm));
    match *at {
        Moment::Peak => peak(records, of, &head),
        Moment::Rate { clock, from, to } => rate(records, of, &head, (clock, from, to)),
        Moment::End | Moment::Step(_) | Moment::FirstBelow(..) => {
            let record = record_at(records, &head, at)?;
            let missing = || {
                let (column, step) = (of.column(), record.step);
                NotReached(format!("{head}has no {column} at step {step}"))
            };
            // What is costly is not measured at every record; the text names the step that was.
            let upto = records
                .records()
                .iter()
                .rev()
                .skip_while(|r| r.step > record.step);
            let found = upto.map(|r| (r.step, r.get(of)));
            let mut found = found.filter_map(|(step, value)| Some((step, value?)));
            let (step, value) = found.next().ok_or_else(missing)?;
            let text = format!("{head}{} at step {step}", short(value));
            Ok(Reading { value, text })
        }
    }
}

/// The record of an arm that a moment means.
fn record_at<'a>(
    arm: &'a ArmHistory,
    head: &str,
    at: &Moment<Quantity>,
) -> Result<&'a Record, NotReached> {
    let not_reached = |text: String| NotReached(format!("{head}{text}"));
    let last = arm.last().map(Arc::as_ref);
    let last = last.ok_or_else(|| not_reached("has no records".to_owned()))?;
    let ended = arm.outcome.is_some();
    match at {
        Moment::FirstBelow(quantity, limit) => {
            let is_below = |r: &&Arc<Record>| r.get(*quantity).is_some_and(|v| v <= *limit);
            let first = arm.records().iter().find(is_below).map(Arc::as_ref);
            let (column, step) = (quantity.column(), last.step);
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
fn peak(arm: &ArmHistory, quantity: Quantity, head: &str) -> Result<Reading, NotReached> {
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

/// Rate of decay between two shares of the first value, and how it varies on the way.
fn rate(
    arm: &ArmHistory,
    quantity: Quantity,
    head: &str,
    (clock, from, to): (CountedIn, f64, f64),
) -> Result<Reading, NotReached> {
    let column = quantity.column();
    let series: Vec<_> = arm
        .series(quantity)
        .map(|(step, time, value)| (step as f64, time, value))
        .collect();
    let first = series.first().map_or(f64::NAN, |(_, _, value)| *value);
    let levels = [from * first, to * first];
    let [begin, end] = levels.map(|level| series.iter().position(|(.., value)| *value <= level));
    if arm.outcome.is_none() && end.is_none() {
        let share = short(to);
        let text = format!("{head}has not come to {share} of its first {column}");
        return Err(NotReached(text));
    }
    let records = begin.and_then(|begin| {
        let end = end.map_or(series.len(), |end| end + 1);
        series.get(begin..end)
    });
    let count = records.map_or(0, <[_]>::len);
    let few = || {
        NotReached(format!(
            "{head}has {count} records to fit a rate of {column} through"
        ))
    };
    let begin = begin.filter(|_| count >= 3).ok_or_else(few)?;
    let window = between(&series, levels, [Some(begin), end]);
    let points = window.iter().map(|&(step, time, value)| match clock {
        CountedIn::Steps => (step, value),
        CountedIn::Time => (time, value),
    });
    let fit = fit_rate(points).ok_or_else(few)?;
    let value = fit.rate();
    let text = format!("{head}{}", rate_words(&fit, clock, &window));
    Ok(Reading { value, text })
}

/// A rate, how it varies over its window, and which steps these are.
fn rate_words(fit: &Rate, clock: CountedIn, window: &[(f64, f64, f64)]) -> String {
    let unit = match clock {
        CountedIn::Steps => "a step",
        CountedIn::Time => "a unit of time",
    };
    let local = fit.local.map_or(String::new(), |[low, high]| {
        format!(" ({} to {} over quarters)", short(low), short(high))
    });
    let steps = match (window.first(), window.last()) {
        (Some(first), Some(last)) => format!("steps {:.0} to {:.0}", first.0, last.0),
        _ => String::new(),
    };
    format!("{} {unit}{local}, {steps}", short(fit.rate()))
}

/// The part of a series (step, time, value) between the two levels, which the records at the indices
/// given are the first to have fallen to. Its ends are where the line through ln value of two records
/// passes the level, so that they don't follow the records.
fn between(
    series: &[(f64, f64, f64)],
    levels: [f64; 2],
    [begin, end]: [Option<usize>; 2],
) -> Vec<(f64, f64, f64)> {
    let passed = |index: usize, level: f64| {
        let (before, after) = (series.get(index.checked_sub(1)?)?, series.get(index)?);
        let share = (before.2 / level).ln() / (before.2 / after.2).ln();
        let (step, value) = part_way((before.0, before.2), (after.0, after.2), share);
        let (time, _) = part_way((before.1, before.2), (after.1, after.2), share);
        Some((step, time, value))
    };
    let first = begin.and_then(|begin| passed(begin, levels[0]));
    let last = end.and_then(|end| passed(end, levels[1]));
    let inside = begin.and_then(|begin| series.get(begin..end.unwrap_or(series.len())));
    let inside = inside.unwrap_or_default().iter().copied();
    let all = first.into_iter().chain(inside).chain(last);
    // Of a value of 0 there is no logarithm to go along.
    all.filter(|(.., value)| value.is_finite()).collect()
}

/// A quantity read of the only arm of a run at a moment; `None` where the moment was not reached.
pub(crate) fn read_only_arm(
    history: &RunHistory,
    of: Quantity,
    at: &Moment<Quantity>,
) -> Option<f64> {
    let reading = read(history, of, &ArmRef::default(), at);
    reading.ok().map(|reading| reading.value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::history::{Outcome, StopReason};

    /// A finished run whose loss falls at rates from 2 down to 0.05, with so many records a decade.
    fn run(per_decade: u32) -> RunHistory {
        let mut history = RunHistory::new(["a".to_owned()]);
        let steps = (0..).map(|k| 10f64.powf(f64::from(k) / f64::from(per_decade)).round() as u64);
        let mut steps: Vec<u64> = steps.take_while(|step| *step <= 5000).collect();
        steps.insert(0, 0);
        steps.dedup();
        for step in steps {
            let time = 0.01 * step as f64;
            let loss =
                (-2.0 * time).exp() + 0.2 * (-0.3 * time).exp() + 0.01 * (-0.05 * time).exp();
            let record = Record {
                step,
                time,
                scalars: [(Quantity::TrainLoss, loss)].into(),
                ..Record::default()
            };
            history.push(0, Arc::new(record));
        }
        history.set_outcome(0, Outcome::Finished(StopReason::Steps));
        history
    }

    fn rate_of(per_decade: u32, clock: CountedIn) -> Reading {
        let at = Moment::Rate {
            clock,
            from: 0.1,
            to: 0.01,
        };
        read(
            &run(per_decade),
            Quantity::TrainLoss,
            &ArmRef::default(),
            &at,
        )
        .expect("a rate")
    }

    /// Also where it begins and ends: at ten records a decade the first one below a level may be a
    /// quarter of the way too late.
    #[test]
    fn a_rate_is_the_same_at_ten_records_a_decade_and_at_many() {
        for clock in [CountedIn::Steps, CountedIn::Time] {
            let [few, many] = [10, 160].map(|per_decade| rate_of(per_decade, clock).value);
            assert!((few / many - 1.0).abs() < 0.01, "{clock:?}: {few} {many}");
        }
    }

    #[test]
    fn a_rate_is_told_with_its_range_over_quarters_and_no_error() {
        let Reading { text, .. } = rate_of(40, CountedIn::Time);
        assert!(text.contains(" a unit of time (0.") && text.contains(" over quarters), steps "));
        assert!(!text.contains('±'), "{text}");
    }
}
