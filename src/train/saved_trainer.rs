//! What of a trainer can't be made again from its start.

use ndarray::{Array1, Array2};
use serde::{Deserialize, Serialize};

use crate::network::Real;
use crate::spec::Method;

use super::columns::by_columns;
use super::flow::footprint::minds_kinks;
use super::shape::Shape;
use super::{BlockWeights, Misfit, NeuronBlock, Trainer};

/// What of a trainer can't be made again from its start: the weights that were trained. Features,
/// slopes and the residual follow from them, bit for bit.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SavedTrainer<R> {
    blocks: Vec<SavedBlock<R>>,
    /// c, where the outputs have biases.
    output_bias: Option<Array1<R>>,
    steps_done: u64,
    step: f64,
    is_behind: bool,
    path_length: f64,
}

/// The weights of a block of neurons.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct SavedBlock<R> {
    /// W or C; `None` where W is not trained.
    hidden: Option<Array2<R>>,
    /// H and what rounding takes off it, where features evolve by themselves.
    features: Option<[Array2<R>; 2]>,
    /// V, outputs × neurons.
    output: Array2<R>,
}

impl<R> SavedTrainer<R> {
    /// Whether the features and the residual were behind the weights, so that no
    /// [`Trainer::refresh`] is due before training goes on.
    pub fn is_behind(&self) -> bool {
        self.is_behind
    }
}

impl<R: Real> Trainer<R> {
    /// What is needed to go on from here with a trainer newly made in the same way.
    pub fn save(&self) -> SavedTrainer<R> {
        let is_trained = self.problem.layers.hidden();
        let blocks = self.blocks.iter().map(|block| SavedBlock {
            hidden: is_trained.then(|| block.trained_weights().clone()),
            features: block.evolved(),
            output: block.v.clone(),
        });
        SavedTrainer {
            blocks: blocks.collect(),
            output_bias: self.output_bias.as_ref().map(|bias| bias.c.clone()),
            steps_done: self.steps_done,
            step: self.step,
            is_behind: self.is_behind,
            path_length: self.path_length,
        }
    }

    /// Goes on where another trainer was saved; this one was made in the same way and has done no
    /// step. Where the saved one was not behind, [`Self::refresh`] must follow.
    ///
    /// # Errors
    /// Where the shapes differ; then nothing is changed.
    pub fn restore(&mut self, saved: &SavedTrainer<R>) -> Result<(), Misfit> {
        Misfit::unless_equal("blocks of neurons", saved.blocks.len(), self.blocks().len())?;
        let is_trained = self.problem.layers.hidden();
        for (block, saved) in self.blocks.iter().zip(&saved.blocks) {
            let needed = is_trained.then(|| block.trained_weights().dim());
            let found = saved.hidden.as_ref().map(Array2::dim);
            Misfit::unless_equal("shape of a block of W", found, needed)?;
            for features in saved.features.iter().flatten() {
                Misfit::unless_equal("shape of a block of H", features.dim(), block.h.dim())?;
            }
            Misfit::unless_equal("shape of a block of V", saved.output.dim(), block.v.dim())?;
        }
        let needed = self.output_bias.as_ref().map(|bias| bias.c.dim());
        let found = saved.output_bias.as_ref().map(Array1::dim);
        Misfit::unless_equal("biases of the outputs", found, needed)?;
        self.step = saved.step;
        // Before the first step all is as it is made, and the features need no second computation.
        if saved.steps_done == 0 {
            return Ok(());
        }
        for (block, saved) in self.blocks.iter_mut().zip(&saved.blocks) {
            if let Some(hidden) = &saved.hidden {
                block.moving().assign(hidden);
            }
            if let Some(features) = &saved.features {
                block.set_evolved(features);
            }
            block.v.assign(&saved.output);
        }
        if let (Some(bias), Some(saved)) = (&mut self.output_bias, &saved.output_bias) {
            bias.c.assign(saved);
        }
        self.steps_done = saved.steps_done;
        self.path_length = saved.path_length;
        self.is_behind = true;
        Ok(())
    }
}

impl<R> NeuronBlock<R> {
    /// The matrix that training moves: W or C.
    pub(super) fn trained_weights(&self) -> &Array2<R> {
        match &self.weights {
            BlockWeights::Weights { w, .. } => w,
            BlockWeights::Coefficients { c, .. } => c,
        }
    }

    /// H and what rounding takes off it, where features evolve by themselves.
    fn evolved(&self) -> Option<[Array2<R>; 2]>
    where
        R: Clone,
    {
        match &self.weights {
            BlockWeights::Coefficients {
                lost: Some(lost), ..
            } => Some([self.h.clone(), lost.clone()]),
            _ => None,
        }
    }
}

impl<R: Real> NeuronBlock<R> {
    fn set_evolved(&mut self, [h, of_rounding]: &[Array2<R>; 2]) {
        if let BlockWeights::Coefficients { lost, .. } = &mut self.weights {
            self.h.assign(h);
            *lost = Some(by_columns(of_rounding));
        }
    }
}

/// Bytes of a saved state: what training moves and V; of gradient flow their first slopes too, and σ' for
/// the kinks.
pub fn held(shape: &Shape) -> u128 {
    let weights = shape.moved() + shape.sizes.outputs;
    let floats = match shape.method {
        Method::GradientFlow { .. } if minds_kinks(shape) => 2 * weights + shape.sizes.n,
        Method::GradientFlow { .. } => 2 * weights,
        _ => weights,
    };
    shape.real * shape.sizes.neurons * floats
}
