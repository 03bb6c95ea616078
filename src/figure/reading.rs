//! Reading a history at the step shown.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::history::{ArmHistory, RunHistory};
use crate::observe::Record;
use crate::preset::Experiment;
use crate::spec::Precision;

/// The last record at or before `step` that has what `pick` asks for: spectra and features may be
/// measured more rarely than scalars.
pub fn at_or_before<T>(
    arm: &ArmHistory,
    step: u64,
    pick: impl Fn(&Record) -> Option<T>,
) -> Option<(&Arc<Record>, T)> {
    let records = arm.records();
    let after = records.partition_point(|r| r.step <= step);
    records[..after]
        .iter()
        .rev()
        .find_map(|r| pick(r).map(|found| (r, found)))
}

/// The arms that are not hidden, with their indices.
pub fn visible_arms<'a>(
    history: &'a RunHistory,
    hidden: &BTreeSet<usize>,
) -> impl Iterator<Item = (usize, &'a ArmHistory)> {
    history
        .arms()
        .iter()
        .enumerate()
        .filter(move |(i, _)| !hidden.contains(i))
}

/// The arms with a picture of their own where each has one: not those of the run before, which is seen in
/// the picture of the arm that takes its place.
pub fn pictured_arms<'a>(
    history: &'a RunHistory,
    hidden: &BTreeSet<usize>,
) -> impl Iterator<Item = (usize, &'a ArmHistory)> {
    visible_arms(history, hidden).filter(|(_, arm)| !arm.role.is_before())
}

/// The arm of the run before that is seen in an arm's picture, where it is not hidden.
pub fn before_arm<'a>(
    history: &'a RunHistory,
    hidden: &BTreeSet<usize>,
    arm: usize,
) -> Option<&'a ArmHistory> {
    let (index, before) = history.before(arm)?;
    (!hidden.contains(&index)).then_some(before)
}

/// Precision an arm is trained in.
pub(super) fn precision(experiment: &Experiment, arm: usize) -> Precision {
    let own = experiment.arms.get(arm).map(|a| a.preset.precision);
    own.unwrap_or(experiment.preset.precision)
}

/// The distance ε from 1 to the next number of a precision.
pub(super) fn epsilon(precision: Precision) -> f64 {
    match precision {
        Precision::F32 => f64::from(f32::EPSILON),
        Precision::F64 => f64::EPSILON,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spec::Quantity;

    #[test]
    fn a_rare_quantity_is_read_where_it_was_last_measured() {
        let mut history = RunHistory::new(["a".to_owned()]);
        for step in 0..10 {
            let mut record = Record {
                step,
                ..Record::default()
            };
            if step % 4 == 0 {
                record.scalars.insert(Quantity::NtkMax, step as f64);
            }
            history.push(0, Arc::new(record));
        }
        let read = |step| {
            at_or_before(&history.arms()[0], step, |r| r.get(Quantity::NtkMax))
                .map(|(r, v)| (r.step, v))
        };
        assert_eq!(read(7), Some((4, 4.0)));
        assert_eq!(read(8), Some((8, 8.0)));
        assert_eq!(read(0), Some((0, 0.0)));
    }
}
