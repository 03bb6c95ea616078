//! Observables against their definitions, written out.

use faer::Mat;
use ndarray::{Array1, Array2};
use widescope::data::LabelKind;
use widescope::network::{Activation, Scaling};
use widescope::observe::{Observer, Record};
use widescope::spec::{Layers, Observable, Quantity};
use widescope::task::Cancel;
use widescope::train::Trainer;

use crate::problem::{Random, Setting, random};
use crate::twin::jacobian;

fn setting(activation: Activation, layers: Layers, outputs: usize) -> Setting {
    Setting {
        seed: 17,
        m: 40,
        n: 9,
        n_test: 0,
        d: 12,
        outputs,
        activation,
        layers,
        parameterization: Scaling::Ours.parameterization(),
        mean: true,
    }
}

/// A network after some steps, its first record and its last.
fn trained(
    random: &Random<f64>,
    sample_space: bool,
    wanted: &[Observable],
) -> (Trainer<f64>, Record, Record) {
    let cancel = Cancel::new();
    let mut trainer = random.trainer(0.5, sample_space);
    let mut observer = Observer::new(&trainer, wanted, LabelKind::Real, &cancel).unwrap();
    let first = observer.measure(&trainer, 0.0, &cancel).unwrap();
    for _ in 0..30 {
        trainer.step(&cancel).unwrap();
    }
    let last = observer.measure(&trainer, 0.0, &cancel).unwrap();
    (trainer, first, last)
}

/// The Jacobian in the trained weights at a trainer's state; zero columns for fixed ones.
fn trained_jacobian(random: &Random<f64>, w: &Array2<f64>, v: &Array2<f64>) -> Array2<f64> {
    let problem = &random.problem;
    let (_, mut j) = jacobian(problem, &problem.phi, w, v);
    for (k, mut column) in j.columns_mut().into_iter().enumerate() {
        let is_hidden = k < w.len();
        if is_hidden && !problem.layers.hidden() || !is_hidden && !problem.layers.output() {
            column.fill(0.0);
        }
    }
    j
}

fn singular_values(matrix: &Array2<f64>) -> Vec<f64> {
    Mat::from_fn(matrix.nrows(), matrix.ncols(), |r, c| matrix[[r, c]])
        .singular_values()
        .unwrap()
}

fn close(what: &str, got: f64, expected: f64) {
    let error = (got - expected).abs();
    assert!(
        error <= 1e-9 * (1e-3 + expected.abs()),
        "{what}: {got} {expected}"
    );
}

#[test]
fn the_gradient_is_that_of_the_jacobian() {
    for layers in [Layers::Hidden, Layers::Output, Layers::Both] {
        for sample_space in [false, true] {
            let random = random::<f64>(setting(Activation::Gelu, layers, 3));
            let (trainer, _, record) = trained(&random, sample_space, &[Observable::Gradient]);
            let j = trained_jacobian(
                &random,
                &trainer.hidden_weights(),
                &trainer.output_weights(),
            );
            let residual = Array1::from_iter(trainer.residual().t().iter().copied());
            let gradient = j.t().dot(&residual) / 9.0;
            let squared = gradient.dot(&gradient);
            close(
                "‖∇L‖",
                record.get(Quantity::GradientNorm).unwrap(),
                squared.sqrt(),
            );
            let ratio = squared / (residual.dot(&residual) / 18.0);
            close("‖∇L‖²/L", record.get(Quantity::PlRatio).unwrap(), ratio);
        }
    }
}

#[test]
fn kernel_observables_are_those_of_the_jacobian() {
    let wanted = [
        Observable::NtkChange,
        Observable::NtkSpectrum,
        Observable::Alignment,
        Observable::KernelRank,
        Observable::KernelImage,
    ];
    let random = random::<f64>(setting(Activation::Tanh, Layers::Both, 2));
    let (trainer, first, record) = trained(&random, true, &wanted);
    let kernel = |w: &Array2<f64>, v: &Array2<f64>| {
        let j = trained_jacobian(&random, w, v);
        j.dot(&j.t())
    };
    let start = kernel(&random.w, &random.v);
    let now = kernel(&trainer.hidden_weights(), &trainer.output_weights());
    let change = singular_values(&(&now - &start))[0];
    let of = |q| record.get(q).unwrap();
    assert_eq!(first.get(Quantity::NtkChangeOperator), Some(0.0));
    close("‖K − K0‖₂", of(Quantity::NtkChangeOperator), change);
    let values = singular_values(&now);
    close("λ_max", of(Quantity::NtkMax), values[0]);
    close("λ_min", of(Quantity::NtkMin), values[values.len() - 1]);
    let trace: f64 = now.diag().sum();
    close("tr K", of(Quantity::NtkTrace), trace);
    let shares = values.iter().map(|l| l / trace);
    let entropy: f64 = shares.map(|p| -p * p.ln()).sum();
    close("rank", of(Quantity::NtkEffectiveRank), entropy.exp());
    let y = Array1::from_iter(random.problem.y.iter().copied());
    let norm = now.iter().map(|k| k * k).sum::<f64>().sqrt();
    let aligned = y.dot(&now.dot(&y)) / (norm * y.dot(&y));
    close("alignment", of(Quantity::KernelAlignment), aligned);
    let image = record.kernel.as_ref().unwrap();
    assert_eq!(*image.points, [0, 1, 2, 3, 4, 5, 6, 7, 8]);
    for a in 0..9 {
        for b in 0..9 {
            let (got, expected) = (image.values[a * 9 + b], now[[2 * a, 2 * b]]);
            assert!((f64::from(got) - expected).abs() <= 1e-6 * values[0]);
        }
    }
}

#[test]
fn feature_constants_bound_the_jacobian_and_its_change() {
    for (activation, outputs) in [(Activation::Tanh, 1), (Activation::Softplus, 3)] {
        let random = random::<f64>(setting(activation, Layers::Both, outputs));
        let (trainer, first, record) = trained(&random, true, &[Observable::FeatureJacobian]);
        let (w, v) = (trainer.hidden_weights(), trainer.output_weights());
        let j = trained_jacobian(&random, &w, &v);
        let values = singular_values(&j);
        let of = |q| record.get(q).unwrap();
        let (mu, nu, beta) = (
            of(Quantity::MuPhi),
            of(Quantity::NuPhi),
            of(Quantity::BetaPhi),
        );
        assert!(
            0.0 < mu && mu <= values[values.len() - 1] * (1.0 + 1e-9),
            "{mu}"
        );
        assert!(nu >= values[0], "{nu} {}", values[0]);
        let p = &random.problem;
        let h = p.b * w.dot(&p.phi.t());
        let features = singular_values(&h.mapv(|z| p.activation.value(z)));
        close("μ", mu, p.a * features[8]);
        let (data, output) = (singular_values(&p.phi)[0], singular_values(&v)[0]);
        let slope = p.activation.lipschitz();
        close("ν", nu, p.a * (p.b * slope * data * output + features[0]));
        // The Jacobian is β-Lipschitz between the two recorded states.
        let start = trained_jacobian(&random, &random.w, &random.v);
        let change = singular_values(&(&j - &start))[0];
        let distance = |x: &Array2<f64>, y: &Array2<f64>| (x - y).mapv(|d| d * d).sum();
        let moved = (distance(&w, &random.w) + distance(&v, &random.v)).sqrt();
        assert!(
            change > 0.0 && change <= beta * moved,
            "{change} {beta} {moved}"
        );
        // χ is the largest so far.
        assert!(beta >= first.get(Quantity::BetaPhi).unwrap());
        let longest = p
            .phi
            .outer_iter()
            .fold(0.0f64, |m, x| m.max(x.dot(&x).sqrt()));
        let chi = output.max(singular_values(&random.v)[0]);
        let bend = p.activation.curvature() * chi * p.b * longest;
        close("β", beta, 2f64.sqrt() * p.a * p.b * data * (slope + bend));
    }
}

#[test]
fn constants_that_are_infinite_are_left_out() {
    let random = random::<f64>(setting(Activation::Relu, Layers::Both, 1));
    let (_, _, record) = trained(&random, true, &[Observable::FeatureJacobian]);
    assert!(record.get(Quantity::NuPhi).is_some() && record.get(Quantity::BetaPhi).is_none());
}

#[test]
fn feature_size_is_the_mean_over_neurons_and_points() {
    let random = random::<f64>(setting(Activation::Tanh, Layers::Hidden, 1));
    let (trainer, _, record) = trained(&random, true, &[Observable::FeatureMovement]);
    let h = random.problem.b * trainer.hidden_weights().dot(&random.problem.phi.t());
    let mean = h.iter().map(|z| z.abs()).sum::<f64>() / h.len() as f64;
    close("size", record.get(Quantity::FeatureSize).unwrap(), mean);
}

#[test]
fn neuron_distances_are_those_of_evenly_spaced_neurons() {
    for m in [40, 5000] {
        for sample_space in [false, true] {
            let setting = Setting {
                m,
                ..setting(Activation::Tanh, Layers::Hidden, 1)
            };
            let random = random::<f64>(setting);
            let wanted = [Observable::NeuronDistances];
            let (trainer, _, record) = trained(&random, sample_space, &wanted);
            let distances = record.neuron_distances.unwrap();
            let count = m.min(4096);
            assert_eq!(distances.len(), count);
            let moved = trainer.hidden_weights() - &random.w;
            for (k, got) in distances.iter().enumerate() {
                let row = moved.row(k * m / count);
                let expected = row.dot(&row).sqrt();
                let error = (f64::from(*got) - expected).abs();
                assert!(
                    expected > 0.0 && error <= 1e-6 * expected,
                    "{k}: {got} {expected}"
                );
            }
        }
    }
}

#[test]
fn the_active_fraction_stays_above_its_bound() {
    let cancel = Cancel::new();
    let mut random = random::<f64>(Setting {
        m: 600,
        n: 4,
        d: 60,
        ..setting(Activation::Tanh, Layers::Hidden, 1)
    });
    random.v.mapv_inplace(|v| 2000.0 * v.signum());
    random.problem.loss_factor = 1.0;
    // f = 0 at the start, as in the paper's regime of large ĉ.
    for i in 0..300 {
        let copy = random.w.row(i).to_owned();
        random.w.row_mut(300 + i).assign(&copy);
        random.v[[0, 300 + i]] = -random.v[[0, i]];
    }
    let mut trainer = random.trainer(1.0, true);
    let wanted = [Observable::ActiveFraction];
    let mut observer = Observer::new(&trainer, &wanted, LabelKind::Real, &cancel).unwrap();
    trainer.set_step_size(0.02 * observer.stable_step(&trainer).unwrap());
    let mut fell = false;
    let mut last = f64::INFINITY;
    for _ in 0..20 {
        let record = observer.measure(&trainer, 0.0, &cancel).unwrap();
        let of = |q| record.get(q).unwrap();
        let (share, bound) = (
            of(Quantity::ActiveFraction),
            of(Quantity::ActiveFractionBound),
        );
        assert!(bound > 0.0 && share >= bound, "{share} {bound}");
        fell |= bound < last - 1e-6;
        last = bound;
        for _ in 0..10 {
            trainer.step(&cancel).unwrap();
        }
    }
    assert!(fell && trainer.loss() < 0.1, "{}", trainer.loss());
}
