//! What a trainer holds beside its weights.

/// What a trainer holds beside its weights, and with that where it iterates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Storage {
    /// C in W = W0 + CΦ, the features at all training points, ΦΦᵀ and ΦΦ_testᵀ.
    SampleSpace,
    /// W, the features at all training points, and ΦΦᵀ.
    WeightSpace,
    /// W and the features at all training points.
    WithoutGram,
    /// W alone, for training on batches: features are made anew for a few points at a time.
    WeightsOnly,
}

impl Storage {
    /// Whether the iteration runs on the features.
    pub fn is_sample_space(self) -> bool {
        self == Self::SampleSpace
    }

    /// Whether ΦΦᵀ is held, which tangent kernels are made of.
    pub fn has_gram(self) -> bool {
        matches!(self, Self::SampleSpace | Self::WeightSpace)
    }

    /// Whether H, H0 and σ'(H) are held at all training points.
    pub fn has_features(self) -> bool {
        self != Self::WeightsOnly
    }
}
