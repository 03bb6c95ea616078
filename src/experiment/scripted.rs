//! Arms that do as a test says, for trying the session and the worker.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use ndarray::Array2;

use crate::data::{Dataset, LabelKind};
use crate::observe::Record;
use crate::preset::{Arm, Experiment};
use crate::spec::{DataSpec, Preset, Quantity};
use crate::task::Cancel;

use super::FinalState;
use super::engine::{Engine, TrainingArm};
use super::saves::Saves;
use crate::history::{ArmFacts, Outcome, RunError, StopReason};

/// What an arm does.
#[derive(Clone, Debug)]
pub(crate) struct Script {
    pub(crate) steps: u64,
    pub(crate) record_every: u64,
    pub(crate) step_takes: Duration,
    pub(crate) start_takes: Duration,
    pub(crate) diverges_at: Option<u64>,
    pub(crate) panics_at: Option<u64>,
    pub(crate) refuses: bool,
}

impl Script {
    /// An arm of so many steps, recorded at each, that takes no time.
    pub(crate) fn steps(steps: u64) -> Self {
        Self {
            steps,
            record_every: 1,
            step_takes: Duration::ZERO,
            start_takes: Duration::ZERO,
            diverges_at: None,
            panics_at: None,
            refuses: false,
        }
    }

    /// The same, recorded only now and then.
    pub(crate) fn recorded_every(self, record_every: u64) -> Self {
        Self {
            record_every,
            ..self
        }
    }

    /// The same, slower.
    pub(crate) fn taking(self, step_takes: Duration) -> Self {
        Self { step_takes, ..self }
    }
}

/// Hands out scripted arms, by the arm's index.
#[derive(Clone, Debug, Default)]
pub(crate) struct Scripted {
    pub(crate) scripts: Vec<Script>,
    pub(crate) no_data: bool,
    pub(crate) too_big: bool,
    pub(crate) data_loads: Arc<AtomicUsize>,
    pub(crate) live_arms: Arc<AtomicUsize>,
}

impl Scripted {
    pub(crate) fn new(scripts: impl IntoIterator<Item = Script>) -> Self {
        Self {
            scripts: scripts.into_iter().collect(),
            ..Self::default()
        }
    }
}

/// An experiment with so many arms.
pub(crate) fn experiment(arms: usize, seed: u64) -> Arc<Experiment> {
    let preset = Preset {
        seed,
        ..Preset::default()
    };
    let arm = |index: usize| Arm {
        index,
        label: format!("arm {index}"),
        preset: preset.clone(),
    };
    Arc::new(Experiment {
        sweep_axes: Vec::new(),
        measures: Vec::new(),
        claims: Vec::new(),
        name: "scripted".into(),
        preset: preset.clone(),
        arms: (0..arms).map(arm).collect(),
        folder: PathBuf::new(),
    })
}

/// A scripted arm; its "loss" is a chaotic map of seed, arm and δ, so that any slip shows.
#[derive(Debug)]
pub(crate) struct ScriptedArm {
    script: Script,
    facts: ArmFacts,
    step: u64,
    delta: f64,
    x: f64,
    outcome: Option<Outcome>,
    live_arms: Arc<AtomicUsize>,
}

impl Drop for ScriptedArm {
    fn drop(&mut self) {
        self.live_arms.fetch_sub(1, Ordering::SeqCst);
    }
}

impl Saves for Scripted {}

impl Engine for Scripted {
    type Arm = ScriptedArm;

    fn estimate(&self, experiment: &Experiment) -> Result<u64, String> {
        if self.too_big {
            return Err("network.width = 99: too big".into());
        }
        Ok(1000 * experiment.arms.len() as u64)
    }

    fn data(&self, _: &DataSpec, _: u64, _: &Path, _: &Cancel) -> Result<Dataset, RunError> {
        self.data_loads.fetch_add(1, Ordering::SeqCst);
        if self.no_data {
            return Err(RunError::Refused("data.path = x.npz: no such file".into()));
        }
        let points = || Array2::zeros((0, 0));
        Ok(Dataset {
            x: points(),
            y: points(),
            x_test: points(),
            y_test: points(),
            labels: LabelKind::Real,
            description: String::new(),
        })
    }

    fn start(
        &self,
        arm: &Arm,
        _: &Dataset,
        _: &Path,
        cancel: &Cancel,
        records: &mut Vec<Record>,
    ) -> Result<ScriptedArm, RunError> {
        let script = self.scripts[arm.index].clone();
        nap(script.start_takes, cancel)?;
        if script.refuses {
            return Err(RunError::Refused("init.weights: W is 2 × 3".into()));
        }
        assert_ne!(script.panics_at, Some(0), "scripted panic at the start");
        self.live_arms.fetch_add(1, Ordering::SeqCst);
        let x = 0.1 + 0.8 / (1.0 + arm.preset.seed as f64 + arm.index as f64);
        let mut state = ScriptedArm {
            facts: facts(&arm.label),
            step: 0,
            delta: 1.0,
            x,
            outcome: None,
            live_arms: self.live_arms.clone(),
            script,
        };
        records.push(state.record());
        state.judge();
        Ok(state)
    }
}

impl ScriptedArm {
    fn record(&self) -> Record {
        Record {
            step: self.step,
            time: self.step as f64,
            scalars: [(Quantity::TrainLoss, self.x)].into(),
            ..Record::default()
        }
    }

    fn judge(&mut self) {
        if self.script.diverges_at == Some(self.step) {
            self.outcome = Some(Outcome::Diverged {
                step: self.step,
                last_finite_loss: self.x,
                stable_step: None,
            });
        } else if self.step == self.script.steps {
            self.outcome = Some(Outcome::Finished(StopReason::Steps));
        }
    }
}

impl TrainingArm for ScriptedArm {
    /// Step, δ and x.
    type Saved = (u64, f64, f64);

    fn facts(&self) -> &ArmFacts {
        &self.facts
    }

    fn step(&self) -> u64 {
        self.step
    }

    fn last_step(&self) -> u64 {
        self.script.steps
    }

    fn outcome(&self) -> Option<&Outcome> {
        self.outcome.as_ref()
    }

    fn measuring(&self) -> Duration {
        Duration::ZERO
    }

    fn advance(
        &mut self,
        target: u64,
        cancel: &Cancel,
        records: &mut Vec<Record>,
    ) -> Result<(), RunError> {
        while self.step < target && self.outcome.is_none() {
            nap(self.script.step_takes, cancel)?;
            self.step += 1;
            assert_ne!(
                self.script.panics_at,
                Some(self.step),
                "scripted panic at {}",
                self.step
            );
            self.x = (3.7 + 0.1 * (self.delta - 1.0).tanh()) * self.x * (1.0 - self.x);
            self.judge();
            if self.step.is_multiple_of(self.script.record_every) || self.outcome.is_some() {
                records.push(self.record());
            }
        }
        Ok(())
    }

    fn set_step(&mut self, step: f64) {
        self.delta = step;
    }

    fn save(&self) -> Self::Saved {
        (self.step, self.delta, self.x)
    }

    fn restore(&mut self, saved: Self::Saved, _: &Cancel) -> Result<(), RunError> {
        (self.step, self.delta, self.x) = saved;
        self.judge();
        Ok(())
    }

    fn final_state(&self) -> FinalState {
        let x = Array2::from_elem((1, 1), self.x);
        FinalState {
            w: x.clone(),
            v: x.clone(),
            c: None,
            f: x.clone(),
            f_test: x,
        }
    }
}

/// Sleeps for a time, looking at the flag every millisecond.
fn nap(time: Duration, cancel: &Cancel) -> Result<(), RunError> {
    let mut left = time;
    loop {
        cancel.check()?;
        if left.is_zero() {
            return Ok(());
        }
        let piece = left.min(Duration::from_millis(1));
        thread::sleep(piece);
        left -= piece;
    }
}

pub(crate) fn facts(label: &str) -> ArmFacts {
    ArmFacts {
        label: label.into(),
        n: 0,
        n_test: 0,
        d: 0,
        embedding: 0,
        width: 0,
        outputs: 0,
        a: 1.0,
        b: 1.0,
        hidden_step_factor: 1.0,
        output_step_factor: 1.0,
        omega1: 1.0,
        omega2: 1.0,
        sample_space: false,
        step_unit: 1.0,
        stable_step: None,
        data: String::new(),
        estimated_bytes: 1000,
        theory: [].into(),
    }
}
