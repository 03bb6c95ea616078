//! A preset's claims held against what a run recorded and what a sweep came to.

mod cells;
mod curve;
mod measured;
mod order;
mod result;
mod slope;
#[cfg(test)]
mod tests;
mod transition;
mod value;
mod words;

use crate::history::{NotReached, RunHistory};
use crate::preset::claims::{Form, RunForm, SweepForm};
use crate::preset::{Claim, Experiment};
use crate::sweep::{Plan, Table};

use cells::Cells;
use measured::{Claimed, Measured};

pub use result::{ClaimResult, Verdict};
pub(crate) use words::moment as moment_in_words;

/// Holds every claim of an experiment against the records of a run of it, which may still go on.
/// Claims on its sweep are not reached.
///
/// A number that is not finite never passes. [`crate::spec::Moment::End`] is reached by an arm
/// once it ended, [`crate::spec::Moment::Step`] once it has come to that step or ended before.
pub fn evaluate(experiment: &Experiment, history: &RunHistory) -> Vec<ClaimResult> {
    let result = |claim: &Claim| match &claim.form {
        Form::Run(form) => held(claim, on_run(form), |form| form.measure(history)),
        Form::Sweep(form) => held(claim, on_sweep(form), |_| {
            Err(NotReached("the sweep has not been carried out".to_owned()))
        }),
    };
    experiment.claims.iter().map(result).collect()
}

/// Holds every claim on the sweep against what there is of it. Nothing is decided before every trial
/// is there.
pub fn evaluate_sweep(plan: &Plan, table: &Table) -> Vec<ClaimResult> {
    let cells = Cells::of(plan, table);
    let result = |claim: &Claim| match &claim.form {
        Form::Run(_) => None,
        Form::Sweep(form) => Some(held(claim, on_sweep(form), |form| {
            form.measure(cells.as_ref().map_err(NotReached::clone)?)
        })),
    };
    let claims = plan.experiment().claims.iter();
    claims.filter_map(result).collect()
}

/// The results that [`evaluate`] gave for an experiment, with the claims on its sweep held against
/// what there is of it.
pub fn with_sweep(
    experiment: &Experiment,
    results: Vec<ClaimResult>,
    (plan, table): (&Plan, &Table),
) -> Vec<ClaimResult> {
    let mut on_sweep = evaluate_sweep(plan, table).into_iter();
    let results = experiment.claims.iter().zip(results);
    results
        .map(|(claim, result)| match claim.form {
            Form::Run(_) => result,
            Form::Sweep(_) => on_sweep.next().unwrap_or(result),
        })
        .collect()
}

fn held<S: ?Sized>(
    claim: &Claim,
    form: &dyn Claimed<S>,
    measure: impl FnOnce(&dyn Claimed<S>) -> Result<Measured, NotReached>,
) -> ClaimResult {
    ClaimResult::new(&claim.name, form.sentence(), measure(form))
}

fn on_run(form: &RunForm) -> &dyn Claimed<RunHistory> {
    match form {
        RunForm::Value(form) => form,
        RunForm::Order(form) => form,
        RunForm::Slope(form) => form,
        RunForm::Curve(form) => form,
    }
}

fn on_sweep<'a>(form: &'a SweepForm) -> &'a dyn for<'c> Claimed<Cells<'c>> {
    match form {
        SweepForm::Transition(form) => form,
        SweepForm::NoneBelow(form) => form,
        SweepForm::Order(form) => form,
        SweepForm::Slope(form) => form,
        SweepForm::Steeper(form) => form,
        SweepForm::Monotone(form) => form,
        SweepForm::Cell(form) => form,
    }
}
