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
}
