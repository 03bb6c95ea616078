//! What an arm began with, so that its run can be computed again without this program.

use ndarray::{Array1, Array2, s};

use crate::data::{Dataset, LabelKind, PickedDigits, picked_digits};
use crate::history::RunError;
use crate::network::{Activation, EmbeddingSpec, InitialWeights};
use crate::preset::{Arm, Experiment};
use crate::spec::NetworkKind;
use crate::task::Cancel;
use crate::train::{BLOCK, Problem};

use super::engine::{Engine, Networks};
use super::plan::ArmPlan;
use super::start::setup::{Start, problem, start};

/// Data, factors and initial weights of an arm, in double precision. A run in single precision begins with
/// these numbers rounded.
#[derive(Clone, Debug)]
pub struct InitialState {
    /// The points.
    pub data: InitialData,
    /// The first arm with the same data, counted from 0.
    pub data_of: usize,
    /// What the targets mean.
    pub labels: LabelKind,
    /// Activation σ.
    pub activation: Activation,
    /// Output factor a.
    pub a: f64,
    /// Input factor b.
    pub b: f64,
    /// Loss factor s of the training loss, (s/2)·‖f − Y‖² where it is squared.
    pub loss_factor: f64,
    /// Loss factor of the test loss.
    pub test_loss_factor: f64,
    /// Step of W per unit of δ; 0 where W is fixed.
    pub hidden_step_factor: f64,
    /// Step of V per unit of δ; 0 where V is fixed.
    pub output_step_factor: f64,
    /// The network; `None` in the limit of infinite width.
    pub network: Option<InitialNetwork>,
}

/// Points and targets of both sets.
#[derive(Clone, Debug)]
pub struct InitialData {
    /// Inputs.
    pub inputs: InitialInputs,
    /// Training targets Y, n × outputs; what a teacher says where there is one.
    pub y: Array2<f64>,
    /// Test targets, n_test × outputs.
    pub y_test: Array2<f64>,
}

/// Inputs of both sets.
#[derive(Clone, Debug)]
pub enum InitialInputs {
    /// X, n × d, and the test inputs, n_test × d.
    Written(Array2<f64>, Array2<f64>),
    /// Images of MNIST, by their numbers there.
    Digits(PickedDigits),
}

/// A network before its first step.
#[derive(Clone, Debug)]
pub struct InitialNetwork {
    /// Hidden weights or features.
    pub hidden: InitialHidden,
    /// Output weights V(0), outputs × m.
    pub v: Array2<f64>,
    /// Biases c(0) of the outputs, where it has them.
    pub c: Option<Array1<f64>>,
}

/// Where a network begins, in the form that is iterated on.
#[derive(Clone, Debug)]
pub enum InitialHidden {
    /// In weight space.
    Weights {
        /// Hidden weights W(0), m × D; the last column is that of the biases where there are any.
        w: Array2<f64>,
        /// Φ of the training and of the test points, n × D and n_test × D, where it is not the inputs
        /// themselves with the constant of a bias.
        phi: Option<[Array2<f64>; 2]>,
    },
    /// In sample space.
    Features {
        /// H(0) = b·W(0)Φᵀ, m × n, and the same of the test points, m × n_test.
        h: [Array2<f64>; 2],
        /// ΦΦᵀ, n × n, and Φ_testΦᵀ, n_test × n.
        gram: [Array2<f64>; 2],
    },
}

/// In what form the beginning of an arm is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InitialForm {
    /// That in which the arm is iterated on; images of MNIST by their numbers.
    AsRun,
    /// Weights and inputs written out, for a reader who has nothing else.
    WrittenOut,
}

/// What arm number `index` of an experiment began with: its data and weights are drawn or read again.
///
/// # Errors
/// [`RunError::Refused`] where data or weights can't be had any more, or there is no such arm;
/// [`RunError::Cancelled`] once `cancel` is raised.
pub fn initial_state(
    experiment: &Experiment,
    index: usize,
    form: InitialForm,
    cancel: &Cancel,
) -> Result<InitialState, RunError> {
    let arms = &experiment.arms;
    let Some(arm) = arms.get(index) else {
        return Err(RunError::Refused(format!("there is no arm {index}")));
    };
    let (preset, folder) = (&arm.preset, &experiment.folder);
    let has_same_data =
        |other: &Arm| other.preset.data == preset.data && other.preset.seed == preset.seed;
    let data_of = arms.iter().position(has_same_data).unwrap_or(index);
    let data = Networks.data(&preset.data, preset.seed, folder, cancel)?;
    let problem = problem::<f64>(preset, &data, cancel)?;
    let network = match preset.network.kind {
        NetworkKind::InfiniteWidth => None,
        NetworkKind::Shallow => {
            let start = start(preset, &data, problem.embedding(), folder)?;
            let plan = ArmPlan::of(arm, data.sizes());
            let plan = plan.map_err(|error| RunError::Refused(error.to_string()))?;
            let in_sample_space = form == InitialForm::AsRun && plan.storage().is_sample_space();
            Some(network(arm, &problem, start, in_sample_space, cancel)?)
        }
    };
    let layers = preset.train.layers;
    let trained = |is_trained: bool, factor: f64| if is_trained { factor } else { 0.0 };
    Ok(InitialState {
        data_of,
        labels: data.labels,
        activation: problem.activation,
        a: problem.a,
        b: problem.b,
        loss_factor: problem.loss_factor,
        test_loss_factor: problem.test_loss_factor,
        hidden_step_factor: trained(layers.hidden(), problem.hidden_step_factor),
        output_step_factor: trained(layers.output(), problem.output_step_factor),
        network,
        data: points(arm, data, form)?,
    })
}

fn points(arm: &Arm, data: Dataset, form: InitialForm) -> Result<InitialData, RunError> {
    let picked = match form {
        InitialForm::AsRun => picked_digits(&arm.preset.data, arm.preset.seed, &data)
            .map_err(|error| RunError::Refused(error.to_string()))?,
        InitialForm::WrittenOut => None,
    };
    Ok(InitialData {
        inputs: match picked {
            Some(digits) => InitialInputs::Digits(digits),
            None => InitialInputs::Written(data.x, data.x_test),
        },
        y: data.y,
        y_test: data.y_test,
    })
}

fn network(
    arm: &Arm,
    problem: &Problem<f64>,
    start: Start,
    in_sample_space: bool,
    cancel: &Cancel,
) -> Result<InitialNetwork, RunError> {
    let Start { w, v, c, .. } = start;
    let phi_test = problem.phi_test.slice(s![..problem.n_test(), ..]);
    let (phi, phi_test) = (&problem.phi, &phi_test.to_owned());
    let hidden = if in_sample_space {
        let sets = [phi, phi_test];
        InitialHidden::Features {
            h: features(&w, sets, problem.b, cancel)?,
            gram: sets.map(|set| set.dot(&phi.t())),
        }
    } else {
        let is_written = arm.preset.network.embedding != EmbeddingSpec::Identity;
        InitialHidden::Weights {
            w: w.rows(0..w.width()),
            phi: is_written.then(|| [phi.clone(), phi_test.clone()]),
        }
    };
    Ok(InitialNetwork { hidden, v, c })
}

/// b·W(0)Φᵀ of two sets, a block of neurons after the other: W(0) may be larger than both.
fn features(
    w: &InitialWeights,
    sets: [&Array2<f64>; 2],
    b: f64,
    cancel: &Cancel,
) -> Result<[Array2<f64>; 2], RunError> {
    let width = w.width();
    let mut features = sets.map(|set| Array2::zeros((width, set.nrows())));
    for first in (0..width).step_by(BLOCK) {
        cancel.check()?;
        let last = (first + BLOCK).min(width);
        let rows = w.rows::<f64>(first..last);
        for (h, set) in features.iter_mut().zip(sets) {
            let block = rows.dot(&set.t()) * b;
            h.slice_mut(s![first..last, ..]).assign(&block);
        }
    }
    Ok(features)
}
