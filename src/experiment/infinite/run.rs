//! The limit of infinite width as an arm: training with a fixed kernel, in closed form.

use std::sync::Arc;
use std::time::{Duration, Instant};

use ndarray::{Array2, Axis};
use serde::{Deserialize, Serialize};

use crate::data::{Dataset, LabelKind};
use crate::observe::{Answers, KernelModel, LARGEST_KERNEL, Mode, Record, Surface, accuracy};
use crate::preset::Arm;
use crate::spec::{Method, Observable, Quantity};
use crate::task::Cancel;
use crate::train::{Problem, gram};

use super::setup::{facts, limit};
use crate::experiment::FinalState;
use crate::experiment::record_schedule::RecordSchedule;
use crate::experiment::start::setup::{problem, step_unit};
use crate::experiment::step_changes::StepChanges;
use crate::experiment::stop_rules::{Standing, StopRules};
use crate::history::{ArmFacts, Outcome, RunError};

/// A network of infinite width with f = 0 at the start.
///
/// Its residual after k steps is (I − δsK)^k(−Y), under gradient flow e^{−δskK}(−Y), for every output
/// by itself; K is the limit of γ_W K_W + γ_V K_V.
#[derive(Debug)]
pub struct KernelRun {
    problem: Problem<f64>,
    labels: LabelKind,
    observables: Vec<Observable>,
    model: KernelModel,
    /// What K is divided by to give JJᵀ; `None` where the layers have different steps.
    step_factor: Option<f64>,
    is_flow: bool,
    step_size: f64,
    changes: StepChanges,
    steps_done: u64,
    /// Steps that the model has not done yet: it goes from one look to the next at once, so that
    /// its rounding does not depend on where a run is held up.
    behind: u64,
    time: f64,
    schedule: RecordSchedule,
    stop: StopRules,
    facts: ArmFacts,
    outcome: Option<Outcome>,
    squared_targets: f64,
    /// Time spent in measuring so far.
    measuring: Duration,
}

/// What of a run in the limit can't be made again from its start.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SavedKernelRun {
    modes: Vec<Mode>,
    step_size: f64,
    changes: usize,
    steps_done: u64,
    behind: u64,
    time: f64,
    next_record: u64,
    outcome: Option<Outcome>,
    last_finite_loss: f64,
}

impl KernelRun {
    /// Decomposes the kernel and appends the record of step 0.
    ///
    /// # Errors
    /// [`RunError::Refused`] where the kernel would be too large or has no decomposition;
    /// [`RunError::Cancelled`] once `cancel` is raised.
    pub fn start(
        arm: &Arm,
        data: &Dataset,
        cancel: &Cancel,
        records: &mut Vec<Record>,
    ) -> Result<Self, RunError> {
        let preset = &arm.preset;
        let problem = problem::<f64>(preset, data, cancel)?;
        refuse_large_kernel(problem.n())?;
        let (limit, sizes) = limit(preset, data, &problem);
        let products = gram(problem.phi.view(), problem.phi.view(), cancel)?;
        let norms = products.diag().to_vec();
        let kernel = limit.between(&norms, &norms, &products);
        let test_norms = problem.phi_test.map_axis(Axis(1), |row| row.dot(&row));
        let cross = gram(problem.phi_test.view(), problem.phi.view(), cancel)?;
        let cross = limit.between(&test_norms.to_vec(), &norms, &cross);
        let model = KernelModel::new(kernel, &cross, &problem.y, cancel)?.ok_or_else(|| {
            RunError::Refused("data: the kernel of infinite width is not finite".to_owned())
        })?;
        let factors = (problem.hidden_step_factor, problem.output_step_factor);
        let step_factor = match (preset.train.layers.hidden(), preset.train.layers.output()) {
            (true, false) => Some(factors.0),
            (false, true) => Some(factors.1),
            _ => (factors.0 == factors.1).then_some(factors.0),
        };
        let mut facts = facts(arm, data, &problem, model.largest_eigenvalue(), sizes);
        facts.step_unit = step_unit(preset.train.step_unit, facts.stable_step)?;
        let step = preset.train.method.step().unwrap_or(1.0);
        let (stop, squared_targets) = (preset.train.stop, squared(&problem.y));
        // f = 0 at the start.
        let zero_loss = 0.5 * problem.loss_factor * squared_targets;
        let mut run = Self {
            step_size: step * facts.step_unit,
            facts,
            model,
            step_factor,
            labels: data.labels,
            observables: preset.observe.observables.clone(),
            is_flow: matches!(preset.train.method, Method::GradientFlow { .. }),
            changes: StepChanges::of(&preset.train),
            steps_done: 0,
            behind: 0,
            time: 0.0,
            schedule: RecordSchedule::new(&preset.observe),
            stop: StopRules::new(stop, stop.steps, zero_loss, zero_loss, squared_targets),
            outcome: None,
            squared_targets,
            measuring: Duration::ZERO,
            problem,
        };
        run.outcome = run.ended();
        run.record(records);
        Ok(run)
    }

    /// Facts known from the start.
    pub fn facts(&self) -> &ArmFacts {
        &self.facts
    }

    /// Time that went into measuring so far.
    pub fn measuring(&self) -> Duration {
        self.measuring
    }

    /// Updates done so far.
    pub fn step(&self) -> u64 {
        self.steps_done
    }

    /// The step at which the run stops at the latest.
    pub fn last_step(&self) -> u64 {
        self.stop.last_step()
    }

    /// How the run ended.
    pub fn outcome(&self) -> Option<&Outcome> {
        self.outcome.as_ref()
    }

    /// Goes on until `target` steps are done or the run ends.
    ///
    /// # Errors
    /// [`RunError::Cancelled`] once `cancel` is raised.
    pub fn advance(
        &mut self,
        target: u64,
        cancel: &Cancel,
        records: &mut Vec<Record>,
    ) -> Result<(), RunError> {
        while self.outcome.is_none() && self.steps_done < target {
            cancel.check()?;
            if let Some(step) = self.changes.take(self.steps_done) {
                self.go_on_with(step);
            }
            // Limits on the loss are looked at after every step, as for a network.
            let unstable = self.facts.stable_step.is_some_and(|s| self.step_size > s);
            let looks = self.stop.has_limit_of_loss() || unstable;
            let next = if looks {
                self.steps_done + 1
            } else {
                self.schedule.next().min(self.stop.last_step())
            };
            let held_up = target.min(self.changes.next());
            let reached = next.max(self.steps_done + 1).min(held_up);
            self.behind += reached - self.steps_done;
            self.steps_done = reached;
            if reached < next {
                continue;
            }
            self.catch_up();
            self.outcome = self.ended();
            if self.outcome.is_some() || self.schedule.is_due(self.steps_done) {
                self.record(records);
            }
        }
        Ok(())
    }

    /// Lets the model do the steps it has not done yet.
    fn catch_up(&mut self) {
        let k = std::mem::take(&mut self.behind);
        let scaled = self.step_size * self.problem.loss_factor;
        if self.is_flow {
            self.model.flow(scaled * k as f64);
        } else {
            self.model.descend(scaled, k);
        }
        self.time += scaled * k as f64;
    }

    /// Goes on with another step, in the preset's unit, whatever the preset asks for at this step.
    pub fn set_step(&mut self, step: f64) {
        let _ = self.changes.take(self.steps_done);
        self.go_on_with(step);
    }

    fn go_on_with(&mut self, step: f64) {
        self.catch_up();
        self.step_size = step * self.facts.step_unit;
    }

    /// What is needed to go on from here with a run started in the same way.
    pub fn save(&self) -> SavedKernelRun {
        SavedKernelRun {
            modes: self.model.modes().to_vec(),
            step_size: self.step_size,
            changes: self.changes.done(),
            steps_done: self.steps_done,
            behind: self.behind,
            time: self.time,
            next_record: self.schedule.next(),
            outcome: self.outcome.clone(),
            last_finite_loss: self.stop.last_finite_loss(),
        }
    }

    /// Goes on where another run, started in the same way, was saved.
    ///
    /// # Errors
    /// [`RunError::Refused`] where the kernels differ in size.
    pub fn restore(&mut self, saved: SavedKernelRun) -> Result<(), RunError> {
        self.model.restore(saved.modes)?;
        self.step_size = saved.step_size;
        self.changes.restore(saved.changes);
        self.steps_done = saved.steps_done;
        self.behind = saved.behind;
        self.time = saved.time;
        self.schedule.restore(saved.next_record);
        self.outcome = saved.outcome;
        self.stop.restore(saved.last_finite_loss);
        Ok(())
    }

    /// Outputs as of the last look; there are no weights.
    pub fn final_state(&self) -> FinalState {
        let (outputs, inner) = (self.problem.outputs(), self.problem.embedding());
        FinalState {
            w: Array2::zeros((0, inner)),
            v: Array2::zeros((outputs, 0)),
            c: None,
            f: self.model.residual() + &self.problem.y,
            f_test: self.problem.parted(self.model.test_outputs()).0,
        }
    }

    fn ended(&mut self) -> Option<Outcome> {
        let squared_residual = squared(&self.model.residual());
        let now = Standing {
            step: self.steps_done,
            loss: 0.5 * self.problem.loss_factor * squared_residual,
            squared_residual,
            stable_step: self.facts.stable_step,
        };
        self.stop.ended(now, || None)
    }

    fn record(&mut self, records: &mut Vec<Record>) {
        records.push(self.measure());
        self.schedule.note(self.steps_done);
    }

    /// Measures the limit as it is now.
    pub fn measure(&mut self) -> Record {
        let began = Instant::now();
        let mut record = Record {
            step: self.steps_done,
            time: self.time,
            ..Record::default()
        };
        let (problem, residual) = (&self.problem, self.model.residual());
        let (f_test, f_plane) = problem.parted(self.model.test_outputs());
        let squared_residual = squared(&residual);
        let loss = 0.5 * problem.loss_factor * squared_residual;
        record.set(Quantity::TrainLoss, loss);
        if self.squared_targets > 0.0 {
            let error = (squared_residual / self.squared_targets).sqrt();
            record.set(Quantity::RelativeError, error);
        }
        if self.observables.contains(&Observable::TestLoss) && problem.n_test() > 0 {
            let squared = squared(&(&f_test - &problem.y_test));
            record.set(Quantity::TestLoss, 0.5 * problem.test_loss_factor * squared);
        }
        if self.observables.contains(&Observable::Accuracy) {
            let train = accuracy(&(residual + &problem.y), &problem.y, self.labels);
            record.set_known(Quantity::TrainAccuracy, train);
            let test = accuracy(&f_test, &problem.y_test, self.labels);
            record.set_known(Quantity::TestAccuracy, test);
            if problem.n_test() > 0 {
                record.answers = Answers::of(&f_test, self.labels);
            }
        }
        if let (Some(plane), Some(f)) = (&problem.plane, &f_plane) {
            record.surface = Some(Arc::new(Surface::new(Arc::clone(plane), f, &f_test)));
        }
        self.spectra(&mut record);
        self.measuring += began.elapsed();
        record
    }

    /// Spectra of JJᵀ, which do not change; each eigenvalue comes once for every output.
    fn spectra(&self, record: &mut Record) {
        let Some(factor) = self.step_factor else {
            return;
        };
        let outputs = self.problem.outputs();
        let eigenvalues = || {
            let values = self.model.eigenvalues().iter().rev();
            values.flat_map(move |l| std::iter::repeat_n((l / factor).max(0.0), outputs))
        };
        if self.observables.contains(&Observable::NtkSpectrum) {
            record.ntk_eigenvalues = Some(eigenvalues().collect());
            record.set_known(Quantity::NtkMax, eigenvalues().next());
        }
        if self.observables.contains(&Observable::JacobianSpectrum) {
            record.singular_values = Some(eigenvalues().map(f64::sqrt).collect());
            record.set_known(Quantity::NtkMax, eigenvalues().next());
        }
    }
}

fn squared(matrix: &Array2<f64>) -> f64 {
    matrix.iter().map(|x| x * x).sum()
}

fn refuse_large_kernel(n: usize) -> Result<(), RunError> {
    if n <= LARGEST_KERNEL {
        return Ok(());
    }
    Err(RunError::Refused(format!(
        "data.n: {n} points need a tangent kernel of side {n}; at most {LARGEST_KERNEL} is possible"
    )))
}
