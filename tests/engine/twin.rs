//! The closed-form twin against a linearized network that is really trained.

use ndarray::Array2;
use widescope::data::LabelKind;
use widescope::network::{Activation, Scaling};
use widescope::observe::{Observer, train_kernels};
use widescope::spec::{Layers, Observable, Quantity};
use widescope::task::Cancel;
use widescope::train::Problem;

use crate::problem::{Random, Setting, random};

/// f and its Jacobian in all parameters at (w, v), a row of the Jacobian a (point, output), point by
/// point; parameters W row by row, then V row by row. Straight from the definition of the network.
pub fn jacobian(
    problem: &Problem<f64>,
    phi: &Array2<f64>,
    w: &Array2<f64>,
    v: &Array2<f64>,
) -> (Array2<f64>, Array2<f64>) {
    let ((m, d), o, points) = (w.dim(), v.nrows(), phi.nrows());
    let mut f = Array2::zeros((points, o));
    let mut j = Array2::zeros((points * o, m * d + o * m));
    for a in 0..points {
        for i in 0..m {
            let h = problem.b * phi.row(a).dot(&w.row(i));
            let (value, slope) = (
                problem.activation.value(h),
                problem.activation.derivative(h),
            );
            for p in 0..o {
                f[[a, p]] += problem.a * v[[p, i]] * value;
                for k in 0..d {
                    j[[a * o + p, i * d + k]] =
                        problem.a * problem.b * v[[p, i]] * slope * phi[[a, k]];
                }
                j[[a * o + p, m * d + p * m + i]] = problem.a * value;
            }
        }
    }
    (f, j)
}

/// A linear model trained by gradient descent with the layers' own steps.
pub struct Linearized {
    pub train: (Array2<f64>, Array2<f64>),
    pub test: (Array2<f64>, Array2<f64>),
    moved: Array2<f64>,
    factors: Vec<f64>,
}

impl Linearized {
    pub fn new(random: &Random<f64>) -> Self {
        let p = &random.problem;
        let (w, v) = (p.layers.hidden(), p.layers.output());
        let factor = |trained: bool, factor: f64| if trained { factor } else { 0.0 };
        let mut factors = vec![factor(w, p.hidden_step_factor); random.w.len()];
        factors.extend(vec![factor(v, p.output_step_factor); random.v.len()]);
        Self {
            train: jacobian(p, &p.phi, &random.w, &random.v),
            test: jacobian(p, &p.phi_test, &random.w, &random.v),
            moved: Array2::zeros((factors.len(), 1)),
            factors,
        }
    }

    pub fn outputs(&self, (f, j): &(Array2<f64>, Array2<f64>)) -> Array2<f64> {
        let flat = j.dot(&self.moved);
        Array2::from_shape_fn(f.dim(), |(a, p)| f[[a, p]] + flat[[a * f.ncols() + p, 0]])
    }

    /// A step on a batch, a point as often as it comes.
    pub fn batch_step(&mut self, problem: &Problem<f64>, step: f64, factor: f64, points: &[usize]) {
        let residual = self.outputs(&self.train) - &problem.y;
        let outputs = residual.ncols();
        let mut gradient = Array2::<f64>::zeros((self.factors.len(), 1));
        for a in points {
            for p in 0..outputs {
                let row = self.train.1.row(a * outputs + p);
                gradient.column_mut(0).scaled_add(residual[[*a, p]], &row);
            }
        }
        for ((x, g), layer) in self.moved.iter_mut().zip(&gradient).zip(&self.factors) {
            *x -= step * layer * factor * g;
        }
    }

    fn step(&mut self, problem: &Problem<f64>, step: f64) {
        let residual = self.outputs(&self.train) - &problem.y;
        let flat = residual
            .into_shape_with_order((self.train.1.nrows(), 1))
            .unwrap();
        let gradient = self.train.1.t().dot(&flat);
        for ((x, g), factor) in self.moved.iter_mut().zip(&gradient).zip(&self.factors) {
            *x -= step * factor * problem.loss_factor * g;
        }
    }
}

fn setting(layers: Layers, scaling: Scaling, outputs: usize) -> Setting {
    Setting {
        seed: 5,
        m: 13,
        n: 6,
        n_test: 4,
        d: 5,
        outputs,
        activation: Activation::Gelu,
        layers,
        parameterization: scaling.parameterization(),
        mean: false,
    }
}

pub fn frobenius(x: Array2<f64>) -> f64 {
    x.iter().map(|x| x * x).sum::<f64>().sqrt()
}

#[test]
fn closed_form_is_the_trained_linear_model_also_when_the_step_changes() {
    let cancel = Cancel::new();
    for layers in [Layers::Hidden, Layers::Output, Layers::Both] {
        for (scaling, outputs) in [
            (Scaling::Ours, 1),
            (Scaling::Ntk, 2),
            (Scaling::Standard, 1),
        ] {
            let random = random::<f64>(setting(layers, scaling, outputs));
            let mut trainer = random.trainer(0.02, true);
            let mut observer =
                Observer::new(&trainer, &[Observable::LazyGap], LabelKind::Real, &cancel).unwrap();
            let stable = observer.stable_step(&trainer).unwrap();
            let mut linear = Linearized::new(&random);
            for (step, count) in [(0.3 * stable, 40), (0.8 * stable, 1), (0.1 * stable, 25)] {
                trainer.set_step_size(step);
                for _ in 0..count {
                    trainer.step(&cancel).unwrap();
                    linear.step(&random.problem, step);
                }
                observer.advance_twin(step, count);
            }
            let record = observer.measure(&trainer, 0.0, &cancel).unwrap();
            let train_gap = frobenius(trainer.outputs() - linear.outputs(&linear.train));
            let f_test = widescope::observe::test_pass(&trainer, None, &cancel)
                .unwrap()
                .f_test;
            let test_gap = frobenius(f_test - linear.outputs(&linear.test));
            for (quantity, expected) in [
                (Quantity::LazyGapTrain, train_gap),
                (Quantity::LazyGapTest, test_gap),
            ] {
                let got = record.get(quantity).unwrap();
                assert!(
                    (got - expected).abs() < 1e-9 * (1.0 + expected),
                    "{layers:?} {scaling:?} {quantity:?}: {got}, expected {expected}"
                );
            }
        }
    }
}

#[test]
fn beyond_the_stable_step_the_linear_model_diverges_and_below_it_does_not() {
    let random = random::<f64>(setting(Layers::Hidden, Scaling::Ours, 1));
    let trainer = random.trainer(1.0, true);
    let observer = Observer::new(&trainer, &[], LabelKind::Real, &Cancel::new()).unwrap();
    let stable = observer.stable_step(&trainer).unwrap();
    let end = |step: f64| {
        let mut linear = Linearized::new(&random);
        for _ in 0..4000 {
            linear.step(&random.problem, step);
        }
        frobenius(linear.outputs(&linear.train) - &random.problem.y)
    };
    assert!(end(1.01 * stable) > 1e6 * end(0.99 * stable));
}

#[test]
fn the_kernel_is_the_jacobian_times_its_transpose() {
    for layers in [Layers::Hidden, Layers::Output, Layers::Both] {
        let random = random::<f64>(setting(layers, Scaling::Ntk, 3));
        let kernel = train_kernels(&random.trainer(1.0, true), &Cancel::new()).unwrap();
        let kernel = kernel.combined(1.0, 1.0);
        let (_, mut j) = jacobian(&random.problem, &random.problem.phi, &random.w, &random.v);
        let hidden = random.w.len();
        if !layers.hidden() {
            j.slice_mut(ndarray::s![.., ..hidden]).fill(0.0);
        }
        if !layers.output() {
            j.slice_mut(ndarray::s![.., hidden..]).fill(0.0);
        }
        for (x, y) in kernel.iter().zip(&j.dot(&j.t())) {
            assert!(
                (x - y).abs() < 1e-12 * (1.0 + y.abs()),
                "{layers:?}: {x} {y}"
            );
        }
    }
}
