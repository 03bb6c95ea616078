//! Network and its initial weights.

use serde::{Deserialize, Serialize};

use crate::network::EmbeddingSpec;

/// Network family and size.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct NetworkSpec {
    /// Family.
    pub kind: NetworkKind,
    /// Hidden width m.
    pub width: usize,
    /// Embedding Φ of the input.
    pub embedding: EmbeddingSpec,
    /// Activation σ.
    pub activation: crate::network::Activation,
    /// Whether each hidden neuron has a bias: a constant feature 1 is appended to Φ.
    pub bias: bool,
    /// Whether each output has a bias c: f(x) = aVσ(h) + c. It is trained where V is, by V's step.
    pub output_bias: bool,
}

/// Network family.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum NetworkKind {
    /// f(x) = a·Vσ(b·WΦ(x)).
    #[default]
    Shallow,
    /// The limit m → ∞ of it, where training is that of a fixed kernel: f̄ with f = 0 at the start,
    /// in closed form. `width` is not used.
    InfiniteWidth,
}

/// Initial weights.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct InitSpec {
    /// ω2/ω1 at constant ω1·ω2; `None` keeps `w_std` and the size in `output` as they are written.
    pub omega_ratio: Option<f64>,
    /// Standard deviation ω1 of the entries of W.
    pub w_std: f64,
    /// Law of V.
    pub output: OutputInit,
    /// Whether the start is symmetrized so that f = 0: rows m/2… of W repeat the first, with −V.
    pub symmetrize: Symmetrize,
    /// Law of the biases, where `network.bias` or `network.output_bias` has them.
    pub bias: BiasInit,
    /// `.npz` file with explicit weights `W` (m × D), `V` (outputs × m) and, where the outputs have
    /// biases, `c` (outputs; 0 where it is missing), instead of random ones.
    pub weights: Option<String>,
}

/// Law of the initial biases.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum BiasInit {
    /// Of the hidden neurons N(0, ω1²), like any other entry of W; of the outputs 0.
    #[default]
    SameAsWeights,
    /// Of the hidden neurons uniform on ±1/√D, D without the constant feature; of the outputs uniform
    /// on ±1/√m, or 0 where the start is symmetrized (the default of common frameworks, kept by the
    /// published code of Song et al., Fig. 1).
    Uniform,
}

/// Law of the initial output weights V.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub enum OutputInit {
    /// ±c by a fair coin.
    Rademacher(f64),
    /// N(0, std²).
    Gaussian(f64),
    /// The first half +s, the second half −s, one zero between them where m is odd, with
    /// s = ‖y‖/√(mn) (Oymak–Soltanolkotabi, Thm 2.1 and its footnote).
    SignedHalves,
}

/// Whether the start is symmetrized.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Symmetrize {
    /// Under NTK (Chen et al., App. I) and between it and ours only.
    #[default]
    Auto,
    /// Always.
    On,
    /// Never.
    Off,
}
