//! Fields of the initial weights.

use super::{Allowed, Choice, Effect, Field};

fields! {
    /// Ratio of the sizes of V(0) and W(0).
    OMEGA_RATIO = Field {
        path: "init.omega_ratio",
        with: &[],
        name: "ratio ω₂/ω₁",
        symbol: Some("ω₂/ω₁"),
        meaning: "Size ω2 of the entries of V(0) over the standard deviation ω1 of those of W(0), at constant ω1·ω2. Small: the hidden layer starts large and hardly needs to move. Large: it has to.",
        effect: Effect::Restart,
        allowed: Allowed::Positive,
    };

    /// Size of W(0).
    W_STD = Field {
        path: "init.w_std",
        with: &[],
        name: "size ω₁",
        symbol: Some("ω₁"),
        meaning: "Standard deviation ω1 of the entries of W(0).",
        effect: Effect::Restart,
        allowed: Allowed::NotNegative,
    };

    /// Law of the initial biases.
    BIAS_LAW = Field {
        path: "init.bias",
        with: &[],
        name: "biases",
        symbol: None,
        meaning: "Law of the biases at the start, where there are any.",
        effect: Effect::Restart,
        allowed: Allowed::Choices(&[
            Choice::new(
                "SameAsWeights",
                "like W",
                "hidden biases N(0, ω₁²), like the entries of W; output biases 0",
            ),
            Choice::new(
                "Uniform",
                "uniform",
                "hidden biases uniform on ±1/√D, D the dimension of Φ(x); output biases uniform on ±1/√m, 0 where the start is symmetrized: the default of common frameworks",
            ),
        ]),
    };
}
