//! Small networks with everything written out, for bounds to be tried on.

use ndarray::Array2;
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use rand_distr::{Distribution, StandardNormal};
use widescope::network::{Activation, InitialWeights};
use widescope::observe::{Quantity, symmetric_eigenvalues};
use widescope::preset::{EmbeddingSpec, Layers, LossKind, Method};
use widescope::theory::{PaperReport, RunStart, reports};
use widescope::train::{Cancel, Problem, Trainer};

#[derive(Clone, Debug)]
pub struct System {
    pub name: &'static str,
    pub problem: Problem<f64>,
    pub w: Array2<f64>,
    pub v: Array2<f64>,
    pub method: Method,
    pub steps: u64,
}

pub fn normals(rows: usize, columns: usize, rng: &mut ChaCha8Rng) -> Array2<f64> {
    Array2::from_shape_simple_fn((rows, columns), || StandardNormal.sample(rng))
}

pub fn seeded(seed: u64) -> ChaCha8Rng {
    ChaCha8Rng::seed_from_u64(seed)
}

/// Unit vectors, orthogonal as far as there is room, else drawn.
pub fn unit_inputs(n: usize, d: usize, orthogonal: bool, rng: &mut ChaCha8Rng) -> Array2<f64> {
    let mut x = normals(n, d, rng);
    for a in 0..n {
        if orthogonal {
            for b in 0..a.min(d - 1) {
                let along = x.row(a).dot(&x.row(b));
                let other = x.row(b).to_owned();
                x.row_mut(a).scaled_add(-along, &other);
            }
        }
        let norm = x.row(a).dot(&x.row(a)).sqrt();
        x.row_mut(a).mapv_inplace(|x| x / norm);
    }
    x
}

/// The second half of the neurons repeats the first with opposite outputs: f = 0.
pub fn symmetrize(w: &mut Array2<f64>, v: &mut Array2<f64>) {
    let half = w.nrows() / 2;
    for i in 0..half {
        let row = w.row(i).to_owned();
        w.row_mut(half + i).assign(&row);
        let column = v.column(i).mapv(|v| -v);
        v.column_mut(half + i).assign(&column);
    }
}

/// A problem without test points on the summed loss, all factors 1.
pub fn plain(
    x: Array2<f64>,
    y: Array2<f64>,
    activation: Activation,
    layers: Layers,
) -> Problem<f64> {
    Problem {
        phi_test: Array2::zeros((0, x.ncols())),
        y_test: Array2::zeros((0, y.ncols())),
        phi: x,
        y,
        activation,
        a: 1.0,
        b: 1.0,
        loss: LossKind::Squared,
        loss_factor: 1.0,
        test_loss_factor: 1.0,
        hidden_step_factor: 1.0,
        output_step_factor: 1.0,
        layers,
    }
}

impl System {
    pub fn trainer(&self) -> Trainer<f64> {
        let w = InitialWeights::Given(self.w.clone());
        let step = self.method.step().unwrap();
        let problem = self.problem.clone();
        Trainer::new(problem, w, &self.v, step, false, &Cancel::new()).unwrap()
    }

    pub fn reports(&self) -> Vec<PaperReport> {
        let trainer = self.trainer();
        let spread =
            |x: &Array2<f64>| (x.iter().map(|x| x * x).sum::<f64>() / x.len() as f64).sqrt();
        let start = RunStart::new(
            &trainer,
            &self.v,
            (self.problem.phi.view(), self.problem.y.view()),
            (EmbeddingSpec::Identity, self.method),
            (spread(&self.w), spread(&self.v)),
        );
        reports(&start, &Cancel::new()).unwrap()
    }

    /// H = bWΦᵀ.
    pub fn features(&self, w: &Array2<f64>) -> Array2<f64> {
        self.problem.b * w.dot(&self.problem.phi.t())
    }

    /// f − Y, outputs × n.
    pub fn residual(&self, w: &Array2<f64>, v: &Array2<f64>) -> Array2<f64> {
        let values = self.features(w).mapv(|z| self.problem.activation.value(z));
        self.problem.a * v.dot(&values) - self.problem.y.t()
    }

    pub fn loss(&self, w: &Array2<f64>, v: &Array2<f64>) -> f64 {
        0.5 * self.problem.loss_factor * squared(&self.residual(w, v))
    }

    /// J_W J_Wᵀ of one output.
    pub fn kernel(&self, w: &Array2<f64>, v: &Array2<f64>) -> Array2<f64> {
        let mut slopes = self
            .features(w)
            .mapv(|z| self.problem.activation.derivative(z));
        for (mut row, v) in slopes.outer_iter_mut().zip(v.row(0)) {
            row *= *v;
        }
        let gram = self.problem.phi.dot(&self.problem.phi.t());
        (self.problem.a * self.problem.b).powi(2) * slopes.t().dot(&slopes) * gram
    }

    /// A quantity of weights (W, V) reached along a path of that length, by its definition.
    pub fn measure(
        &self,
        quantity: Quantity,
        w: &Array2<f64>,
        v: &Array2<f64>,
        path: f64,
    ) -> Option<f64> {
        let moved = w - &self.w;
        Some(match quantity {
            Quantity::TrainLoss => self.loss(w, v),
            Quantity::WeightDistance => squared(&moved).sqrt(),
            Quantity::MaxNeuronDistance => moved
                .outer_iter()
                .map(|row| row.dot(&row).sqrt())
                .fold(0.0, f64::max),
            Quantity::PathLength => path,
            Quantity::NtkChangeOperator => {
                let change = self.kernel(w, v) - self.kernel(&self.w, &self.v);
                let values = symmetric_eigenvalues(change, &Cancel::new())
                    .unwrap()
                    .unwrap();
                values.iter().fold(0.0, |m: f64, l| m.max(l.abs()))
            }
            Quantity::ActiveFraction => {
                let interval = self.problem.activation.active_interval();
                let inside = |h: &&f64| **h > interval.left && **h < interval.right;
                let h = self.features(w);
                let shares = h
                    .columns()
                    .into_iter()
                    .map(|h| h.iter().filter(inside).count() as f64 / h.len() as f64);
                shares.fold(1.0, f64::min)
            }
            _ => return None,
        })
    }
}

pub fn squared(matrix: &Array2<f64>) -> f64 {
    matrix.iter().map(|x| x * x).sum()
}
