//! What is measured and shown, and when.

use serde::{Deserialize, Serialize};

/// What is measured, and when.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ObserveSpec {
    /// Steps at which the observables are recorded; step 0 and the last step always are.
    pub schedule: Schedule,
    /// What is measured.
    pub observables: Vec<Observable>,
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
    /// Story.
    Story,
}
