//! One preset run for its claims.

use std::time::{Duration, Instant};

use crate::claim::{ClaimResult, evaluate, with_sweep};
use crate::cli::training::{train, trials};
use crate::experiment::Estimate;
use crate::history::{Outcome, RunHistory};
use crate::preset::{Claim, Experiment};
use crate::sweep::{Plan, Table, TrialEnd};
use crate::task::Cancel;

/// What came out of one preset.
#[derive(Debug)]
pub struct Verified {
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

impl Verified {
    /// Runs a preset to its end, and carries out its sweep where it has one. What no claim reads,
    /// feature maps and images, is not kept.
    ///
    /// # Errors
    /// A run too big for the free memory, one that could not begin, and an interruption.
    pub fn run(experiment: &Experiment, cancel: &Cancel, quiet: bool) -> anyhow::Result<Self> {
        let began = Instant::now();
        let mut seeds: Vec<u64> = experiment.arms.iter().map(|a| a.preset.seed).collect();
        seeds.sort_unstable();
        seeds.dedup();
        let (history, failed_arms) = run(experiment, cancel, quiet)?;
        let mut claims = evaluate(experiment, &history);
        let mut failed_trials = Vec::new();
        if let Some(plan) = Plan::of(experiment) {
            let (table, failed) = carry_out(&plan, cancel, quiet)?;
            claims = with_sweep(experiment, claims, (&plan, &table));
            failed_trials = failed;
        }
        Ok(Self {
            preset: experiment.name.clone(),
            source: experiment.preset.source.to_string(),
            seeds,
            claims,
            failed_arms: failed_arms.into_iter().chain(failed_trials).collect(),
            took: began.elapsed(),
        })
    }

    /// Whether every arm ended by a stop rule and every claim holds.
    pub fn holds(&self) -> bool {
        self.failed_arms.is_empty() && self.claims.iter().all(ClaimResult::holds)
    }
}

/// The records of a preset's run, and its arms that did not end by a stop rule. A preset with a sweep
/// is run only where a claim speaks of the run.
fn run(
    experiment: &Experiment,
    cancel: &Cancel,
    quiet: bool,
) -> anyhow::Result<(RunHistory, Vec<String>)> {
    let is_asked = !experiment.claims.iter().all(Claim::is_on_sweep);
    if !is_asked && experiment.preset.sweep.is_some() {
        return Ok((RunHistory::default(), Vec::new()));
    }
    let scalar = scalars_only(experiment);
    Estimate::of(&scalar)?
        .keeping_everything()
        .refuse_if_too_big_now()?;
    let labels = experiment.arms.iter().map(|arm| arm.label.clone());
    let mut history = RunHistory::with_budget(labels, usize::MAX);
    let ends = train(&scalar, cancel, quiet, |event| history.apply(&event))?;
    let failed = experiment.arms.iter().zip(&ends).filter_map(|(arm, end)| {
        let finished = matches!(end.outcome, Outcome::Finished(_));
        (!finished).then(|| format!("{}: {}", arm.label, end.outcome))
    });
    Ok((history, failed.collect()))
}

/// The results of a sweep, and its trials that could not be carried out.
fn carry_out(plan: &Plan, cancel: &Cancel, quiet: bool) -> anyhow::Result<(Table, Vec<String>)> {
    plan.check()?;
    let table = trials(plan, cancel, quiet)?;
    let failed = table.results().filter_map(|result| match &result.end {
        TrialEnd::Failed(why) => {
            let cell = plan.label(result.unit.cell);
            Some(format!("{cell}, trial {}: {why}", result.unit.trial))
        }
        _ => None,
    });
    let failed = failed.collect();
    Ok((table, failed))
}

fn scalars_only(experiment: &Experiment) -> Experiment {
    let mut scalar = experiment.clone();
    for arm in &mut scalar.arms {
        let observables = &mut arm.preset.observe.observables;
        observables.retain(|o| !o.quantities().is_empty());
    }
    scalar
}
