//! A preset's claims held against what a run recorded.

mod measure;
mod sweep;
mod sweep_text;
#[cfg(test)]
mod tests;
mod text;

use crate::history::{NotReached, RunHistory};
use crate::preset::Experiment;
use crate::spec::ClaimSpec;

use measure::{Measured, measure};
use text::describe;
pub(crate) use text::moment as moment_in_words;

pub use sweep::evaluate_sweep;
pub(crate) use sweep_text::describe_sweep;

/// A claim, what it expects, and what the run gave.
#[derive(Clone, Debug, PartialEq)]
pub struct ClaimResult {
    /// The claim in words.
    pub name: String,
    /// Quantity, arms, moment and bounds in plain text.
    pub expected: String,
    /// What was measured, or what is missing, in plain text.
    pub measured: String,
    /// The measured ratio, value or slope; `None` for an order, and where nothing could be measured.
    pub value: Option<f64>,
    /// Whether the claim holds.
    pub verdict: Verdict,
}

/// Whether a claim holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It holds.
    Pass,
    /// It does not hold, or what it speaks of is not a finite number.
    Fail,
    /// The run has not come to the moment it speaks of. After the end of a run this is no pass.
    NotReached,
}

/// Holds every claim of an experiment against the records of a run of it, which may still go on.
///
/// A number that is not finite never passes. [`crate::spec::Moment::End`] is reached by an arm
/// once it ended, [`crate::spec::Moment::Step`] once it has come to that step or ended before.
pub fn evaluate(experiment: &Experiment, history: &RunHistory) -> Vec<ClaimResult> {
    let claims = experiment.preset.claims.iter();
    claims
        .map(|claim| evaluate_one(claim, experiment, history))
        .collect()
}

fn evaluate_one(claim: &ClaimSpec, experiment: &Experiment, history: &RunHistory) -> ClaimResult {
    let (measured, value, verdict) = match measure(&claim.expect, experiment, history) {
        Ok(Measured { text, value, holds }) => (
            text,
            value,
            if holds { Verdict::Pass } else { Verdict::Fail },
        ),
        Err(NotReached(text)) => (text, None, Verdict::NotReached),
    };
    ClaimResult {
        name: claim.name.clone(),
        expected: describe(&claim.expect),
        measured,
        value,
        verdict,
    }
}
