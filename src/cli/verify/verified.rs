//! One preset run for its claims.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use crate::claim::{ClaimResult, evaluate, with_sweep};
use crate::cli::recorded;
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
    /// Time the run took; `None` where its results were there.
    pub took: Option<Duration>,
}

impl Verified {
    /// Runs a preset to its end, and carries out its sweep where it has one. What no claim reads,
    /// feature maps and images, is not kept.
    ///
    /// # Errors
    /// A run too big for the free memory, one that could not begin, and an interruption.
    pub fn run(experiment: &Experiment, cancel: &Cancel, quiet: bool) -> anyhow::Result<Self> {
        let began = Instant::now();
        let (history, failed_arms) = run(experiment, cancel, quiet)?;
        let mut claims = evaluate(experiment, &history);
        let mut failed_trials = Vec::new();
        if let Some(plan) = Plan::of(experiment) {
            let (table, failed) = carry_out(&plan, cancel, quiet)?;
            claims = with_sweep(experiment, claims, (&plan, &table));
            failed_trials = failed;
        }
        Ok(Self {
            failed_arms: failed_arms.into_iter().chain(failed_trials).collect(),
            took: Some(began.elapsed()),
            ..Self::of(experiment, claims)
        })
    }

    /// Holds the claims of a preset against results that are there: the folder of its name in `root`, or the
    /// merged file of its sweep, `NAME.csv`. `None` where neither is.
    ///
    /// # Errors
    /// Results that can't be read or are of another preset.
    pub fn read(
        experiment: &Experiment,
        root: &Path,
        cancel: &Cancel,
    ) -> anyhow::Result<Option<Self>> {
        let (folder, merged) = places(root, &experiment.name);
        let history = if recorded::holds_run(&folder) {
            recorded::run(&folder, experiment, cancel)?
        } else if folder.is_dir() || merged.is_file() {
            RunHistory::default()
        } else {
            return Ok(None);
        };
        let mut claims = evaluate(experiment, &history);
        let arms = history.arms().iter();
        let mut failed: Vec<String> = arms
            .filter_map(|arm| failed_arm(&arm.label, arm.outcome.as_ref()?))
            .collect();
        let is_swept = folder.is_dir() && !recorded::holds_run(&folder);
        let results = if merged.is_file() {
            Some(&merged)
        } else {
            Some(&folder).filter(|_| is_swept)
        };
        if let (Some(plan), Some(results)) = (Plan::of(experiment), results) {
            let table = recorded::sweep(results, experiment, &plan)?;
            claims = with_sweep(experiment, claims, (&plan, &table));
            failed.extend(failed_trials(&plan, &table));
        }
        Ok(Some(Self {
            failed_arms: failed,
            ..Self::of(experiment, claims)
        }))
    }

    fn of(experiment: &Experiment, claims: Vec<ClaimResult>) -> Self {
        let mut seeds: Vec<u64> = experiment.arms.iter().map(|a| a.preset.seed).collect();
        seeds.sort_unstable();
        seeds.dedup();
        Self {
            preset: experiment.name.clone(),
            source: experiment.preset.source.to_string(),
            seeds,
            claims,
            failed_arms: Vec::new(),
            took: None,
        }
    }

    /// Whether every arm ended by a stop rule and every claim holds.
    pub fn holds(&self) -> bool {
        self.failed_arms.is_empty() && self.claims.iter().all(ClaimResult::holds)
    }
}

/// Where the results of a preset may be: a folder, and a merged file.
pub fn places(root: &Path, name: &str) -> (PathBuf, PathBuf) {
    (root.join(name), root.join(format!("{name}.csv")))
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
    let arms = experiment.arms.iter().zip(&ends);
    let failed = arms.filter_map(|(arm, end)| failed_arm(&arm.label, &end.outcome));
    Ok((history, failed.collect()))
}

/// The results of a sweep, and its trials that could not be carried out.
fn carry_out(plan: &Plan, cancel: &Cancel, quiet: bool) -> anyhow::Result<(Table, Vec<String>)> {
    plan.check()?;
    let table = trials(plan, cancel, quiet)?;
    let failed = failed_trials(plan, &table);
    Ok((table, failed))
}

fn failed_trials(plan: &Plan, table: &Table) -> Vec<String> {
    let failed = table.results().filter_map(|result| match &result.end {
        TrialEnd::Failed(why) => {
            let cell = plan.label(result.unit.cell);
            Some(format!("{cell}, trial {}: {why}", result.unit.trial))
        }
        _ => None,
    });
    failed.collect()
}

/// The arm in words, where it did not end by a stop rule.
fn failed_arm(label: &str, outcome: &Outcome) -> Option<String> {
    let is_finished = matches!(outcome, Outcome::Finished(_));
    (!is_finished).then(|| format!("{label}: {outcome}"))
}

fn scalars_only(experiment: &Experiment) -> Experiment {
    let mut scalar = experiment.clone();
    for arm in &mut scalar.arms {
        let observables = &mut arm.preset.observe.observables;
        observables.retain(|o| !o.quantities().is_empty());
    }
    scalar
}
