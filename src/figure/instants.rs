//! The instants at which a curve over an arm's records is drawn.

use crate::history::ArmHistory;

/// Points drawn between two records: bounds bend where a line between records would not.
const BETWEEN: u32 = 4;

/// (step, time) of the records of an arm up to a step, with instants between them.
pub(super) fn instants(arm: &ArmHistory, end: f64) -> impl Iterator<Item = (f64, f64)> {
    let records = arm.records();
    let pairs = records.iter().zip(records.iter().skip(1));
    let between = pairs.flat_map(move |(a, b)| {
        let mix = |share: f64| {
            let mix = |from: f64, to: f64| from + share * (to - from);
            (mix(a.step as f64, b.step as f64), mix(a.time, b.time))
        };
        let (from, to) = (a.step as f64, b.step as f64);
        let last = (from..to)
            .contains(&end)
            .then(|| mix((end - from) / (to - from)));
        let all = (0..BETWEEN).map(move |k| mix(f64::from(k) / f64::from(BETWEEN)));
        all.filter(move |(step, _)| *step < end).chain(last)
    });
    let last = records.last().map(|r| (r.step as f64, r.time));
    between.chain(last.filter(|(step, _)| *step <= end))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::history::RunHistory;
    use crate::observe::Record;

    fn until(end: f64) -> Vec<(f64, f64)> {
        let mut history = RunHistory::new(["a".to_owned()]);
        for step in [0, 4, 8] {
            let time = 0.5 * step as f64;
            let record = Record {
                step,
                time,
                ..Record::default()
            };
            history.push(0, Arc::new(record));
        }
        instants(&history.arms()[0], end).collect()
    }

    #[test]
    fn the_last_instant_is_the_end_whether_it_was_recorded_or_not() {
        let steps = |end| until(end).into_iter().map(|(step, _)| step);
        let all: Vec<f64> = (0..=8).map(f64::from).collect();
        assert!(steps(f64::INFINITY).eq(all.iter().copied()));
        assert!(steps(4.0).eq(all[..=4].iter().copied()));
        assert!(steps(8.0).eq(all.iter().copied()));
        assert_eq!(until(5.5).last(), Some(&(5.5, 2.75)));
        assert!(steps(0.0).eq([0.0]));
    }
}
