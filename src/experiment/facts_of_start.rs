//! What is known of a recorded run before its first step, made again from its preset.

use std::sync::Arc;

use crate::history::{ArmFacts, RunError, RunHistory};
use crate::observe::Record;
use crate::preset::{Arm, Experiment};
use crate::spec::Method;
use crate::task::Cancel;
use crate::theory::{DeltaChange, after_change};

use super::run_all::facts_of_start;

/// Gives the arms of a recorded run the facts of their start, which are in none of its files, with the bounds
/// ended that the preset's first change of the step ends.
///
/// # Errors
/// A start that can't be made.
pub fn add_facts_of_start(
    history: &mut RunHistory,
    experiment: &Experiment,
    cancel: &Cancel,
) -> Result<(), RunError> {
    let facts = facts_of_start(experiment, cancel)?;
    for (index, (arm, facts)) in experiment.arms.iter().zip(facts).enumerate() {
        let records = history
            .arms()
            .get(index)
            .map_or(&[][..], |arm| arm.records());
        let facts = facts.map(|facts| with_change(arm, facts, records));
        history.set_facts(index, facts);
    }
    Ok(())
}

/// The facts of a start with the bounds ended that the preset's first change of the step ends.
fn with_change(arm: &Arm, mut facts: ArmFacts, records: &[Arc<Record>]) -> ArmFacts {
    let train = &arm.preset.train;
    let is_flow = matches!(train.method, Method::GradientFlow { .. });
    let Some(from) = train.method.step().filter(|_| !is_flow) else {
        return facts;
    };
    let mut changes = train.changes.iter();
    if let Some(change) = changes.find(|change| change.step != from) {
        // Up to the change every step took as long.
        let before = records.iter().rev();
        let mut before = before.filter(|record| record.step > 0 && record.step <= change.at);
        let time = before.next().map_or(f64::NAN, |record| {
            record.time / record.step as f64 * change.at as f64
        });
        let [from, to] = [from, change.step].map(|step| step * facts.step_unit);
        let change = DeltaChange {
            at: change.at,
            time,
            from,
            to,
        };
        facts.theory = after_change(&facts.theory, change).into();
    }
    facts
}
