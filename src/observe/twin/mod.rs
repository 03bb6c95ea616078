//! The linearized twin: the network linearized at its start and trained by the same steps, under
//! full-batch gradient descent in closed form.

pub(super) mod model;

use ndarray::{Array1, Array2, s};
use serde::{Deserialize, Serialize};

use crate::network::Real;
use crate::simd::{Level, RowDots};
use crate::task::{Cancel, Cancelled};
use crate::train::{Misfit, Trainer, gram};

use super::kernel::{LayerKernels, cross_kernels};
use crate::linalg::{SymmetricEigen, symmetric_eigen};

/// The linear model f̄(Θ) = f(Θ_0) + ∇f(Θ_0)·(Θ − Θ_0) under gradient descent.
///
/// With K_0 = γ_W K_W + γ_V K_V (layer factors inside, δ outside) its residual after steps δ_1, δ_2, …
/// is r̄ = Π_j (I − sδ_j K_0) r_0, and on test points
/// f̄ = f_0 − K_0(test, train) K_0⁻¹ [I − Π_j (I − sδ_j K_0)] r_0, both in the eigenbasis of K_0.
/// Under stochastic gradient descent the same model is trained step by step in that basis.
#[derive(Clone, Debug)]
pub struct LinearizedTwin {
    loss_factor: f64,
    test_loss_factor: f64,
    outputs: usize,
    /// Eigenvalues λ of K_0.
    values: Vec<f64>,
    /// Uᵀr_0.
    start: Array1<f64>,
    vectors: Array2<f64>,
    /// K_0(test, train)·U.
    test_map: Array2<f64>,
    /// f_0 − Y on the test points, point by point.
    test_start: Array1<f64>,
    modes: Vec<Mode>,
    /// The state under stochastic gradient descent, which has no closed form.
    trained: Option<Trained>,
}

/// What of a twin changes in training.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct SavedTwin {
    modes: Vec<Mode>,
    trained: Option<Trained>,
}

/// State of a twin trained step by step, in the eigenbasis of K_0.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Trained {
    /// Uᵀr̄.
    residual: Array1<f64>,
    /// Σ over the steps of δs·Uᵀ(r̄ at the batch's points, 0 elsewhere): f̄ − f_0 is −K_0U times it.
    fitted: Array1<f64>,
}

/// Product of the factors 1 − sδ_jλ of one eigenvalue so far.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(crate) struct Mode {
    /// ln |product|.
    log_size: f64,
    negative: bool,
    /// Σ sδ_j, the limit of (1 − product)/λ for λ → 0.
    time: f64,
}

impl Mode {
    /// No step yet: a product of 1.
    pub(super) const START: Self = Self {
        log_size: 0.0,
        negative: false,
        time: 0.0,
    };

    /// Multiplies in e^{−λ·time}, what gradient flow does of it.
    pub(super) fn flow(&mut self, lambda: f64, time: f64) {
        self.log_size -= lambda * time;
        self.time += time;
    }

    /// Multiplies in the factor (1 − sδλ)^k.
    pub(super) fn advance(&mut self, lambda: f64, scaled_step: f64, k: u64) {
        let x = scaled_step * lambda;
        // ln_1p keeps the digits of a small step; a factor of 0 gives ln 0 = −∞, rightly.
        let log_factor = if x < 1.0 {
            (-x).ln_1p()
        } else {
            (x - 1.0).ln()
        };
        if k > 0 {
            self.log_size += k as f64 * log_factor;
        }
        self.negative ^= x > 1.0 && k % 2 == 1;
        self.time += scaled_step * k as f64;
    }

    pub(super) fn product(self) -> f64 {
        let size = self.log_size.exp();
        if self.negative { -size } else { size }
    }

    /// (1 − product)/λ.
    pub(super) fn response(self, lambda: f64, smallest: f64) -> f64 {
        if lambda.abs() <= smallest {
            return self.time;
        }
        let one_minus = if self.negative {
            1.0 + self.log_size.exp()
        } else {
            -self.log_size.exp_m1()
        };
        one_minus / lambda
    }
}

impl LinearizedTwin {
    /// Linearizes a network that has done no step; `kernels` are its kernels on the training set,
    /// `test_residual` its f − Y on the test set (n_test × outputs). `None` where the
    /// eigendecomposition fails.
    ///
    /// # Errors
    /// [`Cancelled`] once `cancel` is raised.
    pub fn new<R: Real>(
        trainer: &Trainer<R>,
        kernels: &LayerKernels,
        test_residual: &Array2<f64>,
        cancel: &Cancel,
    ) -> Result<Option<Self>, Cancelled> {
        let problem = trainer.problem();
        let (w, v) = (problem.hidden_step_factor, problem.output_step_factor);
        let Some(SymmetricEigen { values, vectors }) =
            symmetric_eigen(kernels.combined(w, v), cancel)?
        else {
            return Ok(None);
        };
        let test_map = if problem.n_test() > 0 {
            let cross_gram = gram(
                problem.phi_test.slice(s![..problem.n_test(), ..]),
                problem.phi.view(),
                cancel,
            )?;
            cross_kernels(trainer, &cross_gram, cancel)?
                .combined(w, v)
                .dot(&vectors)
        } else {
            Array2::zeros((0, values.len()))
        };
        let r0 = Array1::from_iter(trainer.residual().t().iter().map(|r| r.double()));
        Ok(Some(Self {
            loss_factor: problem.loss_factor,
            test_loss_factor: problem.test_loss_factor,
            outputs: problem.outputs(),
            start: vectors.t().dot(&r0),
            modes: vec![Mode::START; values.len()],
            values,
            vectors,
            test_map,
            test_start: Array1::from_iter(test_residual.iter().copied()),
            trained: None,
        }))
    }

    /// Does k steps δ of full-batch gradient descent; not to be mixed with steps on batches.
    pub fn advance(&mut self, step: f64, k: u64) {
        for (mode, lambda) in self.modes.iter_mut().zip(&self.values) {
            mode.advance(*lambda, self.loss_factor * step, k);
        }
    }

    /// Follows gradient flow for k steps δ: r̄ ← e^{−skδK_0}·r̄; not to be mixed with steps on batches.
    pub fn advance_flow(&mut self, step: f64, k: u64) {
        for (mode, lambda) in self.modes.iter_mut().zip(&self.values) {
            mode.flow(*lambda, self.loss_factor * step * k as f64);
        }
    }

    /// Does one step δ on a batch with loss factor s_B: r̄ ← r̄ − δs_B·K_0[:, B]·r̄_B, on the test
    /// points with their rows of K_0. A point that comes twice counts twice.
    pub fn advance_batch(&mut self, step: f64, loss_factor: f64, points: &[usize]) {
        let outputs = self.outputs;
        let state = self.trained.get_or_insert_with(|| Trained {
            residual: self.start.clone(),
            fitted: Array1::zeros(self.start.len()),
        });
        let mut moved = Array1::<f64>::zeros(state.residual.len());
        for row in points.iter().flat_map(|a| a * outputs..(a + 1) * outputs) {
            let u = self.vectors.row(row);
            moved.scaled_add(step * loss_factor * u.dot(&state.residual), &u);
        }
        state.fitted += &moved;
        for ((r, moved), lambda) in state.residual.iter_mut().zip(&moved).zip(&self.values) {
            *r -= lambda * moved;
        }
    }

    /// f̄ − Y on the training set, n × outputs.
    pub fn train_residual(&self) -> Array2<f64> {
        if let Some(state) = &self.trained {
            return self.by_point(times(&self.vectors, &state.residual));
        }
        let decayed = Array1::from_iter(
            self.modes
                .iter()
                .zip(&self.start)
                .map(|(m, c)| m.product() * c),
        );
        self.by_point(times(&self.vectors, &decayed))
    }

    /// f̄ − Y on the test set, n_test × outputs.
    pub fn test_residual(&self) -> Array2<f64> {
        if let Some(state) = &self.trained {
            return self.by_point(&self.test_start - &times(&self.test_map, &state.fitted));
        }
        // Below this an eigenvalue is rounding of zero and (1 − product)/λ is its limit.
        let smallest = self.largest_eigenvalue() * 1e-15;
        let response = self
            .modes
            .iter()
            .zip(&self.values)
            .map(|(m, l)| m.response(*l, smallest));
        let fitted = Array1::from_iter(response.zip(&self.start).map(|(r, c)| r * c));
        self.by_point(&self.test_start - &times(&self.test_map, &fitted))
    }

    /// Loss of a residual f̄ − Y on the training set.
    pub fn train_loss(&self, residual: &Array2<f64>) -> f64 {
        0.5 * self.loss_factor * squared(residual)
    }

    /// Loss of a residual f̄ − Y on the test set.
    pub fn test_loss(&self, residual: &Array2<f64>) -> f64 {
        0.5 * self.test_loss_factor * squared(residual)
    }

    /// Largest eigenvalue of K_0.
    pub fn largest_eigenvalue(&self) -> f64 {
        self.values.last().copied().unwrap_or(0.0)
    }

    /// What is needed to go on from here with a twin of the same start.
    pub(super) fn save(&self) -> SavedTwin {
        SavedTwin {
            modes: self.modes.clone(),
            trained: self.trained.clone(),
        }
    }

    /// Goes on where another twin of the same start was saved.
    ///
    /// # Errors
    /// Where the numbers of eigenvalues differ.
    pub(super) fn restore(&mut self, saved: SavedTwin) -> Result<(), Misfit> {
        let needed = self.modes.len();
        Misfit::unless_equal("modes of the linearized twin", saved.modes.len(), needed)?;
        if let Some(trained) = &saved.trained {
            let found = (trained.residual.len(), trained.fitted.len());
            Misfit::unless_equal("linearized twin", found, (needed, needed))?;
        }
        self.modes = saved.modes;
        self.trained = saved.trained;
        Ok(())
    }

    fn by_point(&self, flat: Array1<f64>) -> Array2<f64> {
        let points = flat.len() / self.outputs.max(1);
        let outputs = self.outputs;
        Array2::from_shape_fn((points, outputs), |(a, p)| flat[a * outputs + p])
    }
}

/// Ax.
fn times(a: &Array2<f64>, x: &Array1<f64>) -> Array1<f64> {
    let (Some(matrix), Some(x)) = (a.as_slice(), x.as_slice()) else {
        return a.dot(x);
    };
    let mut product = vec![0.0; a.nrows()];
    Level::current().run(RowDots {
        matrix,
        x,
        out: &mut product,
    });
    product.into()
}

fn squared(residual: &Array2<f64>) -> f64 {
    residual.iter().map(|r| r * r).sum()
}
