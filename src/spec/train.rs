//! Loss, trained layers, method and stop rules.

use serde::{Deserialize, Serialize};

/// Training loss.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct LossSpec {
    /// Loss of one residual.
    pub kind: LossKind,
    /// Normalization of the sum over the training points.
    pub over: LossOver,
}

/// Loss of one residual.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum LossKind {
    /// ½‖f(x) − y‖².
    #[default]
    Squared,
    /// −Σ_p y_p log softmax(f(x))_p, for one-hot targets; its sum over the points or its mean, as
    /// `over` says.
    CrossEntropy,
}

/// Normalization of the sum over the training points.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum LossOver {
    /// ½ Σ_a ‖f(x_a) − y_a‖².
    #[default]
    Sum,
    /// 1/(2n) Σ_a ‖f(x_a) − y_a‖².
    Mean,
    /// 1/n Σ_a ‖f(x_a) − y_a‖², the average of the linear-network experiments.
    Average,
    /// 1/(n·outputs) Σ_a ‖f(x_a) − y_a‖², the mean squared error over points and outputs.
    MeanSquaredError,
}

impl LossOver {
    /// The factor s in the loss (s/2)·Σ_a ‖f(x_a) − y_a‖² over a number of points; the cross-entropy is
    /// s·Σ_a of that of a point.
    pub fn factor(self, points: usize, outputs: usize) -> f64 {
        let (points, outputs) = (points.max(1) as f64, outputs.max(1) as f64);
        match self {
            Self::Sum => 1.0,
            Self::Mean => 1.0 / points,
            Self::Average => 2.0 / points,
            Self::MeanSquaredError => 2.0 / (points * outputs),
        }
    }
}

/// What is trained, how, and when to stop.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct TrainSpec {
    /// Layers trained.
    pub layers: Layers,
    /// Training method.
    pub method: Method,
    /// What the step of the method is counted in.
    pub step_unit: StepUnit,
    /// Changes of the step on the way, by rising step of the run; written only where there are any.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub changes: Vec<StepChange>,
    /// `.npy` file of point indices for SGD, a batch a row; read where `order` is `Given`.
    pub indices: Option<String>,
    /// Where the iteration is carried out; both give the same numbers to rounding.
    pub representation: Representation,
    /// When to stop.
    pub stop: StopSpec,
}

/// A change of the step of the method on the way.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StepChange {
    /// Steps done before it.
    pub at: u64,
    /// The step from there on, in the unit of the method's.
    pub step: f64,
}

impl TrainSpec {
    /// Adds a change made in a run, in the place of one at the same step. Before the first step it is
    /// the method's own step that was changed.
    pub fn note(&mut self, change: StepChange) {
        if change.at == 0 {
            self.method = self.method.with_step(change.step);
            return;
        }
        let place = self.changes.partition_point(|other| other.at < change.at);
        match self.changes.get_mut(place) {
            Some(other) if other.at == change.at => *other = change,
            _ => self.changes.insert(place, change),
        }
    }
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
    /// Stochastic gradient descent on batches of the training points.
    Sgd {
        /// Step δ (η), before the scaling's own factor. The loss of a batch is its sum or its mean,
        /// as `loss.over` says.
        step: f64,
        /// Points in a batch.
        batch: usize,
        /// How the batches are chosen.
        #[serde(default)]
        order: BatchOrder,
    },
    /// Gradient flow, integrated by an adaptive Runge–Kutta method of order 5. One step of the run
    /// is a time as long as one step δ of gradient descent covers.
    GradientFlow {
        /// Length δ of a step of the run, before the scaling's own factor.
        step: f64,
        /// Largest local error of the features, and of V, in one inner step, relative to their size
        /// in the Frobenius norm. At the kinks of ReLU and leaky ReLU σ' changes at the end of an
        /// inner step; what this loses in the features is held to the same tolerance. A feature that
        /// its kink attracts from both sides stays there, with a slope in between: the limit of
        /// gradient descent with small steps. At least 8 roundings of the float.
        tolerance: f64,
    },
    /// V is set to the minimum-norm least-squares solution in the first step; only with
    /// `layers: Output`.
    LeastSquares,
}

/// What the step of a method is counted in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum StepUnit {
    /// δ (η) itself.
    #[default]
    Delta,
    /// Multiples of the arm's own 2/(s·λ_max(K₀)), above which its linearized network diverges
    /// under full-batch gradient descent: ½ is the step 1/(s·λ_max).
    StableStep,
}

/// How the batches of SGD are chosen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum BatchOrder {
    /// Without replacement: a new random order of all points every epoch.
    #[default]
    Shuffled,
    /// With replacement: every point of every batch is drawn by itself.
    WithReplacement,
    /// The rows of the file `train.indices`, a batch a row.
    Given,
}

impl Method {
    /// Step δ (η), before the scaling's own factor; `None` for least squares, which has none.
    pub fn step(self) -> Option<f64> {
        match self {
            Self::GradientDescent { step }
            | Self::Sgd { step, .. }
            | Self::GradientFlow { step, .. } => Some(step),
            Self::LeastSquares => None,
        }
    }

    /// The same method with another step δ; least squares stays as it is.
    pub fn with_step(mut self, new: f64) -> Self {
        match &mut self {
            Self::GradientDescent { step }
            | Self::Sgd { step, .. }
            | Self::GradientFlow { step, .. } => *step = new,
            Self::LeastSquares => {}
        }
        self
    }
}

/// Where the iteration is carried out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Representation {
    /// The cheapest by a cost model; reduced only where nothing observed needs single neurons.
    #[default]
    Auto,
    /// On W ∈ R^{m×D}.
    WeightSpace,
    /// On the features H ∈ R^{m×n}.
    SampleSpace,
    /// On n + outputs combinations of the neurons of a linear network, which evolve by themselves.
    Reduced,
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
    /// Training accuracy at or above which the run ends, of targets that are classes.
    pub accuracy: Option<f64>,
}

impl StopSpec {
    /// Whether anything but the number of steps can end the run.
    pub fn has_limit(&self) -> bool {
        self.relative_error.is_some() || self.loss.is_some() || self.accuracy.is_some()
    }
}
