//! The law of the entries of initial weights.

use super::draft::{Draft, Failure};
use super::{Need, RunStart};

/// Standard deviations by which the size of given entries may differ from that of their law.
const DEVIATIONS: f64 = 4.0;

/// What given weights are measured by.
const GIVEN: &str = "the weights are given, and this is the root mean square of their entries in units of the law's: of N entries drawn by it, it lies within 4/√(2N) of 1, four of its standard deviations";

/// Notes whether the entries of a layer, `count` in number, have the size that a law asks for. `share`
/// is their size in units of the law's.
///
/// Drawn weights are drawn with that very size. Given ones have the root mean square that they happen
/// to have, which for a sample of the law is 1 only up to its spread.
pub(super) fn entries(
    draft: &mut Draft,
    start: &RunStart<'_>,
    (symbol, definition): (&str, &str),
    share: f64,
    count: usize,
) -> Failure {
    if !start.is_given {
        return draft.assume(symbol, definition, share, Need::Equal(1.0));
    }
    let need = Need::Within {
        number: 1.0,
        room: DEVIATIONS / (2.0 * count as f64).sqrt(),
    };
    draft.assume(symbol, format!("{definition}; {GIVEN}"), share, need)
}

/// Notes that neurons of the start repeat others, where a law asks that all are drawn by themselves.
pub(super) fn independent(draft: &mut Draft, start: &RunStart<'_>, asked: &str) -> Failure {
    if !start.is_symmetrized {
        return None;
    }
    draft.assume(
        "neurons drawn/m",
        format!(
            "neurons drawn independently ({asked}); half of those of a symmetrized start repeat the others with −v"
        ),
        start.independent_neurons() as f64 / start.width as f64,
        Need::Equal(1.0),
    )
}
