//! Features of ReLU and leaky ReLU that evolve by themselves, against those that follow from the weights.

use ndarray::Array2;
use widescope::network::{Activation, Scaling};
use widescope::spec::Layers;
use widescope::task::Cancel;
use widescope::train::{Trainer, evolves};

use crate::problem::{Random, Setting, random};
use crate::twin::frobenius;

/// Neither whole blocks nor whole vectors of neurons, nor whole groups of points.
fn setting(activation: Activation, layers: Layers) -> Setting {
    Setting {
        seed: 23,
        m: 300,
        n: 19,
        n_test: 5,
        d: 40,
        outputs: 1,
        activation,
        layers,
        parameterization: Scaling::Ours.parameterization(),
        mean: true,
    }
}

fn trained(random: &Random<f64>, sample_space: bool, steps: u32) -> Trainer<f64> {
    let (cancel, mut trainer) = (Cancel::new(), random.trainer(0.5, sample_space));
    trainer.measure_path();
    for _ in 0..steps {
        trainer.step(&cancel).unwrap();
    }
    trainer
}

const KINKED: [Activation; 2] = [Activation::Relu, Activation::LeakyRelu];

#[test]
fn they_are_those_of_weight_space_and_so_is_the_path() {
    for activation in KINKED {
        for layers in [Layers::Hidden, Layers::Both] {
            let setting = setting(activation, layers);
            let random = random::<f64>(setting);
            let (weight, sample) = (trained(&random, false, 300), trained(&random, true, 300));
            assert!(evolves(activation, layers, sample.storage(), setting.n, 1));
            let start = random.trainer(0.5, true).loss();
            assert!(sample.loss() < 0.2 * start, "{} of {start}", sample.loss());
            for (x, y) in weight.outputs().iter().zip(&sample.outputs()) {
                assert!((x - y).abs() < 1e-11, "{activation:?} {layers:?}: {x} {y}");
            }
            let difference = frobenius(weight.hidden_weights() - sample.hidden_weights());
            assert!(difference < 1e-10, "{activation:?} {layers:?} {difference}");
            let paths = [weight, sample].map(|trainer| trainer.path_length().unwrap());
            assert!(paths[0] > 0.1 && (paths[0] / paths[1] - 1.0).abs() < 1e-9);
        }
    }
}

/// The features held, m × n.
fn features(trainer: &Trainer<f32>) -> Array2<f64> {
    let blocks: Vec<_> = trainer.blocks().iter().map(|b| b.h.view()).collect();
    let whole = ndarray::concatenate(ndarray::Axis(0), &blocks).unwrap();
    whole.mapv(f64::from)
}

#[test]
fn singles_follow_doubles_over_twenty_thousand_steps() {
    let cancel = Cancel::new();
    for activation in KINKED {
        let setting = setting(activation, Layers::Hidden);
        let (single, double) = (random::<f32>(setting), random::<f64>(setting));
        let (mut single, mut double) = (single.trainer(0.1, true), double.trainer(0.1, false));
        for _ in 0..20_000 {
            single.step(&cancel).unwrap();
            double.step(&cancel).unwrap();
        }
        // Weights in single precision leave the outputs off by 3e-5, and the loss by its double.
        let off = frobenius(single.outputs() - double.outputs());
        assert!(off < 1e-6, "{activation:?}: {off:e}");
        let (loss, exact) = (single.loss(), double.loss());
        assert!((loss / exact - 1.0).abs() < 0.01, "{loss:e} {exact:e}");
        // C is rounded at every step, as W would be.
        let moved = frobenius(double.hidden_weights() - double.initial_rows(0..300));
        let off = frobenius(single.hidden_weights() - double.hidden_weights());
        assert!(off < 2e-4 * moved, "{activation:?}: {off:e} of {moved}");
    }
}

#[test]
fn a_restored_network_goes_on_bit_by_bit() {
    let cancel = Cancel::new();
    for activation in KINKED {
        let random = random::<f32>(setting(activation, Layers::Both));
        let mut whole = random.trainer(0.5, true);
        let mut saved = None;
        for step in 0..60 {
            if step == 37 {
                saved = Some(whole.save());
            }
            whole.step(&cancel).unwrap();
        }
        let mut resumed = random.trainer(0.5, true);
        resumed.restore(&saved.unwrap()).unwrap();
        resumed.refresh(&cancel).unwrap();
        while resumed.steps_done() < 60 {
            resumed.step(&cancel).unwrap();
        }
        assert_eq!(features(&resumed), features(&whole), "{activation:?}");
        assert_eq!(resumed.residual(), whole.residual(), "{activation:?}");
        assert_eq!(resumed.hidden_weights(), whole.hidden_weights());
    }
}

#[test]
fn batches_after_full_steps_take_the_features_from_the_weights() {
    let cancel = Cancel::new();
    let random = random::<f64>(setting(Activation::Relu, Layers::Hidden));
    let [weight, sample] = [false, true].map(|sample_space| {
        let mut trainer = trained(&random, sample_space, 10);
        trainer.batch_step(&[3, 0, 7], 0.3, &cancel).unwrap();
        trainer.refresh(&cancel).unwrap();
        trainer.step(&cancel).unwrap();
        trainer.outputs()
    });
    assert!(frobenius(weight - sample) < 1e-12);
}
