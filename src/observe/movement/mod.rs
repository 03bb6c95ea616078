//! Movement of features and weights, as scalars.

pub(super) mod feature_sums;
pub(super) mod features;
pub(super) mod neuron_distances;

use ndarray::Array2;

use crate::network::Real;
use crate::spec::{Observable, Quantity};
use crate::train::Trainer;

use super::Record;
use features::{MovedParts, Movement};
use neuron_distances::neuron_distances;

/// Compares a network with its start.
#[derive(Debug)]
pub(super) struct MovementMeasures {
    wanted: Vec<Observable>,
    /// Outputs at the start, n × outputs.
    outputs: Array2<f64>,
    weight_norm: f64,
    largest_output_weight: f64,
}

impl MovementMeasures {
    /// Prepares to measure a network that has done no step.
    pub(super) fn new<R: Real>(trainer: &Trainer<R>, observables: &[Observable]) -> Self {
        let v = trainer.output_weights();
        Self {
            wanted: observables.to_vec(),
            outputs: trainer.outputs(),
            weight_norm: trainer.initial_weight_norm(),
            largest_output_weight: v.iter().fold(0.0, |m, v| m.max(v.abs())),
        }
    }

    fn wants(&self, observable: Observable) -> bool {
        self.wanted.contains(&observable)
    }

    fn what(&self) -> MovedParts {
        MovedParts {
            features: self.wants(Observable::FeatureMovement)
                || self.wants(Observable::PatternChanges),
            weights: self.wants(Observable::Distances),
        }
    }

    /// Notes what is wanted of movement, sign patterns and distances.
    pub(super) fn measure<R: Real>(&self, trainer: &Trainer<R>, record: &mut Record) {
        let movement = Movement::measure(trainer, self.what());
        let entries = (trainer.width() * trainer.problem().n()) as f64;
        if self.wants(Observable::FeatureMovement) {
            record.set(Quantity::FeatureMovement, movement.features / entries);
            let relative = movement.features / movement.features_at_start;
            record.set(Quantity::RelativeFeatureMovement, relative);
            record.set(Quantity::FeatureSize, movement.feature_sizes / entries);
            record.set_known(Quantity::FeatureMovementBound, self.movement_bound(trainer));
        }
        if self.wants(Observable::PatternChanges) {
            record.set(
                Quantity::PatternChanges,
                movement.changed_signs as f64 / entries,
            );
        }
        if self.wants(Observable::NeuronDistances) {
            record.neuron_distances = Some(neuron_distances(trainer));
        }
        if self.wants(Observable::Distances) {
            let distance = movement.squared_distance.sqrt();
            // The neurons of a reduced network are no neurons of the whole one.
            if !trainer.is_reduced() {
                let largest = movement.largest_squared_distance.sqrt();
                record.set(Quantity::MaxNeuronDistance, largest);
            }
            record.set(Quantity::WeightDistance, distance);
            record.set(
                Quantity::RelativeWeightDistance,
                distance / self.weight_norm,
            );
            record.set(
                Quantity::OutputDistance,
                movement.squared_output_distance.sqrt(),
            );
        }
    }

    /// Chen et al. (15), averaged over the training points: the mean movement of the features is at
    /// least mean |f^t − f^0|/(a·m·ĉ·L_σ). For one output, V fixed and σ Lipschitz.
    fn movement_bound<R: Real>(&self, trainer: &Trainer<R>) -> Option<f64> {
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
