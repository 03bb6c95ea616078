//! One preset run for its claims.

use std::time::{Duration, Instant};

use super::super::training::train;
use crate::experiment::claim::{self, ClaimResult, Verdict};
use crate::experiment::{Estimate, Outcome};
use crate::history::RunHistory;
use crate::preset::{Experiment, Observable};
use crate::train::Cancel;

/// What came out of one preset.
#[derive(Debug)]
pub struct Trial {
    /// Name of the preset.
    pub preset: String,
    /// Paper and figure.
    pub source: String,
    /// Seeds of the arms, each once, ascending.
    pub seeds: Vec<u64>,
    /// The claims with their verdicts at the end of the run.
    pub claims: Vec<ClaimResult>,
    /// Arms that did not end by a stop rule, in words.
    pub failed_arms: Vec<String>,
    /// Time the run took.
    pub took: Duration,
}

impl Trial {
    /// Runs a preset to its end. What no claim reads, feature maps and images, is not kept.
    ///
    /// # Errors
    /// A run too big for the free memory, one that could not begin, and an interruption.
    pub fn run(experiment: &Experiment, cancel: &Cancel, quiet: bool) -> anyhow::Result<Self> {
        let scalar = scalars_only(experiment);
        Estimate::of(&scalar)?
            .keeping_everything()
            .refuse_if_too_big_now()?;
        let labels = experiment.arms.iter().map(|arm| arm.label.clone());
        let mut history = RunHistory::with_budget(labels, usize::MAX);
        let began = Instant::now();
        let ends = train(&scalar, cancel, quiet, |event| history.apply(&event))?;
        let took = began.elapsed();
        let mut seeds: Vec<u64> = experiment.arms.iter().map(|a| a.preset.seed).collect();
        seeds.sort_unstable();
        seeds.dedup();
        let failed = experiment.arms.iter().zip(&ends).filter_map(|(arm, end)| {
            let finished = matches!(end.outcome, Outcome::Finished(_));
            (!finished).then(|| format!("{}: {}", arm.label, end.outcome))
        });
        Ok(Self {
            preset: experiment.name.clone(),
            source: experiment.preset.source.to_string(),
            seeds,
            failed_arms: failed.collect(),
            claims: claim::evaluate(experiment, &history),
            took,
        })
    }

    /// Whether every arm ended by a stop rule and every claim holds.
    pub fn holds(&self) -> bool {
        self.failed_arms.is_empty() && self.claims.iter().all(holds)
    }
}

/// Whether a claim holds at the end of a run, where a moment that never came is a failure.
pub fn holds(claim: &ClaimResult) -> bool {
    claim.verdict == Verdict::Pass
}

fn scalars_only(experiment: &Experiment) -> Experiment {
    let mut scalar = experiment.clone();
    for arm in &mut scalar.arms {
        let observables = &mut arm.preset.observe.observables;
        observables.retain(|o| {
            !matches!(
                o,
                Observable::FeatureMap { .. }
                    | Observable::KernelImage
                    | Observable::NeuronDistances
            )
        });
    }
    scalar
}
