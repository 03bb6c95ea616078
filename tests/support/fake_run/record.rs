//! Records of an arm.

use std::collections::BTreeMap;
use std::sync::Arc;

use widescope::observe::Record;
use widescope::spec::Quantity;

use super::payload::{answers, distances, features, imbalance, kernel, spectrum, surface};

/// How far an arm leaves its linearization, and how fast it learns.
pub fn character(index: usize) -> (f64, f64) {
    let moving = [0.8, 0.02, 3.5, 0.2, 0.05, 1.4][index % 6];
    let rate = [9e-4, 4e-4, 2.2e-3, 6e-4, 3e-4, 1.3e-3][index % 6];
    (moving, rate)
}

pub fn record(index: usize, step: u64) -> Record {
    let (moving, rate) = character(index);
    let t = step as f64;
    let done = 1.0 - (-rate * t).exp();
    let wobble = 1.0 + 0.03 * (0.9 * (t + 1.0).ln() * (3.0 + index as f64)).sin();
    let size = [1.0, 1.0, 1.0 / 32.0][index % 3];
    let movement = moving * done * size;
    let scalars = BTreeMap::from([
        (
            Quantity::TrainLoss,
            0.5 * (-2.0 * rate * t).exp() * wobble + 1e-9,
        ),
        (
            Quantity::TestLoss,
            (0.5 - (0.3 + 0.05 * index as f64) * done) * wobble,
        ),
        (
            Quantity::LinearizedTrainLoss,
            0.5 * (-1.4 * rate * t).exp() + 1e-9,
        ),
        (Quantity::TrainAccuracy, 0.5 + 0.5 * done),
        (
            Quantity::TestAccuracy,
            0.5 + (0.35 + 0.03 * index as f64) * done,
        ),
        (Quantity::LazyGapTest, 4.0 * movement),
        (Quantity::LazyGapTrainMax, 3.0 * movement),
        (Quantity::FeatureMovement, movement),
        (Quantity::RelativeFeatureMovement, moving * done / 0.8),
        (Quantity::FeatureMovementBound, 0.2 * movement),
        (Quantity::NtkChange, 0.4 * moving * done),
        (Quantity::RelativeWeightDistance, 0.1 * moving * done),
        (Quantity::WeightDistance, 3.0 * moving * done),
        (Quantity::MaxNeuronDistance, 0.4 * moving * done),
        (Quantity::ImbalanceMax, 60.0 + 2.0 * moving * done),
        (Quantity::ImbalanceDrift, 1e-3 * moving * done),
        (
            Quantity::KernelAlignment,
            0.1 + 0.3 * moving.min(1.0) * done,
        ),
        (Quantity::PatternChanges, (0.2 * moving * done).min(0.5)),
    ]);
    Record {
        step,
        time: t / 200.0,
        scalars,
        singular_values: Some(spectrum(index, moving * done)),
        ntk_eigenvalues: None,
        features: Some(Arc::new(features(index, moving * done, size))),
        imbalance: Some(imbalance(index, moving * done)),
        neuron_distances: Some(distances(index, moving * done)),
        kernel: Some(Arc::new(kernel(index, moving * done))),
        surface: Some(Arc::new(surface(index, moving * done))),
        answers: answers(index, done),
    }
}
