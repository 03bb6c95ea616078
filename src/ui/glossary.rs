//! Words of the field, each explained in one place: the help sheet lists them, tooltips quote them.

/// A word, and what it means.
#[derive(Clone, Copy, Debug)]
pub struct Word(pub &'static str, pub &'static str);

impl Word {
    /// `word: what it means`, for a tooltip.
    pub fn in_full(self) -> String {
        format!("{}: {}", self.0, self.1)
    }
}

/// The linearized network.
pub const TWIN: Word = Word(
    "linearized twin f̄",
    "The network replaced by its first-order expansion at the start, trained by the same steps.",
);

/// The step above which it diverges.
pub const STABLE_STEP: Word = Word(
    "stable step 2/sλ",
    "2/(s·λ_max(K₀)), s the loss's factor before the gradient (1 for a sum, 1/n for a mean) and λ_max(K₀) the largest eigenvalue of the tangent kernel at the start: with a larger step even the linearized network diverges.",
);

/// How far features have moved.
pub const FEATURE_MOVEMENT: Word = Word(
    "mean |Δh|",
    "Feature movement: how far the feature hᵢ(x) of a neuron has moved from where it stood at the start, |hᵢᵗ(x) − hᵢ⁰(x)|, on the mean over neurons and training points. Lazy networks hardly move theirs.",
);

/// Singular values of the Jacobian.
pub const SPECTRUM: Word = Word(
    "Jacobian spectrum",
    "Singular values σᵢ(J). The smallest one bounds the rate, the largest one the stable step.",
);

/// The largest of them.
pub const LARGEST: Word = Word(
    "σ_max",
    "The largest singular value of the Jacobian J of the outputs on the training points by the trained weights: σ_max² = λ_max(K), and a step above 2/(s·σ_max²) is not stable.",
);

/// Those that rounding hides.
pub const BELOW: Word = Word(
    "below √ε·σ_max",
    "How many singular values are not told apart from zero, of all: features are known to ε, the precision of training, so that eigenvalues of K = JJᵀ are to about ε·σ_max², and their roots to √ε·σ_max.",
);

/// What the trained layer sees.
pub const EMBEDDING: Word = Word(
    "Φ(x)",
    "The embedding of a point x, in D numbers, which the hidden layer sees and training leaves as it is: x itself, all products of two of its coordinates, or random features σ(zⱼᵀx/√d).",
);

/// A law of the data.
pub const SIGNED_PAIRS: Word = Word(
    "signed pairs",
    "Points whose first two coordinates are (±1, 0) with the label 1, or (0, ±1) with the label −1; the other d − 2 are uniform on [−1, 1] and say nothing (Chen et al. 2022, App. I.3).",
);

/// The run before.
pub const BEFORE: Word = Word(
    "before",
    "The run that a changed setting or another seed took the place of: thin and grey beside the new one, until it is put away (Esc).",
);

/// Words a newcomer asks for, in the order of the help sheet.
pub const GLOSSARY: [Word; 25] = [
    Word(
        "lazy",
        "The weights hardly move, the features hᵢ(x) stay as drawn, and the network trains like its linearization: a kernel method.",
    ),
    Word(
        "feature learning",
        "The features hᵢ(x) themselves move towards what the task needs.",
    ),
    Word(
        "scaling regime",
        "The powers of width m and embedding D in f(x) = a·Σᵢ vᵢσ(b·⟨Wᵢ, Φ(x)⟩) and in the step; with the initial sizes they decide between lazy and feature learning.",
    ),
    EMBEDDING,
    TWIN,
    Word(
        "lazy gap",
        "‖f − f̄‖: how far the network has left its linearized twin. 0 means exactly lazy.",
    ),
    Word(
        "NTK",
        "Neural tangent kernel K = JJᵀ, J the Jacobian of the outputs by the trained weights.",
    ),
    Word(
        "NTK change",
        "‖Kₜ − K₀‖_F/‖K₀‖_F; small while training is lazy.",
    ),
    FEATURE_MOVEMENT,
    Word(
        "sign pattern",
        "Which neurons are active (hᵢ > 0) at which points; ReLU networks change their kernel only where it flips.",
    ),
    SPECTRUM,
    LARGEST,
    BELOW,
    STABLE_STEP,
    Word(
        "gradient flow",
        "The limit of small steps, dW/dt = −∇L in the time t. Theorems about it are drawn over t; steps follow it the closer the smaller they are.",
    ),
    Word(
        "bound",
        "What a theorem says of a measurement, dotted. Grey, crossed and struck through where one of its assumptions fails on this data; point at its name to see which.",
    ),
    Word(
        "imbalance",
        "U₁ᵀU₁ − VᵀV of a linear network, ‖w_r‖² − ‖v_r‖² of a ReLU neuron. Gradient flow conserves it; in a linear network it sets the rate.",
    ),
    Word(
        "kernel alignment",
        "⟨Kₜ, yyᵀ⟩/(‖Kₜ‖_F·‖y‖²): how well the kernel points towards the targets. 1 where K is a multiple of yyᵀ.",
    ),
    Word(
        "neuron distance",
        "‖w_r(t) − w_r(0)‖ of one neuron. Proofs of lazy training need the largest one to stay below a radius R.",
    ),
    SIGNED_PAIRS,
    Word(
        "arm",
        "One of several runs side by side, with the same data and seed, on one clock of steps.",
    ),
    BEFORE,
    Word(
        "pinned run",
        "A run kept by name with its settings and its records (B), to be compared with later ones, of other presets too. All kept runs share one budget of memory.",
    ),
    Word(
        "sweep, cell, trial",
        "A sweep runs the network at every value of one field, or every pair of values of two: its cells. Each cell has several trials, which differ by their seed.",
    ),
    Word(
        "transition",
        "Where half of the trials succeed, by a logistic curve through all trials along a line of the theory; its sharpness is the slope of that curve.",
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_is_explained_once() {
        let mut words: Vec<&str> = GLOSSARY.iter().map(|word| word.0).collect();
        words.sort_unstable();
        words.dedup();
        assert_eq!(words.len(), GLOSSARY.len());
        assert!(GLOSSARY.iter().all(|word| word.1.ends_with('.')));
    }
}
