//! Steps at which the observables are recorded.

use crate::spec::Schedule;

/// The first step after `step` at which a record is due; step 0 is due by itself.
///
/// A logarithmic schedule has its records at the rounded values of 10^(j/per_decade).
pub fn next_due(schedule: Schedule, step: u64) -> u64 {
    match schedule {
        Schedule::Every(k) => {
            let k = k.max(1);
            (step / k).saturating_add(1).saturating_mul(k)
        }
        Schedule::Log { per_decade } => next_logarithmic(f64::from(per_decade.max(1)), step),
    }
}

fn next_logarithmic(per_decade: f64, step: u64) -> u64 {
    if step == 0 {
        return 1;
    }
    // One below the exponent of `step`, so that rounding can't skip a due step.
    let mut j = ((step as f64).log10() * per_decade).floor() - 1.0;
    loop {
        let due = 10f64.powf(j / per_decade).round();
        if due > step as f64 {
            return due as u64;
        }
        j += 1.0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn steps(schedule: Schedule, last: u64) -> Vec<u64> {
        let mut steps = vec![0];
        while let Some(step) = steps.last().copied().filter(|s| *s < last) {
            steps.push(next_due(schedule, step));
        }
        steps
    }

    #[test]
    fn every_k() {
        assert_eq!(steps(Schedule::Every(3), 9), [0, 3, 6, 9]);
    }

    #[test]
    fn logarithmic_records_hit_every_decade() {
        let due = steps(Schedule::Log { per_decade: 5 }, 100);
        assert_eq!(due, [0, 1, 2, 3, 4, 6, 10, 16, 25, 40, 63, 100]);
    }

    #[test]
    fn a_dense_schedule_records_every_early_step_once() {
        let due = steps(Schedule::Log { per_decade: 1000 }, 200);
        assert_eq!(due, (0..=200).collect::<Vec<_>>());
    }
}
