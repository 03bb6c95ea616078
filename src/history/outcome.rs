//! How an arm ended, and what is known of it from its start.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::task::Cancelled;
use crate::theory::PaperReport;
use crate::train::Misfit;

/// Facts about an arm that are known once it has started.
#[derive(Clone, Debug, PartialEq)]
pub struct ArmFacts {
    /// Name of the arm.
    pub label: String,
    /// Training points n.
    pub n: usize,
    /// Test points.
    pub n_test: usize,
    /// Input dimension d.
    pub d: usize,
    /// Embedding dimension D (with the constant feature of a bias).
    pub embedding: usize,
    /// Hidden width m; 0 for the limit m → ∞.
    pub width: usize,
    /// Outputs.
    pub outputs: usize,
    /// Output factor a.
    pub a: f64,
    /// Input factor b.
    pub b: f64,
    /// Step of W with all its factors, per unit of δ.
    pub hidden_step_factor: f64,
    /// Step of V with all its factors, per unit of δ.
    pub output_step_factor: f64,
    /// Standard deviation ω1 of the entries of W at the start.
    pub omega1: f64,
    /// Size ω2 of the entries of V at the start.
    pub omega2: f64,
    /// Whether the iteration runs on the features (sample space) or on the weights.
    pub sample_space: bool,
    /// Step δ of the run per unit of the preset's step: 1 unless that is counted in stable steps.
    pub step_unit: f64,
    /// Step δ above which the linearized network diverges, 2/(s·λ_max(K_0)), where K_0 was computed;
    /// under stochastic gradient descent the step above which it diverges in the mean over the
    /// batches, 2n/(B·s_B·λ_max(K_0)). `None` for gradient flow and least squares, which have no limit.
    pub stable_step: Option<f64>,
    /// What the data are.
    pub data: String,
    /// Bytes of the arm's matrices, from their shapes.
    pub estimated_bytes: u64,
    /// What the papers' theory says about this arm, and what of it ended when the step was changed;
    /// empty where none of it applies.
    pub theory: Arc<[PaperReport]>,
}

/// How an arm ended.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Outcome {
    /// A stop rule held.
    Finished(StopReason),
    /// The loss left the finite numbers or grew beyond all bounds.
    Diverged {
        /// Step after which the loss was no longer acceptable.
        step: u64,
        /// Last finite training loss.
        last_finite_loss: f64,
        /// 2/(s·λ_max(K_0)), where known.
        stable_step: Option<f64>,
    },
    /// The arm could not start or its computation panicked.
    Failed {
        /// What happened, for people.
        message: String,
    },
}

/// The stop rule that ended an arm.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum StopReason {
    /// All steps were done.
    Steps,
    /// The relative error fell to the limit.
    RelativeError,
    /// The training loss fell to the limit.
    Loss,
    /// The training accuracy rose to the limit.
    Accuracy,
}

/// Why an arm did not start or go on.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// Abandoned on request.
    #[error(transparent)]
    Cancelled(#[from] Cancelled),
    /// The run can't be carried out; the text names the field, the value and what is allowed.
    #[error("{0}")]
    Refused(String),
}

impl From<Misfit> for RunError {
    fn from(misfit: Misfit) -> Self {
        Self::Refused(format!("the saved state does not fit the run: {misfit}"))
    }
}

impl std::fmt::Display for Outcome {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Finished(StopReason::Steps) => write!(f, "finished: all steps done"),
            Self::Finished(StopReason::RelativeError) => {
                write!(f, "finished: relative error reached")
            }
            Self::Finished(StopReason::Loss) => write!(f, "finished: loss reached"),
            Self::Finished(StopReason::Accuracy) => write!(f, "finished: accuracy reached"),
            Self::Diverged {
                step,
                last_finite_loss,
                stable_step,
            } => {
                write!(
                    f,
                    "diverged at step {step}, last finite loss {last_finite_loss:.4e}"
                )?;
                match stable_step {
                    Some(limit) => write!(f, "; the stable step is below {limit:.4e}"),
                    None => Ok(()),
                }
            }
            Self::Failed { message } => write!(f, "failed: {message}"),
        }
    }
}
