//! The training method, and the fields of its choices.

use super::{Allowed, Choice, Effect, Field};

fields! {
    /// Training method.
    METHOD = Field {
        path: "train.method",
        with: &[],
        name: "optimizer",
        symbol: None,
        meaning: "How the weights are trained: gradient descent on all points, SGD on batches of them, gradient flow dW/dt = −∇L, or (where only V is trained) the least-squares solution at once.",
        effect: Effect::Restart,
        allowed: Allowed::Choices(&[
            Choice::new("GradientDescent", "GD", "full-batch gradient descent"),
            Choice::new("Sgd", "SGD", "gradient descent on batches of the training points"),
            Choice::new(
                "GradientFlow",
                "gradient flow",
                "the limit of small steps, dW/dt = −∇L, integrated to a tolerance",
            ),
            Choice::new(
                "LeastSquares",
                "least squares",
                "V set to the minimum-norm least-squares solution in the first step; W stays random",
            ),
        ]),
    };

    /// Points in a batch of SGD.
    BATCH = Field {
        path: "train.method.batch",
        with: &[],
        name: "batch",
        symbol: None,
        meaning: "Training points in a batch of SGD; 1 is one sample a step.",
        effect: Effect::Restart,
        allowed: Allowed::Whole { from: 1, to: 1 << 20 },
    };

    /// How the batches of SGD are chosen.
    ORDER = Field {
        path: "train.method.order",
        with: &[],
        name: "batch order",
        symbol: None,
        meaning: "How the batches are chosen: shuffled anew every epoch, without replacement; or each point drawn by itself, with replacement; or as a file says.",
        effect: Effect::Restart,
        allowed: Allowed::Choices(&[
            Choice::new("Shuffled", "shuffled", ""),
            Choice::new("WithReplacement", "with replacement", ""),
            Choice::new("Given", "from a file", ""),
        ]),
    };

    /// Tolerance of gradient flow.
    TOLERANCE = Field {
        path: "train.method.tolerance",
        with: &[],
        name: "tolerance",
        symbol: None,
        meaning: "Largest local error of the features in an inner step of the flow's integrator, relative to their size.",
        effect: Effect::Restart,
        allowed: Allowed::Between { from: 1e-12, to: 1e-2 },
    };
}
