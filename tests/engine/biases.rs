//! Biases of the neurons and of the outputs, against a network written out number by number.

use ndarray::{Array1, Array2};
use widescope::data::LabelKind;
use widescope::network::{Activation, Factor, InitialWeights, Real, Scaling};
use widescope::observe::{Observer, test_pass, train_kernels};
use widescope::spec::{Layers, LossKind, Observable, Quantity};
use widescope::task::Cancel;
use widescope::train::{Batches, Problem, Storage, Trainer};

use crate::naive::Naive;
use crate::problem::{Setting, cheaper_storage, random};
use crate::twin::frobenius;

const LAYERS: [Layers; 3] = [Layers::Hidden, Layers::Output, Layers::Both];

const CUSTOM: Scaling = Scaling::Custom {
    a: factor(0.7, -0.5),
    b: factor(0.6, 0.0),
    step_factor: factor(1.3, 0.5),
    output_step_factor: factor(0.4, 0.0),
};

const fn factor(c: f64, m: f64) -> Factor {
    Factor { c, m, d: 0.0 }
}

fn setting(layers: Layers, scaling: Scaling) -> Setting {
    Setting {
        seed: 41,
        m: 9,
        n: 7,
        n_test: 5,
        d: 4,
        outputs: 3,
        activation: Activation::Gelu,
        layers,
        parameterization: scaling.parameterization(),
        mean: true,
    }
}

fn assert_close(got: &[f64], expected: &[f64], tolerance: f64, what: &str) {
    assert_eq!(got.len(), expected.len(), "{what}");
    for (x, y) in got.iter().zip(expected) {
        assert!(
            (x - y).abs() <= tolerance * (1.0 + y.abs()),
            "{what}: {x}, expected {y}"
        );
    }
}

const SPACES: [Storage; 3] = [
    Storage::WeightSpace,
    Storage::SampleSpace,
    Storage::WeightsOnly,
];

#[test]
fn a_step_follows_the_differences_of_the_loss_in_every_weight_and_bias() {
    for (layers, scaling) in LAYERS
        .into_iter()
        .flat_map(|l| [Scaling::Standard, Scaling::Ntk, CUSTOM].map(|scaling| (l, scaling)))
    {
        for loss in [LossKind::Squared, LossKind::CrossEntropy] {
            let mut naive = Naive::new(setting(layers, scaling));
            if loss == LossKind::CrossEntropy {
                naive.problem.loss = loss;
                let one_hot = |(a, p): (usize, usize)| f64::from(u8::from(a % 3 == p));
                naive.problem.y = Array2::from_shape_fn((7, 3), one_hot);
            }
            let gradient = naive.differences(|t| vec![naive.loss(t)]);
            let rates = naive.steps();
            for storage in SPACES {
                let what = format!("{layers:?} {scaling:?} {loss:?} {storage:?}");
                let mut trainer = naive.double_trainer(1e-3, storage);
                let at_start = naive.loss(&naive.start);
                assert_close(&[trainer.loss()], &[at_start], 1e-13, &what);
                trainer.step(&Cancel::new()).unwrap();
                let moved: Vec<f64> = naive
                    .parameters(&trainer)
                    .iter()
                    .zip(&naive.start)
                    .map(|(now, before)| (now - before) / -1e-3)
                    .collect();
                let expected: Vec<f64> = rates.iter().zip(&gradient).map(|(r, g)| r * g).collect();
                assert_close(&moved, &expected, 1e-8, &what);
            }
        }
    }
}

#[test]
fn stochastic_descent_is_the_loop_written_out() {
    for layers in LAYERS {
        let naive = Naive::new(setting(layers, Scaling::Standard));
        for storage in SPACES {
            let mut trainer = naive.double_trainer(0.02, storage);
            let mut batches = Batches::shuffled(7, 3, 8);
            let mut t = naive.start.clone();
            for step in 0..150 {
                let points = batches.at(step).to_vec();
                // The mean over the points of the batch and the three outputs.
                let factor = 2.0 / (3.0 * points.len() as f64);
                trainer.batch_step(&points, factor, &Cancel::new()).unwrap();
                naive.sgd_step(&mut t, 0.02, factor, &points);
            }
            trainer.refresh(&Cancel::new()).unwrap();
            let what = format!("{layers:?} {storage:?}");
            assert_close(&naive.parameters(&trainer), &t, 1e-12, &what);
            let f = naive.outputs(&t, &naive.x);
            let got: Vec<f64> = trainer.outputs().iter().copied().collect();
            assert_close(&got, f.as_slice().unwrap(), 1e-12, &what);
            let pass = test_pass(&trainer, None, &Cancel::new()).unwrap();
            let f_test = naive.outputs(&t, &naive.x_test);
            let got: Vec<f64> = pass.f_test.iter().copied().collect();
            assert_close(&got, f_test.as_slice().unwrap(), 1e-12, &what);
        }
    }
}

/// The Jacobian by differences at points x, a row a (point, output), a column a trained parameter
/// times the root of its step, 1 where `plain`.
fn jacobian(naive: &Naive, x: &Array2<f64>, plain: bool) -> Array2<f64> {
    let mut j = naive.differences(|t| naive.outputs(t, x).into_iter().collect());
    for (mut row, rate) in j.outer_iter_mut().zip(naive.steps()) {
        row *= match plain {
            true => f64::from(u8::from(rate > 0.0)),
            false => rate.sqrt(),
        };
    }
    j.reversed_axes()
}

#[test]
fn the_kernel_and_the_gradient_have_the_part_of_the_biases() {
    for layers in LAYERS {
        let naive = Naive::new(setting(layers, CUSTOM));
        let trainer = naive.double_trainer(1.0, Storage::WeightSpace);
        let kernel = train_kernels(&trainer, &Cancel::new()).unwrap();
        let got: Vec<f64> = kernel.combined(1.0, 1.0).into_iter().collect();
        let j = jacobian(&naive, &naive.x, true);
        let expected: Vec<f64> = j.dot(&j.t()).into_iter().collect();
        assert_close(&got, &expected, 1e-8, &format!("{layers:?}"));

        let observables = [Observable::Gradient];
        let observer = Observer::new(&trainer, &observables, LabelKind::Real, &Cancel::new());
        let record = observer.unwrap().measure(&trainer, 0.0, &Cancel::new());
        let got = record.unwrap().get(Quantity::GradientNorm).unwrap();
        let gradient = naive.differences(|t| vec![naive.loss(t)]);
        let trained = gradient.iter().zip(naive.steps());
        let trained = trained.filter(|(_, rate)| *rate > 0.0);
        let norm = trained.map(|(g, _)| g * g).sum::<f64>().sqrt();
        assert_close(&[got], &[norm], 1e-8, &format!("{layers:?} gradient"));
    }
}

#[test]
fn the_twin_trains_the_biases_of_the_linear_model() {
    let cancel = Cancel::new();
    for layers in LAYERS {
        for on_batches in [false, true] {
            let naive = Naive::new(setting(layers, CUSTOM));
            let mut trainer = naive.double_trainer(0.3, Storage::WeightSpace);
            let observables = [Observable::LazyGap];
            let mut observer =
                Observer::new(&trainer, &observables, LabelKind::Real, &cancel).unwrap();
            let j = jacobian(&naive, &naive.x, false);
            let j_test = jacobian(&naive, &naive.x_test, false);
            let mut moved = Array1::<f64>::zeros(j.ncols());
            let (f, f_test) = (
                naive.outputs(&naive.start, &naive.x),
                naive.outputs(&naive.start, &naive.x_test),
            );
            let linear = |f: &Array2<f64>, j: &Array2<f64>, moved: &Array1<f64>| {
                let flat = j.dot(moved);
                Array2::from_shape_fn(f.dim(), |(a, p)| f[[a, p]] + flat[a * 3 + p])
            };
            let mut batches = Batches::shuffled(7, if on_batches { 3 } else { 7 }, 8);
            for step in 0..60 {
                let points = batches.at(step).to_vec();
                let factor = 1.0 / points.len() as f64;
                let residual = linear(&f, &j, &moved) - &naive.problem.y;
                for a in &points {
                    for p in 0..3 {
                        let row = j.row(a * 3 + p);
                        moved.scaled_add(-0.3 * factor * residual[[*a, p]], &row);
                    }
                }
                if on_batches {
                    trainer.batch_step(&points, factor, &cancel).unwrap();
                    observer.advance_twin_batch(0.3, factor, &points);
                } else {
                    trainer.step(&cancel).unwrap();
                    observer.advance_twin(0.3, 1);
                }
            }
            trainer.refresh(&cancel).unwrap();
            let record = observer.measure(&trainer, 0.0, &cancel).unwrap();
            let outputs_test = test_pass(&trainer, None, &cancel).unwrap().f_test;
            for (quantity, gap) in [
                (
                    Quantity::LazyGapTrain,
                    trainer.outputs() - linear(&f, &j, &moved),
                ),
                (
                    Quantity::LazyGapTest,
                    outputs_test - linear(&f_test, &j_test, &moved),
                ),
            ] {
                let what = format!("{layers:?} {on_batches} {quantity:?}");
                let (got, expected) = (record.get(quantity).unwrap(), frobenius(gap));
                assert_close(&[got], &[expected], 1e-7, &what);
            }
        }
    }
}

#[test]
fn a_reduced_linear_network_has_the_same_biases() {
    let setting = Setting {
        activation: Activation::Identity,
        m: 40,
        ..setting(Layers::Both, Scaling::Ntk)
    };
    let random = random::<f64>(setting);
    let c = Array1::from(vec![0.3, -1.2, 0.8]);
    let cancel = Cancel::new();
    let w = InitialWeights::Given(random.w.clone());
    let problem = random.problem.clone();
    let storage = cheaper_storage(&problem);
    let mut reduced = Trainer::reduced(problem, w, &random.v, 0.1, storage, &cancel)
        .unwrap()
        .with_output_bias(&c);
    let mut whole = random.trainer(0.1, false).with_output_bias(&c);
    assert!(reduced.is_reduced());
    for _ in 0..100 {
        reduced.step(&cancel).unwrap();
        whole.step(&cancel).unwrap();
    }
    let of = |trainer: &Trainer<f64>| {
        let c = trainer.output_bias().unwrap();
        let (w, v) = (trainer.hidden_weights(), trainer.output_weights());
        c.into_iter().chain(w).chain(v).collect::<Vec<f64>>()
    };
    assert_close(&of(&reduced), &of(&whole), 1e-11, "reduced");
}

#[test]
fn single_precision_agrees_to_its_rounding() {
    let naive = Naive::new(setting(Layers::Both, Scaling::Standard));
    let p = naive.problem.clone();
    let single = Problem {
        phi: p.phi.mapv(f32::of),
        phi_test: p.phi_test.mapv(f32::of),
        y: p.y.mapv(f32::of),
        y_test: p.y_test.mapv(f32::of),
        plane: None,
        activation: p.activation,
        a: p.a,
        b: p.b,
        loss: p.loss,
        loss_factor: p.loss_factor,
        test_loss_factor: p.test_loss_factor,
        hidden_step_factor: p.hidden_step_factor,
        output_step_factor: p.output_step_factor,
        layers: p.layers,
    };
    let mut single = naive.trainer(single, 0.02, Storage::WeightSpace);
    let mut double = naive.double_trainer(0.02, Storage::WeightSpace);
    for _ in 0..50 {
        single.step(&Cancel::new()).unwrap();
        double.step(&Cancel::new()).unwrap();
    }
    let (got, expected) = (single.output_bias().unwrap(), double.output_bias().unwrap());
    assert_close(&got.to_vec(), &expected.to_vec(), 1e-5, "c");
    let outputs = |f: Array2<f64>| f.iter().copied().collect::<Vec<f64>>();
    assert_close(
        &outputs(single.outputs()),
        &outputs(double.outputs()),
        1e-5,
        "f",
    );
}
