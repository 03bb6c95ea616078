//! Full-batch gradient descent on the two trained matrices, in weight space or in sample space.

use ndarray::Array2;
use rayon::prelude::*;

use crate::network::{InitialWeights, Real};

use super::{BLOCK, Cancel, Cancelled, NeuronBlock, Problem, StepInput, gram};

/// A network in training.
///
/// Sample space (the features H evolve by themselves, H ← H − γsab²·[(VᵀR) ⊙ σ'(H)]ΦΦᵀ) and weight
/// space (W ← W − γsab·[(VᵀR) ⊙ σ'(H)]Φ) are the same iteration in exact arithmetic.
#[derive(Clone, Debug)]
pub struct Trainer<R> {
    problem: Problem<R>,
    initial: InitialWeights,
    blocks: Vec<NeuronBlock<R>>,
    gram: Array2<R>,
    cross: Array2<R>,
    gram_f64: Array2<f64>,
    /// f − Y, outputs × n.
    residual: Array2<R>,
    step: f64,
    steps_done: u64,
    sample_space: bool,
    squared_initial_norm: f64,
}

impl<R: Real> Trainer<R> {
    /// Builds the network: W(0) by its rule, `v` (outputs × m) as given, step δ.
    ///
    /// # Errors
    /// [`Cancelled`] once `cancel` is raised.
    pub fn new(
        problem: Problem<R>,
        initial: InitialWeights,
        v: &Array2<f64>,
        step: f64,
        sample_space: bool,
        cancel: &Cancel,
    ) -> Result<Self, Cancelled> {
        let m = initial.width();
        let starts: Vec<usize> = (0..m).step_by(BLOCK).collect();
        let blocks = starts
            .into_par_iter()
            .map(|first| {
                cancel.check()?;
                let range = first..(first + BLOCK).min(m);
                let v = v.slice(ndarray::s![.., range.clone()]).mapv(R::of);
                let w = initial.rows::<R>(range);
                let squared_norm: f64 = w.iter().map(|w| w.double().powi(2)).sum();
                Ok((
                    NeuronBlock::new(first, w, v, &problem, sample_space),
                    squared_norm,
                ))
            })
            .collect::<Result<Vec<_>, Cancelled>>()?;
        let (blocks, squared_norms): (Vec<_>, Vec<f64>) = blocks.into_iter().unzip();
        let gram_f64 = gram(problem.phi.view(), problem.phi.view(), cancel)?;
        let cross = if sample_space {
            gram(problem.phi.view(), problem.phi_test.view(), cancel)?.mapv(R::of)
        } else {
            Array2::zeros((0, 0))
        };
        let mut trainer = Self {
            gram: if sample_space {
                gram_f64.mapv(R::of)
            } else {
                Array2::zeros((0, 0))
            },
            residual: Array2::zeros((problem.outputs(), problem.n())),
            gram_f64,
            cross,
            blocks,
            initial,
            problem,
            step,
            steps_done: 0,
            sample_space,
            squared_initial_norm: squared_norms.iter().sum(),
        };
        trainer.update_residual(None, cancel)?;
        Ok(trainer)
    }

    /// One gradient step.
    ///
    /// # Errors
    /// [`Cancelled`] once `cancel` is raised; the trainer must not be used any more.
    pub fn step(&mut self, cancel: &Cancel) -> Result<(), Cancelled> {
        self.update_residual(Some(self.step), cancel)?;
        self.steps_done += 1;
        Ok(())
    }

    /// Steps every block by δ where one is given, then computes R = aVσ(H) − Y.
    fn update_residual(&mut self, step: Option<f64>, cancel: &Cancel) -> Result<(), Cancelled> {
        let Self {
            problem,
            gram,
            residual,
            blocks,
            ..
        } = self;
        let shape = residual.raw_dim();
        let input = step.map(|step| StepInput {
            problem,
            gram,
            residual,
            step,
        });
        let pass = |block: &mut NeuronBlock<R>| {
            cancel.check()?;
            if let Some(input) = input {
                block.step(input);
            }
            let mut sum = Array2::zeros(shape);
            block.forward(problem, &mut sum);
            Ok(sum)
        };
        let sums = blocks
            .par_iter_mut()
            .map(pass)
            .collect::<Result<Vec<_>, Cancelled>>()?;
        let mut total = Array2::<f64>::zeros(shape);
        for sum in &sums {
            total.zip_mut_with(sum, |t, s| *t += s.double());
        }
        for (p, mut row) in self.residual.outer_iter_mut().enumerate() {
            for (a, r) in row.iter_mut().enumerate() {
                let y = self.problem.y[[a, p]].double();
                *r = R::of(self.problem.a * total[[p, a]] - y);
            }
        }
        Ok(())
    }

    /// The problem.
    pub fn problem(&self) -> &Problem<R> {
        &self.problem
    }

    /// The neurons, in order.
    pub fn blocks(&self) -> &[NeuronBlock<R>] {
        &self.blocks
    }

    /// ΦΦᵀ in double precision, n × n.
    pub fn gram(&self) -> &Array2<f64> {
        &self.gram_f64
    }

    /// ΦΦ_testᵀ, n × n_test; empty in weight space.
    pub fn cross(&self) -> &Array2<R> {
        &self.cross
    }

    /// R = f − Y on the training set, outputs × n.
    pub fn residual(&self) -> &Array2<R> {
        &self.residual
    }

    /// Training loss (s/2)·‖f − Y‖_F².
    pub fn loss(&self) -> f64 {
        0.5 * self.problem.loss_factor * self.squared_residual()
    }

    /// ‖f − Y‖_F².
    pub fn squared_residual(&self) -> f64 {
        self.residual.iter().map(|r| r.double().powi(2)).sum()
    }

    /// Outputs f on the training set, n × outputs.
    pub fn outputs(&self) -> Array2<f64> {
        let mut f = self.residual.t().mapv(R::double);
        f.zip_mut_with(&self.problem.y, |f, y| *f += y.double());
        f
    }

    /// Bytes of all matrices held, from their shapes.
    pub fn bytes(&self) -> u64 {
        let problem = &self.problem;
        let floats =
            problem.phi.len() + problem.phi_test.len() + self.gram.len() + self.cross.len();
        let neurons: usize = self.blocks.iter().map(NeuronBlock::floats).sum();
        ((floats + neurons) * size_of::<R>() + self.gram_f64.len() * size_of::<f64>()) as u64
    }

    /// Width m.
    pub fn width(&self) -> usize {
        self.initial.width()
    }

    /// Updates done.
    pub fn steps_done(&self) -> u64 {
        self.steps_done
    }

    /// Step δ.
    pub fn step_size(&self) -> f64 {
        self.step
    }

    /// Goes on with another step δ.
    pub fn set_step_size(&mut self, step: f64) {
        self.step = step;
    }

    /// Whether the iteration runs on the features.
    pub fn sample_space(&self) -> bool {
        self.sample_space
    }

    /// Current hidden weights W, m × D.
    pub fn hidden_weights(&self) -> Array2<f64> {
        let mut w = Array2::zeros((self.width(), self.problem.embedding()));
        for block in &self.blocks {
            let range = block.first..block.first + block.neurons();
            let rows = block.hidden_weights(self.initial.rows(range.clone()), &self.problem);
            w.slice_mut(ndarray::s![range, ..])
                .assign(&rows.mapv(R::double));
        }
        w
    }

    /// ‖W(0)‖_F.
    pub fn initial_weight_norm(&self) -> f64 {
        self.squared_initial_norm.sqrt()
    }

    /// Current output weights V, outputs × m.
    pub fn output_weights(&self) -> Array2<f64> {
        let mut v = Array2::zeros((self.problem.outputs(), self.width()));
        for block in &self.blocks {
            let range = block.first..block.first + block.neurons();
            v.slice_mut(ndarray::s![.., range])
                .assign(&block.v.mapv(R::double));
        }
        v
    }
}
