//! What is measured and shown, and when.

use serde::{Deserialize, Serialize};

/// What is measured, and when.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ObserveSpec {
    /// Steps at which the observables are recorded; step 0 and the last step always are.
    pub schedule: Schedule,
    /// At which of these records what is costly is measured.
    pub costly: Costly,
    /// What is measured.
    pub observables: Vec<Observable>,
}

/// At which records what is costly is measured: the test points, the tangent kernel and its spectrum,
/// features, gradients, and the imbalance of linear networks. The other observables always are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub enum Costly {
    /// At the first and the last one, at six a decade of steps, or as many as keep measuring below a tenth of
    /// training where that is less, but three in two decades in any case, and at as many more as keep it there.
    Sparse,
    /// At every one.
    EveryRecord,
}

/// Steps at which the observables are recorded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub enum Schedule {
    /// Every k-th step.
    Every(u64),
    /// Evenly in log(step).
    Log {
        /// Records a decade.
        per_decade: u32,
    },
}

/// A measured quantity or group of quantities.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub enum Observable {
    /// Training loss and relative error.
    Loss,
    /// Test loss.
    TestLoss,
    /// Share of points on the right side (or with the right class), train and test.
    Accuracy,
    /// Gap to the linearized twin, train, test and running maximum; and the twin's own losses.
    LazyGap,
    /// Mean movement of the hidden features and its lower bound.
    FeatureMovement,
    /// Relative change of the tangent kernel.
    NtkChange,
    /// All singular values of the Jacobian.
    JacobianSpectrum,
    /// All eigenvalues of the tangent kernel.
    NtkSpectrum,
    /// Distances of the weights from their start.
    Distances,
    /// Share of sign patterns that changed.
    PatternChanges,
    /// Length of the path of the hidden weights, summed over every step.
    PathLength,
    /// Distance ‖w_r(t) − w_r(0)‖ of each of a sample of neurons.
    NeuronDistances,
    /// Imbalance of the two layers: of a linear network its singular values, of a homogeneous
    /// activation ‖w_r‖² − ‖v_r‖² of each neuron.
    Imbalance,
    /// Distance of a linear network's product to the minimum-norm solution.
    MinNorm,
    /// Share of neurons whose feature lies in the activation's active interval, and its bound.
    ActiveFraction,
    /// Size of the gradient and its ratio to the loss.
    Gradient,
    /// Constants μ_Φ, ν_Φ, β_Φ of the features of a network whose layers are both trained.
    FeatureJacobian,
    /// Alignment of the tangent kernel with the targets.
    Alignment,
    /// Effective rank and trace of the tangent kernel.
    KernelRank,
    /// The tangent kernel as an image.
    KernelImage,
    /// Features h_i(x1) against h_i(x2).
    FeatureMap {
        /// Horizontal point.
        x1: PointRef,
        /// Vertical point.
        x2: PointRef,
    },
}

/// A data point by its set and index.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum PointRef {
    /// Training point.
    Train(usize),
    /// Test point.
    Test(usize),
}

/// A panel of the window.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum PanelKind {
    /// Loss curves.
    Loss,
    /// Singular values of the Jacobian.
    Spectrum,
    /// Feature map.
    FeatureMap,
    /// Measures of the regime.
    Regime,
    /// Imbalance of the two layers.
    Imbalance,
    /// Tangent kernel as an image.
    Kernel,
    /// Movement of the weights.
    Weights,
    /// Assumptions and bounds of the papers.
    Theory,
    /// Phase diagram of a sweep over two fields.
    Phase,
    /// Curves of a sweep over one field.
    Curves,
    /// Story.
    Story,
}
