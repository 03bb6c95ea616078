//! What the results of a sweep come to, in words.

use crate::claim::moment_in_words;
use crate::number;
use crate::spec::SweepValue;
use crate::sweep::{CellSummary, Plan, Table, TrialEnd, TrialResult, Unit};

/// What can be shown of a cell, the preset's choice first among equals: success, steps, measures.
pub fn sweep_values(plan: &Plan) -> Vec<SweepValue> {
    let measures = plan.spec().measures.iter();
    let measures = measures.map(|m| SweepValue::Measure(m.name.clone()));
    [SweepValue::Success, SweepValue::Steps]
        .into_iter()
        .chain(measures)
        .collect()
}

/// Name of a value for people.
pub fn value_title(value: &SweepValue) -> String {
    match value {
        SweepValue::Success => "success".to_owned(),
        SweepValue::Steps => "steps".to_owned(),
        SweepValue::Measure(name) => name.replace('_', " "),
    }
}

/// What a value is, with the statistic of its trials.
pub fn value_definition(plan: &Plan, value: &SweepValue) -> String {
    let statistic = plan.spec().statistic.of(value).in_words();
    match value {
        SweepValue::Success => {
            let stop = &plan.experiment().preset.train.stop;
            let mut limits = Vec::new();
            let mut limit = |name: &str, value: Option<f64>| {
                limits.extend(value.map(|v| format!("{name} ≤ {}", number::number(v, 3))));
            };
            limit("relative error", stop.relative_error);
            limit("training loss", stop.loss);
            let accuracy = stop
                .accuracy
                .map(|v| format!("accuracy ≥ {}", number::number(v, 3)));
            limits.extend(accuracy);
            let limits = if limits.is_empty() {
                "a limit of train.stop".to_owned()
            } else {
                limits.join(" or ")
            };
            let steps = number::count(stop.steps);
            format!("Share of the trials that reached {limits} within {steps} steps; {statistic}")
        }
        SweepValue::Steps => format!(
            "Steps until the limit was reached, {} where it was not; {statistic}",
            number::count(plan.experiment().preset.train.stop.steps)
        ),
        SweepValue::Measure(name) => {
            let index = plan.spec().measures.iter().position(|m| m.name == *name);
            let measure = index.and_then(|k| plan.experiment().measures.get(k));
            let what = measure.map_or(String::new(), |m| {
                format!("{} {}", m.of.column(), moment_in_words(&m.at))
            });
            format!("{what}; {statistic}")
        }
    }
}

/// A cell in a few lines: its values, what is shown of it with its interval, and how its trials ended.
pub fn cell_words(plan: &Plan, table: &Table, cell: usize, value: &SweepValue) -> String {
    let statistic = plan.spec().statistic;
    let summary = CellSummary::of(plan, table, cell, value, statistic);
    let mut lines = vec![plan.label(cell)];
    if let Some(interval) = summary.interval {
        let digits = |x: f64| match value {
            SweepValue::Success => number::fixed(x, 2),
            _ => number::number(x, 4),
        };
        let ends = if interval.low.is_finite() {
            format!(", {} to {}", digits(interval.low), digits(interval.high))
        } else {
            String::new()
        };
        lines.push(format!(
            "{} {}{ends}",
            value_title(value),
            digits(interval.centre)
        ));
        lines.push(statistic.of(value).in_words().to_owned());
    }
    lines.push(counts(plan, &summary));
    let failed = table.of_cell(cell).find_map(|result| match &result.end {
        TrialEnd::Failed(message) => Some(message.clone()),
        _ => None,
    });
    lines.extend(failed);
    lines.join("\n")
}

fn counts(plan: &Plan, summary: &CellSummary) -> String {
    if summary.done == 0 {
        return format!("none of {} trials done", plan.trials());
    }
    let mut text = format!("{} of {} trials: ", summary.done, plan.trials());
    text.push_str(&format!("{} reached the limit", summary.reached));
    for (count, word) in [(summary.diverged, "diverged"), (summary.failed, "failed")] {
        if count > 0 {
            text.push_str(&format!(", {count} {word}"));
        }
    }
    if summary.counted < summary.done - summary.failed {
        let without = summary.done - summary.failed - summary.counted;
        text.push_str(&format!("; {without} without this value"));
    }
    text
}

/// A trial in words: its number, its seed and how it ended.
pub fn trial_words(plan: &Plan, table: &Table, unit: Unit) -> String {
    let end = table
        .get(unit)
        .map_or("not done in the sweep yet".to_owned(), ending);
    format!("{end}; seed {}", plan.seed(unit))
}

fn ending(result: &TrialResult) -> String {
    let steps = number::count(result.steps);
    match &result.end {
        TrialEnd::Reached => format!("reached the limit at step {steps}"),
        TrialEnd::Steps => format!("did not reach the limit in {steps} steps"),
        TrialEnd::Diverged => format!("diverged at step {steps}"),
        TrialEnd::Failed(message) => format!("failed: {message}"),
    }
}
