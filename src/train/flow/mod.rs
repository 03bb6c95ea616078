//! Gradient flow by an adaptive Runge–Kutta method.

pub(super) mod footprint;
pub(super) mod saved;

use rayon::prelude::*;

use crate::network::Real;

use super::block::flow::{FlowError, STAGES};
use super::kink::{Crossing, delay, longest};
use super::{NeuronBlock, StepInput, Trainer};
use crate::task::{Cancel, Cancelled};

/// Coefficients of the stages 2 to 7 of Dormand and Prince's method of order 5; the last row also
/// gives the step itself.
const STAGE: [&[f64]; STAGES - 1] = [
    &[1.0 / 5.0],
    &[3.0 / 40.0, 9.0 / 40.0],
    &[44.0 / 45.0, -56.0 / 15.0, 32.0 / 9.0],
    &[
        19372.0 / 6561.0,
        -25360.0 / 2187.0,
        64448.0 / 6561.0,
        -212.0 / 729.0,
    ],
    &[
        9017.0 / 3168.0,
        -355.0 / 33.0,
        46732.0 / 5247.0,
        49.0 / 176.0,
        -5103.0 / 18656.0,
    ],
    &[
        35.0 / 384.0,
        0.0,
        500.0 / 1113.0,
        125.0 / 192.0,
        -2187.0 / 6784.0,
        11.0 / 84.0,
    ],
];

/// Difference between the step of order 5 and the embedded one of order 4.
const ERROR: [f64; STAGES] = [
    71.0 / 57600.0,
    0.0,
    -71.0 / 16695.0,
    71.0 / 1920.0,
    -17253.0 / 339200.0,
    22.0 / 525.0,
    -1.0 / 40.0,
];

/// Part of the step that the error would allow that is tried, and how much a step may change.
const SAFETY: f64 = 0.9;
const SMALLEST_CHANGE: f64 = 0.2;
const LARGEST_CHANGE: f64 = 5.0;
/// Change of a step whose error is not a number.
const RETREAT: f64 = 0.1;

/// An inner step below this part of the step of the run is given up.
const SMALLEST_STEP: f64 = 1e-12;

/// Inner steps within one step of the run, rejected ones too, before it is given up.
const MOST_INNER_STEPS: u64 = 100_000;

/// Tolerances below this many roundings of the float are refused.
const SMALLEST_TOLERANCE: f64 = 8.0;

/// Part of the tolerance that a shortened inner step is meant to lose at kinks.
const AT_KINKS: f64 = 0.5;

/// Gradient flow dW/dt = −γ∇L, dV/dt = −γ_V∇L; time in units of δ, so that gradient descent with
/// step δ is its Euler discretization.
///
/// Dormand–Prince 5(4) with its last slope used again as the first one of the next inner step. An
/// inner step is accepted where the local errors of H and of V, each relative to its size in the
/// Frobenius norm, are at most the tolerance; its length is carried on to the next step of the run.
///
/// Where σ' jumps (ReLU, leaky ReLU), every feature keeps the slope of its side over an inner step,
/// so that the method sees a smooth flow. Features that leave their side within it change their slope
/// at its end; it is shortened until what this loses in H is within the tolerance too. A feature
/// whose kink attracts it from both sides stays there, with the slope in between that holds it: this
/// is Filippov's solution, the limit of gradient descent with small steps, which goes back and forth
/// over the kink.
#[derive(Clone, Debug)]
pub struct Flow {
    tolerance: f64,
    /// Length of the next inner step; `None` before the first.
    pub(super) tau: Option<f64>,
    /// ‖ΦΦᵀe_a‖ of the training points; empty where σ has no kink.
    pub(super) reach: Vec<f64>,
    pub(super) evaluations: u64,
}

/// Why a step of the flow could not be done.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
pub enum FlowStopped {
    /// Abandoned on request.
    #[error(transparent)]
    Cancelled(#[from] Cancelled),
    /// The float is too short for the tolerance.
    #[error(
        "gradient flow: train.method.tolerance = {tolerance:e} is below what the precision can \
         meet; allowed: {smallest:.1e} or more, or precision F64"
    )]
    TooFine {
        /// Tolerance asked for.
        tolerance: f64,
        /// Smallest one allowed.
        smallest: f64,
    },
    /// No inner step is accurate enough, or too many are needed.
    #[error(
        "gradient flow: with train.method.tolerance = {tolerance:e} a step of train.method.step = \
         {step} needs more than {MOST_INNER_STEPS} inner steps, or one shorter than \
         {smallest:e}; allowed: a larger tolerance, a smaller step, or precision F64"
    )]
    Stuck {
        /// Tolerance asked for.
        tolerance: f64,
        /// Step δ of the run.
        step: f64,
        /// Inner step given up.
        smallest: f64,
    },
}

/// Where the integration within one step of the run is.
#[derive(Clone, Copy, Debug)]
struct Progress {
    /// Length of the step of the run.
    length: f64,
    /// Time gone.
    done: f64,
    /// Inner step that the smooth flow allows.
    tau: f64,
    /// Shorter one that the kinks ask for.
    cut: Option<f64>,
    /// Inner steps tried.
    tried: u64,
}

/// What an inner step led to.
#[derive(Debug)]
struct Attempt {
    error: FlowError,
    crossings: Vec<Crossing>,
}

impl Flow {
    /// Gradient flow to a tolerance.
    pub fn new(tolerance: f64) -> Self {
        Self {
            tolerance,
            tau: None,
            reach: Vec::new(),
            evaluations: 0,
        }
    }

    /// The smallest tolerance that a float can meet.
    pub fn smallest_tolerance<R: Real>() -> f64 {
        SMALLEST_TOLERANCE * R::EPSILON
    }

    /// Evaluations of the gradient so far.
    pub fn evaluations(&self) -> u64 {
        self.evaluations
    }

    /// Follows the flow for the trainer's step δ.
    ///
    /// # Errors
    /// [`FlowStopped`]; the trainer must not be used any more.
    pub fn step<R: Real>(
        &mut self,
        trainer: &mut Trainer<R>,
        cancel: &Cancel,
    ) -> Result<(), FlowStopped> {
        let length = trainer.step_size();
        trainer.hold_slopes();
        if self.tau.is_none() {
            self.start(trainer)?;
        }
        let mut progress = Progress {
            length,
            done: 0.0,
            tau: self.tau.unwrap_or(length),
            cut: None,
            tried: 0,
        };
        while progress.done < length {
            let inner = progress.next();
            let attempt = trainer.inner_step(inner, &self.reach, cancel)?;
            self.evaluations += STAGES as u64 - 1;
            if progress.judge(inner, &attempt, self.tolerance) {
                trainer.path_length += attempt.error.squared_length.sqrt();
                trainer.begin_inner_step();
            }
            if progress.is_stuck() {
                return Err(FlowStopped::Stuck {
                    tolerance: self.tolerance,
                    step: length,
                    smallest: length * SMALLEST_STEP,
                });
            }
        }
        self.tau = Some(progress.tau);
        trainer.release_slopes(cancel)?;
        trainer.steps_done += 1;
        Ok(())
    }

    fn start<R: Real>(&mut self, trainer: &mut Trainer<R>) -> Result<(), FlowStopped> {
        let smallest = Self::smallest_tolerance::<R>();
        if self.tolerance.is_nan() || self.tolerance < smallest {
            return Err(FlowStopped::TooFine {
                tolerance: self.tolerance,
                smallest,
            });
        }
        self.reach = trainer.reach();
        self.evaluations += 1;
        trainer.begin_inner_step();
        Ok(())
    }
}

impl Progress {
    /// Length of the inner step to try.
    fn next(&self) -> f64 {
        self.cut.unwrap_or(self.tau).min(self.length - self.done)
    }

    /// Goes on from an inner step where it is accurate enough, and chooses the next. Gives whether
    /// it was.
    fn judge(&mut self, inner: f64, attempt: &Attempt, tolerance: f64) -> bool {
        self.tried += 1;
        let relative = attempt.error.relative() / tolerance;
        let change = change_of_step(relative);
        let allowed = tolerance * attempt.error.h.sqrt();
        let is_smooth = relative <= 1.0;
        if is_smooth && delay(&attempt.crossings, inner) <= allowed {
            let is_last = inner >= self.length - self.done;
            self.done = if is_last {
                self.length
            } else {
                self.done + inner
            };
            let is_short = is_last || self.cut.is_some();
            self.tau = if is_short {
                self.tau.max(inner * change)
            } else {
                inner * change
            };
            self.cut = None;
            return true;
        }
        if !is_smooth {
            self.tau = inner * change.min(1.0);
        }
        let most = self.tau.min(inner);
        let cut = longest(&attempt.crossings, AT_KINKS * allowed, most);
        self.cut = (cut < self.tau).then_some(cut);
        false
    }

    fn is_stuck(&self) -> bool {
        self.tau < self.length * SMALLEST_STEP || self.tried > MOST_INNER_STEPS
    }
}

/// Factor from one inner step to the next, from its error over the tolerance.
fn change_of_step(relative: f64) -> f64 {
    if relative.is_finite() {
        (SAFETY * relative.powf(-0.2)).clamp(SMALLEST_CHANGE, LARGEST_CHANGE)
    } else {
        RETREAT
    }
}

impl<R: Real> Trainer<R> {
    /// Holds σ' over inner steps where it jumps.
    fn hold_slopes(&mut self) {
        self.with_blocks(|trainer, blocks| {
            for block in blocks {
                block.hold_slopes(trainer.step_input());
            }
        });
    }

    /// σ and σ' at H again, where they were held.
    fn release_slopes(&mut self, cancel: &Cancel) -> Result<(), Cancelled> {
        if self.blocks.iter().all(|block| block.kinks.is_none()) {
            return Ok(());
        }
        let release = |block: &mut NeuronBlock<R>, _: StepInput<'_, R>| {
            block.release_slopes();
            0.0
        };
        self.sweep(release, cancel).map(|_| ())
    }

    /// ‖ΦΦᵀe_a‖ of the training points where σ' jumps and is held; else nothing.
    pub(super) fn reach(&self) -> Vec<f64> {
        if self.blocks.iter().all(|block| block.kinks.is_none()) {
            return Vec::new();
        }
        let phi = &self.problem.phi;
        let norm = |a: usize| {
            let products = phi.dot(&phi.row(a));
            let squares = products.iter().map(|x| x.double().powi(2));
            squares.sum::<f64>().sqrt()
        };
        (0..phi.nrows()).into_par_iter().map(norm).collect()
    }

    /// Starts an inner step from the current state.
    fn begin_inner_step(&mut self) {
        self.with_blocks(|trainer, blocks| {
            let input = trainer.step_input();
            blocks.par_iter_mut().for_each(|block| {
                if block.settle(input) {
                    block.flow_slope(input, STAGES - 1);
                }
                block.flow_start(input);
            });
        });
    }

    /// Goes on by τ from the start of the inner step, and gives what that leads to.
    fn inner_step(
        &mut self,
        tau: f64,
        reach: &[f64],
        cancel: &Cancel,
    ) -> Result<Attempt, Cancelled> {
        for (stage, coefficients) in STAGE.iter().enumerate() {
            let change = |block: &mut NeuronBlock<R>, input: StepInput<'_, R>| {
                if stage > 0 {
                    block.flow_slope(input, stage);
                }
                block.flow_move(input, coefficients, tau);
                0.0
            };
            self.sweep(change, cancel)?;
        }
        let attempts: Vec<(FlowError, Vec<Crossing>)> = self.with_blocks(|trainer, blocks| {
            let input = trainer.step_input();
            let attempt = |block: &mut NeuronBlock<R>| {
                block.flow_slope(input, STAGES - 1);
                (
                    block.flow_error(input, &ERROR, tau),
                    block.flow_crossings(input, tau, reach),
                )
            };
            blocks.par_iter_mut().map(attempt).collect()
        });
        let (errors, crossings): (Vec<_>, Vec<_>) = attempts.into_iter().unzip();
        Ok(Attempt {
            error: errors
                .into_iter()
                .fold(FlowError::default(), FlowError::plus),
            crossings: crossings.into_iter().flatten().collect(),
        })
    }
}
