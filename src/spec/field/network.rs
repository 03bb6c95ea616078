//! Fields of the network.

use super::{Allowed, Choice, Effect, Field};
use crate::network::Activation;

const fn activation(value: &'static str, activation: Activation) -> Choice {
    Choice::new(value, activation.name(), activation.formula())
}

/// Activations, in the order of `Activation::ALL`.
const ACTIVATIONS: [Choice; Activation::ALL.len()] = [
    activation("Relu", Activation::Relu),
    activation("Tanh", Activation::Tanh),
    activation("Softplus", Activation::Softplus),
    activation("Gelu", Activation::Gelu),
    activation("LeakyRelu", Activation::LeakyRelu),
    activation("Sigmoid", Activation::Sigmoid),
    activation("Erf", Activation::Erf),
    activation("Identity", Activation::Identity),
    activation("Quadratic", Activation::Quadratic),
    activation("Cubic", Activation::Cubic),
];

fields! {
    /// Hidden width.
    WIDTH = Field {
        path: "network.width",
        with: &[],
        name: "width m",
        symbol: Some("m"),
        meaning: "Hidden width m in f(x) = a·Σᵢ vᵢσ(b·⟨Wᵢ, Φ(x)⟩), i = 1…m.",
        effect: Effect::Restart,
        allowed: Allowed::Whole { from: 1, to: 1 << 24 },
    };

    /// Embedding of the input.
    EMBEDDING = Field {
        path: "network.embedding",
        with: &[],
        name: "embedding Φ",
        symbol: None,
        meaning: "Fixed map Φ of the input before the first trained layer: x itself, all products x_i·x_j, or random features σ(z_jᵀx/√d).",
        effect: Effect::Restart,
        allowed: Allowed::Choices(&[
            Choice::new("Identity", "x", ""),
            Choice::new("Quadratic", "xxᵀ", ""),
            Choice::new("RandomFeatures", "random", ""),
        ]),
    };

    /// Number of random features.
    EMBEDDING_WIDTH = Field {
        path: "network.embedding.width",
        with: &[],
        name: "features D",
        symbol: None,
        meaning: "Number D of random features; m takes as many as the network is wide.",
        effect: Effect::Restart,
        allowed: Allowed::Other,
    };

    /// Activation.
    ACTIVATION = Field {
        path: "network.activation",
        with: &[],
        name: "activation σ",
        symbol: None,
        meaning: "Activation σ of the hidden neurons (and of random features).",
        effect: Effect::Restart,
        allowed: Allowed::Choices(&ACTIVATIONS),
    };

    /// Biases of the hidden neurons.
    BIAS = Field {
        path: "network.bias",
        with: &[],
        name: "bias",
        symbol: None,
        meaning: "Gives each hidden neuron a bias βᵢ, hᵢ(x) = b·(⟨Wᵢ, Φ(x)⟩ + βᵢ): the weight of a constant feature 1, trained with W.",
        effect: Effect::Restart,
        allowed: Allowed::Switch,
    };

    /// Biases of the outputs.
    OUTPUT_BIAS = Field {
        path: "network.output_bias",
        with: &[],
        name: "output bias",
        symbol: None,
        meaning: "Gives each output a bias, f(x) = a·Vσ(h) + c, trained with V by the same step: c ← c − γ·Σₐ(f(xₐ) − yₐ).",
        effect: Effect::Restart,
        allowed: Allowed::Switch,
    };
}
