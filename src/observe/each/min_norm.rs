//! Distance of a linear network to the minimum-norm solution.

use ndarray::Array2;

use crate::linalg::{frobenius, symmetric_eigenvalues};
use crate::network::{Activation, Real};
use crate::observe::Record;
use crate::observe::cost::Cost;
use crate::observe::facts::{Facts, Moved, Needs, Neurons, Pass, Training};
use crate::observe::observation::{Now, Observation, Start};
use crate::observe::refusal::{Refusal, unless_squared};
use crate::spec::{Preset, Quantity};
use crate::task::Cancelled;

/// Compares Θ = ab·UVᵀ, the matrix of f(x) = Θᵀx, with Θ̂ = Φ⁺Y (linear networks, (12)–(16)).
///
/// Θ = Φ₁(ab·U₁Vᵀ) + Φ₂(ab·U₂Vᵀ), and U₂ never moves; Θ̂ has no part in Φ₂.
#[derive(Debug)]
pub(super) struct MinNorm {
    /// ab.
    scale: f64,
    /// Φ₁ᵀΘ̂, r × outputs.
    solution: Array2<f64>,
    /// QᵀU₂(0)ᵀΦ₂ᵀ, k × D.
    unseen: Array2<f64>,
}

impl<R: Real> Observation<R> for MinNorm {
    fn facts() -> Facts {
        Facts {
            quantities: &[
                Quantity::MinNormDistance,
                Quantity::MinNormDistanceFrobenius,
                Quantity::NullSpaceProduct,
            ],
            pass: Pass::Own,
            needs: Needs {
                training: Training::Outputs,
                test_points: false,
                movement: Moved::Nothing,
                neurons: Neurons::Unneeded,
                twin: false,
                linear_frame: true,
                path: false,
            },
            costly: true,
            refusal,
            cost: Cost::NOTHING,
        }
    }

    fn start(start: &Start<'_, R>) -> Result<Option<Self>, Cancelled> {
        let Some(frame) = start.frame else {
            return Ok(None);
        };
        let problem = start.trainer.problem();
        let y = problem.y.mapv(R::double);
        Ok(Some(Self {
            scale: problem.a * problem.b,
            solution: frame.row_space.min_norm_coordinates(&y),
            unseen: frame.unseen_start(start.trainer, start.cancel)?,
        }))
    }

    fn measure(&mut self, now: &Now<'_, R>, record: &mut Record) -> Result<(), Cancelled> {
        let Some(weights) = now.weights else {
            return Ok(());
        };
        let seen = self.scale * weights.hidden.t().dot(&weights.output) - &self.solution;
        let unseen = self.scale * self.unseen.t().dot(&weights.output);
        let in_null_space = frobenius(&unseen);
        record.set(Quantity::NullSpaceProduct, in_null_space);
        let distance = frobenius(&seen).hypot(in_null_space);
        record.set(Quantity::MinNormDistanceFrobenius, distance);
        let square = seen.t().dot(&seen) + unseen.t().dot(&unseen);
        let largest = symmetric_eigenvalues(square, now.cancel)?
            .and_then(|values| values.first().map(|l| l.max(0.0).sqrt()));
        record.set_known(Quantity::MinNormDistance, largest);
        Ok(())
    }
}

fn refusal(preset: &Preset) -> Option<Refusal> {
    // It is of f = UVᵀx alone.
    let of_network = if preset.network.output_bias {
        Some("MinNorm with network.output_bias false only")
    } else if preset.network.activation != Activation::Identity {
        Some("MinNorm with network.activation Identity only")
    } else {
        None
    };
    unless_squared(preset).or(of_network.map(Refusal::entry))
}
