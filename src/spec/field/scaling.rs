//! The scaling regime.

use super::{Allowed, Choice, Effect, Field};

fields! {
    /// Scaling regime.
    SCALING = Field {
        path: "scaling",
        with: &[],
        name: "scaling",
        symbol: None,
        meaning: "Scaling regime: the factors a and b of f(x) = a·Σᵢ vᵢσ(b·⟨Wᵢ, Φ(x)⟩) and those of the steps, as powers of m and D.",
        effect: Effect::Restart,
        allowed: Allowed::Choices(&[
            Choice::new(
                "Ours",
                "ours",
                "a = 1/m, b = 1/√D, step ×m (Chen et al. 2022, (4)(5)(9))",
            ),
            Choice::new(
                "Ntk",
                "NTK",
                "a = 1/√m, b = 1/√D, step ×1, f = 0 at the start (Chen et al., Table 1)",
            ),
            Choice::new(
                "Between",
                "γ",
                "between NTK and ours: a = m^(−γ), b = 1/√D, step ×m^(2γ−1), f = 0 at the start",
            )
            .written("Between(γ) with a number γ from 0.5 to 1"),
            Choice::new(
                "MeanField",
                "MF",
                "mean field: a = 1/m, b = 1/D, step ×mD (Chen et al., Table 1)",
            ),
            Choice::new(
                "Standard",
                "std",
                "standard: a = b = 1, step ×1; the initial sizes ω1, ω2 set the regime",
            ),
            Choice::new("Custom", "custom", "any powers c·mᵖ·D^q"),
        ]),
    };

    /// Exponent of a regime between NTK and ours.
    GAMMA = Field {
        path: "scaling.0",
        with: &[],
        name: "exponent γ",
        symbol: Some("γ"),
        meaning: "Exponent γ between NTK (½) and ours (1): a = m^(−γ), b = 1/√D, steps of W and V × m^(2γ−1). The kernel that moves the outputs is then of order 1 at every γ, and at equal error the features move as m^(γ−1): they freeze with the width unless γ is 1. The start is symmetrized, f = 0, at every γ, unless init.symmetrize is Off.",
        effect: Effect::Restart,
        allowed: Allowed::Between { from: 0.5, to: 1.0 },
    };
}
