//! One arm in training at one float width.

pub(super) mod saved;
pub(super) mod stepping;

use std::path::Path;
use std::time::{Duration, Instant};

use ndarray::Array2;

use crate::data::{Dataset, LabelKind};
use crate::network::Real;
use crate::observe::{Depth, Observer, Record, accuracy, next_due, test_pass};
use crate::preset::Arm;
use crate::spec::{BiasInit, LossKind, Observable, Preset, Quantity, Schedule, StepUnit, StopSpec};
use crate::task::{Cancel, Cancelled};
use crate::theory::{RunStart, reports};
use crate::train::{Trainer, choose_sample_space, total_loss};

use super::FinalState;
use super::cadence::Cadence;
use super::estimate::arm::measuring_cost;
use super::representation::reduced_width;
use super::start::setup::{Start, problem, start, step_unit};
use super::storage::{refuse_large, storage};
use super::watch::watch;
use crate::history::{ArmFacts, Outcome, RunError, StopReason};
use stepping::Stepping;

/// A loss this many times the larger of its start and the loss of f = 0 counts as divergence.
pub(super) const DIVERGENCE: f64 = 1e8;

/// One arm in training at one float width: trainer, observer, stop rules.
#[derive(Debug)]
pub struct Run<R> {
    pub(super) trainer: Trainer<R>,
    pub(super) observer: Observer,
    schedule: Schedule,
    pub(super) cadence: Cadence,
    stop: StopSpec,
    facts: ArmFacts,
    pub(super) outcome: Option<Outcome>,
    /// Σ δ·s over the steps so far.
    pub(super) time: f64,
    pub(super) next_record: u64,
    /// Step at which the stop rules are looked at next, at the latest.
    pub(super) next_check: u64,
    pub(super) stepping: Stepping,
    pub(super) last_finite_loss: f64,
    divergence_loss: f64,
    squared_targets: f64,
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
    pub fn start(
        arm: &Arm,
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
        let unit = preset.train.step_unit;
        refuse_large(unit, observables, (problem.n(), problem.outputs()))?;
        let stepping = Stepping::start(preset, problem.n(), folder)?;
        let start = start(preset, data, problem.embedding(), folder)?;
        let asked = preset.train.representation;
        let (n, embedding) = (problem.n(), problem.embedding());
        let sample_space = choose_sample_space(asked, problem.layers, n, embedding);
        let step = preset.train.method.step().unwrap_or(1.0);
        let Start {
            w,
            v,
            c,
            omega1,
            omega2,
        } = start;
        let sizes = [n, embedding, problem.outputs()];
        let points = (n, problem.outputs());
        let storage = storage(
            sample_space,
            (preset.train.method, unit),
            observables,
            points,
        );
        let kind = (asked, problem.layers);
        let trainer = match reduced_width(&preset.network, kind, observables, sizes) {
            Some(_) => Trainer::reduced(problem, w, &v, step, cancel)?,
            None => Trainer::with_storage(problem, w, &v, step, storage, cancel)?,
        };
        let mut trainer = match &c {
            Some(c) => trainer.with_output_bias(c),
            None => trainer,
        };
        if matches!(stepping, Stepping::Descent { .. }) {
            trainer.prepare_descent();
        }
        if observables.contains(&Observable::PathLength) {
            trainer.measure_path();
        }
        let mut observer = match measured {
            None => Observer::new(&trainer, observables, data.labels, cancel)?,
            Some(measured) => Observer::lean(&trainer, measured, data.labels, cancel)?,
        };
        let mut facts = facts(arm, data, &trainer);
        (facts.omega1, facts.omega2) = (omega1, omega2);
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
            let theory = RunStart::new(&trainer, &v, points, choices, (omega1, omega2));
            facts.theory = reports(&theory, cancel)?.into();
        }
        let squared_targets: f64 = data.y.iter().map(|y| y * y).sum();
        let silent = Array2::zeros(data.y.raw_dim());
        let zero_loss = total_loss(preset.loss.kind, silent.view(), data.y.view());
        let zero_loss = trainer.problem().loss_factor * zero_loss;
        let mut run = Self {
            divergence_loss: DIVERGENCE * trainer.loss().max(zero_loss),
            last_finite_loss: trainer.loss(),
            trainer,
            observer,
            schedule: preset.observe.schedule,
            cadence: Cadence::new(
                preset.observe.costly,
                measuring_cost(arm, data),
                steps_to_count_on(preset.train.stop, &stepping),
            ),
            stop: preset.train.stop,
            facts,
            outcome: None,
            time: 0.0,
            next_record: 0,
            next_check: 0,
            stepping,
            squared_targets,
            labels: data.labels,
            measuring: Duration::ZERO,
        };
        run.outcome = run.ended();
        run.record(cancel, records)?;
        Ok(run)
    }

    /// Facts known from the start.
    pub fn facts(&self) -> &ArmFacts {
        &self.facts
    }

    /// Updates done so far.
    pub fn step(&self) -> u64 {
        self.trainer.steps_done()
    }

    /// The step at which the run stops at the latest.
    pub fn last_step(&self) -> u64 {
        self.stepping.last_step(self.stop.steps)
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
            let limits = (self.squared_targets, self.divergence_loss);
            let watch = watch(self.stop, self.trainer.problem(), limits);
            let room = (self.steps_to_next_look(target), watch);
            let (trainer, observer) = (&mut self.trainer, &mut self.observer);
            let stepped = self.stepping.step(trainer, observer, room, cancel)?;
            // Step by step: the sum must not depend on how many were done in a row.
            (0..stepped.steps).for_each(|_| self.time += stepped.time);
            if let Some(loss) = stepped.loss_before.filter(|loss| loss.is_finite()) {
                self.last_finite_loss = loss;
            }
            self.measuring += stepped.measuring;
            let is_due = self.step() >= self.next_record.min(self.next_check)
                || self.step() >= self.last_step()
                || stepped.batch_loss.is_some_and(|l| self.is_beyond(l));
            if is_due {
                self.check(cancel, records)?;
            }
        }
        Ok(())
    }

    /// Steps up to the next one at which something is due whatever the loss.
    fn steps_to_next_look(&self, target: u64) -> u64 {
        let next = target.min(self.next_record).min(self.last_step());
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
        if self.outcome.is_some() || self.step() >= self.next_record {
            self.record(cancel, records)?;
        }
        Ok(())
    }

    /// Goes on with another step, in the preset's unit.
    pub fn set_step(&mut self, step: f64) {
        self.catch_up_twin();
        self.trainer.set_step_size(step * self.facts.step_unit);
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
        let mut record = observer.measure_to(depth, &self.trainer, self.time, cancel)?;
        record.set_known(Quantity::PathLength, self.trainer.path_length());
        self.measuring += began.elapsed();
        Ok(record)
    }

    fn record(&mut self, cancel: &Cancel, records: &mut Vec<Record>) -> Result<(), RunError> {
        let step = self.step();
        let depth = if self.outcome.is_some() {
            self.cadence.note(step);
            Depth::Full
        } else if self.cadence.takes(step) {
            Depth::Full
        } else {
            Depth::Cheap
        };
        records.push(self.measure(depth, cancel)?);
        self.next_record = next_due(self.schedule, self.step());
        Ok(())
    }

    /// Whether anything but a record and the loss of a batch can end the run.
    fn looks_at_every_check(&self) -> bool {
        self.stop.has_limit() || !self.stepping.is_on_batches()
    }

    fn is_beyond(&self, loss: f64) -> bool {
        !loss.is_finite() || loss > self.divergence_loss
    }

    fn is_accurate(&self) -> bool {
        self.stop.accuracy.is_some_and(|limit| {
            let y = self.trainer.problem().y.mapv(R::double);
            accuracy(&self.trainer.outputs(), &y, self.labels).is_some_and(|share| share >= limit)
        })
    }

    /// The stop rule that holds now, the worst first.
    fn ended(&mut self) -> Option<Outcome> {
        let loss = self.trainer.loss();
        if self.is_beyond(loss) {
            return Some(Outcome::Diverged {
                step: self.step(),
                last_finite_loss: if loss.is_finite() {
                    loss
                } else {
                    self.last_finite_loss
                },
                stable_step: self.facts.stable_step,
            });
        }
        self.last_finite_loss = loss;
        let relative = (self.trainer.squared_residual() / self.squared_targets).sqrt();
        let reached = |limit: Option<f64>, value: f64| limit.is_some_and(|limit| value <= limit);
        let reason = if reached(self.stop.relative_error, relative) {
            StopReason::RelativeError
        } else if reached(self.stop.loss, loss) {
            StopReason::Loss
        } else if self.is_accurate() {
            StopReason::Accuracy
        } else if self.step() >= self.last_step() {
            StopReason::Steps
        } else {
            return None;
        };
        Some(Outcome::Finished(reason))
    }
}

/// Steps over which measurements are spread. A run that is to stop at a loss, an error or an accuracy mostly
/// does so long before its last step: it is counted on for a third of them.
fn steps_to_count_on(stop: StopSpec, stepping: &Stepping) -> u64 {
    let steps = stepping.last_step(stop.steps);
    if stop.has_limit() { steps / 3 } else { steps }
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
    let problem = trainer.problem();
    ArmFacts {
        label: arm.label.clone(),
        n: problem.n(),
        n_test: problem.n_test(),
        d: data.x.ncols(),
        embedding: problem.embedding(),
        width: trainer.width(),
        outputs: problem.outputs(),
        a: problem.a,
        b: problem.b,
        hidden_step_factor: problem.hidden_step_factor,
        output_step_factor: problem.output_step_factor,
        omega1: 0.0,
        omega2: 0.0,
        sample_space: trainer.sample_space(),
        step_unit: 1.0,
        stable_step: None,
        data: data.description.clone(),
        estimated_bytes: trainer.bytes(),
        theory: [].into(),
    }
}
