//! Where successes begin: a logistic curve fitted through the trials.

use crate::fit::logistic;
use crate::spec::LineSpec;

use super::{Plan, Table, TrialEnd};

/// A transition from failure to success along a line's own coordinate u = Π fieldᵖ/equals.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Transition {
    /// u at which the fitted probability of success is ½; 1 is on the line.
    pub location: f64,
    /// Standard error of ln u there, which is the relative error of the location.
    pub log_error: f64,
    /// Slope of the log-odds against ln u: how sharp the transition is.
    pub sharpness: f64,
    /// Its standard error.
    pub sharpness_error: f64,
    /// Trials it was fitted through.
    pub trials: usize,
}

/// Fits log-odds(success) = s·(ln u − ln u₀) by maximum likelihood through all trials of an arm's cells;
/// failed trials are left out. `None` where the trials tell no transition apart: all alike, or
/// separated by u without an overlap.
pub fn fit_transition(
    plan: &Plan,
    table: &Table,
    arm: usize,
    line: &LineSpec,
) -> Option<Transition> {
    let scale = plan.off_axes(line, arm)? / line.equals;
    let mut points = Vec::new();
    for cell in (0..plan.cells()).filter(|cell| plan.cell(*cell).arm == arm) {
        let Some(u) = plan.along_scaled(line, cell, scale) else {
            continue;
        };
        let trials = table.of_cell(cell);
        let counted = trials.filter(|result| !matches!(result.end, TrialEnd::Failed(_)));
        points.extend(counted.map(|result| {
            let success = result.end == TrialEnd::Reached;
            (u.ln(), f64::from(u8::from(success)))
        }));
    }
    let (slope, offset, covariance) = logistic(&points)?;
    let location = -offset / slope;
    // Delta method for −offset/slope.
    let [ss, so, oo] = covariance;
    let variance = (oo + 2.0 * location * so + location * location * ss) / (slope * slope);
    let transition = Transition {
        location: location.exp(),
        log_error: variance.sqrt(),
        sharpness: slope,
        sharpness_error: ss.sqrt(),
        trials: points.len(),
    };
    let is_fit = transition.log_error.is_finite() && transition.location.is_finite();
    (is_fit && slope.abs() < 1e4).then_some(transition)
}
