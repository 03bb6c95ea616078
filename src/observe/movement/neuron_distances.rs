//! How far single neurons are from their start.

use std::sync::Arc;

use crate::network::Real;
use crate::train::Trainer;

use crate::observe::test_pass::sampled_neurons;

/// ‖w_r(t) − w_r(0)‖ of the neurons whose features are sampled, in their order.
pub(in crate::observe) fn neuron_distances<R: Real>(trainer: &Trainer<R>) -> Arc<[f32]> {
    let b = trainer.problem().b;
    let blocks = trainer.blocks().iter();
    let all: Vec<f64> = blocks.flat_map(|x| x.squared_distances(b)).collect();
    let sample = sampled_neurons(all.len()).into_iter();
    sample
        .filter_map(|r| all.get(r).map(|d| d.sqrt() as f32))
        .collect()
}
