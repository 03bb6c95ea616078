//! Training with a fixed kernel, in closed form.

use ndarray::Array2;

use crate::task::{Cancel, Cancelled};
use crate::train::Misfit;

use super::Mode;
use crate::linalg::symmetric_eigen;

/// Eigenvalues below this share of the largest are rounding of zero.
const SMALLEST: f64 = 1e-15;

/// A linear model with kernel K for each output and f = 0 at the start: its residual after steps
/// s_1, s_2, … on ½‖f − Y‖² is Π_j (I − s_jK)(−Y), or e^{−tK}(−Y) under gradient flow.
#[derive(Clone, Debug)]
pub(crate) struct KernelModel {
    /// Eigenvalues of K, ascending.
    values: Vec<f64>,
    vectors: Array2<f64>,
    /// −UᵀY, n × outputs.
    start: Array2<f64>,
    /// K(test, train)·U.
    test_map: Array2<f64>,
    modes: Vec<Mode>,
}

impl KernelModel {
    /// From K (n × n), K(test, train) (n_test × n) and Y (n × outputs); `None` where the
    /// eigendecomposition fails.
    ///
    /// # Errors
    /// [`Cancelled`] once `cancel` is raised.
    pub(crate) fn new(
        kernel: Array2<f64>,
        cross: &Array2<f64>,
        y: &Array2<f64>,
        cancel: &Cancel,
    ) -> Result<Option<Self>, Cancelled> {
        let eigen = symmetric_eigen(kernel, cancel)?;
        Ok(eigen.map(|eigen| Self {
            start: -eigen.vectors.t().dot(y),
            test_map: cross.dot(&eigen.vectors),
            modes: vec![Mode::START; eigen.values.len()],
            values: eigen.values,
            vectors: eigen.vectors,
        }))
    }

    /// Does k steps of gradient descent.
    pub(crate) fn descend(&mut self, step: f64, k: u64) {
        for (mode, lambda) in self.modes.iter_mut().zip(&self.values) {
            mode.advance(*lambda, step, k);
        }
    }

    /// Follows gradient flow for a time.
    pub(crate) fn flow(&mut self, time: f64) {
        for (mode, lambda) in self.modes.iter_mut().zip(&self.values) {
            mode.flow(*lambda, time);
        }
    }

    /// f − Y, n × outputs.
    pub(crate) fn residual(&self) -> Array2<f64> {
        let mut modes = self.start.clone();
        for (mut row, mode) in modes.outer_iter_mut().zip(&self.modes) {
            row *= mode.product();
        }
        self.vectors.dot(&modes)
    }

    /// f on the test points, n_test × outputs.
    pub(crate) fn test_outputs(&self) -> Array2<f64> {
        let smallest = SMALLEST * self.largest_eigenvalue();
        let mut modes = self.start.clone();
        let pairs = self.modes.iter().zip(&self.values);
        for (mut row, (mode, lambda)) in modes.outer_iter_mut().zip(pairs) {
            row *= -mode.response(*lambda, smallest);
        }
        self.test_map.dot(&modes)
    }

    /// What changes in training.
    pub(crate) fn modes(&self) -> &[Mode] {
        &self.modes
    }

    /// Goes on where another model of the same kernel was.
    ///
    /// # Errors
    /// Where the numbers of eigenvalues differ.
    pub(crate) fn restore(&mut self, modes: Vec<Mode>) -> Result<(), Misfit> {
        Misfit::unless_equal("modes of the kernel", modes.len(), self.modes.len())?;
        self.modes = modes;
        Ok(())
    }

    /// Eigenvalues of K, ascending.
    pub(crate) fn eigenvalues(&self) -> &[f64] {
        &self.values
    }

    /// Largest eigenvalue of K, 0 of an empty one.
    pub(crate) fn largest_eigenvalue(&self) -> f64 {
        self.values.last().copied().unwrap_or(0.0)
    }
}
