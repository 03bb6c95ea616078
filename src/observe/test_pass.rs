//! Outputs at the test points and in the cells of the plane, and the features of a sample of neurons.

use std::sync::Arc;

use ndarray::{Array2, ArrayView2};
use rayon::prelude::*;

use crate::network::Real;
use crate::spec::PointRef;
use crate::task::{Cancel, Cancelled};
use crate::train::{NeuronBlock, Problem, Shape, Sizes, Trainer};

use super::FeatureSample;

/// Neurons whose features are recorded at most; of a wider network evenly spaced ones are.
pub const SAMPLED_NEURONS: usize = 4096;

/// The neurons of a network of width m of which single values are recorded.
pub(super) fn sampled_neurons(m: usize) -> Vec<usize> {
    let count = m.min(SAMPLED_NEURONS);
    (0..count).map(|k| k * m / count).collect()
}

/// Which features are recorded: some neurons at some points.
#[derive(Clone, Debug)]
pub struct FeatureChoice {
    points: Vec<PointRef>,
    neurons: Vec<usize>,
    signs: Arc<[i8]>,
}

impl FeatureChoice {
    /// The given points (those out of range are left out) at up to [`SAMPLED_NEURONS`] neurons.
    pub fn new<R: Real>(trainer: &Trainer<R>, points: &[PointRef]) -> Self {
        let (n, n_test) = (trainer.problem().n(), trainer.problem().n_test());
        let mut kept = Vec::new();
        for point in points {
            let inside = match point {
                PointRef::Train(a) => *a < n,
                PointRef::Test(a) => *a < n_test,
            };
            if inside && !kept.contains(point) {
                kept.push(*point);
            }
        }
        let m = trainer.width();
        let neurons = sampled_neurons(m);
        let v = trainer.output_weights();
        let sign = |i: &usize| match v.get((0, *i)) {
            Some(v) if *v > 0.0 => 1,
            Some(v) if *v < 0.0 => -1,
            _ => 0,
        };
        Self {
            points: kept,
            signs: neurons.iter().map(sign).collect(),
            neurons,
        }
    }

    /// Sampled neurons of a block, as rows of the block.
    fn rows<R: Real>(&self, block: &NeuronBlock<R>) -> impl Iterator<Item = usize> {
        let range = block.first..block.first + block.neurons();
        let start = self.neurons.partition_point(|i| *i < range.start);
        let end = self.neurons.partition_point(|i| *i < range.end);
        self.neurons[start..end]
            .iter()
            .map(move |i| i - range.start)
    }
}

/// What one pass over the neurons gives beside training.
#[derive(Clone, Debug)]
pub struct TestPass {
    /// Outputs at the test points, n_test × outputs.
    pub f_test: Array2<f64>,
    /// Outputs in the cells of the plane, side² × outputs, where the data are looked at in one.
    pub f_plane: Option<Array2<f64>>,
    /// Features of the sample, where a choice was given.
    pub features: Option<FeatureSample>,
}

/// Sum of a block's contributions to f_test/a, and its sampled features, neurons × points.
type BlockPass = (Array2<f64>, Vec<f32>);

/// Evaluates the test outputs and the sampled features.
///
/// # Errors
/// [`Cancelled`] once `cancel` is raised.
pub fn test_pass<R: Real>(
    trainer: &Trainer<R>,
    choice: Option<&FeatureChoice>,
    cancel: &Cancel,
) -> Result<TestPass, Cancelled> {
    let problem = trainer.problem();
    let pass = |block: &NeuronBlock<R>| -> Result<BlockPass, Cancelled> {
        cancel.check()?;
        let h_test = block.test_features(problem, trainer.cross());
        let sum = block.outputs_of(problem, &h_test);
        let features = choice.map_or_else(Vec::new, |c| sampled(c, problem, block, h_test.view()));
        Ok((sum.mapv(R::double), features))
    };
    let parts = trainer
        .blocks()
        .par_iter()
        .map(pass)
        .collect::<Result<Vec<_>, Cancelled>>()?;
    let mut f = Array2::zeros((problem.phi_test.nrows(), problem.outputs()));
    for (sum, _) in &parts {
        f += &sum.t();
    }
    f *= problem.a;
    if let Some(c) = trainer.output_bias() {
        f += &c;
    }
    let (f_test, f_plane) = problem.parted(f);
    let features = choice.map(|choice| {
        let neurons = parts
            .into_iter()
            .flat_map(|(_, features)| features)
            .collect();
        by_point(choice, neurons)
    });
    Ok(TestPass {
        f_test,
        f_plane,
        features,
    })
}

fn sampled<R: Real>(
    choice: &FeatureChoice,
    problem: &Problem<R>,
    block: &NeuronBlock<R>,
    h_test: ArrayView2<'_, R>,
) -> Vec<f32> {
    let mut features = Vec::new();
    for row in choice.rows(block) {
        for point in &choice.points {
            let h = match point {
                PointRef::Train(a) => block.training_feature(problem, row, *a),
                PointRef::Test(a) => h_test[[row, *a]],
            };
            features.push(h.double() as f32);
        }
    }
    features
}

/// Turns neurons × points into points × neurons.
fn by_point(choice: &FeatureChoice, by_neuron: Vec<f32>) -> FeatureSample {
    let (points, neurons) = (choice.points.len(), choice.neurons.len());
    let mut values = Vec::with_capacity(by_neuron.len());
    for p in 0..points {
        values.extend((0..neurons).filter_map(|i| by_neuron.get(i * points + p)));
    }
    FeatureSample {
        points: choice.points.clone(),
        signs: Arc::clone(&choice.signs),
        values,
    }
}

/// Bytes while it is done: features at the test points, a block a thread, and outputs there.
pub fn passing(shape: &Shape) -> u128 {
    let Sizes {
        n_test, outputs, ..
    } = shape.sizes;
    let at_once = shape.threads * shape.real * shape.block();
    at_once * 2 * n_test + 8 * shape.blocks() * n_test * outputs
}
