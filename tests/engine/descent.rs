//! Many steps in a row by the kernels made for them, against one general step after the other.

use ndarray::{Array1, Array2};
use widescope::network::{Activation, Factor, Parameterization, Real};
use widescope::spec::{Layers, LossKind};
use widescope::task::Cancel;
use widescope::train::{Trainer, Watch};

use crate::problem::{Random, Setting, random};

const NOTHING: Watch = Watch {
    low: f64::NEG_INFINITY,
    high: f64::INFINITY,
};

const EVERY_LAYER: [Layers; 3] = [Layers::Hidden, Layers::Output, Layers::Both];

fn factors() -> Parameterization {
    Parameterization {
        a: Factor::power(-0.5, 0.0),
        b: Factor::power(0.0, -0.5),
        hidden_step: Factor::constant(0.7),
        output_step: Factor::constant(1.5),
    }
}

fn linear(seed: u64, [m, n, d, outputs]: [usize; 4], layers: Layers) -> Random<f64> {
    random(Setting {
        seed,
        m,
        n,
        n_test: 3,
        d,
        outputs,
        activation: Activation::Identity,
        layers,
        parameterization: factors(),
        mean: true,
    })
}

fn distance(x: &Array2<f64>, y: &Array2<f64>) -> f64 {
    let size = x.iter().fold(1.0f64, |m, x| m.max(x.abs()));
    let pairs = x.iter().zip(y);
    pairs.fold(0.0f64, |m, (x, y)| m.max((x - y).abs())) / size
}

/// Steps of both kinds from the same start: the same weights, outputs, loss and path.
fn agree(case: &str, general: &mut Trainer<f64>, steps: u64) {
    let cancel = Cancel::new();
    let mut many = general.clone();
    many.prepare_descent();
    assert!(
        many.bytes() > general.bytes(),
        "{case}: no kernels of its own"
    );
    let first = general.loss();
    for trainer in [&mut *general, &mut many] {
        trainer.measure_path();
    }
    for _ in 0..steps {
        general.step(&cancel).unwrap();
    }
    let descended = many.descend(steps, NOTHING, &cancel).unwrap();
    assert_eq!(descended.steps, steps, "{case}");
    many.refresh(&cancel).unwrap();
    assert_eq!(many.steps_done(), steps);
    assert!(general.loss() < first, "{case}: {first} {}", general.loss());
    let same = |what: &str, x: &Array2<f64>, y: &Array2<f64>| {
        let error = distance(x, y);
        assert!(error < 1e-12, "{case}: {what} {error:e}");
    };
    same("W", &general.hidden_weights(), &many.hidden_weights());
    same("V", &general.output_weights(), &many.output_weights());
    same("f", &general.outputs(), &many.outputs());
    for (x, y) in general.blocks().iter().zip(many.blocks()) {
        same("H", &x.h, &y.h);
        same("σ'(H)", &x.slope, &y.slope);
    }
    let (x, y) = (general.path_length().unwrap(), many.path_length().unwrap());
    assert!((x - y).abs() <= 1e-11 * x, "{case}: path {x} {y}");
    let ratio = many.loss() / general.loss();
    assert!((ratio - 1.0).abs() < 1e-11, "{case}: loss {ratio}");
}

#[test]
fn linear_networks_take_the_general_steps() {
    for (i, sizes) in [
        [9, 7, 30, 1],
        [13, 40, 6, 3],
        [150, 33, 50, 2],
        [260, 17, 9, 1],
    ]
    .into_iter()
    .enumerate()
    {
        for layers in EVERY_LAYER {
            for sample_space in [false, true] {
                let case = format!("{sizes:?} {layers:?} sample space: {sample_space}");
                let random = linear(i as u64, sizes, layers);
                agree(&case, &mut random.trainer(0.02, sample_space), 300);
            }
        }
    }
}

#[test]
fn so_do_linear_networks_with_biases_of_the_outputs_and_under_the_cross_entropy() {
    for kind in [LossKind::Squared, LossKind::CrossEntropy] {
        for sample_space in [false, true] {
            let mut random = linear(11, [20, 15, 8, 3], Layers::Both);
            random.problem.loss = kind;
            random.problem.y = Array2::from_shape_fn((15, 3), |(a, p)| f64::from(a % 3 == p));
            let c = Array1::from(vec![0.3, -0.2, 0.5]);
            let mut trainer = random.trainer(0.1, sample_space).with_output_bias(&c);
            let case = format!("{kind:?} sample space: {sample_space}");
            agree(&case, &mut trainer, 200);
            assert!(trainer.output_bias().unwrap()[0] != c[0]);
        }
    }
}

fn small<R: Real>(seed: u64, activation: Activation, [m, n, d]: [usize; 3]) -> Random<R> {
    let mut random = random(Setting {
        seed,
        m,
        n,
        n_test: 3,
        d,
        outputs: 1,
        activation,
        layers: Layers::Hidden,
        parameterization: factors(),
        mean: true,
    });
    random.w.mapv_inplace(|w| 0.7 * w);
    random
}

#[test]
fn small_networks_take_the_general_steps() {
    let sizes = [
        [1, 1, 1],
        [7, 33, 5],
        [25, 100, 25],
        [12, 17, 12],
        [19, 50, 40],
        [64, 9, 3],
    ];
    let curved = Activation::ALL
        .into_iter()
        .filter(|a| *a != Activation::Identity);
    for (i, activation) in curved.enumerate() {
        for sizes in sizes {
            let case = format!("{activation:?} {sizes:?}");
            let random = small::<f64>(20 + i as u64, activation, sizes);
            let step = if sizes[0] == 128 { 0.003 } else { 0.05 };
            agree(&case, &mut random.trainer(step, false), 200);
        }
    }
}

/// A small network whose neurons share their |v|, with W this many times as large.
fn sharing<R: Real>(sizes: [usize; 3], scale: f64) -> Trainer<R> {
    let mut random = small::<R>(60, Activation::Softplus, sizes);
    random.w.mapv_inplace(|w| scale * w);
    for (i, v) in random.v.iter_mut().enumerate() {
        *v = [1.0, -1.0, 1.0, 0.25][i % 4];
    }
    random.trainer(0.02, false)
}

/// The softplus of neurons that share a |v| is summed by a product, however large their features are.
#[test]
fn so_do_small_networks_whose_neurons_share_their_size() {
    let cancel = Cancel::new();
    for sizes in [[12, 100, 12], [25, 40, 25], [64, 9, 3], [8, 1, 2]] {
        for scale in [0.5, 40.0, 5000.0] {
            let case = format!("{sizes:?} W × {scale}");
            let mut double = sharing::<f64>(sizes, scale);
            agree(&case, &mut double.clone(), 100);
            let mut single = sharing::<f32>(sizes, scale);
            single.prepare_descent();
            single.descend(20, NOTHING, &cancel).unwrap();
            single.refresh(&cancel).unwrap();
            for _ in 0..20 {
                double.step(&cancel).unwrap();
            }
            let error = distance(&single.outputs(), &double.outputs());
            assert!(error < 2e-5, "{case}: f {error:e}");
        }
    }
}

#[test]
fn small_networks_in_single_precision_stay_near_those_in_double() {
    let cancel = Cancel::new();
    let of = |activation, sizes| {
        let mut single = small::<f32>(40, activation, sizes).trainer(0.05, false);
        let mut double = small::<f64>(40, activation, sizes).trainer(0.05, false);
        single.prepare_descent();
        let first = double.loss();
        for _ in 0..200 {
            double.step(&cancel).unwrap();
        }
        single.descend(200, NOTHING, &cancel).unwrap();
        single.refresh(&cancel).unwrap();
        assert!(double.loss() < 0.98 * first);
        let error = distance(&single.outputs(), &double.outputs());
        assert!(error < 2e-5, "{activation:?} {sizes:?}: f {error:e}");
        let error = distance(&single.hidden_weights(), &double.hidden_weights());
        assert!(error < 2e-5, "{activation:?} {sizes:?}: W {error:e}");
    };
    for activation in [Activation::Softplus, Activation::Tanh, Activation::Gelu] {
        for sizes in [[7, 33, 5], [25, 100, 25], [12, 17, 12], [3, 100, 1]] {
            of(activation, sizes);
        }
    }
}

#[test]
fn a_diverged_small_network_is_seen() {
    let cancel = Cancel::new();
    for activation in Activation::ALL {
        let random = small::<f32>(50, activation, [12, 30, 8]);
        let mut trainer = random.trainer(1e30, false);
        trainer.prepare_descent();
        let watch = Watch {
            low: 0.0,
            high: 1e8 * trainer.loss(),
        };
        let descended = trainer.descend(1000, watch, &cancel).unwrap();
        trainer.refresh(&cancel).unwrap();
        let bounded = matches!(
            activation,
            Activation::Tanh | Activation::Sigmoid | Activation::Erf
        );
        assert!(
            bounded || descended.steps < 10,
            "{activation:?} {descended:?}"
        );
        let is_beyond = trainer.loss().is_nan() || trainer.loss() >= watch.high;
        assert!(bounded || is_beyond, "{activation:?}");
    }
}

/// A trainer that is looked at after every one of these numbers of steps in a row.
fn in_rows(start: &Trainer<f64>, rows: &[u64]) -> Trainer<f64> {
    let cancel = Cancel::new();
    let mut trainer = start.clone();
    for steps in rows {
        let target = trainer.steps_done() + steps;
        while trainer.steps_done() < target {
            let left = target - trainer.steps_done();
            trainer.descend(left, NOTHING, &cancel).unwrap();
        }
        trainer.refresh(&cancel).unwrap();
    }
    trainer
}

#[test]
fn the_bits_depend_neither_on_looks_nor_on_the_number_of_threads() {
    // Large enough for several blocks, panels and threads.
    let large = linear(5, [300, 600, 700, 2], Layers::Both);
    let few = linear(6, [20, 30, 10, 1], Layers::Both);
    let curved = small(9, Activation::Gelu, [20, 30, 10]);
    for (random, step) in [(large, 1e-3), (few, 0.02), (curved, 0.05)] {
        for sample_space in [false, true] {
            let mut start = random.trainer(step, sample_space);
            start.prepare_descent();
            let at_once = in_rows(&start, &[30]);
            let in_pieces = in_rows(&start, &[1, 7, 22]);
            let one = rayon::ThreadPoolBuilder::new()
                .num_threads(1)
                .build()
                .unwrap();
            let on_one_thread = one.install(|| in_rows(&start, &[30]));
            let mut by_step = start.clone();
            for _ in 0..30 {
                by_step.step(&Cancel::new()).unwrap();
            }
            for other in [&in_pieces, &on_one_thread, &by_step] {
                assert_eq!(at_once.hidden_weights(), other.hidden_weights());
                assert_eq!(at_once.output_weights(), other.output_weights());
                assert_eq!(at_once.residual(), other.residual());
                assert_eq!(at_once.blocks()[0].h, other.blocks()[0].h);
            }
        }
    }
}

#[test]
fn a_restored_trainer_goes_on_bit_by_bit() {
    let cancel = Cancel::new();
    let mut start = linear(7, [30, 20, 40, 1], Layers::Both).trainer(0.02, true);
    start.prepare_descent();
    let through = in_rows(&start, &[13, 20]);
    let saved = in_rows(&start, &[13]).save();
    let mut restored = start.clone();
    restored.restore(&saved).unwrap();
    restored.refresh(&cancel).unwrap();
    assert_eq!(in_rows(&start, &[13]).residual(), restored.residual());
    let restored = in_rows(&restored, &[20]);
    assert_eq!(through.hidden_weights(), restored.hidden_weights());
    assert_eq!(through.residual(), restored.residual());
}

#[test]
fn it_comes_back_before_a_limit_is_passed_with_the_loss_before() {
    let cancel = Cancel::new();
    let random = linear(8, [12, 10, 15, 1], Layers::Both);
    let mut general = random.trainer(0.02, false);
    let mut losses = vec![general.loss()];
    for _ in 0..200 {
        general.step(&cancel).unwrap();
        losses.push(general.loss());
    }
    let limit = 0.5 * (losses[100] + losses[101]);
    let mut trainer = random.trainer(0.02, false);
    trainer.prepare_descent();
    let watch = Watch {
        low: limit,
        high: f64::INFINITY,
    };
    while trainer.loss() > limit {
        let descended = trainer.descend(1000, watch, &cancel).unwrap();
        trainer.refresh(&cancel).unwrap();
        let expected = losses[trainer.steps_done() as usize - 1];
        let before = descended.loss_before.unwrap();
        assert!(
            (before / expected - 1.0).abs() < 1e-10,
            "{before} {expected}"
        );
    }
    assert_eq!(trainer.steps_done(), 101);
    let diverging = random.trainer(50.0, false);
    let mut trainer = diverging.clone();
    trainer.prepare_descent();
    let high = 1e8 * trainer.loss();
    let watch = Watch {
        low: f64::NEG_INFINITY,
        high,
    };
    let descended = trainer.descend(1000, watch, &cancel).unwrap();
    trainer.refresh(&cancel).unwrap();
    assert!(trainer.loss() >= high, "{}", trainer.loss());
    assert!(descended.loss_before.unwrap() < high && descended.steps < 100);
}
