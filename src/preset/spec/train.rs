//! Loss, trained layers, method and stop rules.

use serde::{Deserialize, Serialize};

/// Training loss.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct LossSpec {
    /// Loss of one residual.
    pub kind: LossKind,
    /// Sum or mean over the training points.
    pub over: LossOver,
}

/// Loss of one residual.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum LossKind {
    /// ½‖f(x) − y‖².
    #[default]
    Squared,
}

/// Sum or mean over the training points.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum LossOver {
    /// ½ Σ_a ‖f(x_a) − y_a‖².
    #[default]
    Sum,
    /// 1/(2n) Σ_a ‖f(x_a) − y_a‖².
    Mean,
}

/// What is trained, how, and when to stop.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct TrainSpec {
    /// Layers trained.
    pub layers: Layers,
    /// Training method.
    pub method: Method,
    /// Where the iteration is carried out; both give the same numbers to rounding.
    pub representation: Representation,
    /// When to stop.
    pub stop: StopSpec,
}

/// Layers trained.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Layers {
    /// W only.
    #[default]
    Hidden,
    /// V only.
    Output,
    /// W and V.
    Both,
}

impl Layers {
    /// Whether W is trained.
    pub fn hidden(self) -> bool {
        self != Self::Output
    }

    /// Whether V is trained.
    pub fn output(self) -> bool {
        self != Self::Hidden
    }
}

/// Training method.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub enum Method {
    /// Full-batch gradient descent.
    GradientDescent {
        /// Step δ (η), before the scaling's own factor.
        step: f64,
    },
}

impl Method {
    /// Step δ (η), before the scaling's own factor.
    pub fn step(self) -> f64 {
        let Self::GradientDescent { step } = self;
        step
    }
}

/// Where the iteration is carried out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Representation {
    /// The cheaper of the two by a cost model.
    #[default]
    Auto,
    /// On W ∈ R^{m×D}.
    WeightSpace,
    /// On the features H ∈ R^{m×n}.
    SampleSpace,
}

/// When to stop; the first rule that holds ends the run.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct StopSpec {
    /// Number of steps.
    pub steps: u64,
    /// Relative error ‖f − y‖/‖y‖ below which the run ends.
    pub relative_error: Option<f64>,
    /// Training loss below which the run ends.
    pub loss: Option<f64>,
}
