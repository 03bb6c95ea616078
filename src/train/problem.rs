//! What is trained: data after the embedding, the loss and the steps.

use std::sync::Arc;

use ndarray::{Array2, s};

use crate::data::Plane;
use crate::network::{Activation, Real};
use crate::spec::{Layers, LossKind};

use super::shape::{Shape, Sizes};

/// A regression problem with f = a·Vσ(H), H = b·WΦᵀ, in the notation of the crate: a column of H a
/// training point, a row a neuron.
#[derive(Clone, Debug)]
pub struct Problem<R> {
    /// Embedded training inputs Φ, n × D.
    pub phi: Array2<R>,
    /// Embedded test inputs, n_test × D, and after them the inputs of the plane's cells.
    pub phi_test: Array2<R>,
    /// Training targets Y, n × outputs.
    pub y: Array2<R>,
    /// Test targets, n_test × outputs.
    pub y_test: Array2<R>,
    /// The plane in which the data are looked at, where they are.
    pub plane: Option<Arc<Plane>>,
    /// Activation σ.
    pub activation: Activation,
    /// Output factor a.
    pub a: f64,
    /// Input factor b.
    pub b: f64,
    /// Loss of one residual.
    pub loss: LossKind,
    /// Loss factor s: the loss is (s/2)·‖f − Y‖_F², so 1 for the sum and 1/n for the mean; the
    /// cross-entropy is s·Σ_a of that of a point.
    pub loss_factor: f64,
    /// Same factor for a test loss over n_test points.
    pub test_loss_factor: f64,
    /// Step of W per unit of δ.
    pub hidden_step_factor: f64,
    /// Step of V per unit of δ.
    pub output_step_factor: f64,
    /// Layers trained.
    pub layers: Layers,
}

impl<R: Real> Problem<R> {
    /// Training points n.
    pub fn n(&self) -> usize {
        self.phi.nrows()
    }

    /// Test points.
    pub fn n_test(&self) -> usize {
        self.y_test.nrows()
    }

    /// Parts what is of the rows of [`Self::phi_test`] into that of the test points and that of the plane's cells,
    /// where there is a plane.
    pub fn parted(&self, mut rows: Array2<f64>) -> (Array2<f64>, Option<Array2<f64>>) {
        let n_test = self.n_test().min(rows.nrows());
        let of_plane = |_| rows.slice(s![n_test.., ..]).to_owned();
        let of_plane = self.plane.as_ref().map(of_plane);
        if of_plane.is_some() {
            rows = rows.slice(s![..n_test, ..]).to_owned();
        }
        (rows, of_plane)
    }

    /// Embedding dimension D.
    pub fn embedding(&self) -> usize {
        self.phi.ncols()
    }

    /// Outputs.
    pub fn outputs(&self) -> usize {
        self.y.ncols()
    }

    /// Sizes of so many neurons on it.
    pub fn sizes(&self, neurons: usize) -> Sizes {
        Sizes {
            neurons: neurons as u128,
            n: self.n() as u128,
            n_test: self.phi_test.nrows() as u128,
            outputs: self.outputs() as u128,
            embedding: self.embedding() as u128,
        }
    }
}

/// Bytes of Φ and Y of both sets.
pub fn held(shape: &Shape) -> u128 {
    let Sizes {
        n,
        n_test,
        outputs,
        embedding,
        ..
    } = shape.sizes;
    shape.real * (n + n_test) * (embedding + outputs)
}
