//! Weights and outputs at the end of a run.

use ndarray::{Array1, Array2};

/// Weights and outputs of one arm, in double precision.
#[derive(Clone, Debug)]
pub struct FinalState {
    /// Hidden weights W, m × D.
    pub w: Array2<f64>,
    /// Output weights V, outputs × m.
    pub v: Array2<f64>,
    /// Biases c of the outputs, where the network has them.
    pub c: Option<Array1<f64>>,
    /// Outputs on the training points, n × outputs.
    pub f: Array2<f64>,
    /// Outputs on the test points, n_test × outputs.
    pub f_test: Array2<f64>,
}
