//! What is known of an observable before any network is.

use crate::spec::{Preset, Quantity};

use super::cost::Cost;
use super::refusal::Refusal;

/// What is known of an observable before any network is; all of it stands in the observable's file.
#[derive(Clone, Copy, Debug)]
pub struct Facts {
    /// The scalars it notes. Those of the test set need test points, accuracies need classes.
    pub quantities: &'static [Quantity],
    /// What of a record it is read off, which says when.
    pub pass: Pass,
    /// What it is made of.
    pub needs: Needs,
    /// Whether it needs more than a pass over the features and weights held, so that it may be measured
    /// at fewer records.
    pub costly: bool,
    /// Why it has no place in a preset, `None` where it has.
    pub refusal: fn(&Preset) -> Option<Refusal>,
    /// What it costs.
    pub cost: Cost,
}

/// What of a record an observable is read off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pass {
    /// Outputs, features and weights, at every record; at one that measures everything also the outputs at
    /// the test points.
    Outputs,
    /// The tangent kernel, before it is decomposed.
    Kernel,
    /// The eigenvalues of the tangent kernel.
    Eigenvalues,
    /// The network, after all others.
    Own,
}

/// What an observable is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Needs {
    /// What of the training points.
    pub training: Training,
    /// The outputs or features at the test points.
    pub test_points: bool,
    /// How far features or weights are from their start.
    pub movement: Moved,
    /// The single neurons.
    pub neurons: Neurons,
    /// The network linearized at its start.
    pub twin: bool,
    /// The few coordinates of a linear network's weights.
    pub linear_frame: bool,
    /// The length of the path, which is summed at every step.
    pub path: bool,
}

/// What of the training points an observable is made of; each has all before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Training {
    /// No more than outputs.
    Outputs,
    /// The features of all neurons at all points.
    Features,
    /// The inner products of the embedded points, n square.
    Gram,
    /// The tangent kernel, n·outputs square.
    Kernel,
}

/// Whose distance from the start an observable is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moved {
    /// Nothing's.
    Nothing,
    /// That of the features.
    Features,
    /// That of the weights.
    Weights,
    /// That of the weights of single neurons.
    EachNeuron,
}

/// Whether an observable is of single neurons, which a reduced network has not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Neurons {
    /// It is not.
    Unneeded,
    /// Some of it is.
    Preferred,
    /// It is a value of single neurons, or a sum over them that a reduced network has not.
    Needed,
}

impl Facts {
    /// Whether it is made of the tangent kernel at its records, not only at the start.
    pub fn is_of_kernel(&self) -> bool {
        matches!(self.pass, Pass::Kernel | Pass::Eigenvalues)
    }
}
