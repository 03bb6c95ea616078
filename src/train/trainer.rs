//! A network in training, in weight space or in sample space, and full-batch gradient descent.

use std::ops::Range;

use ndarray::Array2;
use rayon::prelude::*;

use crate::network::{InitialWeights, Real};
use crate::simd::SubsetSums;

use super::gram::gram_matrices;
use super::loss::Fit;
use super::output_bias::OutputBias;
use super::stepper::Stepper;
use super::weighted_inputs::WeightedInputs;
use super::{BLOCK, NeuronBlock, Problem, Reduction, StepInput, Storage, Watch};
use crate::task::{Cancel, Cancelled};

/// A network in training.
///
/// Sample space (the features H evolve by themselves, H ← H − γsab²·[(VᵀR) ⊙ σ'(H)]ΦΦᵀ) and weight
/// space (W ← W − γsab·[(VᵀR) ⊙ σ'(H)]Φ) are the same iteration in exact arithmetic.
#[derive(Clone, Debug)]
pub struct Trainer<R> {
    pub(super) problem: Problem<R>,
    pub(super) initial: InitialWeights,
    pub(super) blocks: Vec<NeuronBlock<R>>,
    pub(super) gram: Array2<R>,
    pub(super) weighted_inputs: WeightedInputs<R>,
    /// What features evolve by, from the first step on; `None` where they follow from C.
    pub(super) evolution: Option<SubsetSums<R>>,
    cross: Array2<R>,
    gram_f64: Array2<f64>,
    /// f against Y at the training points.
    pub(super) fit: Fit<R>,
    pub(super) step: f64,
    pub(super) steps_done: u64,
    pub(super) storage: Storage,
    /// Whether steps on batches left H, σ'(H) and R behind the weights.
    pub(super) is_behind: bool,
    pub(super) measures_path: bool,
    /// Σ ‖ΔW‖_F over the steps measured.
    pub(super) path_length: f64,
    pub(super) squared_initial_norm: f64,
    /// How the neurons combine those of a wider linear network, where they do.
    pub(super) reduction: Option<Reduction>,
    pub(super) output_bias: Option<OutputBias<R>>,
    /// Kernels of many steps in a row, where there are any for this network.
    pub(super) stepper: Option<Stepper<R>>,
    /// Memory in which the inputs of a batch are packed.
    pub(super) batch_room: Vec<R>,
}

impl<R: Real> Trainer<R> {
    /// Builds the network: W(0) by its rule, `v` (outputs × m) as given, step δ; in sample space or in
    /// weight space, with all that can be measured.
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
        let storage = if sample_space {
            Storage::SampleSpace
        } else {
            Storage::WeightSpace
        };
        Self::with_storage(problem, initial, v, step, storage, cancel)
    }

    /// As [`Self::new`], holding no more than `storage` says.
    ///
    /// # Errors
    /// [`Cancelled`] once `cancel` is raised.
    pub fn with_storage(
        problem: Problem<R>,
        initial: InitialWeights,
        v: &Array2<f64>,
        step: f64,
        storage: Storage,
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
                    NeuronBlock::new(first, w, v, &problem, storage),
                    squared_norm,
                ))
            })
            .collect::<Result<Vec<_>, Cancelled>>()?;
        let (blocks, squared_norms): (Vec<_>, Vec<f64>) = blocks.into_iter().unzip();
        let (gram_f64, cross) = gram_matrices(&problem, storage, cancel)?;
        let mut trainer = Self {
            gram: if storage.is_sample_space() {
                gram_f64.mapv(R::of)
            } else {
                Array2::zeros((0, 0))
            },
            weighted_inputs: WeightedInputs::new(&problem, storage),
            evolution: None,
            fit: Fit::new(problem.loss, problem.outputs(), problem.n()),
            gram_f64,
            cross,
            blocks,
            initial,
            problem,
            step,
            steps_done: 0,
            storage,
            is_behind: false,
            measures_path: false,
            path_length: 0.0,
            squared_initial_norm: squared_norms.iter().sum(),
            reduction: None,
            output_bias: None,
            stepper: None,
            batch_room: Vec::new(),
        };
        if storage.has_features() {
            trainer.sweep(|_, _| 0.0, cancel)?;
        } else {
            trainer.evaluate(cancel)?;
        }
        Ok(trainer)
    }

    /// Builds a linear network that iterates on r + outputs combinations of its neurons, r the rank
    /// of the data (or on the neurons themselves, where the data can't be decomposed), and holds no more than
    /// `storage` says. The problem's activation must be the identity. Outputs, kernels, losses and Frobenius
    /// norms are those of the whole network; the blocks hold the combinations.
    ///
    /// # Errors
    /// [`Cancelled`] once `cancel` is raised.
    pub fn reduced(
        problem: Problem<R>,
        initial: InitialWeights,
        v: &Array2<f64>,
        step: f64,
        storage: Storage,
        cancel: &Cancel,
    ) -> Result<Self, Cancelled> {
        let Some(reduction) = Reduction::new(&problem, initial.clone(), v, cancel)? else {
            return Self::with_storage(problem, initial, v, step, storage, cancel);
        };
        let start = InitialWeights::Given(reduction.w.clone());
        let mut trainer = Self::with_storage(problem, start, &reduction.v, step, storage, cancel)?;
        trainer.squared_initial_norm = reduction.squared_initial_norm;
        trainer.reduction = Some(reduction);
        Ok(trainer)
    }

    /// One step of full-batch gradient descent.
    ///
    /// # Errors
    /// [`Cancelled`] once `cancel` is raised; the trainer must not be used any more.
    pub fn step(&mut self, cancel: &Cancel) -> Result<(), Cancelled> {
        if self.stepper.is_some() {
            self.descend(1, Watch::EVERYTHING, cancel)?;
            return self.refresh(cancel);
        }
        if !self.storage.has_features() {
            let all: Vec<usize> = (0..self.problem.n()).collect();
            self.batch_step(&all, self.problem.loss_factor, cancel)?;
            return self.refresh(cancel);
        }
        self.prepare_step();
        let squared_length = match self.take_evolution() {
            None => self.sweep(NeuronBlock::step, cancel)?,
            Some(sums) => self.evolve(sums, cancel)?,
        };
        self.path_length += squared_length.sqrt();
        self.steps_done += 1;
        Ok(())
    }

    /// What a step does before the blocks do theirs.
    pub(super) fn prepare_step(&mut self) {
        if let Some(bias) = &mut self.output_bias {
            let scaled_step = self.step * self.problem.loss_factor;
            bias.step(&self.problem, scaled_step, &self.fit.residual);
        }
        self.weighted_inputs
            .update(&self.problem.phi, &self.fit.residual);
    }

    /// Brings the features held and the residual at all training points up to date after
    /// [`Self::batch_step`], which leaves them behind. Does nothing where they are up to date.
    ///
    /// # Errors
    /// [`Cancelled`] once `cancel` is raised.
    pub fn refresh(&mut self, cancel: &Cancel) -> Result<(), Cancelled> {
        if !self.is_behind {
            return Ok(());
        }
        if !self.storage.has_features() {
            self.evaluate(cancel)?;
            self.is_behind = false;
            return Ok(());
        }
        let update = |block: &mut NeuronBlock<R>, input: StepInput<'_, R>| {
            if input.problem.layers.hidden() {
                block.update_features(input.problem, input.gram);
            }
            0.0
        };
        self.sweep(update, cancel)?;
        self.refresh_residual();
        self.is_behind = false;
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

    /// ΦΦᵀ in double precision, n × n; empty where it is not held.
    pub fn gram(&self) -> &Array2<f64> {
        &self.gram_f64
    }

    /// ΦΦ_testᵀ, n × n_test; empty in weight space.
    pub fn cross(&self) -> &Array2<R> {
        &self.cross
    }

    /// R on the training set, outputs × n: f − Y, or of the cross-entropy softmax(f) − Y.
    pub fn residual(&self) -> &Array2<R> {
        &self.fit.residual
    }

    /// Training loss (s/2)·‖f − Y‖_F², or s·Σ_a of the cross-entropy.
    pub fn loss(&self) -> f64 {
        self.problem.loss_factor * self.fit.loss()
    }

    /// ‖R‖_F².
    pub fn squared_residual(&self) -> f64 {
        self.fit.squared_residual()
    }

    /// Outputs f on the training set, n × outputs.
    pub fn outputs(&self) -> Array2<f64> {
        self.fit.outputs(&self.problem.y)
    }

    /// Bytes of all matrices held, from their shapes.
    pub fn bytes(&self) -> u64 {
        let problem = &self.problem;
        let floats = problem.phi.len()
            + problem.phi_test.len()
            + self.gram.len()
            + self.weighted_inputs.floats()
            + self.evolution.as_ref().map_or(0, SubsetSums::floats)
            + self.cross.len()
            + self.fit.floats()
            + self.batch_room.capacity();
        let neurons: usize = self.blocks.iter().map(NeuronBlock::floats).sum();
        let reduction = self.reduction.as_ref().map_or(0, Reduction::floats);
        let stepper = self.stepper.as_ref().map_or(0, Stepper::floats);
        let doubles = self.gram_f64.len() + reduction;
        ((floats + neurons + stepper) * size_of::<R>() + doubles * size_of::<f64>()) as u64
    }

    /// Width m of the network, reduced or not.
    pub fn width(&self) -> usize {
        let reduced = self.reduction.as_ref().map(Reduction::width);
        reduced.unwrap_or_else(|| self.initial.width())
    }

    /// Rows of W that the blocks hold: m, or fewer of a reduced network.
    pub(super) fn initial_width(&self) -> usize {
        self.initial.width()
    }

    /// Whether the blocks hold combinations of neurons instead of neurons.
    pub fn is_reduced(&self) -> bool {
        self.reduction.is_some()
    }

    /// Rows of W(0) of the blocks.
    pub fn initial_rows(&self, rows: Range<usize>) -> Array2<R> {
        self.initial.rows(rows)
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

    /// Adds up ‖ΔW‖_F of every step from now on.
    pub fn measure_path(&mut self) {
        self.measures_path = true;
    }

    /// Σ ‖W_{τ+1} − W_τ‖_F over the steps since [`Self::measure_path`], of gradient flow over its
    /// inner steps; `None` without that call.
    pub fn path_length(&self) -> Option<f64> {
        self.measures_path.then_some(self.path_length)
    }

    /// Whether the iteration runs on the features.
    pub fn sample_space(&self) -> bool {
        self.storage.is_sample_space()
    }

    /// What is held beside the weights.
    pub fn storage(&self) -> Storage {
        self.storage
    }
}
