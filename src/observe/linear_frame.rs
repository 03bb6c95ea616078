//! Coordinates in which a linear network's weights are few.

use ndarray::{Array2, s};

use crate::linalg::{FACTORED_MATRICES, orthonormal_basis};
use crate::network::Real;
use crate::task::{Cancel, Cancelled};
use crate::train::{BlockWeights, NeuronBlock, RowSpace, Shape, Sizes, Trainer};

/// A linear network in the basis Q of span[U₁(0)ᵀ, V(0)ᵀ], in which U₁ᵀ = WΦ₁ and Vᵀ stay.
///
/// U₁ᵀ and Vᵀ have m rows, their coordinates r + outputs; products over the neurons such as U₁Vᵀ
/// are those of the coordinates, and so are the singular values of U₁ᵀU₁ − VᵀV that are not zero.
#[derive(Debug)]
pub(super) struct LinearFrame {
    pub(super) row_space: RowSpace,
    /// Q, neurons × k, k = min(neurons, r + outputs).
    basis: Array2<f64>,
    /// QᵀU₁(0)ᵀ, k × r.
    pub(super) hidden_start: Array2<f64>,
    /// QᵀV(0)ᵀ, k × outputs.
    pub(super) output_start: Array2<f64>,
}

/// Coordinates of the weights now and of their change since the start.
#[derive(Debug)]
pub(super) struct LinearWeights {
    /// QᵀU₁ᵀ, k × r.
    pub(super) hidden: Array2<f64>,
    /// QᵀVᵀ, k × outputs.
    pub(super) output: Array2<f64>,
    /// Qᵀ(U₁ − U₁(0))ᵀ, k × r.
    pub(super) hidden_change: Array2<f64>,
    /// Qᵀ(V − V(0))ᵀ, k × outputs.
    pub(super) output_change: Array2<f64>,
}

impl LinearFrame {
    /// The frame of a network that has done no step; `None` where the data can't be decomposed.
    pub(super) fn new<R: Real>(
        trainer: &Trainer<R>,
        cancel: &Cancel,
    ) -> Result<Option<Self>, Cancelled> {
        let Some(row_space) = RowSpace::new(trainer.problem(), cancel)? else {
            return Ok(None);
        };
        let neurons = trainer.blocks().iter().map(NeuronBlock::neurons).sum();
        let rank = row_space.rank();
        let outputs = trainer.problem().outputs();
        let mut columns = Array2::zeros((neurons, rank + outputs));
        for block in trainer.blocks() {
            cancel.check()?;
            let rows = block.first..block.first + block.neurons();
            let w = trainer.initial_rows(rows.clone()).mapv(R::double);
            columns
                .slice_mut(s![rows.clone(), ..rank])
                .assign(&w.dot(&row_space.basis));
            columns
                .slice_mut(s![rows, rank..])
                .assign(&block.v0.t().mapv(R::double));
        }
        let Some(basis) = orthonormal_basis(columns.clone(), cancel)? else {
            return Ok(None);
        };
        let coordinates = basis.t().dot(&columns);
        Ok(Some(Self {
            row_space,
            basis,
            hidden_start: coordinates.slice(s![.., ..rank]).to_owned(),
            output_start: coordinates.slice(s![.., rank..]).to_owned(),
        }))
    }

    /// The weights now. Their change since the start is summed from differences, so that it is accurate
    /// however small it is.
    pub(super) fn now<R: Real>(
        &self,
        trainer: &Trainer<R>,
        cancel: &Cancel,
    ) -> Result<LinearWeights, Cancelled> {
        let mut hidden = Array2::zeros(self.hidden_start.raw_dim());
        let mut output = Array2::zeros(self.output_start.raw_dim());
        for block in trainer.blocks() {
            cancel.check()?;
            let q = self.rows(block);
            let moved = match &block.weights {
                BlockWeights::Weights { w, w0 } => difference(w, w0).dot(&self.row_space.basis),
                BlockWeights::Coefficients { c, .. } => {
                    c.mapv(R::double).dot(&self.row_space.coordinates)
                }
            };
            hidden += &q.t().dot(&moved);
            output += &q.t().dot(&difference(&block.v, &block.v0).t());
        }
        Ok(LinearWeights {
            hidden: &self.hidden_start + &hidden,
            output: &self.output_start + &output,
            hidden_change: hidden,
            output_change: output,
        })
    }

    /// QᵀU₂(0)ᵀΦ₂ᵀ, k × D: the part of W(0) that no data point sees.
    pub(super) fn unseen_start<R: Real>(
        &self,
        trainer: &Trainer<R>,
        cancel: &Cancel,
    ) -> Result<Array2<f64>, Cancelled> {
        let mut start = Array2::zeros((self.basis.ncols(), trainer.problem().embedding()));
        for block in trainer.blocks() {
            cancel.check()?;
            let rows = block.first..block.first + block.neurons();
            let w = trainer.initial_rows(rows).mapv(R::double);
            start += &self.rows(block).t().dot(&w);
        }
        Ok(&start - &self.hidden_start.dot(&self.row_space.basis.t()))
    }

    fn rows<R: Real>(&self, block: &NeuronBlock<R>) -> ndarray::ArrayView2<'_, f64> {
        let rows = block.first..block.first + block.neurons();
        self.basis.slice(s![rows, ..])
    }
}

fn difference<R: Real>(now: &Array2<R>, start: &Array2<R>) -> Array2<f64> {
    now.mapv(R::double) - start.mapv(R::double)
}

/// Doubles of a frame at most.
pub fn doubles_held(shape: &Shape) -> u128 {
    let Sizes {
        neurons,
        n,
        outputs,
        embedding,
        ..
    } = shape.sizes;
    let rank = n.min(embedding);
    let k = neurons.min(rank + outputs);
    neurons * k + k * (rank + outputs + embedding) + rank * (embedding + n)
}

/// Bytes while it is made: the columns that the basis is made of, with the solver's copies.
pub fn passing(shape: &Shape) -> u128 {
    let Sizes {
        neurons,
        n,
        outputs,
        embedding,
        ..
    } = shape.sizes;
    let columns = n.min(embedding) + outputs;
    let block = 2 * shape.block() * embedding;
    8 * (FACTORED_MATRICES * (neurons * columns + n * embedding) + block)
}
