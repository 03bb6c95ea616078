//! A linear network reduced to the few combinations of its neurons that evolve.

use ndarray::{Array2, s};
use rayon::prelude::*;

use crate::network::{InitialWeights, Real};

use crate::linalg::{FACTORED_MATRICES, orthonormal_basis};
use crate::task::{Cancel, Cancelled};
use crate::train::shape::{Shape, Sizes};
use crate::train::{BLOCK, Problem, RowSpace};

/// Where σ is the identity, every update of W lies in the span of V(0)ᵀ and of the part
/// W(0)Φ₁ that the data see, and so does every update of Vᵀ. With Q an orthonormal basis of that
/// span, (QᵀW, VQ) is a network of r + outputs neurons with the same outputs at every step, and
/// W = W(0) + Q(QᵀW − QᵀW(0)), V = (VQ)Qᵀ.
#[derive(Clone, Debug)]
pub struct Reduction {
    /// Q, m × (r + outputs).
    basis: Array2<f64>,
    initial: InitialWeights,
    /// QᵀW(0), (r + outputs) × D.
    pub w: Array2<f64>,
    /// V(0)Q, outputs × (r + outputs).
    pub v: Array2<f64>,
    /// ‖W(0)‖_F².
    pub squared_initial_norm: f64,
}

impl Reduction {
    /// Reduces the network with start W(0) and `v` (outputs × m); `None` where the data can't be
    /// decomposed.
    ///
    /// # Errors
    /// [`Cancelled`] once `cancel` is raised.
    pub fn new<R: Real>(
        problem: &Problem<R>,
        initial: InitialWeights,
        v: &Array2<f64>,
        cancel: &Cancel,
    ) -> Result<Option<Self>, Cancelled> {
        let Some(space) = RowSpace::new(problem, cancel)? else {
            return Ok(None);
        };
        let seen = by_blocks(&initial, cancel, |_, w| {
            (w.dot(&space.basis), w.iter().map(|w| w * w).sum::<f64>())
        })?;
        let squared_initial_norm = seen.iter().map(|(_, norm)| norm).sum();
        let mut columns = Array2::zeros((initial.width(), space.rank() + v.nrows()));
        for (i, (seen, _)) in seen.iter().enumerate() {
            let first = i * BLOCK;
            let rows = first..first + seen.nrows();
            columns.slice_mut(s![rows, ..space.rank()]).assign(seen);
        }
        columns.slice_mut(s![.., space.rank()..]).assign(&v.t());
        let Some(basis) = orthonormal_basis(columns, cancel)? else {
            return Ok(None);
        };
        let parts = by_blocks(&initial, cancel, |first, w| {
            basis.slice(s![first..first + w.nrows(), ..]).t().dot(&w)
        })?;
        let mut w = Array2::zeros((basis.ncols(), problem.embedding()));
        for part in &parts {
            w += part;
        }
        Ok(Some(Self {
            w,
            v: v.dot(&basis),
            basis,
            initial,
            squared_initial_norm,
        }))
    }

    /// Width m of the network that was reduced.
    pub fn width(&self) -> usize {
        self.basis.nrows()
    }

    /// W of the whole network, m × D, for the reduced one's change QᵀW − QᵀW(0).
    pub fn hidden_weights(&self, change: &Array2<f64>) -> Array2<f64> {
        self.initial.rows::<f64>(0..self.width()) + self.basis.dot(change)
    }

    /// V of the whole network, outputs × m, for the reduced one's.
    pub fn output_weights(&self, v: &Array2<f64>) -> Array2<f64> {
        v.dot(&self.basis.t())
    }

    /// Doubles held.
    pub fn floats(&self) -> usize {
        self.basis.len() + self.w.len() + self.v.len()
    }
}

/// What `of` makes of each block of rows of W(0), in order.
fn by_blocks<T: Send>(
    initial: &InitialWeights,
    cancel: &Cancel,
    of: impl Fn(usize, Array2<f64>) -> T + Sync,
) -> Result<Vec<T>, Cancelled> {
    let m = initial.width();
    let starts: Vec<usize> = (0..m).step_by(BLOCK).collect();
    starts
        .into_par_iter()
        .map(|first| {
            cancel.check()?;
            Ok(of(first, initial.rows(first..(first + BLOCK).min(m))))
        })
        .collect()
}

/// Bytes held of a network that is reduced: Q, QᵀW(0) and V(0)Q, its start in the trainer's hands, and W(0)
/// where that is given.
pub fn held(shape: &Shape) -> u128 {
    let Sizes {
        neurons,
        outputs,
        embedding,
        ..
    } = shape.sizes;
    if !shape.is_reduced {
        return 0;
    }
    let given = if shape.is_given { embedding } else { 0 };
    8 * (shape.width * (neurons + given) + neurons * (2 * embedding + outputs))
}

/// Bytes while it is reduced: the columns that Q is made of, the solver's copies of them, and the row space
/// of the data.
pub fn passing(shape: &Shape) -> u128 {
    let Sizes {
        neurons,
        n,
        outputs,
        embedding,
        ..
    } = shape.sizes;
    if !shape.is_reduced {
        return 0;
    }
    let columns = n.min(embedding) + outputs;
    let block = BLOCK as u128;
    let w = shape.threads * block.min(shape.width) * embedding;
    let parts = shape.width.div_ceil(block) * neurons * embedding;
    8 * (FACTORED_MATRICES * (shape.width * columns + n * embedding) + w + parts)
}
