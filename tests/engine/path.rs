//! Path length against the weights of every step.

use ndarray::Array2;
use widescope::network::{Activation, Scaling};
use widescope::spec::Layers;
use widescope::task::Cancel;
use widescope::train::{Batches, Trainer};

use crate::problem::{Setting, random};
use crate::twin::frobenius;

fn path(sample_space: bool, mut step: impl FnMut(&mut Trainer<f64>)) -> (f64, f64) {
    let mut trainer = random::<f64>(Setting {
        seed: 41,
        m: 140,
        n: 10,
        n_test: 0,
        d: 8,
        outputs: 2,
        activation: Activation::Gelu,
        layers: Layers::Both,
        parameterization: Scaling::Ours.parameterization(),
        mean: true,
    })
    .trainer(0.7, sample_space);
    trainer.measure_path();
    let mut expected = 0.0;
    for _ in 0..50 {
        let before: Array2<f64> = trainer.hidden_weights();
        step(&mut trainer);
        expected += frobenius(trainer.hidden_weights() - before);
    }
    (trainer.path_length().unwrap(), expected)
}

#[test]
fn the_path_is_the_sum_of_the_steps_of_the_weights() {
    let cancel = Cancel::new();
    for sample_space in [false, true] {
        let mut batches = Batches::with_replacement(10, 4, 6);
        let descent = path(sample_space, |t| t.step(&cancel).unwrap());
        let sgd = path(sample_space, |t| {
            let points = batches.at(t.steps_done());
            t.batch_step(points, 0.25, &cancel).unwrap();
        });
        for (got, expected) in [descent, sgd] {
            assert!(expected > 0.1);
            assert!((got / expected - 1.0).abs() < 1e-9, "{got} {expected}");
        }
    }
}
