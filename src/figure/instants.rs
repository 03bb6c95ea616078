//! The instants at which a curve over an arm's records is drawn, and its values there.

use crate::history::ArmHistory;
use crate::theory::Curve;

/// Points drawn between two records: bounds bend where a line between records would not.
const BETWEEN: u32 = 4;

/// (step, time) of the records of an arm up to an end, with instants between them. The end need not have
/// been recorded; time need not go on from there as it came.
pub(super) fn instants(
    arm: &ArmHistory,
    end: Option<(u64, f64)>,
) -> impl Iterator<Item = (f64, f64)> {
    let records = arm.records();
    let before = records.partition_point(|r| end.is_none_or(|(step, _)| r.step < step));
    let end = end.filter(|_| before < records.len());
    let knots = move || {
        let before = records.iter().take(before).map(|r| (r.step, r.time));
        let knots = before.chain(end);
        knots.map(|(step, time)| (step as f64, time))
    };
    let between = knots().zip(knots().skip(1)).flat_map(|(a, b)| {
        (0..BETWEEN).map(move |k| {
            let share = f64::from(k) / f64::from(BETWEEN);
            let mix = |from: f64, to: f64| from + share * (to - from);
            (mix(a.0, b.0), mix(a.1, b.1))
        })
    });
    between.chain(knots().next_back())
}

/// The curve between steps too.
pub(super) fn value_at(curve: Curve, step: f64, time: f64) -> f64 {
    match curve {
        Curve::Geometric { start, factor } => start * factor.powf(step),
        other => other.at(step as u64, time),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::history::RunHistory;
    use crate::observe::Record;

    fn until(end: Option<(u64, f64)>) -> Vec<(f64, f64)> {
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
        let at = |step: i32| (f64::from(step), 0.5 * f64::from(step));
        let to = |last: i32| (0..=last).map(at).collect::<Vec<_>>();
        assert_eq!(until(None), to(8));
        assert_eq!(until(Some((4, 2.0))), to(4));
        assert_eq!(until(Some((8, 4.0))), to(8));
        assert_eq!(until(Some((0, 0.0))), to(0));
        // Not reached yet.
        assert_eq!(until(Some((9, 4.5))), to(8));
        let between = until(Some((6, 3.5)));
        assert_eq!(between[..5], to(4));
        assert_eq!(between.last(), Some(&(6.0, 3.5)));
        assert_eq!(between.len(), 9);
    }

    #[test]
    fn a_geometric_curve_is_smooth_between_steps() {
        let curve = Curve::Geometric {
            start: 2.0,
            factor: 0.25,
        };
        assert!((value_at(curve, 0.5, 0.0) - 1.0).abs() < 1e-15);
        assert_eq!(value_at(curve, 2.0, 9.0), curve.at(2, 9.0));
    }
}
