//! Gradient flow by an adaptive Runge–Kutta method.

use rayon::prelude::*;

use crate::network::Real;

use super::block_flow::{FlowError, STAGES};
use super::{Cancel, Cancelled, NeuronBlock, StepInput, Trainer};

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
const MOST_INNER_STEPS: u64 = 1_000_000;

/// Gradient flow dW/dt = −γ∇L, dV/dt = −γ_V∇L; time in units of δ, so that gradient descent with
/// step δ is its Euler discretization.
///
/// Dormand–Prince 5(4) with its last slope used again as the first one of the next inner step. An
/// inner step is accepted where the local errors of H and of V, each relative to its size in the
/// Frobenius norm, are at most the tolerance; its length is carried on to the next step of the run.
#[derive(Clone, Debug)]
pub struct Flow {
    tolerance: f64,
    /// Length of the next inner step; `None` before the first.
    tau: Option<f64>,
}

/// Why a step of the flow could not be done.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
pub enum FlowStopped {
    /// Abandoned on request.
    #[error(transparent)]
    Cancelled(#[from] Cancelled),
    /// No inner step is accurate enough, or too many are needed.
    #[error(
        "gradient flow: with train.method.tolerance = {tolerance:e} a step of train.method.step = \
         {step} needs more than a million inner steps, or one shorter than {smallest:e}; allowed: \
         a larger tolerance, a smaller step, or precision F64"
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

impl Flow {
    /// Gradient flow to a tolerance.
    pub fn new(tolerance: f64) -> Self {
        Self {
            tolerance,
            tau: None,
        }
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
        let mut tau = self.tau.unwrap_or(length);
        let (mut done, mut tried) = (0.0, 0);
        if self.tau.is_none() {
            trainer.begin_inner_step();
        }
        while done < length {
            let is_last = done + tau >= length;
            let inner = if is_last { length - done } else { tau };
            let error = trainer.inner_step(inner, cancel)?;
            let relative = error.relative() / self.tolerance;
            let change = change_of_step(relative);
            if relative <= 1.0 {
                done = if is_last { length } else { done + inner };
                tau = if is_last {
                    tau.max(inner * change)
                } else {
                    inner * change
                };
                trainer.path_length += error.squared_length.sqrt();
                trainer.begin_inner_step();
            } else {
                tau = inner * change.min(1.0);
            }
            tried += 1;
            if tau < length * SMALLEST_STEP || tried > MOST_INNER_STEPS {
                return Err(FlowStopped::Stuck {
                    tolerance: self.tolerance,
                    step: length,
                    smallest: length * SMALLEST_STEP,
                });
            }
        }
        self.tau = Some(tau);
        trainer.steps_done += 1;
        Ok(())
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
    /// Starts an inner step from the current state.
    fn begin_inner_step(&mut self) {
        let (blocks, input) = self.parts();
        blocks
            .par_iter_mut()
            .for_each(|block| block.flow_start(input));
    }

    /// Goes on by τ from the start of the inner step, and gives the error of doing so.
    fn inner_step(&mut self, tau: f64, cancel: &Cancel) -> Result<FlowError, Cancelled> {
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
        let (blocks, input) = self.parts();
        let errors: Vec<FlowError> = blocks
            .par_iter_mut()
            .map(|block| {
                block.flow_slope(input, STAGES - 1);
                block.flow_error(input, &ERROR, tau)
            })
            .collect();
        Ok(errors
            .into_iter()
            .fold(FlowError::default(), FlowError::plus))
    }
}
