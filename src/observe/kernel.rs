//! The empirical tangent kernel K = JJᵀ, never through the n·outputs × p Jacobian itself.

use ndarray::linalg::general_mat_mul;
use ndarray::{Array2, ArrayView1, ArrayView2, s};
use rayon::prelude::*;

use crate::network::Real;
use crate::simd::{Base, Level, Matrix, Product};
use crate::train::{Cancel, Cancelled, NeuronBlock, Problem, Trainer};

/// Partial sums a kernel is reduced from, in order; fixed, so that results do not depend on the
/// number of threads.
pub const GROUPS: usize = 4;

/// Kernels of the two layers. Row and column a·outputs + p belong to output p at point a.
#[derive(Clone, Debug)]
pub struct LayerKernels {
    /// J_W J_Wᵀ = (ab)²·(LᵀL) ⊙ ΦΦᵀ with L_r,(a,p) = v_pr σ'(h_ra), where W is trained
    /// (Oymak–Soltanolkotabi, Sec. 6.1, for one output).
    pub hidden: Option<Array2<f64>>,
    /// J_V J_Vᵀ = a²·σ(H)ᵀσ(H) for each output, where V is trained; with biases of the outputs, which
    /// are trained with V, a²·σ(H)ᵀσ(H) + 1.
    pub output: Option<Array2<f64>>,
}

impl LayerKernels {
    /// K_W + K_V.
    pub fn into_sum(self) -> Array2<f64> {
        match (self.hidden, self.output) {
            (Some(hidden), Some(output)) => hidden + output,
            (Some(kernel), None) | (None, Some(kernel)) => kernel,
            (None, None) => Array2::zeros((0, 0)),
        }
    }

    /// α·K_W + β·K_V.
    pub fn combined(&self, hidden_factor: f64, output_factor: f64) -> Array2<f64> {
        let scaled = |kernel: &Option<Array2<f64>>, factor: f64| {
            kernel.as_ref().map(|k| k.mapv(|x| factor * x))
        };
        match (
            scaled(&self.hidden, hidden_factor),
            scaled(&self.output, output_factor),
        ) {
            (Some(hidden), Some(output)) => hidden + output,
            (Some(kernel), None) | (None, Some(kernel)) => kernel,
            (None, None) => Array2::zeros((0, 0)),
        }
    }
}

/// Kernels on the training set, n·outputs square.
///
/// # Errors
/// [`Cancelled`] once `cancel` is raised.
pub fn train_kernels<R: Real>(
    trainer: &Trainer<R>,
    cancel: &Cancel,
) -> Result<LayerKernels, Cancelled> {
    let problem = trainer.problem();
    let hidden = || {
        let sum = symmetric_sum(trainer.blocks(), cancel, |block| {
            weighted_slopes(block.slope.view(), block)
        })?;
        Ok(hidden_kernel(sum, problem, trainer.gram()))
    };
    let output = || {
        let sum = feature_gram(trainer, cancel)?;
        Ok(output_kernel(&sum, trainer))
    };
    kernels_of_trained_layers(problem, hidden, output)
}

/// σ(H)ᵀσ(H) on the training set, n × n.
///
/// # Errors
/// [`Cancelled`] once `cancel` is raised.
pub(super) fn feature_gram<R: Real>(
    trainer: &Trainer<R>,
    cancel: &Cancel,
) -> Result<Array2<f64>, Cancelled> {
    symmetric_sum(trainer.blocks(), cancel, |block| {
        values(block.h.view(), trainer.problem())
    })
}

/// Kernels K(test, train), n_test·outputs × n·outputs; `cross_gram` is Φ_testΦᵀ.
///
/// # Errors
/// [`Cancelled`] once `cancel` is raised.
pub fn cross_kernels<R: Real>(
    trainer: &Trainer<R>,
    cross_gram: &Array2<f64>,
    cancel: &Cancel,
) -> Result<LayerKernels, Cancelled> {
    let problem = trainer.problem();
    let hidden = || {
        let sum = neuron_sum(trainer.blocks(), cancel, |block| {
            let h_test = block.test_features(problem, trainer.cross());
            let slope = h_test.mapv(|z| problem.activation.derivative(z));
            let left = weighted_slopes(slope.view(), block);
            (left, weighted_slopes(block.slope.view(), block))
        })?;
        Ok(hidden_kernel(sum, problem, cross_gram))
    };
    let output = || {
        let sum = neuron_sum(trainer.blocks(), cancel, |block| {
            let h_test = block.test_features(problem, trainer.cross());
            (
                values(h_test.view(), problem),
                values(block.h.view(), problem),
            )
        })?;
        Ok(output_kernel(&sum, trainer))
    };
    kernels_of_trained_layers(problem, hidden, output)
}

fn kernels_of_trained_layers<R: Real>(
    problem: &Problem<R>,
    hidden: impl FnOnce() -> Result<Array2<f64>, Cancelled>,
    output: impl FnOnce() -> Result<Array2<f64>, Cancelled>,
) -> Result<LayerKernels, Cancelled> {
    Ok(LayerKernels {
        hidden: problem.layers.hidden().then(hidden).transpose()?,
        output: problem.layers.output().then(output).transpose()?,
    })
}

/// Points whose columns of a symmetric sum are computed together.
const STRIP: usize = 128;

/// Σ over blocks of PPᵀ for what `factor` gives, points·outputs × neurons.
fn symmetric_sum<R: Real>(
    blocks: &[NeuronBlock<R>],
    cancel: &Cancel,
    factor: impl Fn(&NeuronBlock<R>) -> Array2<f64> + Sync,
) -> Result<Array2<f64>, Cancelled> {
    let group = blocks.len().div_ceil(GROUPS).max(1);
    let partial = |blocks: &[NeuronBlock<R>]| -> Result<Strips, Cancelled> {
        let mut strips = Strips::default();
        for block in blocks {
            cancel.check()?;
            strips.add(&factor(block));
        }
        Ok(strips)
    };
    let partials = blocks
        .par_chunks(group)
        .map(partial)
        .collect::<Result<Vec<_>, Cancelled>>()?;
    Ok(Strips::total(&partials))
}

/// The upper half of a symmetric matrix: strips of columns down to the diagonal.
#[derive(Default)]
struct Strips {
    side: usize,
    /// Entries of each strip, row after row.
    strips: Vec<Vec<f64>>,
    /// Columns of Pᵀ.
    columns: Vec<f64>,
}

impl Strips {
    /// First and last column of a strip, and one more.
    fn range(side: usize, strip: usize) -> (usize, usize) {
        (strip * STRIP, ((strip + 1) * STRIP).min(side))
    }

    /// Adds PPᵀ.
    fn add(&mut self, p: &Array2<f64>) {
        let (side, neurons) = p.dim();
        if self.strips.is_empty() {
            self.side = side;
            let entries = |strip| {
                let (start, end) = Self::range(side, strip);
                vec![0.0; end * (end - start)]
            };
            self.strips = (0..side.div_ceil(STRIP)).map(entries).collect();
        }
        let Some(data) = p.as_slice() else {
            unreachable!("factors are in standard layout");
        };
        for (strip, out) in self.strips.iter_mut().enumerate() {
            let (start, end) = Self::range(side, strip);
            self.columns.clear();
            for neuron in 0..neurons {
                self.columns.extend(p.slice(s![start..end, neuron]));
            }
            Level::current().run(Product {
                x: Matrix {
                    data,
                    shape: [end, neurons],
                    row_stride: neurons,
                    column_stride: 1,
                },
                s: &self.columns,
                s_rows: None,
                width: end - start,
                alpha: 1.0,
                scales: None,
                base: Base::Out,
                out,
                out_rows: None,
            });
        }
    }

    /// The sum of some, added in order, as a whole matrix.
    fn total(parts: &[Self]) -> Array2<f64> {
        let side = parts.first().map_or(0, |part| part.side);
        let mut total = Array2::zeros((side, side));
        for strip in 0..side.div_ceil(STRIP) {
            let (start, end) = Self::range(side, strip);
            let mut upper = total.slice_mut(s![..end, start..end]);
            for part in parts {
                let rows = part.strips[strip].chunks_exact(end - start);
                for (mut upper, row) in upper.outer_iter_mut().zip(rows) {
                    upper += &ArrayView1::from(row);
                }
            }
        }
        mirror(&mut total);
        total
    }
}

/// Copies the upper half of a square matrix to the lower one, a piece after the other, so that both
/// stay in the cache.
fn mirror(matrix: &mut Array2<f64>) {
    let side = matrix.nrows();
    for start in (0..side).step_by(STRIP) {
        let end = (start + STRIP).min(side);
        for first in (0..end).step_by(STRIP) {
            for i in start..end {
                for j in first..(first + STRIP).min(i) {
                    matrix[[i, j]] = matrix[[j, i]];
                }
            }
        }
    }
}

/// Σ over blocks of PQᵀ for what `factors` gives, points·outputs × neurons each.
fn neuron_sum<R: Real>(
    blocks: &[NeuronBlock<R>],
    cancel: &Cancel,
    factors: impl Fn(&NeuronBlock<R>) -> (Array2<f64>, Array2<f64>) + Sync,
) -> Result<Array2<f64>, Cancelled> {
    let group = blocks.len().div_ceil(GROUPS).max(1);
    let partial = |blocks: &[NeuronBlock<R>]| -> Result<Option<Array2<f64>>, Cancelled> {
        let mut sum: Option<Array2<f64>> = None;
        for block in blocks {
            cancel.check()?;
            let (p, q) = factors(block);
            let sum = sum.get_or_insert_with(|| Array2::zeros((p.nrows(), q.nrows())));
            general_mat_mul(1.0, &p, &q.t(), 1.0, sum);
        }
        Ok(sum)
    };
    let partials = blocks
        .par_chunks(group)
        .map(partial)
        .collect::<Result<Vec<_>, Cancelled>>()?;
    let total = partials
        .into_iter()
        .flatten()
        .reduce(|total, part| total + part);
    Ok(total.unwrap_or_else(|| Array2::zeros((0, 0))))
}

/// L_(a,p),r = v_pr·slope_ra, points·outputs × neurons, of slopes neurons × points.
fn weighted_slopes<R: Real>(slope: ArrayView2<'_, R>, block: &NeuronBlock<R>) -> Array2<f64> {
    let outputs = block.v.nrows();
    let mut l = Array2::zeros((slope.ncols() * outputs, slope.nrows()));
    for (i, mut l) in l.outer_iter_mut().enumerate() {
        let factors = slope.column(i / outputs);
        for (l, (slope, v)) in l
            .iter_mut()
            .zip(factors.iter().zip(block.v.row(i % outputs)))
        {
            *l = v.double() * slope.double();
        }
    }
    l
}

/// σ of features (neurons × points), points × neurons.
fn values<R: Real>(h: ArrayView2<'_, R>, problem: &Problem<R>) -> Array2<f64> {
    let value = |z: R| problem.activation.value(z).double();
    h.t().as_standard_layout().mapv(value)
}

/// (ab)²·S ⊙ ΦΨᵀ, each entry of the Gram matrix spread over the outputs.
fn hidden_kernel<R: Real>(
    mut sum: Array2<f64>,
    problem: &Problem<R>,
    gram: &Array2<f64>,
) -> Array2<f64> {
    let outputs = problem.outputs();
    let factor = (problem.a * problem.b).powi(2);
    if outputs == 1 {
        sum.zip_mut_with(gram, |k, gram| *k *= factor * gram);
        return sum;
    }
    for ((i, j), k) in sum.indexed_iter_mut() {
        *k *= factor * gram[[i / outputs, j / outputs]];
    }
    sum
}

/// a²·S for each output, and 1 more with biases; zero between different outputs.
fn output_kernel<R: Real>(sum: &Array2<f64>, trainer: &Trainer<R>) -> Array2<f64> {
    let problem = trainer.problem();
    let outputs = problem.outputs();
    let factor = problem.a.powi(2);
    let of_bias = if trainer.output_bias().is_some() {
        1.0
    } else {
        0.0
    };
    let shape = (sum.nrows() * outputs, sum.ncols() * outputs);
    Array2::from_shape_fn(shape, |(i, j)| {
        if i % outputs == j % outputs {
            factor * sum[[i / outputs, j / outputs]] + of_bias
        } else {
            0.0
        }
    })
}
