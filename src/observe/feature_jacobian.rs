//! Constants of the map from the weights to the outputs (Song et al., Lemma 3).

use crate::network::Real;
use crate::task::{Cancel, Cancelled};
use crate::train::Trainer;

use super::Record;
use super::kernel::feature_gram;
use super::kernel::symmetric_sum::SymmetricSum;
use crate::linalg::{symmetric_eigenvalues, symmetric_norm};
use crate::spec::Quantity;

/// Measures μ_Φ ≤ σ_min and ν_Φ ≥ σ_max of the adjoint derivative of Φ(W, V) = aVσ(bWΦᵀ), and the
/// Lipschitz constant β_Φ of that derivative, of a network whose layers are both trained.
///
/// μ_Φ = a·σ_min(σ(H)), ν_Φ = ab·max|σ'|·σ_max(Φ)·σ_max(V) + a·σ_max(σ(H)), and
/// β_Φ = √2·ab·σ_max(Φ)·(max|σ'| + max|σ''|·χ·b·max_a‖φ_a‖), χ the largest σ_max(V) so far. With
/// a = b = 1 and inputs of length 1 these are (18); the last factor is the ‖X‖ over the columns
/// that the proof drops.
#[derive(Debug)]
pub(super) struct FeatureJacobian {
    /// σ_max(Φ).
    data_norm: f64,
    /// max_a ‖φ_a‖.
    largest_input: f64,
    /// χ over the records so far.
    pub(super) largest_output_norm: f64,
    memory: SymmetricSum,
}

impl FeatureJacobian {
    /// Prepares to measure a network; `None` where the layers are not both trained or the data's
    /// norm can't be had.
    pub(super) fn new<R: Real>(
        trainer: &Trainer<R>,
        cancel: &Cancel,
    ) -> Result<Option<Self>, Cancelled> {
        let layers = trainer.problem().layers;
        if !(layers.hidden() && layers.output()) {
            return Ok(None);
        }
        let squares = trainer.gram().diag().iter().fold(0.0f64, |m, x| m.max(*x));
        let norm = symmetric_norm(trainer.gram(), cancel)?;
        Ok(norm.map(|norm| Self {
            data_norm: norm.max(0.0).sqrt(),
            largest_input: squares.sqrt(),
            largest_output_norm: 0.0,
            memory: SymmetricSum::default(),
        }))
    }

    /// Notes the constants; those that an unbounded σ' or σ'' makes infinite are left out.
    pub(super) fn measure<R: Real>(
        &mut self,
        trainer: &Trainer<R>,
        cancel: &Cancel,
        record: &mut Record,
    ) -> Result<(), Cancelled> {
        let problem = trainer.problem();
        let v = trainer.output_weights();
        let Some(output) = symmetric_norm(&v.dot(&v.t()), cancel)? else {
            return Ok(());
        };
        let output_norm = output.max(0.0).sqrt();
        self.largest_output_norm = self.largest_output_norm.max(output_norm);
        let gram = feature_gram(&mut self.memory, trainer, cancel)?;
        let Some(values) = symmetric_eigenvalues(gram, cancel)? else {
            return Ok(());
        };
        let root = |l: Option<&f64>| l.map_or(0.0, |l| l.max(0.0).sqrt());
        let smallest = if trainer.width() < problem.n() {
            0.0
        } else {
            root(values.last())
        };
        let (a, b) = (problem.a, problem.b);
        let (slope, curvature) = (
            problem.activation.lipschitz(),
            problem.activation.curvature(),
        );
        let finite = |x: f64| Some(x).filter(|x| x.is_finite());
        let nu = a * b * slope * self.data_norm * output_norm + a * root(values.first());
        let bend = curvature * self.largest_output_norm * b * self.largest_input;
        let beta = 2f64.sqrt() * a * b * self.data_norm * (slope + bend);
        record.set(Quantity::MuPhi, a * smallest);
        record.set_known(Quantity::NuPhi, finite(nu));
        record.set_known(Quantity::BetaPhi, finite(beta));
        Ok(())
    }
}
