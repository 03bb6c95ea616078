//! A network with biases written out number by number.

use ndarray::{Array1, Array2, Axis, concatenate};
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use widescope::network::{InitialWeights, Real};
use widescope::task::Cancel;
use widescope::train::{Problem, Storage, Trainer, total_loss};

use crate::problem::{Setting, normals, random};

/// f_p(x) = a·Σ_i V_pi σ(b(⟨w_i, x⟩ + β_i)) + c_p, its parameters in one list: W row by row, β, V row
/// by row, c.
pub struct Naive {
    pub x: Array2<f64>,
    pub x_test: Array2<f64>,
    pub problem: Problem<f64>,
    m: usize,
    pub start: Vec<f64>,
}

impl Naive {
    pub fn new(setting: Setting) -> Self {
        let random = random::<f64>(setting);
        let mut problem = random.problem;
        let (x, x_test) = (problem.phi.clone(), problem.phi_test.clone());
        problem.phi = with_ones(&x);
        problem.phi_test = with_ones(&x_test);
        let mut rng = ChaCha8Rng::seed_from_u64(setting.seed + 1);
        let beta = normals(1, setting.m, &mut rng);
        let c = normals(1, setting.outputs, &mut rng);
        let parts = [&random.w, &beta, &random.v, &c];
        Self {
            start: parts.iter().flat_map(|part| part.iter().copied()).collect(),
            m: setting.m,
            x,
            x_test,
            problem,
        }
    }

    fn d(&self) -> usize {
        self.x.ncols()
    }

    /// Where β, V and c begin.
    fn offsets(&self) -> [usize; 3] {
        let beta = self.m * self.d();
        let v = beta + self.m;
        [beta, v, v + self.problem.outputs() * self.m]
    }

    fn pre_activation(&self, t: &[f64], x: &[f64], i: usize) -> f64 {
        let d = self.d();
        let sum: f64 = (0..d).map(|k| t[i * d + k] * x[k]).sum();
        self.problem.b * (sum + t[self.offsets()[0] + i])
    }

    pub fn outputs(&self, t: &[f64], x: &Array2<f64>) -> Array2<f64> {
        let [_, v, c] = self.offsets();
        Array2::from_shape_fn((x.nrows(), self.problem.outputs()), |(a, p)| {
            let x = x.row(a).to_vec();
            let neurons = (0..self.m).map(|i| {
                let h = self.pre_activation(t, &x, i);
                t[v + p * self.m + i] * self.problem.activation.value(h)
            });
            self.problem.a * neurons.sum::<f64>() + t[c + p]
        })
    }

    pub fn loss(&self, t: &[f64]) -> f64 {
        let f = self.outputs(t, &self.x);
        self.problem.loss_factor * total_loss(self.problem.loss, f.view(), self.problem.y.view())
    }

    /// Step of each parameter per unit of δ, 0 where its layer is fixed.
    pub fn steps(&self) -> Vec<f64> {
        let (p, v) = (&self.problem, self.offsets()[1]);
        let of = |trained: bool, factor: f64| if trained { factor } else { 0.0 };
        let hidden = of(p.layers.hidden(), p.hidden_step_factor);
        let output = of(p.layers.output(), p.output_step_factor);
        let step = |k| if k < v { hidden } else { output };
        (0..self.start.len()).map(step).collect()
    }

    /// Central differences of `of` by every parameter at the start; a row a parameter.
    pub fn differences(&self, of: impl Fn(&[f64]) -> Vec<f64>) -> Array2<f64> {
        let e = 1e-5;
        let rows: Vec<f64> = (0..self.start.len())
            .flat_map(|k| {
                let at = |shift: f64| {
                    let mut t = self.start.clone();
                    t[k] += shift;
                    of(&t)
                };
                let (high, low) = (at(e), at(-e));
                let pairs = high.into_iter().zip(low);
                pairs.map(|(h, l)| (h - l) / (2.0 * e)).collect::<Vec<_>>()
            })
            .collect();
        let columns = rows.len() / self.start.len();
        Array2::from_shape_vec((self.start.len(), columns), rows).unwrap()
    }

    /// One step on a batch with the loss (s/2)·Σ ‖f − y‖², by the chain rule.
    pub fn sgd_step(&self, t: &mut [f64], step: f64, factor: f64, points: &[usize]) {
        let ([beta, v, c], d, p) = (self.offsets(), self.d(), &self.problem);
        let mut gradient = vec![0.0; t.len()];
        for a in points {
            let x = self.x.row(*a).to_vec();
            let f = self.outputs(t, &self.x.select(Axis(0), &[*a]));
            for q in 0..p.outputs() {
                let r = f[[0, q]] - p.y[[*a, q]];
                gradient[c + q] += r;
                for i in 0..self.m {
                    let h = self.pre_activation(t, &x, i);
                    gradient[v + q * self.m + i] += r * p.a * p.activation.value(h);
                    let back = r * p.a * t[v + q * self.m + i] * p.activation.derivative(h) * p.b;
                    gradient[beta + i] += back;
                    for k in 0..d {
                        gradient[i * d + k] += back * x[k];
                    }
                }
            }
        }
        for ((t, g), rate) in t.iter_mut().zip(gradient).zip(self.steps()) {
            *t -= step * rate * factor * g;
        }
    }

    pub fn trainer<R: Real>(&self, problem: Problem<R>, step: f64, storage: Storage) -> Trainer<R> {
        let (m, d) = (self.m, self.d());
        let [beta, v, c] = self.offsets();
        let w = Array2::from_shape_fn((m, d + 1), |(i, k)| match k < d {
            true => self.start[i * d + k],
            false => self.start[beta + i],
        });
        let outputs = self.problem.outputs();
        let v = Array2::from_shape_fn((outputs, m), |(p, i)| self.start[v + p * m + i]);
        let c = Array1::from(self.start[c..].to_vec());
        let w = InitialWeights::Given(w);
        Trainer::with_storage(problem, w, &v, step, storage, &Cancel::new())
            .unwrap()
            .with_output_bias(&c)
    }

    pub fn double_trainer(&self, step: f64, storage: Storage) -> Trainer<f64> {
        self.trainer(self.problem.clone(), step, storage)
    }

    /// A trainer's parameters in this order.
    pub fn parameters(&self, trainer: &Trainer<f64>) -> Vec<f64> {
        let (w, d) = (trainer.hidden_weights(), self.d());
        let inner = w.slice(ndarray::s![.., ..d]).to_owned();
        let (v, c) = (trainer.output_weights(), trainer.output_bias().unwrap());
        let beta = w.column(d).to_vec();
        inner.into_iter().chain(beta).chain(v).chain(c).collect()
    }
}

fn with_ones(x: &Array2<f64>) -> Array2<f64> {
    concatenate(Axis(1), &[x.view(), Array2::ones((x.nrows(), 1)).view()]).unwrap()
}
