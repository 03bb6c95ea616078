//! What a sweep came to, in words and as JSON.

use std::path::PathBuf;

use super::summary::claim_lines;
use super::table::aligned;
use crate::claim::ClaimResult;
use crate::number::four_digits as short;
use crate::sweep::{CellSummary, NoInterval, Plan, Table, Transition, fit_transition};

/// Counts, and where the transition lies along each line.
pub(super) fn text(plan: &Plan, table: &Table, claims: &[ClaimResult]) -> String {
    let mut text = format!("{} trials in {} cells", table.done(), plan.cells());
    for (count, word) in ends(table) {
        if count > 0 {
            text += &format!(", {count} {word}");
        }
    }
    text.push('\n');
    for (arm, line, fit) in transitions(plan, table) {
        let interval = match fit.interval {
            Ok([low, high]) => {
                let (low, high) = (short(low), short(high));
                format!("95 % {low} to {high}: {}", Transition::METHOD)
            }
            Err(reason) => format!("no 95 % interval: {}", reason.in_words()),
        };
        text += &format!(
            "{arm}{line}: success passes ½ at {} of it ({interval}), sharpness {}\n",
            short(fit.location),
            short(fit.sharpness)
        );
    }
    if plan.y().is_none() {
        text += &curve(plan, table);
    }
    text + &claim_lines(claims)
}

/// The value shown at each cell of a sweep along one axis.
fn curve(plan: &Plan, table: &Table) -> String {
    let spec = plan.spec();
    let rows = (0..plan.cells()).map(|cell| {
        let summary = CellSummary::of(plan, table, cell, &spec.value, spec.statistic);
        let value = match summary.interval {
            Some(i) => format!("{} [{}, {}]", short(i.centre), short(i.low), short(i.high)),
            None => "–".to_owned(),
        };
        vec![
            plan.label(cell),
            value,
            format!("{} trials", summary.counted),
        ]
    });
    let statistic = spec.statistic.of(&spec.value).in_words();
    let rows: Vec<Vec<String>> = rows.collect();
    format!("{}: {statistic}\n{}", spec.value.name(), aligned(&rows))
}

/// The same as one JSON document.
pub(super) fn json(
    plan: &Plan,
    table: &Table,
    claims: &[ClaimResult],
    files: &[PathBuf],
) -> String {
    let ends: serde_json::Map<String, serde_json::Value> = ends(table)
        .into_iter()
        .map(|(count, word)| (word.replace(' ', "_"), count.into()))
        .collect();
    let fits = transitions(plan, table)
        .into_iter()
        .map(|(arm, line, fit)| {
            serde_json::json!({
                "arm": arm.trim_end_matches(": "),
                "line": line,
                "location": fit.location,
                "location_95": fit.interval.ok(),
                "location_95_by": fit.interval.ok().map(|_| Transition::METHOD),
                "no_location_95": fit.interval.err().map(NoInterval::in_words),
                "sharpness": fit.sharpness,
            })
        });
    let files: Vec<_> = files.iter().map(|f| f.display().to_string()).collect();
    let document = serde_json::json!({
        "preset": plan.experiment().name,
        "cells": plan.cells(),
        "trials": table.done(),
        "ends": ends,
        "claims": claims,
        "transitions": fits.collect::<Vec<_>>(),
        "files": files,
    });
    format!("{document:#}\n")
}

fn ends(table: &Table) -> [(usize, &'static str); 4] {
    use crate::sweep::TrialEnd as E;
    let count = |is: fn(&E) -> bool| table.results().filter(|r| is(&r.end)).count();
    [
        (count(|end| *end == E::Reached), "reached a limit"),
        (count(|end| *end == E::Steps), "did all steps"),
        (count(|end| *end == E::Diverged), "diverged"),
        (count(|end| matches!(end, E::Failed(_))), "failed"),
    ]
}

/// The transitions that can be fitted: arm (empty for an only one), line, fit.
fn transitions(plan: &Plan, table: &Table) -> Vec<(String, String, Transition)> {
    let arms = &plan.experiment().arms;
    let lines = &plan.spec().lines;
    let pairs = (0..arms.len()).flat_map(|arm| lines.iter().map(move |line| (arm, line)));
    pairs
        .filter_map(|(arm, line)| {
            let fit = fit_transition(plan, table, arm, line)?;
            let label = arms.get(arm).filter(|_| arms.len() > 1);
            let label = label.map_or(String::new(), |arm| format!("{}: ", arm.label));
            Some((label, line.name.clone(), fit))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::preset::library;
    use crate::sweep::{TrialEnd, TrialResult};

    /// `oymak-fig2-live` with trials that reach their limit from kd = 50, 55, … 70 on.
    fn swept() -> (Plan, Table) {
        let experiment = library::load("oymak-fig2-live").expect("a preset");
        let plan = Plan::of(&experiment).expect("a sweep");
        let mut table = Table::new(&plan);
        for unit in (0..plan.units()).map(|number| plan.unit(number)) {
            let cell = plan.cell(unit.cell);
            let is_reached = (cell.x + 1) * (cell.y + 1) >= 50 + 5 * unit.trial as usize;
            table.insert(TrialResult {
                unit,
                seed: plan.seed(unit),
                end: if is_reached {
                    TrialEnd::Reached
                } else {
                    TrialEnd::Steps
                },
                steps: 1,
                values: vec![Some(1.0)],
            });
        }
        (plan, table)
    }

    #[test]
    fn a_transition_has_its_interval_and_the_method_in_words_and_in_json() {
        let (plan, table) = swept();
        let words = text(&plan, &table, &[]);
        assert!(
            words.contains("of it (95 % ") && words.contains(Transition::METHOD),
            "{words}"
        );
        assert!(!words.contains('±'), "{words}");
        let document: serde_json::Value =
            serde_json::from_str(&json(&plan, &table, &[], &[])).expect("JSON");
        let fit = &document["transitions"][0];
        let number = |value: &serde_json::Value| value.as_f64().expect("a number");
        let [low, high] = [0, 1].map(|end| number(&fit["location_95"][end]));
        assert!(
            low < number(&fit["location"]) && number(&fit["location"]) < high,
            "{fit}"
        );
        assert_eq!(fit["location_95_by"], Transition::METHOD);
        assert!(fit["no_location_95"].is_null());
    }
}
