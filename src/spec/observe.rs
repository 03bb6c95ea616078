//! What is measured and shown, and when.

use serde::{Deserialize, Serialize};

use super::Observable;

/// What is measured, and when.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ObserveSpec {
    /// Steps at which the observables are recorded; step 0 and the last step always are.
    pub schedule: Schedule,
    /// Further steps, rising, that are recorded with all that is costly, for what is read at a step of its own;
    /// written only where there are any.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<u64>,
    /// At which of the records what is costly is measured.
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
    /// The data, and the output over their plane.
    Data,
    /// Movement of the weights.
    Weights,
    /// Assumptions and bounds of the papers.
    Theory,
    /// Phase diagram of a sweep over two fields.
    Phase,
    /// Curves of a sweep over one field.
    Curves,
    /// One number of every arm against what the arms vary.
    Summary,
    /// Story.
    Story,
}
