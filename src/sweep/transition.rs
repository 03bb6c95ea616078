//! Where successes begin: a logistic curve fitted through the trials.

use crate::fit::{Outcome, half_width_of_half_point, logistic};
use crate::spec::LineSpec;

use super::no_interval::NoInterval;
use super::{Plan, Table, TrialEnd};

/// A transition from failure to success along a line's own coordinate u = Π fieldᵖ/equals.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Transition {
    /// u at which the fitted probability of success is ½; 1 is on the line.
    pub location: f64,
    /// 95 % interval of the location, by [`Transition::METHOD`]; else why there is none.
    pub interval: Result<[f64; 2], NoInterval>,
    /// Slope of the log-odds against ln u: how sharp the transition is for all trials together. Rows
    /// whose transitions lie apart flatten it, so no interval is given: what it would be an interval of
    /// depends on the grid.
    pub sharpness: f64,
    /// Trials it was fitted through.
    pub trials: usize,
}

impl Transition {
    /// How the interval is made, in few words.
    pub const METHOD: &'static str =
        "two-way jackknife over rows and columns of cells, Student's t";
}

/// Fits log-odds(success) = s·(ln u − ln u₀) by maximum likelihood through all trials of an arm's cells;
/// failed trials are left out. `None` where the trials tell no transition apart: all alike, or
/// separated by u without an overlap.
///
/// The interval supposes that cells are drawn independently, and that the place of the transition
/// differs from row to row and from column to column, as it does where the line is not the law.
pub fn fit_transition(
    plan: &Plan,
    table: &Table,
    arm: usize,
    line: &LineSpec,
) -> Option<Transition> {
    let scale = plan.off_axes(line, arm)? / line.equals;
    let mut trials = Vec::new();
    for index in (0..plan.cells()).filter(|cell| plan.cell(*cell).arm == arm) {
        let Some(u) = plan.along_scaled(line, index, scale) else {
            continue;
        };
        let (x, cell) = (u.ln(), plan.cell(index));
        let of_cell = table.of_cell(index);
        let counted = of_cell.filter(|result| !matches!(result.end, TrialEnd::Failed(_)));
        trials.extend(counted.map(|result| Outcome {
            x,
            success: f64::from(u8::from(result.end == TrialEnd::Reached)),
            place: [cell.x, cell.y],
        }));
    }
    let (slope, offset) = logistic(&trials)?;
    let at = -offset / slope;
    let interval = NoInterval::of_draws(plan).and_then(|()| {
        let half = half_width_of_half_point(&trials, (slope, offset));
        let half = half.ok_or(NoInterval::FewRows)?;
        Ok([(at - half).exp(), (at + half).exp()])
    });
    let transition = Transition {
        location: at.exp(),
        interval,
        sharpness: slope,
        trials: trials.len(),
    };
    transition.location.is_finite().then_some(transition)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::preset::{Experiment, parse};
    use crate::sweep::{TrialResult, Unit};

    const GRID: &str = "(data: Sphere(d: 4, n: 12, n_test: 0, labels: Normal(std: 1.0)), observe: (observables: [Loss]), \
        axes: [(field: \"network.width\", range: Linear(from: 1, to: 10, count: 10), show: Grid), \
        (field: \"data.d\", range: Linear(from: 1, to: 10, count: 10), show: Grid)], \
        sweep: (trials: 4, lines: [(name: \"kd = n\", powers: [(\"network.width\", 1), \
        (\"data.d\", 1), (\"data.n\", -1)])]))";

    /// The fit where the i-th of four trials of a cell reaches its limit from kd = `from`(d, i) on.
    fn fit(spec: &str, from: impl Fn(usize, u32) -> f64) -> Option<Transition> {
        fit_on(&GRID.replace("trials: 4", spec), from)
    }

    fn fit_on(text: &str, from: impl Fn(usize, u32) -> f64) -> Option<Transition> {
        let experiment = Experiment::check(parse(text).expect("a preset"), "x", ".".into());
        let plan = Plan::of(&experiment.expect("an experiment")).expect("a sweep");
        let mut table = Table::new(&plan);
        for unit in (0..plan.units()).map(|number| plan.unit(number)) {
            let Unit { cell, trial } = unit;
            let cell = plan.cell(cell);
            let product = ((cell.x + 1) * (cell.y + 1)) as f64;
            table.insert(TrialResult {
                unit,
                seed: plan.seed(unit),
                end: if product >= from(cell.y + 1, trial) {
                    TrialEnd::Reached
                } else {
                    TrialEnd::Steps
                },
                steps: 1,
                values: Vec::new(),
            });
        }
        fit_transition(&plan, &table, 0, &plan.spec().lines[0])
    }

    fn width(fit: Transition) -> f64 {
        let [low, high] = fit.interval.expect("an interval");
        assert!(low < fit.location && fit.location < high, "{fit:?}");
        (high / low).ln()
    }

    #[test]
    fn the_interval_grows_with_how_far_rows_disagree() {
        let alike = fit("trials: 4", |_, trial| 20.0 + 4.0 * f64::from(trial)).expect("a fit");
        let apart = |d: usize, trial| {
            (20.0 + 4.0 * f64::from(trial)) * if d.is_multiple_of(2) { 0.7 } else { 1.4 }
        };
        let apart = fit("trials: 4", apart).expect("a fit");
        assert!(width(apart) > 2.0 * width(alike), "{alike:?} {apart:?}");
    }

    #[test]
    fn cells_that_share_their_seeds_have_no_interval() {
        let fit = fit("trials: 4, draws: Common", |_, trial| {
            20.0 + 4.0 * f64::from(trial)
        });
        assert_eq!(fit.expect("a fit").interval, Err(NoInterval::SharedDraws));
    }

    #[test]
    fn trials_that_are_parted_have_no_transition_and_few_rows_no_interval() {
        assert_eq!(fit("trials: 4", |_, _| 25.0), None);
        assert_eq!(fit("trials: 4", |_, _| f64::INFINITY), None);
        let few = GRID.replacen(
            "range: Linear(from: 1, to: 10, count: 10)",
            "values: [5, 6]",
            1,
        );
        let fit = fit_on(&few, |_, trial| 4.0 + 4.0 * f64::from(trial)).expect("a fit");
        assert_eq!(fit.interval, Err(NoInterval::FewRows), "{fit:?}");
    }
}
