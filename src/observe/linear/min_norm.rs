//! Distance of a linear network to the minimum-norm solution.

use ndarray::Array2;

use crate::network::Real;
use crate::task::{Cancel, Cancelled};
use crate::train::Trainer;

use super::frame::{LinearFrame, LinearWeights};
use crate::linalg::symmetric_eigenvalues;
use crate::observe::{Record, frobenius};
use crate::spec::Quantity;

/// Compares Θ = ab·UVᵀ, the matrix of f(x) = Θᵀx, with Θ̂ = Φ⁺Y (linear networks, (12)–(16)).
///
/// Θ = Φ₁(ab·U₁Vᵀ) + Φ₂(ab·U₂Vᵀ), and U₂ never moves; Θ̂ has no part in Φ₂.
#[derive(Debug)]
pub(in crate::observe) struct MinNorm {
    /// ab.
    scale: f64,
    /// Φ₁ᵀΘ̂, r × outputs.
    solution: Array2<f64>,
    /// QᵀU₂(0)ᵀΦ₂ᵀ, k × D.
    unseen: Array2<f64>,
}

impl MinNorm {
    /// Prepares to measure a linear network that has done no step.
    pub(in crate::observe) fn new<R: Real>(
        trainer: &Trainer<R>,
        frame: &LinearFrame,
        cancel: &Cancel,
    ) -> Result<Self, Cancelled> {
        let problem = trainer.problem();
        let y = problem.y.mapv(R::double);
        Ok(Self {
            scale: problem.a * problem.b,
            solution: frame.row_space.min_norm_coordinates(&y),
            unseen: frame.unseen_start(trainer, cancel)?,
        })
    }

    /// Notes ‖Θ − Θ̂‖₂, ‖Θ − Θ̂‖_F and ab·‖U₂(0)Vᵀ‖_F.
    pub(in crate::observe) fn measure(
        &self,
        now: &LinearWeights,
        cancel: &Cancel,
        record: &mut Record,
    ) -> Result<(), Cancelled> {
        let seen = self.scale * now.hidden.t().dot(&now.output) - &self.solution;
        let unseen = self.scale * self.unseen.t().dot(&now.output);
        let in_null_space = frobenius(&unseen);
        record.set(Quantity::NullSpaceProduct, in_null_space);
        let distance = frobenius(&seen).hypot(in_null_space);
        record.set(Quantity::MinNormDistanceFrobenius, distance);
        let square = seen.t().dot(&seen) + unseen.t().dot(&unseen);
        let largest = symmetric_eigenvalues(square, cancel)?
            .and_then(|values| values.first().map(|l| l.max(0.0).sqrt()));
        record.set_known(Quantity::MinNormDistance, largest);
        Ok(())
    }
}
