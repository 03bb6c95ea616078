//! The exponent of what the cells come to along the horizontal axis.

use crate::fit::{Exponent, fit_exponent};

use super::Plan;
use super::no_interval::NoInterval;

/// The exponent p of centre ∝ xᵖ along the horizontal axis of a sweep.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SweepExponent {
    /// The least-squares line through (ln x, ln centre).
    pub fit: Exponent,
    /// Half-width of the 95 % interval of p, by [`SweepExponent::METHOD`]; else why there is none.
    pub half_width: Result<f64, NoInterval>,
}

/// A cell on such a curve.
#[derive(Clone, Copy, Debug)]
pub struct CurvePoint {
    /// Its number on the horizontal axis.
    pub x: f64,
    /// Its centre.
    pub centre: f64,
    /// Trials that the centre is made from.
    pub trials: usize,
}

impl SweepExponent {
    /// How the interval is made, in few words.
    pub const METHOD: &'static str = "scatter of the centres about the line, Student's t";

    /// The exponent through cells; `None` for fewer than three, or where a number is not positive and
    /// finite.
    ///
    /// Centres stray from the line both since seeds disagree and since cells depart from a power law,
    /// and their scatter holds both; trials of one cell are no further points of the line.
    pub fn through(plan: &Plan, points: &[CurvePoint]) -> Option<Self> {
        let fit = fit_exponent(points.iter().map(|point| (point.x, point.centre)))?;
        let half_width = NoInterval::of_draws(plan).and_then(|()| {
            let alone = points.iter().any(|point| point.trials < 2);
            if alone {
                Err(NoInterval::OneTrial)
            } else {
                Ok(fit.half_width())
            }
        });
        Some(Self { fit, half_width })
    }
}
