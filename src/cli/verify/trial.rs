//! One preset run for its claims.

use std::time::{Duration, Instant};

use crate::claim;
use crate::claim::{ClaimResult, Verdict, evaluate_sweep};
use crate::cli::training::{train, trials};
use crate::experiment::Estimate;
use crate::history::{Outcome, RunHistory};
use crate::preset::Experiment;
use crate::spec::Expectation;
use crate::sweep::{Plan, TrialEnd};
use crate::task::Cancel;

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
        let (of_run, failed_arms) = claims_on_run(experiment, cancel, quiet)?;
        let (of_sweep, failed_trials) = claims_on_sweep(experiment, cancel, quiet)?;
        let (mut of_run, mut of_sweep) = (of_run.into_iter(), of_sweep.into_iter());
        let claims = experiment.preset.claims.iter();
        let claims = claims.filter_map(|claim| match claim.expect {
            Expectation::Sweep(_) => of_sweep.next(),
            _ => of_run.next(),
        });
        Ok(Self {
            preset: experiment.name.clone(),
            source: experiment.preset.source.to_string(),
            seeds,
            claims: claims.collect(),
            failed_arms: failed_arms.into_iter().chain(failed_trials).collect(),
            took: began.elapsed(),
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

type Claims = (Vec<ClaimResult>, Vec<String>);

/// The claims on the run of a preset, and its arms that did not end by a stop rule. A preset with a
/// sweep is run only where a claim speaks of the run.
fn claims_on_run(experiment: &Experiment, cancel: &Cancel, quiet: bool) -> anyhow::Result<Claims> {
    let mut run = experiment.clone();
    let claims = &mut run.preset.claims;
    claims.retain(|claim| !matches!(claim.expect, Expectation::Sweep(_)));
    if claims.is_empty() && run.preset.sweep.is_some() {
        return Ok(Claims::default());
    }
    let scalar = scalars_only(&run);
    Estimate::of(&scalar)?
        .keeping_everything()
        .refuse_if_too_big_now()?;
    let labels = run.arms.iter().map(|arm| arm.label.clone());
    let mut history = RunHistory::with_budget(labels, usize::MAX);
    let ends = train(&scalar, cancel, quiet, |event| history.apply(&event))?;
    let failed = run.arms.iter().zip(&ends).filter_map(|(arm, end)| {
        let finished = matches!(end.outcome, Outcome::Finished(_));
        (!finished).then(|| format!("{}: {}", arm.label, end.outcome))
    });
    Ok((claim::evaluate(&run, &history), failed.collect()))
}

/// The claims on the sweep of a preset, and its trials that could not be carried out.
fn claims_on_sweep(
    experiment: &Experiment,
    cancel: &Cancel,
    quiet: bool,
) -> anyhow::Result<Claims> {
    let Some(plan) = Plan::of(experiment) else {
        return Ok(Claims::default());
    };
    plan.check()?;
    let table = trials(&plan, cancel, quiet)?;
    let failed = table.results().filter_map(|result| match &result.end {
        TrialEnd::Failed(why) => {
            let cell = plan.label(result.unit.cell);
            Some(format!("{cell}, trial {}: {why}", result.unit.trial))
        }
        _ => None,
    });
    Ok((evaluate_sweep(&plan, &table), failed.collect()))
}

fn scalars_only(experiment: &Experiment) -> Experiment {
    let mut scalar = experiment.clone();
    for arm in &mut scalar.arms {
        let observables = &mut arm.preset.observe.observables;
        observables.retain(|o| !o.quantities().is_empty());
    }
    scalar
}
