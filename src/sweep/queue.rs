//! In which order the trials are carried out: a coarse grid first, then what tells most.

use super::cost::{CostModel, neighbours};
use super::{Plan, Table, TrialEnd, Unit};

/// Trials by which a cell at the transition may be ahead of the others.
const LEAD: f64 = 3.0;

/// The trials still to be begun.
///
/// Every cell gets its first trial, on a grid that is halved again and again; then cells whose
/// surroundings both succeed and fail are up to three trials ahead of the others. Of trials that
/// tell as much the cheaper comes first. The order shows in nothing but when a result is there.
#[derive(Debug)]
pub(super) struct Queue {
    /// Trials not yet begun, by cell, the next one last.
    pending: Vec<Vec<u32>>,
    /// How late a cell comes on the halved grid.
    level: Vec<u32>,
}

impl Queue {
    /// The trials of `units`, numbered as by [`Plan::number`].
    pub(super) fn new(plan: &Plan, units: impl Iterator<Item = usize>) -> Self {
        let mut pending = vec![Vec::new(); plan.cells()];
        for unit in units.map(|number| plan.unit(number)) {
            if let Some(trials) = pending.get_mut(unit.cell) {
                trials.push(unit.trial);
            }
        }
        pending.iter_mut().for_each(|trials| trials.reverse());
        let level = (0..plan.cells()).map(|cell| level(plan, cell)).collect();
        Self { pending, level }
    }

    /// The trial to begin next.
    pub(super) fn next(&mut self, plan: &Plan, table: &Table, cost: &CostModel) -> Option<Unit> {
        let waiting = (0..self.pending.len()).filter(|cell| !self.pending[*cell].is_empty());
        let rank = |cell: usize| {
            let begun = plan.trials() as usize - self.pending[cell].len();
            let late = match begun {
                0 => f64::from(self.level[cell]) - 1e3,
                _ => begun as f64 - LEAD * disagreement(plan, table, cell),
            };
            (late, cost.expected(plan, table, cell))
        };
        let ranked = waiting.map(|cell| (rank(cell), cell));
        let first = ranked.min_by(|(a, i), (b, j)| {
            let by_rank = a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1));
            by_rank.then(i.cmp(j))
        });
        let (_, cell) = first?;
        let trial = self.pending.get_mut(cell)?.pop()?;
        Some(Unit { cell, trial })
    }

    /// Work still to be begun.
    pub(super) fn work(&self, plan: &Plan, table: &Table, cost: &CostModel) -> f64 {
        let waiting = self
            .pending
            .iter()
            .enumerate()
            .filter(|(_, t)| !t.is_empty());
        waiting
            .map(|(cell, trials)| trials.len() as f64 * cost.expected(plan, table, cell))
            .sum()
    }
}

/// 0 for the corners of the coarsest grid, one more for each halving until a cell is on it.
fn level(plan: &Plan, index: usize) -> u32 {
    let cell = plan.cell(index);
    let [_, width, height] = plan.sizes();
    let of = |at: usize, size: usize| {
        let levels = usize::BITS - size.saturating_sub(1).leading_zeros();
        let halvings = if at == 0 { levels } else { at.trailing_zeros() };
        levels.saturating_sub(halvings)
    };
    of(cell.x, width).max(of(cell.y, height))
}

/// 4p(1 − p) of the share p of successes in and around a cell: 0 where all agree, 1 at one half.
fn disagreement(plan: &Plan, table: &Table, cell: usize) -> f64 {
    let around = neighbours(plan, cell).chain([cell]);
    let results = around.flat_map(|cell| table.of_cell(cell));
    let (count, reached) = results.fold((0_u32, 0_u32), |(count, reached), result| {
        (
            count + 1,
            reached + u32::from(result.end == TrialEnd::Reached),
        )
    });
    let share = f64::from(reached) / f64::from(count.max(1));
    4.0 * share * (1.0 - share)
}
