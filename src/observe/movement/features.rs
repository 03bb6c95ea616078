//! Movement of the hidden features and of the weights from their start.

use rayon::prelude::*;

use crate::network::Real;
use crate::train::{NeuronBlock, Trainer};

use super::feature_sums::FeatureSums;

/// What of a movement is measured; the rest is left 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MovedParts {
    /// Features and their signs.
    pub features: bool,
    /// Weights.
    pub weights: bool,
}

impl MovedParts {
    /// Everything.
    pub const ALL: Self = Self {
        features: true,
        weights: true,
    };
}

/// Sums over all neurons of how far features and weights are from their start.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Movement {
    /// Σ |h_i^t(x_a) − h_i^0(x_a)| over neurons and training points.
    pub features: f64,
    /// Σ |h_i^0(x_a)|.
    pub features_at_start: f64,
    /// Σ |h_i^t(x_a)|.
    pub feature_sizes: f64,
    /// Pairs (i, a) whose sign differs from the start.
    pub changed_signs: u64,
    /// max_r ‖w_r − w_r(0)‖².
    pub largest_squared_distance: f64,
    /// ‖W − W(0)‖_F².
    pub squared_distance: f64,
    /// ‖V − V(0)‖_F².
    pub squared_output_distance: f64,
}

impl Movement {
    /// Measures a network; sums run in the order of the neurons.
    pub fn measure<R: Real>(trainer: &Trainer<R>, what: MovedParts) -> Self {
        if !what.features && !what.weights {
            return Self::default();
        }
        let b = trainer.problem().b;
        let parts: Vec<Self> = trainer
            .blocks()
            .par_iter()
            .map(|x| Self::of_block(x, b, what))
            .collect();
        parts.into_iter().fold(Self::default(), Self::plus)
    }

    fn of_block<R: Real>(block: &NeuronBlock<R>, b: f64, what: MovedParts) -> Self {
        let mut movement = Self::default();
        if what.features {
            let sums = FeatureSums::of(block);
            movement.features = sums.moved;
            movement.features_at_start = sums.at_start;
            movement.feature_sizes = sums.now;
            movement.changed_signs = sums.changed_signs;
        }
        if !what.weights {
            return movement;
        }
        for distance in block.squared_distances(b) {
            movement.largest_squared_distance = larger(movement.largest_squared_distance, distance);
            movement.squared_distance += distance;
        }
        movement.squared_output_distance = block.squared_output_distance();
        movement
    }

    fn plus(self, other: Self) -> Self {
        Self {
            features: self.features + other.features,
            features_at_start: self.features_at_start + other.features_at_start,
            feature_sizes: self.feature_sizes + other.feature_sizes,
            changed_signs: self.changed_signs + other.changed_signs,
            largest_squared_distance: larger(
                self.largest_squared_distance,
                other.largest_squared_distance,
            ),
            squared_distance: self.squared_distance + other.squared_distance,
            squared_output_distance: self.squared_output_distance + other.squared_output_distance,
        }
    }
}

/// The larger of two numbers; NaN where one is, unlike `f64::max`.
fn larger(x: f64, y: f64) -> f64 {
    if x.is_nan() || x > y { x } else { y }
}
