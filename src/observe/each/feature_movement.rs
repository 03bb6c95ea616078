//! Mean movement of the hidden features and its lower bound.

use ndarray::Array2;

use crate::network::Real;
use crate::observe::Record;
use crate::observe::cost::Cost;
use crate::observe::facts::{Facts, Moved, Needs, Neurons, Pass, Training};
use crate::observe::observation::{Now, Observation, Start};
use crate::observe::refusal::never;
use crate::spec::Quantity;
use crate::task::Cancelled;
use crate::train::Trainer;

/// Compares the features with their start.
#[derive(Debug)]
pub(super) struct FeatureMovement {
    /// Outputs at the start, n × outputs.
    outputs: Array2<f64>,
    largest_output_weight: f64,
}

impl<R: Real> Observation<R> for FeatureMovement {
    fn facts() -> Facts {
        Facts {
            quantities: &[
                Quantity::FeatureMovement,
                Quantity::RelativeFeatureMovement,
                Quantity::FeatureMovementBound,
                Quantity::FeatureSize,
            ],
            pass: Pass::Outputs,
            needs: Needs {
                training: Training::Features,
                test_points: false,
                movement: Moved::Features,
                neurons: Neurons::Needed,
                twin: false,
                linear_frame: false,
                path: false,
            },
            costly: false,
            refusal: never,
            cost: Cost::NOTHING,
        }
    }

    fn start(start: &Start<'_, R>) -> Result<Option<Self>, Cancelled> {
        let v = start.trainer.output_weights();
        Ok(Some(Self {
            outputs: start.trainer.outputs(),
            largest_output_weight: v.iter().fold(0.0, |m, v| m.max(v.abs())),
        }))
    }

    fn measure(&mut self, now: &Now<'_, R>, record: &mut Record) -> Result<(), Cancelled> {
        let (trainer, movement) = (now.trainer, &now.movement);
        let entries = (trainer.width() * trainer.problem().n()) as f64;
        record.set(Quantity::FeatureMovement, movement.features / entries);
        let relative = movement.features / movement.features_at_start;
        record.set(Quantity::RelativeFeatureMovement, relative);
        record.set(Quantity::FeatureSize, movement.feature_sizes / entries);
        record.set_known(Quantity::FeatureMovementBound, self.bound(trainer));
        Ok(())
    }
}

impl FeatureMovement {
    /// Chen et al. (15), averaged over the training points: the mean movement of the features is at
    /// least mean |f^t − f^0|/(a·m·ĉ·L_σ). For one output, V fixed and σ Lipschitz.
    fn bound<R: Real>(&self, trainer: &Trainer<R>) -> Option<f64> {
        let problem = trainer.problem();
        let lipschitz = problem.activation.lipschitz();
        let applies = problem.outputs() == 1 && !problem.layers.output() && lipschitz.is_finite();
        let scale = problem.a * trainer.width() as f64 * self.largest_output_weight * lipschitz;
        (applies && scale > 0.0).then(|| {
            let change = &trainer.outputs() - &self.outputs;
            change.iter().map(|x| x.abs()).sum::<f64>() / (problem.n() as f64 * scale)
        })
    }
}
