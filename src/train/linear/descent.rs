//! Full-batch gradient descent of a linear network without any product of the size of its features.

use ndarray::Array2;
use rayon::prelude::*;

use crate::network::{Activation, Real};
use crate::simd::{Aligned, LINE, Level, in_lines};
use crate::spec::LossKind;

use super::factor::{LinearFactor, PaddedRows, Way};
use super::rows::{LinearRows, LinearStep};
use crate::train::loss::Fit;
use crate::train::output_bias::OutputBias;
use crate::train::shape::Sizes;
use crate::train::{NeuronBlock, Problem};

/// Weights from which on a step is worth a second thread.
const PARALLEL: usize = 1 << 17;

/// Most weights of which a second copy is held for the passes.
const LARGEST: u128 = 1 << 22;

/// A linear network at work. With σ' = 1 the step of W has the rank of the outputs,
/// ΔC = κVᵀR or ΔW = κVᵀ(RΦ), and f = a(VH0 + b(VC)ΦΦᵀ) or ab(VW)Φᵀ: all products have a factor
/// with as many rows as there are outputs, and one pass over the weights is enough.
#[derive(Clone, Debug)]
pub(in crate::train) struct LinearDescent<R> {
    level: Level,
    is_parallel: bool,
    parts: Vec<LinearRows<R>>,
    /// ΦΦᵀ or Φ.
    pull: LinearFactor<R>,
    /// Φᵀ; `None` in sample space, where it is ΦΦᵀ once more.
    push: Option<LinearFactor<R>>,
    /// bRΦΦᵀ or bRΦ, outputs × columns.
    pulled: Aligned<R>,
    /// VX, outputs × columns.
    sum_x: Aligned<R>,
    /// VH0, outputs × points; empty in weight space.
    sum_h0: Aligned<R>,
    /// VH, outputs × points.
    sums: Aligned<R>,
    /// R, outputs × points.
    residual: Aligned<R>,
    /// Y, outputs × points.
    targets: Aligned<R>,
    /// R without the padding, and the losses.
    fit: Fit<R>,
    /// f, outputs × n; empty under the squared loss.
    outputs: Array2<f64>,
    loss: f64,
    loss_before: f64,
}

/// Whether [`LinearDescent`] is for networks of a kind.
pub(in crate::train) fn is_for(activation: Activation, weights: u128) -> bool {
    activation == Activation::Identity && weights <= LARGEST
}

/// Floats held at most.
pub(in crate::train) fn most_floats(sizes: Sizes, sample_space: bool) -> u128 {
    // Rows, and groups of rows, are filled up.
    let fill = LINE as u128;
    let neurons = sizes.neurons + fill + sizes.neurons / 8;
    let (n, embedding) = (sizes.n + fill, sizes.embedding + fill);
    let (weights, factors) = if sample_space {
        (2 * neurons * n, n * n)
    } else {
        (neurons * embedding, 2 * n * embedding)
    };
    weights + factors + sizes.outputs * (2 * neurons + 10 * (n + embedding)) * 2
}

impl<R: Real> LinearDescent<R> {
    /// For the network of these blocks; `gram` is ΦΦᵀ in sample space.
    pub(in crate::train) fn new(
        problem: &Problem<R>,
        blocks: &[NeuronBlock<R>],
        gram: &Array2<R>,
    ) -> Self {
        let outputs = problem.outputs();
        let points = in_lines::<R>(problem.n());
        let is_sample_space = !gram.is_empty();
        let (pull, push) = if is_sample_space {
            (LinearFactor::new(gram.view(), outputs), None)
        } else {
            let push = LinearFactor::new(problem.phi.t(), outputs);
            (LinearFactor::new(problem.phi.view(), outputs), Some(push))
        };
        let zeros = |length| Aligned::filled(R::zero(), outputs * length);
        let columns = pull.columns();
        let mut targets = zeros(points);
        for (to, y) in targets.chunks_exact_mut(points).zip(problem.y.columns()) {
            to.iter_mut().zip(y).for_each(|(to, y)| *to = *y);
        }
        let kept = match problem.loss {
            LossKind::Squared => (0, 0),
            LossKind::CrossEntropy => (outputs, problem.n()),
        };
        let parts: Vec<_> = blocks.iter().map(LinearRows::new).collect();
        let weights: usize = parts.iter().map(LinearRows::weights).sum();
        Self {
            level: Level::current(),
            is_parallel: weights >= PARALLEL,
            parts,
            pull,
            push,
            pulled: zeros(columns),
            sum_x: zeros(columns),
            sum_h0: zeros(if is_sample_space { points } else { 0 }),
            sums: zeros(points),
            residual: zeros(points),
            targets,
            fit: Fit::new(problem.loss, outputs, problem.n()),
            outputs: Array2::zeros(kept),
            loss: f64::NAN,
            loss_before: f64::NAN,
        }
    }

    /// Floats held.
    pub(in crate::train) fn floats(&self) -> usize {
        let parts: usize = self.parts.iter().map(LinearRows::floats).sum();
        let factors = self.pull.floats() + self.push.as_ref().map_or(0, LinearFactor::floats);
        let sums = self.pulled.len() + self.sum_x.len() + self.sum_h0.len();
        let points = self.sums.len() + self.residual.len() + self.targets.len();
        parts + factors + sums + points + self.fit.floats()
    }

    /// Takes the weights of the blocks, and computes what follows from them.
    pub(in crate::train) fn load(
        &mut self,
        problem: &Problem<R>,
        blocks: &[NeuronBlock<R>],
        bias: Option<&OutputBias<R>>,
    ) {
        for (part, block) in self.parts.iter_mut().zip(blocks) {
            part.load(block);
        }
        self.pass(None, problem.b, None);
        self.forward(problem, bias);
    }

    /// Gives the blocks their weights.
    pub(in crate::train) fn store(&self, blocks: &mut [NeuronBlock<R>]) {
        for (part, block) in self.parts.iter().zip(blocks) {
            part.store(block);
        }
    }

    /// What the outputs leave at the training points.
    pub(in crate::train) fn fit(&self) -> &Fit<R> {
        &self.fit
    }

    /// Loss without its factor: now, and before the last step.
    pub(in crate::train) fn losses(&self) -> [f64; 2] {
        [self.loss, self.loss_before]
    }

    /// One step of both layers from the old state, as far as they are trained; gives ‖ΔW‖_F² where it
    /// is measured, else 0.
    pub(in crate::train) fn step(
        &mut self,
        problem: &Problem<R>,
        step: f64,
        mut bias: Option<&mut OutputBias<R>>,
        measured: bool,
    ) -> f64 {
        let layers = problem.layers;
        let scaled_step = step * problem.loss_factor;
        let way = self.way();
        let x = PaddedRows {
            entries: &self.residual[..],
            stride: self.sums.len() / problem.outputs(),
        };
        let b = R::of(problem.b);
        self.pull.multiply(way, b, x, &[], &mut self.pulled);
        let hidden = -scaled_step * problem.hidden_step_factor * problem.a * problem.b;
        let squared_length = if measured && layers.hidden() {
            self.squared_length(problem, hidden)
        } else {
            0.0
        };
        let output = -scaled_step * problem.output_step_factor * problem.a;
        let (hidden, output) = (
            layers.hidden().then_some(hidden),
            layers.output().then_some(output),
        );
        self.pass(hidden, problem.b, output);
        if let Some(bias) = &mut bias {
            bias.step(problem, scaled_step, &self.fit.residual);
        }
        self.loss_before = self.loss;
        self.forward(problem, bias.as_deref());
        squared_length
    }

    fn way(&self) -> Way {
        Way {
            level: self.level,
            is_parallel: self.is_parallel,
        }
    }

    /// Steps of all rows, X ← X + κVᵀR or κVᵀ(RΦ) and V ← V + κRHᵀ, and the sums over the new ones.
    fn pass(&mut self, hidden: Option<f64>, b: f64, output: Option<f64>) {
        let step = LinearStep {
            pulled: &self.pulled,
            residual: &self.residual,
            hidden: hidden.map(|scale| match self.push {
                None => (R::of(scale), &self.residual[..]),
                Some(_) => (R::of(scale / b), &self.pulled[..]),
            }),
            output: output.map(R::of),
        };
        let level = self.level;
        let pass = |part: &mut LinearRows<R>| part.step(level, step);
        if self.is_parallel {
            self.parts.par_iter_mut().for_each(pass);
        } else {
            self.parts.iter_mut().for_each(pass);
        }
    }

    /// f, R and the loss from the sums over the weights.
    fn forward(&mut self, problem: &Problem<R>, bias: Option<&OutputBias<R>>) {
        add_parts(self.parts.iter().map(|part| &part.sum_x), &mut self.sum_x);
        add_parts(self.parts.iter().map(|part| &part.sum_h0), &mut self.sum_h0);
        let way = self.way();
        let x = PaddedRows {
            entries: &self.sum_x[..],
            stride: self.sum_x.len() / problem.outputs(),
        };
        let push = self.push.as_mut().unwrap_or(&mut self.pull);
        push.multiply(way, R::of(problem.b), x, &self.sum_h0, &mut self.sums);
        let points = self.sums.len() / problem.outputs();
        self.fit.clear();
        match problem.loss {
            LossKind::Squared => {
                let a = R::of(problem.a);
                let rows = self
                    .sums
                    .chunks_exact(points)
                    .zip(self.targets.chunks_exact(points));
                for (p, (mut residual, (sums, y))) in
                    self.fit.residual.outer_iter_mut().zip(rows).enumerate()
                {
                    let c = bias.map_or(R::zero(), |bias| bias.c[p]);
                    for (r, (sum, y)) in residual.iter_mut().zip(sums.iter().zip(y)) {
                        *r = a * *sum + (c - *y);
                    }
                }
            }
            LossKind::CrossEntropy => {
                for (p, (mut f, sums)) in self
                    .outputs
                    .outer_iter_mut()
                    .zip(self.sums.chunks_exact(points))
                    .enumerate()
                {
                    let c = bias.map_or(0.0, |bias| bias.c[p].double());
                    f.iter_mut()
                        .zip(sums)
                        .for_each(|(f, sum)| *f = problem.a * sum.double() + c);
                }
                self.fit.set(0, &self.outputs, problem.y.outer_iter());
            }
        }
        for (to, r) in self
            .residual
            .chunks_exact_mut(points)
            .zip(self.fit.residual.outer_iter())
        {
            to.iter_mut().zip(r).for_each(|(to, r)| *to = *r);
        }
        self.loss = self.fit.loss();
    }

    /// ‖ΔW‖_F² = κ²·Σ_pq (RΦΦᵀRᵀ)_pq (VVᵀ)_pq for the step ΔC = κVᵀR; `scale` is κ.
    fn squared_length(&self, problem: &Problem<R>, scale: f64) -> f64 {
        let outputs = problem.outputs();
        let columns = self.pulled.len() / outputs;
        // b(RΦΦᵀ)·R of two outputs, or b²(RΦ)·(RΦ).
        let (with, factor) = match self.push {
            None => (&self.residual, problem.b),
            Some(_) => (&self.pulled, problem.b * problem.b),
        };
        let rows = |p: usize| p * columns..(p + 1) * columns;
        let mut sum = 0.0;
        for p in 0..outputs {
            for q in 0..outputs {
                let pairs = self.pulled[rows(p)].iter().zip(&with[rows(q)]);
                let inputs: f64 = pairs.map(|(x, y)| x.double() * y.double()).sum();
                let weights: f64 = self
                    .parts
                    .iter()
                    .map(|part| part.output_product(p, q))
                    .sum();
                sum += inputs * weights;
            }
        }
        // Rounding can leave a tiny negative number where nothing moved.
        (scale * scale / factor * sum).max(0.0)
    }
}

/// Adds up the parts, in order.
fn add_parts<'a, R: Real>(parts: impl Iterator<Item = &'a Aligned<R>>, sum: &mut [R]) {
    for (i, part) in parts.enumerate() {
        if i == 0 {
            sum.copy_from_slice(part);
        } else {
            sum.iter_mut()
                .zip(part.iter())
                .for_each(|(sum, x)| *sum += *x);
        }
    }
}
