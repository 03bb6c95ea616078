//! Constants of the map from the weights to the outputs (Song et al., Lemma 3).

use crate::linalg::{symmetric_eigenvalues, symmetric_norm};
use crate::network::Real;
use crate::observe::Record;
use crate::observe::cost::{Cost, KERNEL_PRODUCT, eigenvalue_work};
use crate::observe::facts::{Facts, Moved, Needs, Neurons, Pass, Training};
use crate::observe::kernel::feature_gram;
use crate::observe::kernel::symmetric_sum::SymmetricSum;
use crate::observe::observation::{Now, Observation, Start, of_length};
use crate::observe::refusal::Refusal;
use crate::spec::{Layers, Preset, Quantity};
use crate::task::Cancelled;
use crate::train::{Misfit, Shape};

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
    largest_output_norm: f64,
    memory: SymmetricSum,
}

impl<R: Real> Observation<R> for FeatureJacobian {
    fn facts() -> Facts {
        Facts {
            quantities: &[Quantity::MuPhi, Quantity::NuPhi, Quantity::BetaPhi],
            pass: Pass::Own,
            needs: Needs {
                training: Training::Gram,
                test_points: false,
                movement: Moved::Nothing,
                neurons: Neurons::Unneeded,
                twin: false,
                linear_frame: false,
                path: false,
            },
            costly: true,
            refusal,
            cost: Cost {
                every_record: |_| 0.0,
                full_record: work,
                held: |_| 0,
                record: |_| 0,
            },
        }
    }

    fn start(start: &Start<'_, R>) -> Result<Option<Self>, Cancelled> {
        let layers = start.trainer.problem().layers;
        if !(layers.hidden() && layers.output()) {
            return Ok(None);
        }
        let squares = start
            .trainer
            .gram()
            .diag()
            .iter()
            .fold(0.0f64, |m, x| m.max(*x));
        let norm = symmetric_norm(start.trainer.gram(), start.cancel)?;
        Ok(norm.map(|norm| Self {
            data_norm: norm.max(0.0).sqrt(),
            largest_input: squares.sqrt(),
            largest_output_norm: 0.0,
            memory: SymmetricSum::default(),
        }))
    }

    fn measure(&mut self, now: &Now<'_, R>, record: &mut Record) -> Result<(), Cancelled> {
        let (trainer, cancel) = (now.trainer, now.cancel);
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

    fn save(&self) -> Vec<f64> {
        vec![self.largest_output_norm]
    }

    fn restore(&mut self, saved: &[f64]) -> Result<(), Misfit> {
        [self.largest_output_norm] = of_length(saved)?;
        Ok(())
    }
}

fn refusal(preset: &Preset) -> Option<Refusal> {
    // It is of W and V alone.
    if preset.network.output_bias {
        Some("FeatureJacobian with network.output_bias false only")
    } else if preset.train.layers != Layers::Both {
        Some("FeatureJacobian with train.layers Both only")
    } else {
        None
    }
    .map(Refusal::entry)
}

fn work(shape: &Shape) -> f64 {
    let [m, n] = [shape.sizes.neurons, shape.sizes.n].map(|size| size as f64);
    if shape.layers == Layers::Both {
        KERNEL_PRODUCT * m * n * n + eigenvalue_work(n)
    } else {
        0.0
    }
}
