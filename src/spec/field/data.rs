//! Fields of the data, and the seed.

use super::{Allowed, Effect, Field};

/// Most points and input coordinates, 2²⁰.
const MOST: u64 = 1 << 20;

fields! {
    /// Number of training points.
    POINTS = Field {
        path: "data.n",
        with: &[],
        name: "points n",
        symbol: Some("n"),
        meaning: "Number of training points n.",
        effect: Effect::Restart,
        allowed: Allowed::Whole { from: 1, to: MOST },
    };

    /// Input dimension.
    DIMENSION = Field {
        path: "data.d",
        with: &[],
        name: "dimension d",
        symbol: Some("d"),
        meaning: "Dimension d of the inputs.",
        effect: Effect::Restart,
        allowed: Allowed::Whole { from: 1, to: MOST },
    };

    /// Noise of the data.
    NOISE = Field {
        path: "data.noise",
        with: &[],
        name: "noise",
        symbol: None,
        meaning: "Standard deviation of the normal noise: of a law in a plane added to every coordinate of the inputs, of linear regression to the training targets.",
        effect: Effect::Restart,
        allowed: Allowed::NotNegative,
    };

    /// Seed of the run.
    SEED = Field {
        path: "seed",
        with: &[],
        name: "seed",
        symbol: None,
        meaning: "Seed of every random draw: data, embedding and initial weights. Equal seeds give equal runs, bit by bit.",
        effect: Effect::Restart,
        allowed: Allowed::Whole { from: 0, to: u64::MAX },
    };
}
