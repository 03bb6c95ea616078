//! How long an arm trained, and how much of that went into measuring.

use std::time::Duration;

/// Time an arm spent beyond its start, in this process. Arms that train at the same time share the
/// cores, so theirs add up to more than has gone by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ArmTiming {
    /// In training, measuring included.
    pub training: Duration,
    /// Of that in measuring: the records that were due, and the linearized twin beside them.
    pub measuring: Duration,
}

impl ArmTiming {
    /// Share of the time of all arms that went into measuring, 0 to 1; `None` before any time went by.
    pub fn measuring_share(arms: &[Self]) -> Option<f64> {
        let training: Duration = arms.iter().map(|arm| arm.training).sum();
        let measuring: Duration = arms.iter().map(|arm| arm.measuring).sum();
        let share = measuring.as_secs_f64() / training.as_secs_f64();
        share.is_finite().then_some(share)
    }
}

#[cfg(test)]
mod tests {
    use super::super::run_all;
    use super::*;
    use crate::preset::library;
    use crate::task::Cancel;

    #[test]
    fn the_share_is_that_of_the_time_of_all_arms() {
        let arm = |training, measuring| ArmTiming {
            training: Duration::from_millis(training),
            measuring: Duration::from_millis(measuring),
        };
        assert_eq!(ArmTiming::measuring_share(&[]), None);
        assert_eq!(ArmTiming::measuring_share(&[arm(0, 0)]), None);
        let share = ArmTiming::measuring_share(&[arm(300, 30), arm(100, 70)]);
        assert_eq!(share, Some(0.25));
    }

    #[test]
    fn more_records_of_the_same_run_are_more_measuring_and_the_same_bits() {
        let run = |schedule: &str| {
            let sets = [
                ("axes", "[]"),
                ("claims", "[]"),
                ("network.width", "64"),
                ("data", "SignedPairs(d: 4, n: 60, n_test: 4)"),
                ("train.stop.steps", "40"),
                ("observe.observables", "[Loss, NtkChange, JacobianSpectrum]"),
                ("observe.schedule", schedule),
            ];
            let sets = sets.map(|(path, value)| (path.to_owned(), value.to_owned()));
            let experiment = library::load_with(library::DEFAULT, &sets).unwrap();
            let ends = run_all(&experiment, &Cancel::new(), &mut |_| {}).unwrap();
            (ends[0].timing, ends[0].final_state.clone().unwrap().w)
        };
        let (every, w) = run("Every(1)");
        let (last, same) = run("Every(40)");
        assert_eq!(w, same);
        for timing in [every, last] {
            let share = ArmTiming::measuring_share(&[timing]).unwrap();
            assert!(share > 0.0 && share <= 1.0, "{timing:?}");
        }
        // Forty spectra against one: no clock is as wrong as that.
        assert!(every.measuring > last.measuring, "{every:?} {last:?}");
    }
}
