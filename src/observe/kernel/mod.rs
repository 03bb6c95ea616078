//! The empirical tangent kernel K = JJᵀ, never through the n·outputs × p Jacobian itself.

pub(super) mod footprint;
pub(super) mod pattern_sum;
pub(super) mod symmetric_sum;

use ndarray::linalg::general_mat_mul;
use ndarray::{Array2, Axis, s};
use pulp::{Simd, WithSimd};
use rayon::prelude::*;

use crate::network::Real;
use crate::simd::Level;
use crate::task::{Cancel, Cancelled};
use crate::train::{CHUNK, NeuronBlock, Problem, Trainer};

use pattern_sum::pattern_sum;
use symmetric_sum::{GROUPS, SymmetricSum};

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
    train_kernels_in(&mut SymmetricSum::default(), trainer, cancel)
}

/// The same in memory that was used before.
///
/// # Errors
/// [`Cancelled`] once `cancel` is raised.
pub(super) fn train_kernels_in<R: Real>(
    memory: &mut SymmetricSum,
    trainer: &Trainer<R>,
    cancel: &Cancel,
) -> Result<LayerKernels, Cancelled> {
    let problem = trainer.problem();
    let hidden = problem.layers.hidden().then(|| {
        let sum = match pattern_sum(memory, trainer, cancel)? {
            Some(sum) => sum,
            None => slope_sum(memory, trainer, cancel)?,
        };
        Ok(hidden_kernel(sum, problem, trainer.gram()))
    });
    let hidden = hidden.transpose()?;
    let output = problem.layers.output().then(|| {
        let sum = feature_gram(memory, trainer, cancel)?;
        Ok(output_kernel(&sum, trainer))
    });
    Ok(LayerKernels {
        hidden,
        output: output.transpose()?,
    })
}

/// LᵀL on the training set, n·outputs square.
fn slope_sum<R: Real>(
    memory: &mut SymmetricSum,
    trainer: &Trainer<R>,
    cancel: &Cancel,
) -> Result<Array2<f64>, Cancelled> {
    let slopes = |block: &NeuronBlock<R>, l: &mut _| weighted_slopes(&block.slope, block, l);
    memory.of(trainer.blocks(), cancel, slopes)
}

/// σ(H)ᵀσ(H) on the training set, n × n.
///
/// # Errors
/// [`Cancelled`] once `cancel` is raised.
pub(super) fn feature_gram<R: Real>(
    memory: &mut SymmetricSum,
    trainer: &Trainer<R>,
    cancel: &Cancel,
) -> Result<Array2<f64>, Cancelled> {
    let problem = trainer.problem();
    let values = |block: &NeuronBlock<R>, value: &mut _| values(&block.h, problem, value);
    memory.of(trainer.blocks(), cancel, values)
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
    // Those in the cells of the plane come after them.
    let test_features = |block: &NeuronBlock<R>| {
        let features = block.test_features(problem, trainer.cross());
        features.slice_move(s![.., ..problem.n_test()])
    };
    let hidden = || {
        let sum = neuron_sum(trainer.blocks(), cancel, |block| {
            let h_test = test_features(block);
            let slope = h_test.mapv(|z| problem.activation.derivative(z));
            let mut factors = <[Array2<f64>; 2]>::default();
            weighted_slopes(&slope, block, &mut factors[0]);
            weighted_slopes(&block.slope, block, &mut factors[1]);
            factors
        })?;
        Ok(hidden_kernel(sum, problem, cross_gram))
    };
    let output = || {
        let sum = neuron_sum(trainer.blocks(), cancel, |block| {
            let h_test = test_features(block);
            let mut factors = <[Array2<f64>; 2]>::default();
            values(&h_test, problem, &mut factors[0]);
            values(&block.h, problem, &mut factors[1]);
            factors
        })?;
        Ok(output_kernel(&sum, trainer))
    };
    Ok(LayerKernels {
        hidden: problem.layers.hidden().then(hidden).transpose()?,
        output: problem.layers.output().then(output).transpose()?,
    })
}

/// Σ over blocks of PQᵀ for what `factors` gives, points·outputs × neurons each.
fn neuron_sum<R: Real>(
    blocks: &[NeuronBlock<R>],
    cancel: &Cancel,
    factors: impl Fn(&NeuronBlock<R>) -> [Array2<f64>; 2] + Sync,
) -> Result<Array2<f64>, Cancelled> {
    let group = blocks.len().div_ceil(GROUPS).max(1);
    let partial = |blocks: &[NeuronBlock<R>]| -> Result<Option<Array2<f64>>, Cancelled> {
        let mut sum: Option<Array2<f64>> = None;
        for block in blocks {
            cancel.check()?;
            let [p, q] = factors(block);
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

/// L_(a,p),r = v_pr·slope_ra, points·outputs × neurons, of slopes neurons × points in column-major order.
fn weighted_slopes<R: Real>(slope: &Array2<R>, block: &NeuronBlock<R>, l: &mut Array2<f64>) {
    let (outputs, neurons) = block.v.dim();
    shape_into(l, (slope.ncols() * outputs, neurons));
    let v: Vec<f64> = block.v.iter().map(|v| v.double()).collect();
    let (Some(slopes), Some(l)) = (slope.t().to_slice(), l.as_slice_mut()) else {
        unreachable!("slopes of a block are column-major by construction");
    };
    if neurons > 0 {
        let v = &v;
        Level::current().run(Weighted {
            slopes,
            v,
            neurons,
            l,
        });
    }
}

/// Writes each point's slopes times each output's v.
struct Weighted<'a, R> {
    /// Points × neurons.
    slopes: &'a [R],
    /// Outputs × neurons.
    v: &'a [f64],
    neurons: usize,
    /// Points·outputs × neurons.
    l: &'a mut [f64],
}

impl<R: Real> WithSimd for Weighted<'_, R> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) {
        let points = self.slopes.chunks_exact(self.neurons);
        for (slopes, l) in points.zip(self.l.chunks_exact_mut(self.v.len())) {
            let outputs = self.v.chunks_exact(self.neurons);
            for (v, l) in outputs.zip(l.chunks_exact_mut(self.neurons)) {
                for ((l, v), slope) in l.iter_mut().zip(v).zip(slopes) {
                    *l = v * slope.double();
                }
            }
        }
    }
}

/// σ of features (neurons × points, column-major), points × neurons.
fn values<R: Real>(h: &Array2<R>, problem: &Problem<R>, doubles: &mut Array2<f64>) {
    let points = h.t();
    shape_into(doubles, points.dim());
    let (Some(h), Some(doubles)) = (points.as_slice(), doubles.as_slice_mut()) else {
        unreachable!("features of a block are column-major by construction");
    };
    let mut value = [R::zero(); CHUNK];
    for (h, doubles) in h.chunks(CHUNK).zip(doubles.chunks_mut(CHUNK)) {
        let value = &mut value[..h.len()];
        problem.activation.map_values(h, value);
        for (double, value) in doubles.iter_mut().zip(value) {
            *double = value.double();
        }
    }
}

/// Gives a matrix another shape where it has not got it; its entries are then zero.
fn shape_into(matrix: &mut Array2<f64>, shape: (usize, usize)) {
    if matrix.dim() != shape {
        *matrix = Array2::zeros(shape);
    }
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
    let points = sum.axis_chunks_iter_mut(Axis(0), outputs);
    for (mut rows, gram) in points.zip(gram.outer_iter()) {
        for mut row in rows.outer_iter_mut() {
            let points = row.exact_chunks_mut(outputs);
            for (mut entries, gram) in points.into_iter().zip(gram) {
                entries *= factor * gram;
            }
        }
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
    let of_one = sum.mapv(|s| factor * s + of_bias);
    if outputs == 1 {
        return of_one;
    }
    let mut kernel = Array2::zeros((sum.nrows() * outputs, sum.ncols() * outputs));
    for output in 0..outputs {
        let own = s![output..;outputs, output..;outputs];
        kernel.slice_mut(own).assign(&of_one);
    }
    kernel
}
