//! The results of a sweep: a phase diagram over two fields, curves over one.

mod axis;
mod curves;
mod phase;
mod theory_line;
mod words;

pub use curves::{CurveRow, Curves, CurvesOptions};
pub use phase::{Phase, PhaseKey, PhaseOptions};
pub use words::{cell_words, sweep_values, trial_words, value_definition, value_title};

use super::Scale;
pub(super) use axis::Laid;

/// Numbers that span more than this factor are shown in their logarithm unless chosen otherwise.
const WIDE: f64 = 10.0;

/// How numbers are laid out: as chosen, else in their logarithm where they span much. Whether they can
/// be laid out both ways.
pub(super) fn value_scale(values: &[f64], chosen: Option<bool>) -> (Scale, bool) {
    let low = values.iter().copied().fold(f64::INFINITY, f64::min);
    let high = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let either = low > 0.0 && high.is_finite();
    let log = either && chosen.unwrap_or(high > WIDE * low);
    (if log { Scale::Log } else { Scale::Linear }, either)
}
