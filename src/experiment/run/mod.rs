//! One arm in training at one float width.

pub(super) mod saved;
mod standing;
pub(super) mod stepping;

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use ndarray::Array2;

use crate::data::{Dataset, LabelKind};
use crate::history::{ArmFacts, Outcome, RunError};
use crate::network::Real;
use crate::observe::{Depth, Observer, Record, accuracy, test_pass};
use crate::preset::Arm;
use crate::spec::{BiasInit, LossKind, Observable, Preset, StepUnit};
use crate::task::{Cancel, Cancelled};
use crate::theory::{RunStart, reports};
use crate::train::{Trainer, total_loss};

use super::FinalState;
use super::cadence::Cadence;
use super::facts::facts_of_problem;
use super::plan::ArmPlan;
use super::record_schedule::RecordSchedule;
use super::start::setup::{Start, problem, start, step_unit};
use super::step_changes::StepChanges;
use super::stop_rules::{Standing, StopRules};
use standing::StandingTheory;
use stepping::{Room, Stepping};

/// One arm in training at one float width: trainer, observer, stop rules.
#[derive(Debug)]
pub struct Run<R> {
    pub(super) trainer: Trainer<R>,
    pub(super) observer: Observer<R>,
    pub(super) schedule: RecordSchedule,
    pub(super) cadence: Cadence,
    pub(super) stop: StopRules,
    facts: ArmFacts,
    theory: StandingTheory,
    pub(super) outcome: Option<Outcome>,
    /// Σ δ·s over the steps so far.
    pub(super) time: f64,
    /// Step at which the stop rules are looked at next, at the latest.
    pub(super) next_check: u64,
    pub(super) stepping: Stepping,
    pub(super) changes: StepChanges,
    labels: LabelKind,
    /// Time spent in measuring so far.
    measuring: Duration,
}

impl<R: Real> Run<R> {
    /// Builds an arm and appends its record of step 0. With `measured`, no more than these of its
    /// observables are measured and no theory is evaluated; the training is the same bit by bit.
    ///
    /// # Errors
    /// As [`super::ArmRun::start`].
    pub(in crate::experiment) fn start(
        arm: &Arm,
        plan: &ArmPlan,
        data: &Dataset,
        folder: &Path,
        measured: Option<&[Observable]>,
        cancel: &Cancel,
        records: &mut Vec<Record>,
    ) -> Result<Self, RunError> {
        let preset = &arm.preset;
        let problem = problem::<R>(preset, data, cancel)?;
        let observables = &preset.observe.observables;
        refuse_targets(preset.loss.kind, data.labels)?;
        plan.refuse_large()?;
        let stepping = Stepping::start(preset, problem.n(), folder)?;
        let start = start(preset, data, problem.embedding(), folder)?;
        let step = preset.train.method.step().unwrap_or(1.0);
        let Start {
            w,
            v,
            c,
            omega1,
            omega2,
        } = start;
        let storage = plan.storage();
        let trainer = if plan.is_reduced() {
            Trainer::reduced(problem, w, &v, step, storage, cancel)?
        } else {
            Trainer::with_storage(problem, w, &v, step, storage, cancel)?
        };
        let mut trainer = match &c {
            Some(c) => trainer.with_output_bias(c),
            None => trainer,
        };
        if matches!(stepping, Stepping::Descent { .. }) {
            trainer.prepare_descent();
        }
        if observables.iter().any(|o| o.facts().needs.path) {
            trainer.measure_path();
        }
        let mut observer = match measured {
            None => Observer::new(&trainer, observables, data.labels, cancel)?,
            Some(measured) => Observer::lean(&trainer, measured, data.labels, cancel)?,
        };
        let mut facts = facts(arm, data, &trainer);
        (facts.omega1, facts.omega2) = (omega1, omega2);
        let unit = preset.train.step_unit;
        let is_squared = preset.loss.kind == LossKind::Squared;
        if unit == StepUnit::StableStep {
            observer.find_stable_step(&trainer, cancel)?;
        }
        let full_batch = observer.stable_step(&trainer).filter(|_| is_squared);
        facts.step_unit = step_unit(unit, full_batch)?;
        trainer.set_step_size(step * facts.step_unit);
        facts.stable_step = full_batch.and_then(|full| {
            let problem = trainer.problem();
            stepping.stable_step(full, problem.loss_factor, facts.n, facts.outputs)
        });
        let is_wanted = measured.is_none() && is_squared && theory_knows(preset);
        if is_wanted && trainer.storage().has_gram() {
            let method = preset.train.method.with_step(trainer.step_size());
            let choices = (preset.network.embedding, method);
            let points = (data.x.view(), data.y.view());
            let sizes = (omega1, omega2, preset.init.weights.is_some());
            let theory = RunStart {
                is_symmetrized: preset.init.symmetrized(&preset.scaling),
                ..RunStart::new(&trainer, &v, points, choices, sizes)
            };
            facts.theory = reports(&theory, cancel)?.into();
        }
        let is_flow = matches!(stepping, Stepping::Flow { .. });
        let theory = Arc::clone(&facts.theory);
        let mut run = Self {
            theory: StandingTheory::new(theory, trainer.step_size(), is_flow),
            stop: stop_rules(preset, plan, data, &trainer),
            trainer,
            observer,
            schedule: RecordSchedule::new(&preset.observe),
            cadence: plan.cadence(),
            facts,
            outcome: None,
            time: 0.0,
            next_check: 0,
            stepping,
            changes: StepChanges::of(&preset.train),
            labels: data.labels,
            measuring: Duration::ZERO,
        };
        run.outcome = run.ended();
        run.record(cancel, records)?;
        Ok(run)
    }

    /// Facts known from the start, with what stands of its theory.
    pub fn facts(&self) -> &ArmFacts {
        &self.facts
    }

    /// Updates done so far.
    pub fn step(&self) -> u64 {
        self.trainer.steps_done()
    }

    /// The step at which the run stops at the latest.
    pub fn last_step(&self) -> u64 {
        self.stop.last_step()
    }

    /// How the run ended.
    pub fn outcome(&self) -> Option<&Outcome> {
        self.outcome.as_ref()
    }

    /// Time that went into measuring so far.
    pub fn measuring(&self) -> Duration {
        self.measuring
    }

    /// Trains until `target` steps are done or the run ends.
    ///
    /// # Errors
    /// [`RunError::Cancelled`] once `cancel` is raised.
    pub fn advance(
        &mut self,
        target: u64,
        cancel: &Cancel,
        records: &mut Vec<Record>,
    ) -> Result<(), RunError> {
        while self.outcome.is_none() && self.step() < target {
            if let Some(step) = self.changes.take(self.step()) {
                self.go_on_with(step);
            }
            let room = Room {
                steps: self.steps_to_next_look(target),
                watch: self.stop.watch(self.trainer.problem()),
            };
            let (trainer, observer) = (&mut self.trainer, &mut self.observer);
            let stepped = self.stepping.step(trainer, observer, room, cancel)?;
            // Step by step: the sum must not depend on how many were done in a row.
            (0..stepped.steps).for_each(|_| self.time += stepped.time);
            stepped
                .loss_before
                .into_iter()
                .for_each(|loss| self.stop.note(loss));
            self.measuring += stepped.measuring;
            let is_due = self.step() >= self.schedule.next().min(self.next_check)
                || self.step() >= self.last_step()
                || stepped.batch_loss.is_some_and(|l| self.stop.is_beyond(l));
            if is_due {
                self.check(cancel, records)?;
            }
        }
        Ok(())
    }

    /// Steps up to the next one at which something is due whatever the loss.
    fn steps_to_next_look(&self, target: u64) -> u64 {
        let next = target.min(self.schedule.next()).min(self.last_step());
        let next = next.min(self.changes.next());
        next.saturating_sub(self.step())
    }

    /// Looks at the whole network: the stop rules, and the record that is due.
    fn check(&mut self, cancel: &Cancel, records: &mut Vec<Record>) -> Result<(), RunError> {
        self.trainer.refresh(cancel)?;
        self.next_check = if self.looks_at_every_check() {
            self.step() + self.stepping.steps_between_checks()
        } else {
            u64::MAX
        };
        self.outcome = self.ended();
        if self.outcome.is_some() || self.schedule.is_due(self.step()) {
            self.record(cancel, records)?;
        }
        Ok(())
    }

    /// Goes on with another step, in the preset's unit, whatever the preset asks for at this step.
    pub fn set_step(&mut self, step: f64) {
        let _ = self.changes.take(self.step());
        self.go_on_with(step);
    }

    fn go_on_with(&mut self, step: f64) {
        self.catch_up_twin();
        self.trainer.set_step_size(step * self.facts.step_unit);
        let now = (self.step(), self.time);
        if self.theory.note(now, self.trainer.step_size()) {
            self.facts.theory = self.theory.reports();
        }
    }

    /// Weights and outputs as of now.
    pub fn final_state(&self) -> FinalState {
        let f_test = match test_pass(&self.trainer, None, &Cancel::new()) {
            Ok(pass) => pass.f_test,
            Err(Cancelled) => unreachable!("nobody else holds this flag"),
        };
        FinalState {
            w: self.trainer.hidden_weights(),
            v: self.trainer.output_weights(),
            c: self.trainer.output_bias(),
            f: self.trainer.outputs(),
            f_test,
        }
    }

    fn catch_up_twin(&mut self) {
        self.stepping
            .catch_up_twin(self.trainer.step_size(), &mut self.observer);
    }

    /// Measures the network as it is now.
    ///
    /// # Errors
    /// [`RunError::Cancelled`] once `cancel` is raised.
    pub fn measure(&mut self, depth: Depth, cancel: &Cancel) -> Result<Record, RunError> {
        let began = Instant::now();
        self.catch_up_twin();
        let observer = &mut self.observer;
        let record = observer.measure_to(depth, &self.trainer, self.time, cancel)?;
        self.measuring += began.elapsed();
        Ok(record)
    }

    fn record(&mut self, cancel: &Cancel, records: &mut Vec<Record>) -> Result<(), RunError> {
        let step = self.step();
        let depth = if self.outcome.is_some() || self.schedule.is_full(step) {
            self.cadence.note(step);
            Depth::Full
        } else if self.cadence.takes(step) {
            Depth::Full
        } else {
            Depth::Cheap
        };
        records.push(self.measure(depth, cancel)?);
        self.schedule.note(step);
        Ok(())
    }

    /// Whether anything but a record and the loss of a batch can end the run.
    fn looks_at_every_check(&self) -> bool {
        self.stop.has_limit() || !self.stepping.is_on_batches()
    }

    /// The stop rule that holds now, the worst first.
    fn ended(&mut self) -> Option<Outcome> {
        let trainer = &self.trainer;
        let now = Standing {
            step: trainer.steps_done(),
            loss: trainer.loss(),
            squared_residual: trainer.squared_residual(),
            stable_step: self.facts.stable_step,
        };
        self.stop.ended(now, || {
            let y = trainer.problem().y.mapv(R::double);
            accuracy(&trainer.outputs(), &y, self.labels)
        })
    }
}

/// The stop rules of a network that has done no step.
fn stop_rules<R: Real>(
    preset: &Preset,
    plan: &ArmPlan,
    data: &Dataset,
    trainer: &Trainer<R>,
) -> StopRules {
    let silent = Array2::zeros(data.y.raw_dim());
    let zero_loss = total_loss(preset.loss.kind, silent.view(), data.y.view());
    StopRules::new(
        preset.train.stop,
        plan.last_step(),
        trainer.loss(),
        trainer.problem().loss_factor * zero_loss,
        data.y.iter().map(|y| y * y).sum(),
    )
}

/// The papers' networks have no biases of the outputs, and no biases of a law other than that of W.
fn theory_knows(preset: &Preset) -> bool {
    let has_own_law = preset.network.bias && preset.init.bias == BiasInit::Uniform;
    !preset.network.output_bias && !has_own_law
}

/// The cross-entropy is that of a distribution over classes.
fn refuse_targets(kind: LossKind, labels: LabelKind) -> Result<(), RunError> {
    if kind == LossKind::Squared || labels == LabelKind::OneHot {
        return Ok(());
    }
    Err(RunError::Refused(
        "loss.kind: CrossEntropy is not allowed with these targets; allowed: Squared, or one-hot \
         targets, one output a class with 1 for the true one and 0 elsewhere"
            .to_owned(),
    ))
}

/// All facts but those the observer and the initial weights give.
fn facts<R: Real>(arm: &Arm, data: &Dataset, trainer: &Trainer<R>) -> ArmFacts {
    ArmFacts {
        width: trainer.width(),
        sample_space: trainer.sample_space(),
        estimated_bytes: trainer.bytes(),
        ..facts_of_problem(arm, data, trainer.problem())
    }
}
