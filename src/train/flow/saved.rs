//! What of gradient flow can't be made again from the weights.

use ndarray::Array2;
use serde::{Deserialize, Serialize};

use crate::network::Real;

use crate::train::{Flow, Misfit, NeuronBlock, StepInput, Trainer};

/// What of gradient flow can't be made again from the weights: the length of the next inner step and
/// its first slopes, and where σ' jumps the slopes that are held.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SavedFlow<R> {
    tau: Option<f64>,
    evaluations: u64,
    blocks: Vec<SavedInnerStep<R>>,
}

/// Where an inner step of a block starts.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct SavedInnerStep<R> {
    /// Derivative of W or C; empty where W is not trained.
    slope: Array2<R>,
    /// Derivative of V.
    v_slope: Array2<R>,
    kinks: Option<SavedKinks<R>>,
}

/// σ' as it is held.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct SavedKinks<R> {
    /// σ', neurons × n.
    slope: Array2<R>,
    /// Points at which a neuron's feature stays at its kink.
    held: Vec<Vec<usize>>,
}

impl Flow {
    /// What is needed to go on from here; `trainer` is the one that the flow moves.
    pub fn save<R: Real>(&self, trainer: &Trainer<R>) -> SavedFlow<R> {
        SavedFlow {
            tau: self.tau,
            evaluations: self.evaluations,
            blocks: trainer.blocks().iter().filter_map(saved_block).collect(),
        }
    }

    /// Goes on where another flow was saved, with the trainer already restored and up to date.
    ///
    /// # Errors
    /// Where the shapes differ.
    pub fn restore<R: Real>(
        &mut self,
        trainer: &mut Trainer<R>,
        saved: SavedFlow<R>,
    ) -> Result<(), Misfit> {
        let needed = if saved.tau.is_some() {
            trainer.blocks().len()
        } else {
            0
        };
        Misfit::unless_equal("blocks of the flow", saved.blocks.len(), needed)?;
        trainer.with_blocks(|trainer, blocks| {
            let mut pairs = blocks.iter_mut().zip(saved.blocks);
            pairs.try_for_each(|(block, saved)| {
                block.restore_inner_step(trainer.step_input(), saved)
            })
        })?;
        self.tau = saved.tau;
        self.evaluations = saved.evaluations;
        self.reach = trainer.reach();
        Ok(())
    }
}

fn saved_block<R: Real>(block: &NeuronBlock<R>) -> Option<SavedInnerStep<R>> {
    let state = block.flow.as_ref()?;
    let points = |held: &Vec<(usize, f64)>| held.iter().map(|(point, _)| *point).collect();
    Some(SavedInnerStep {
        slope: state.slopes[0].clone(),
        v_slope: state.v_slopes[0].clone(),
        kinks: block.kinks.as_ref().map(|kinks| SavedKinks {
            slope: kinks.slope.clone(),
            held: kinks.held.iter().map(points).collect(),
        }),
    })
}

impl<R: Real> NeuronBlock<R> {
    fn restore_inner_step(
        &mut self,
        input: StepInput<'_, R>,
        saved: SavedInnerStep<R>,
    ) -> Result<(), Misfit> {
        let mut state = self.no_slopes(input);
        let shapes = |slope: &Array2<R>, v_slope: &Array2<R>| (slope.dim(), v_slope.dim());
        let needed = shapes(&state.slopes[0], &state.v_slopes[0]);
        let found = shapes(&saved.slope, &saved.v_slope);
        Misfit::unless_equal("slopes of the flow", found, needed)?;
        state.slopes[0].assign(&saved.slope);
        state.v_slopes[0].assign(&saved.v_slope);
        self.flow = Some(state);
        self.hold_slopes(input);
        self.restore_kinks(saved.kinks)?;
        self.flow_begin(input);
        self.release_slopes();
        Ok(())
    }

    fn restore_kinks(&mut self, saved: Option<SavedKinks<R>>) -> Result<(), Misfit> {
        let has_kinks = self.kinks.is_some();
        Misfit::unless_equal("slopes held at kinks", saved.is_some(), has_kinks)?;
        let (Some(kinks), Some(saved)) = (&mut self.kinks, saved) else {
            return Ok(());
        };
        let (neurons, points) = kinks.slope.dim();
        Misfit::unless_equal("slopes held at kinks", saved.slope.dim(), (neurons, points))?;
        Misfit::unless_equal("neurons held at kinks", saved.held.len(), neurons)?;
        let beyond = saved.held.iter().flatten().filter(|a| **a >= points);
        Misfit::unless_equal("points held at kinks beyond n", beyond.count(), 0)?;
        kinks.slope.assign(&saved.slope);
        // The slopes at the start of the inner step are noted when it begins.
        let held = |points: Vec<usize>| points.into_iter().map(|point| (point, 0.0)).collect();
        kinks.held = saved.held.into_iter().map(held).collect();
        Ok(())
    }
}
