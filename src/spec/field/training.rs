//! Fields of the training: layers, step, loss, stop rules, and how it is computed.

use super::{Allowed, Choice, Effect, Field, LiveField};

fields! {
    /// Layers trained.
    LAYERS = Field {
        path: "train.layers",
        with: &[],
        name: "layers trained",
        symbol: None,
        meaning: "Weights that are trained: W (hidden), V (output), or both.",
        effect: Effect::Restart,
        allowed: Allowed::Choices(&[
            Choice::new("Hidden", "W", "train W, keep V"),
            Choice::new("Output", "V", "train V, keep W: random features"),
            Choice::new("Both", "both", "train W and V"),
        ]),
    };

    /// Step of the method.
    STEP = Field {
        path: "train.method.step",
        with: &[],
        name: "step δ",
        symbol: Some("δ"),
        meaning: "Step δ (η), before the scaling's own factor: W ← W − δ·factor·∇L; under gradient flow the time one step of the run covers. The linearized twin follows. A change on the way is one of train.changes; bounds that are stated for one step end there.",
        effect: Effect::Live(LiveField::Step),
        allowed: Allowed::Positive,
    };

    /// Unit of the step.
    STEP_UNIT = Field {
        path: "train.step_unit",
        with: &[],
        name: "in units of",
        symbol: None,
        meaning: "What the step is counted in: δ itself, or each arm's own stable step 2/(s·λ_max(K₀)).",
        effect: Effect::Restart,
        allowed: Allowed::Choices(&[
            Choice::new("Delta", "δ", "the step is δ (η) itself"),
            Choice::new(
                "StableStep",
                "2/sλ",
                "the step is counted in each arm's own stable step 2/(s·λ_max(K₀)): s is the loss's factor before the gradient (1 for a sum, 1/n for a mean), λ_max(K₀) the largest eigenvalue of the tangent kernel at the start. Above 1 even the linearized network diverges",
            ),
        ]),
    };

    /// Training loss: its normalization, chosen together with its kind.
    LOSS = Field {
        path: "loss.over",
        with: &["loss.kind"],
        name: "loss over",
        symbol: None,
        meaning: "Normalization of the training loss L. Its factor s multiplies the gradient of ½ Σ_a ‖f(x_a) − y_a‖².",
        effect: Effect::Restart,
        allowed: Allowed::Choices(&[
            Choice::new("Sum", "½ sum", "½ Σ_a ‖f(x_a) − y_a‖²").and(&["Squared"]),
            Choice::new("Mean", "½ mean", "1/(2n) Σ_a ‖f(x_a) − y_a‖²").and(&["Squared"]),
            Choice::new("Average", "average", "1/n Σ_a ‖f(x_a) − y_a‖²").and(&["Squared"]),
            Choice::new("MeanSquaredError", "MSE", "1/(n·outputs) Σ_a ‖f(x_a) − y_a‖²")
                .and(&["Squared"]),
            Choice::new(
                "Sum",
                "log loss, sum",
                "cross-entropy −Σ_a Σ_p y_ap log softmax(f(x_a))_p, for one-hot targets",
            )
            .and(&["CrossEntropy"]),
            Choice::new(
                "Mean",
                "log loss, mean",
                "cross-entropy −1/n Σ_a Σ_p y_ap log softmax(f(x_a))_p, for one-hot targets",
            )
            .and(&["CrossEntropy"]),
        ]),
    };

    /// Number of steps.
    STEPS = Field {
        path: "train.stop.steps",
        with: &[],
        name: "stop after",
        symbol: None,
        meaning: "Number of steps after which the run ends.",
        effect: Effect::Restart,
        allowed: Allowed::Whole { from: 1, to: 1_000_000_000_000 },
    };

    /// Relative error at which the run ends.
    STOP_ERROR = Field {
        path: "train.stop.relative_error",
        with: &[],
        name: "stop at error",
        symbol: None,
        meaning: "Relative error ‖f − y‖/‖y‖ on the training points below which the run ends; without one, the number of steps ends it.",
        effect: Effect::Restart,
        allowed: Allowed::NotNegative,
    };

    /// Float width.
    PRECISION = Field {
        path: "precision",
        with: &[],
        name: "precision",
        symbol: None,
        meaning: "Float width of training. Observables are always reduced in double precision.",
        effect: Effect::Restart,
        allowed: Allowed::Choices(&[
            Choice::new("F32", "float32", "32-bit floats"),
            Choice::new("F64", "float64", "64-bit floats"),
        ]),
    };

    /// What the iteration is carried out on.
    REPRESENTATION = Field {
        path: "train.representation",
        with: &[],
        name: "computed on",
        symbol: None,
        meaning: "The iteration on the weights W (m × D) or on the features H (m × n): the same numbers to rounding. A linear network can be reduced to n + outputs combinations of its neurons. Auto takes the cheapest.",
        effect: Effect::Restart,
        allowed: Allowed::Choices(&[
            Choice::new("Auto", "auto", ""),
            Choice::new("WeightSpace", "weights W", ""),
            Choice::new("SampleSpace", "features H", ""),
            Choice::new("Reduced", "reduced", ""),
        ]),
    };
}
