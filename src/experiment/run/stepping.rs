//! How an arm does a step: its training method at work.

use std::path::Path;
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};

use crate::network::Real;
use crate::observe::Observer;
use crate::spec::{BatchOrder, LossOver, Method, Preset};
use crate::task::Cancel;
use crate::train::{Batches, Flow, FlowStopped, SavedFlow, Trainer, Watch};

use crate::experiment::start::given_files::given_batches;
use crate::history::RunError;

/// Steps between two looks at the full loss under stochastic gradient descent where an epoch is
/// shorter.
const STEPS_BETWEEN_CHECKS: u64 = 100;

/// A training method at work.
#[derive(Debug)]
pub(in crate::experiment) enum Stepping {
    /// Full-batch gradient descent; the twin follows in closed form when it is asked for.
    Descent {
        /// Steps done since the twin was last told.
        twin_behind: u64,
    },
    /// Stochastic gradient descent; the twin does every step beside it.
    Sgd {
        /// The batches.
        batches: Batches,
        /// Normalization of the loss of a batch.
        over: LossOver,
    },
    /// Gradient flow; the twin follows in closed form when it is asked for.
    Flow {
        /// The integrator.
        flow: Flow,
        /// Steps done since the twin was last told.
        twin_behind: u64,
    },
    /// V by least squares, in one step. There is no linearized iteration beside it.
    LeastSquares,
}

/// What of a method at work can't be made again from the preset and the step.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(in crate::experiment) enum SavedStepping<R> {
    Descent {
        twin_behind: u64,
    },
    Flow {
        flow: SavedFlow<R>,
        twin_behind: u64,
    },
    /// Batches are drawn by their step.
    Sgd,
    LeastSquares,
}

/// The steps that may be done without another look at the network.
#[derive(Clone, Copy, Debug)]
pub(in crate::experiment) struct Room {
    /// Steps at most, at least 1.
    pub steps: u64,
    /// The losses after which somebody wants to look.
    pub watch: Watch,
}

/// What is known after some steps without another look at the network.
#[derive(Clone, Copy, Debug)]
pub(in crate::experiment) struct Stepped {
    /// Steps done.
    pub steps: u64,
    /// δ·s of one of them; of a batch its share B/n of the points is counted, so that an epoch lasts as
    /// long as it would with the full loss.
    pub time: f64,
    /// Loss of the step's batch before the step; `None` where the step was not on a batch.
    pub batch_loss: Option<f64>,
    /// Time that the linearized twin took beside it.
    pub measuring: Duration,
    /// Loss before the last step, where nobody could look at the network then.
    pub loss_before: Option<f64>,
}

impl Stepped {
    /// One step, after which the network can be looked at.
    fn once(time: f64, batch_loss: Option<f64>) -> Self {
        Self {
            steps: 1,
            time,
            batch_loss,
            loss_before: None,
            measuring: Duration::ZERO,
        }
    }
}

impl Stepping {
    /// The method of a preset on n training points.
    ///
    /// # Errors
    /// [`RunError::Refused`] where a batch is larger than the data, or the file of indices can't be
    /// had or doesn't fit.
    pub(in crate::experiment) fn start(
        preset: &Preset,
        n: usize,
        folder: &Path,
    ) -> Result<Self, RunError> {
        let (batch, order) = match preset.train.method {
            Method::GradientDescent { .. } => return Ok(Self::Descent { twin_behind: 0 }),
            Method::GradientFlow { tolerance, .. } => {
                return Ok(Self::Flow {
                    flow: Flow::new(tolerance),
                    twin_behind: 0,
                });
            }
            Method::LeastSquares => return Ok(Self::LeastSquares),
            Method::Sgd { batch, order, .. } => (batch, order),
        };
        if !(1..=n).contains(&batch) {
            return Err(RunError::Refused(format!(
                "train.method.batch: {batch} is not allowed; allowed: 1 to n = {n}"
            )));
        }
        let batches = match order {
            BatchOrder::Shuffled => Batches::shuffled(n, batch, preset.seed),
            BatchOrder::WithReplacement => Batches::with_replacement(n, batch, preset.seed),
            BatchOrder::Given => {
                let indices = given_batches(preset, n, folder).map_err(RunError::Refused)?;
                Batches::given(n, indices)
            }
        };
        let over = preset.loss.over;
        Ok(Self::Sgd { batches, over })
    }

    /// Steps between two looks at the full loss beside those at records: every step of the methods
    /// that have the loss anyway; the longer of an epoch and 100 steps of stochastic
    /// gradient descent.
    pub(in crate::experiment) fn steps_between_checks(&self) -> u64 {
        match self {
            Self::Descent { .. } | Self::Flow { .. } | Self::LeastSquares => 1,
            Self::Sgd { batches, .. } => batches.steps_per_epoch().max(STEPS_BETWEEN_CHECKS),
        }
    }

    /// Whether a step sees a part of the data only.
    pub(in crate::experiment) fn is_on_batches(&self) -> bool {
        matches!(self, Self::Sgd { .. })
    }

    /// The step δ above which the linearized network diverges, from that of full-batch gradient
    /// descent with the given loss factor. Under stochastic gradient descent the mean over the
    /// batches diverges above it: the mean step is δ·s_B·(B/n)·K_0 r̄ in place of δ·s·K_0 r̄.
    /// Gradient flow and least squares have none.
    pub(in crate::experiment) fn stable_step(
        &self,
        full: f64,
        loss_factor: f64,
        n: usize,
        outputs: usize,
    ) -> Option<f64> {
        match self {
            Self::Descent { .. } => Some(full),
            Self::Flow { .. } | Self::LeastSquares => None,
            Self::Sgd { batches, over } => {
                let size = batches.size();
                let share = size as f64 / n as f64;
                Some(full * loss_factor / (over.factor(size, outputs) * share))
            }
        }
    }

    /// Does a step, or as many as there is room for.
    ///
    /// # Errors
    /// [`RunError::Cancelled`] once `cancel` is raised, [`RunError::Refused`] where the step can't be
    /// done.
    pub(in crate::experiment) fn step<R: Real>(
        &mut self,
        trainer: &mut Trainer<R>,
        observer: &mut Observer<R>,
        room: Room,
        cancel: &Cancel,
    ) -> Result<Stepped, RunError> {
        let step = trainer.step_size();
        let (n, outputs) = (trainer.problem().n(), trainer.problem().outputs());
        match self {
            Self::Descent { twin_behind } => {
                let descended = trainer.descend(room.steps, room.watch, cancel)?;
                *twin_behind += descended.steps;
                Ok(Stepped {
                    steps: descended.steps,
                    time: step * trainer.problem().loss_factor,
                    batch_loss: None,
                    measuring: Duration::ZERO,
                    loss_before: descended.loss_before,
                })
            }
            Self::Flow { flow, twin_behind } => {
                flow.step(trainer, cancel)
                    .map_err(|stopped| match stopped {
                        FlowStopped::Cancelled(cancelled) => RunError::Cancelled(cancelled),
                        FlowStopped::TooFine { .. } | FlowStopped::Stuck { .. } => {
                            RunError::Refused(stopped.to_string())
                        }
                    })?;
                *twin_behind += 1;
                Ok(Stepped::once(step * trainer.problem().loss_factor, None))
            }
            Self::LeastSquares => {
                if !trainer.solve_output(cancel)? {
                    return Err(RunError::Refused(
                        "LeastSquares: σ(H) has no singular value decomposition; finite features \
                         are needed"
                            .to_owned(),
                    ));
                }
                Ok(Stepped::once(0.0, None))
            }
            Self::Sgd { batches, over } => {
                let points = batches.at(trainer.steps_done());
                let factor = over.factor(points.len(), outputs);
                let loss = trainer.batch_step(points, factor, cancel)?;
                let began = Instant::now();
                observer.advance_twin_batch(step, factor, points);
                let time = step * factor * points.len() as f64 / n as f64;
                Ok(Stepped {
                    measuring: began.elapsed(),
                    ..Stepped::once(time, Some(loss))
                })
            }
        }
    }

    /// What is needed to go on from here; `trainer` is the one at work.
    pub(in crate::experiment) fn save<R: Real>(&self, trainer: &Trainer<R>) -> SavedStepping<R> {
        match self {
            Self::Descent { twin_behind } => SavedStepping::Descent {
                twin_behind: *twin_behind,
            },
            Self::Flow { flow, twin_behind } => SavedStepping::Flow {
                flow: flow.save(trainer),
                twin_behind: *twin_behind,
            },
            Self::Sgd { .. } => SavedStepping::Sgd,
            Self::LeastSquares => SavedStepping::LeastSquares,
        }
    }

    /// Goes on where the same method was saved; the trainer is restored and up to date.
    ///
    /// # Errors
    /// [`RunError::Refused`] where the method is another one or its state does not fit.
    pub(in crate::experiment) fn restore<R: Real>(
        &mut self,
        saved: SavedStepping<R>,
        trainer: &mut Trainer<R>,
    ) -> Result<(), RunError> {
        match (self, saved) {
            (Self::Descent { twin_behind }, SavedStepping::Descent { twin_behind: saved }) => {
                *twin_behind = saved;
            }
            (
                Self::Flow { flow, twin_behind },
                SavedStepping::Flow {
                    flow: saved,
                    twin_behind: saved_behind,
                },
            ) => {
                flow.restore(trainer, saved)?;
                *twin_behind = saved_behind;
            }
            (Self::Sgd { .. }, SavedStepping::Sgd)
            | (Self::LeastSquares, SavedStepping::LeastSquares) => {}
            _ => {
                return Err(RunError::Refused(
                    "train.method: the saved state is that of another method".to_owned(),
                ));
            }
        }
        Ok(())
    }

    /// Lets the twin do the steps it has not done yet.
    pub(in crate::experiment) fn catch_up_twin<R: Real>(
        &mut self,
        step: f64,
        observer: &mut Observer<R>,
    ) {
        match self {
            Self::Descent { twin_behind } => {
                observer.advance_twin(step, std::mem::take(twin_behind));
            }
            Self::Flow { twin_behind, .. } => {
                observer.advance_twin_flow(step, std::mem::take(twin_behind));
            }
            Self::Sgd { .. } | Self::LeastSquares => {}
        }
    }
}
