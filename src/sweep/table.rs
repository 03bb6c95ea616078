//! The results of a sweep so far.

use super::{Plan, TrialResult, Unit};

/// The results of a sweep so far, by unit.
#[derive(Clone, Debug, Default)]
pub struct Table {
    trials: u32,
    results: Vec<Option<Box<TrialResult>>>,
    done: usize,
    version: u64,
}

impl Table {
    /// A table without results.
    pub fn new(plan: &Plan) -> Self {
        Self {
            trials: plan.trials(),
            results: vec![None; plan.units()],
            done: 0,
            version: 0,
        }
    }

    /// Notes a result, in the place of an earlier one of the same unit. A unit that is not of this
    /// sweep is ignored.
    pub fn insert(&mut self, result: TrialResult) {
        let number = self.number(result.unit);
        if let Some(place) = self.results.get_mut(number) {
            self.done += usize::from(place.is_none());
            *place = Some(Box::new(result));
            self.version += 1;
        }
    }

    /// The result of a trial, if it is there.
    pub fn get(&self, unit: Unit) -> Option<&TrialResult> {
        self.results.get(self.number(unit))?.as_deref()
    }

    /// The results of a cell so far, by trial.
    pub fn of_cell(&self, cell: usize) -> impl Iterator<Item = &TrialResult> {
        let trials = self.trials as usize;
        let of_cell = self.results.get(cell * trials..(cell + 1) * trials);
        of_cell.unwrap_or(&[]).iter().filter_map(Option::as_deref)
    }

    /// All results, by unit.
    pub fn results(&self) -> impl Iterator<Item = &TrialResult> {
        self.results.iter().filter_map(Option::as_deref)
    }

    /// Numbers of the units without a result, rising.
    pub fn missing(&self) -> impl Iterator<Item = usize> + '_ {
        let results = self.results.iter().enumerate();
        results
            .filter(|(_, r)| r.is_none())
            .map(|(number, _)| number)
    }

    /// Results there.
    pub fn done(&self) -> usize {
        self.done
    }

    /// Trials in all.
    pub fn units(&self) -> usize {
        self.results.len()
    }

    /// Whether every trial has a result.
    pub fn is_complete(&self) -> bool {
        self.done == self.results.len()
    }

    /// Changes whenever the table does.
    pub fn version(&self) -> u64 {
        self.version
    }

    fn number(&self, unit: Unit) -> usize {
        if unit.trial >= self.trials {
            return usize::MAX;
        }
        unit.cell
            .saturating_mul(self.trials as usize)
            .saturating_add(unit.trial as usize)
    }
}
