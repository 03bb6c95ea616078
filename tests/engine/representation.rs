//! Weight space and sample space are one iteration.

use widescope::network::{Activation, Scaling};
use widescope::observe::{MovedParts, Movement};
use widescope::spec::Layers;
use widescope::task::Cancel;

use crate::problem::{Setting, random};

fn setting(activation: Activation, layers: Layers, scaling: Scaling, outputs: usize) -> Setting {
    Setting {
        seed: 11,
        m: 300,
        n: 17,
        n_test: 5,
        d: 23,
        outputs,
        activation,
        layers,
        parameterization: scaling.parameterization(),
        mean: true,
    }
}

#[test]
fn both_representations_agree_over_500_steps() {
    let cancel = Cancel::new();
    for scaling in [
        Scaling::Ours,
        Scaling::Ntk,
        Scaling::MeanField,
        Scaling::Standard,
    ] {
        for layers in [Layers::Hidden, Layers::Output, Layers::Both] {
            for (activation, outputs) in [(Activation::Tanh, 1), (Activation::Gelu, 3)] {
                let random = random::<f64>(setting(activation, layers, scaling, outputs));
                let step = if scaling == Scaling::Standard {
                    1e-4
                } else {
                    0.05
                };
                let mut weight = random.trainer(step, false);
                let mut sample = random.trainer(step, true);
                for _ in 0..500 {
                    weight.step(&cancel).unwrap();
                    sample.step(&cancel).unwrap();
                }
                assert!(weight.loss() < random.trainer(step, true).loss());
                let close = |x: f64, y: f64| (x - y).abs() <= 1e-10 * (1.0 + x.abs());
                for (x, y) in weight.outputs().iter().zip(&sample.outputs()) {
                    assert!(close(*x, *y), "{scaling:?} {layers:?}: f {x} {y}");
                }
                for (x, y) in weight.hidden_weights().iter().zip(&sample.hidden_weights()) {
                    assert!(close(*x, *y), "{scaling:?} {layers:?}: W {x} {y}");
                }
                let test = |t| {
                    widescope::observe::test_pass(t, None, &cancel)
                        .unwrap()
                        .f_test
                };
                for (x, y) in test(&weight).iter().zip(&test(&sample)) {
                    assert!(close(*x, *y), "{scaling:?} {layers:?}: f_test {x} {y}");
                }
            }
        }
    }
}

#[test]
fn movement_is_the_same_in_both() {
    let cancel = Cancel::new();
    let random = random::<f64>(setting(Activation::Relu, Layers::Both, Scaling::Ours, 1));
    let (mut weight, mut sample) = (random.trainer(0.1, false), random.trainer(0.1, true));
    for _ in 0..50 {
        weight.step(&cancel).unwrap();
        sample.step(&cancel).unwrap();
    }
    let (x, y) = (
        Movement::measure(&weight, MovedParts::ALL),
        Movement::measure(&sample, MovedParts::ALL),
    );
    assert!(x.features > 0.0 && x.squared_distance > 0.0 && x.squared_output_distance > 0.0);
    assert_eq!(x.changed_signs, y.changed_signs);
    for (x, y) in [
        (x.features, y.features),
        (x.squared_distance, y.squared_distance),
        (x.largest_squared_distance, y.largest_squared_distance),
        (x.squared_output_distance, y.squared_output_distance),
    ] {
        assert!((x - y).abs() <= 1e-9 * x, "{x} {y}");
    }
    let direct = (weight.hidden_weights() - &random.w)
        .iter()
        .map(|x| x * x)
        .sum::<f64>();
    assert!((x.squared_distance - direct).abs() <= 1e-12 * direct);
}

#[test]
fn single_precision_follows_double_precision() {
    let cancel = Cancel::new();
    let s = setting(Activation::Tanh, Layers::Hidden, Scaling::Ours, 1);
    for sample_space in [false, true] {
        let mut single = random::<f32>(s).trainer(0.5, sample_space);
        let mut double = random::<f64>(s).trainer(0.5, sample_space);
        for _ in 0..100 {
            single.step(&cancel).unwrap();
            double.step(&cancel).unwrap();
        }
        for (x, y) in single.outputs().iter().zip(&double.outputs()) {
            assert!((x - y).abs() < 5e-6, "{x} {y}");
        }
    }
}
