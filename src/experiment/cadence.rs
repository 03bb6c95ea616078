//! Which records of a run measure what is costly.

use serde::{Deserialize, Serialize};

use crate::spec::Costly;

/// Share of the work of training that costly measurements may take at most by the model of their work.
const MOST_SHARE: f64 = 0.08;

/// Share that all measurements may take by the model. They are to stay below a tenth; the model is wrong by a factor
/// of up to 1.5, mostly to the safe side.
const SHARE: f64 = 0.09;

/// Records a decade of steps that are measured though the work so far would not allow it: so many where they
/// are affordable in the whole run, and where they are not, as many as are, but never fewer than that.
const MOST: f64 = 6.0;
const FEWEST: f64 = 1.5;

/// Work of records in steps, and how many there are.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct RecordCost {
    /// Of what is costly.
    pub(super) costly: f64,
    /// Of the rest, which every record measures.
    pub(super) cheap: f64,
    /// Records of the whole run.
    pub(super) records: f64,
    /// What a run may spend on what is costly however short it is.
    pub(super) spare: f64,
}

impl RecordCost {
    /// Share of the work of so many steps that what is costly may take.
    fn share(self, steps: f64) -> f64 {
        // No steps have no share to take off.
        let cheap = (self.cheap * self.records / steps).max(0.0);
        (SHARE - cheap).clamp(0.0, MOST_SHARE)
    }
}

/// Which records measure what is costly, by their steps alone: not by a clock, so that every run of a
/// preset measures the same.
#[derive(Clone, Debug)]
pub(super) struct Cadence {
    costly: Costly,
    /// Work of such a record in steps.
    cost: f64,
    /// Share of the work of the steps so far that all of them may take.
    share: f64,
    /// Ratio of the steps of two records that are measured in any case.
    ratio: f64,
    taken: Taken,
}

/// The records that measured what is costly so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Taken {
    count: u64,
    last_step: u64,
}

impl Cadence {
    /// For a run of up to `steps` steps with records of a cost.
    pub(super) fn new(costly: Costly, cost: RecordCost, steps: u64) -> Self {
        let steps = steps as f64;
        let share = cost.share(steps);
        // What costs nothing is affordable always; of no steps there is one record.
        let records = (share * steps).max(cost.spare) / cost.costly - 2.0;
        let affordable = (records / steps.log10().max(1.0)).min(MOST);
        let per_decade = affordable.max(FEWEST);
        Self {
            costly,
            cost: cost.costly,
            share,
            ratio: 10f64.powf(1.0 / per_decade),
            taken: Taken::default(),
        }
    }

    /// Whether the record of a step measures what is costly, and a note of it where it does.
    pub(super) fn takes(&mut self, step: u64) -> bool {
        let Taken { count, last_step } = self.taken;
        let is_first = count == 0;
        let is_far = step as f64 >= self.ratio * last_step as f64;
        let is_cheap = count as f64 * self.cost <= self.share * step as f64;
        let takes = self.costly == Costly::EveryRecord || is_first || is_far || is_cheap;
        if takes {
            self.note(step);
        }
        takes
    }

    /// Notes a record that measures what is costly in any case.
    pub(super) fn note(&mut self, step: u64) {
        self.taken.count += 1;
        self.taken.last_step = step;
    }

    pub(super) fn taken(&self) -> Taken {
        self.taken
    }

    /// Goes on after these.
    pub(super) fn restore(&mut self, taken: Taken) {
        self.taken = taken;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(costly: f64) -> RecordCost {
        RecordCost {
            costly,
            ..RecordCost::default()
        }
    }

    fn steps(choice: Costly, cost: RecordCost, last: u64) -> Vec<u64> {
        let mut cadence = Cadence::new(choice, cost, last);
        (0..=last).filter(|step| cadence.takes(*step)).collect()
    }

    #[test]
    fn every_record_is_every_record() {
        assert_eq!(steps(Costly::EveryRecord, of(1e9), 5), [0, 1, 2, 3, 4, 5]);
    }

    #[test]
    fn what_costs_nothing_is_measured_always() {
        assert_eq!(steps(Costly::Sparse, of(0.0), 5), [0, 1, 2, 3, 4, 5]);
        assert_eq!(steps(Costly::Sparse, of(0.0), 0), [0]);
        assert_eq!(steps(Costly::Sparse, of(7.0), 0), [0]);
    }

    #[test]
    fn what_costs_more_than_a_run_is_measured_three_times_in_two_decades() {
        let taken = steps(Costly::Sparse, of(1e9), 10_000);
        assert_eq!(taken[..6], [0, 1, 5, 24, 112, 520]);
        let decades = taken.iter().filter(|step| (100..10_000).contains(*step));
        assert_eq!(decades.count(), 3);
    }

    #[test]
    fn what_a_run_can_afford_is_measured_six_times_a_decade() {
        let taken = steps(Costly::Sparse, of(20.0), 10_000);
        assert_eq!(taken[..9], [0, 1, 2, 3, 5, 8, 12, 18, 27]);
    }

    #[test]
    fn a_short_run_spends_its_share_on_as_many_as_it_can_afford() {
        // At six a decade 16 records; 12 of the work of 6 steps are the share of 900.
        let taken = steps(Costly::Sparse, of(6.0), 900).len();
        assert!((11..=13).contains(&taken), "{taken}");
    }

    #[test]
    fn a_run_of_no_time_is_not_thinned() {
        let cost = RecordCost {
            spare: 200.0,
            ..of(6.0)
        };
        let taken = steps(Costly::Sparse, cost, 100);
        assert_eq!(taken, [0, 1, 2, 3, 5, 8, 12, 18, 27, 40, 59, 87]);
    }

    #[test]
    fn a_long_run_spends_its_share_and_no_more() {
        let taken = steps(Costly::Sparse, of(20.0), 50_000).len() as f64;
        assert!(
            (taken * 20.0 / 50_000.0 - MOST_SHARE).abs() < 0.001,
            "{taken}"
        );
    }

    #[test]
    fn what_every_record_measures_comes_off_the_share() {
        let cost = RecordCost {
            costly: 20.0,
            cheap: 1.0,
            records: 3_000.0,
            ..RecordCost::default()
        };
        let taken = steps(Costly::Sparse, cost, 50_000).len() as f64;
        let all = taken * 20.0 + 3_000.0;
        assert!((all / 50_000.0 - SHARE).abs() < 0.001, "{taken}");
    }

    #[test]
    fn a_run_goes_on_as_if_it_had_not_been_interrupted() {
        let whole = steps(Costly::Sparse, of(3.0), 400);
        let mut first = Cadence::new(Costly::Sparse, of(3.0), 400);
        let mut taken: Vec<u64> = (0..=150).filter(|step| first.takes(*step)).collect();
        let mut second = Cadence::new(Costly::Sparse, of(3.0), 400);
        second.restore(first.taken());
        taken.extend((151..=400).filter(|step| second.takes(*step)));
        assert_eq!(taken, whole);
    }
}
