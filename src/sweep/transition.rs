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
