//! The scalar observables: one name, symbol and definition each.

use serde::{Deserialize, Serialize};

/// A scalar observable; also a column of `series.csv`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Quantity {
    /// Training loss in the stated normalization.
    TrainLoss,
    /// Test loss in the same normalization.
    TestLoss,
    /// ‖f − y‖/‖y‖ on the training set.
    RelativeError,
    /// Share of training points on the right side.
    TrainAccuracy,
    /// Share of test points on the right side.
    TestAccuracy,
    /// Training loss of the linearized twin.
    LinearizedTrainLoss,
    /// Test loss of the linearized twin.
    LinearizedTestLoss,
    /// ‖f − f̄‖_F on the training set.
    LazyGapTrain,
    /// Largest training gap so far.
    LazyGapTrainMax,
    /// ‖f − f̄‖_F on the test set.
    LazyGapTest,
    /// Largest test gap so far.
    LazyGapTestMax,
    /// Mean |h_i^t(x) − h_i^0(x)| over neurons and training points.
    FeatureMovement,
    /// Movement divided by the mean |h_i^0(x)|.
    RelativeFeatureMovement,
    /// Lower bound on the movement by the change of the output.
    FeatureMovementBound,
    /// ‖K_t − K_0‖_F/‖K_0‖_F.
    NtkChange,
    /// Largest eigenvalue of JJᵀ.
    NtkMax,
    /// max_r ‖w_r(t) − w_r(0)‖.
    MaxNeuronDistance,
    /// ‖W(t) − W(0)‖_F.
    WeightDistance,
    /// ‖W(t) − W(0)‖_F/‖W(0)‖_F.
    RelativeWeightDistance,
    /// ‖V(t) − V(0)‖_F.
    OutputDistance,
    /// Share of signs of h_i(x_a) that differ from the start.
    PatternChanges,
    /// Mean |h_i^t(x)| over neurons and training points.
    FeatureSize,
    /// Smallest eigenvalue of JJᵀ.
    NtkMin,
    /// ‖K_t − K_0‖₂.
    NtkChangeOperator,
    /// ⟨K_t, yyᵀ⟩_F/(‖K_t‖_F·‖y‖²).
    KernelAlignment,
    /// Σ ‖W_{τ+1} − W_τ‖_F over all steps.
    PathLength,
    /// ‖∇L‖ in the trained weights.
    GradientNorm,
    /// ‖∇L‖²/L.
    PlRatio,
    /// a·σ_min(σ(H)).
    MuPhi,
    /// ab·max|σ'|·σ_max(Φ)·σ_max(V) + a·σ_max(σ(H)).
    NuPhi,
    /// √2·ab·σ_max(Φ)·(max|σ'| + max|σ''|·χ·b·max_a‖φ_a‖).
    BetaPhi,
    /// min_a (1/m)·#{i : h_i(x_a) ∈ I}.
    ActiveFraction,
    /// Lower bound of Chen et al., Lemma 1.
    ActiveFractionBound,
    /// Largest singular value of the imbalance.
    ImbalanceMax,
    /// σ_{n+m−1} of U₁ᵀU₁ − VᵀV.
    ImbalanceC,
    /// Change of the imbalance from its start, Frobenius.
    ImbalanceDrift,
    /// ‖UVᵀ − Θ̂‖₂.
    MinNormDistance,
    /// ‖UVᵀ − Θ̂‖_F.
    MinNormDistanceFrobenius,
    /// ‖U₂(0)V(t)ᵀ‖_F.
    NullSpaceProduct,
}

impl Quantity {
    /// Every quantity, in the order of the columns.
    pub const ALL: [Self; 39] = [
        Self::TrainLoss,
        Self::TestLoss,
        Self::RelativeError,
        Self::TrainAccuracy,
        Self::TestAccuracy,
        Self::LinearizedTrainLoss,
        Self::LinearizedTestLoss,
        Self::LazyGapTrain,
        Self::LazyGapTrainMax,
        Self::LazyGapTest,
        Self::LazyGapTestMax,
        Self::FeatureMovement,
        Self::RelativeFeatureMovement,
        Self::FeatureMovementBound,
        Self::NtkChange,
        Self::NtkMax,
        Self::MaxNeuronDistance,
        Self::WeightDistance,
        Self::RelativeWeightDistance,
        Self::OutputDistance,
        Self::PatternChanges,
        Self::FeatureSize,
        Self::NtkMin,
        Self::NtkChangeOperator,
        Self::KernelAlignment,
        Self::PathLength,
        Self::GradientNorm,
        Self::PlRatio,
        Self::MuPhi,
        Self::NuPhi,
        Self::BetaPhi,
        Self::ActiveFraction,
        Self::ActiveFractionBound,
        Self::ImbalanceMax,
        Self::ImbalanceC,
        Self::ImbalanceDrift,
        Self::MinNormDistance,
        Self::MinNormDistanceFrobenius,
        Self::NullSpaceProduct,
    ];

    /// Name of the column.
    pub fn column(self) -> &'static str {
        match self {
            Self::TrainLoss => "train_loss",
            Self::TestLoss => "test_loss",
            Self::RelativeError => "relative_error",
            Self::TrainAccuracy => "train_accuracy",
            Self::TestAccuracy => "test_accuracy",
            Self::LinearizedTrainLoss => "linearized_train_loss",
            Self::LinearizedTestLoss => "linearized_test_loss",
            Self::LazyGapTrain => "lazy_gap_train",
            Self::LazyGapTrainMax => "lazy_gap_train_max",
            Self::LazyGapTest => "lazy_gap_test",
            Self::LazyGapTestMax => "lazy_gap_test_max",
            Self::FeatureMovement => "feature_movement",
            Self::RelativeFeatureMovement => "relative_feature_movement",
            Self::FeatureMovementBound => "feature_movement_bound",
            Self::NtkChange => "ntk_change",
            Self::NtkMax => "ntk_max",
            Self::MaxNeuronDistance => "max_neuron_distance",
            Self::WeightDistance => "weight_distance",
            Self::RelativeWeightDistance => "relative_weight_distance",
            Self::OutputDistance => "output_distance",
            Self::PatternChanges => "pattern_changes",
            Self::FeatureSize => "feature_size",
            Self::NtkMin => "ntk_min",
            Self::NtkChangeOperator => "ntk_change_operator",
            Self::KernelAlignment => "kernel_alignment",
            Self::PathLength => "path_length",
            Self::GradientNorm => "gradient_norm",
            Self::PlRatio => "pl_ratio",
            Self::MuPhi => "mu_phi",
            Self::NuPhi => "nu_phi",
            Self::BetaPhi => "beta_phi",
            Self::ActiveFraction => "active_fraction",
            Self::ActiveFractionBound => "active_fraction_bound",
            Self::ImbalanceMax => "imbalance_max",
            Self::ImbalanceC => "imbalance_c",
            Self::ImbalanceDrift => "imbalance_drift",
            Self::MinNormDistance => "min_norm_distance",
            Self::MinNormDistanceFrobenius => "min_norm_distance_frobenius",
            Self::NullSpaceProduct => "null_space_product",
        }
    }

    /// The quantity of a column.
    pub fn from_column(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|q| q.column() == name)
    }

    /// Name for people.
    pub fn title(self) -> &'static str {
        match self {
            Self::TrainLoss => "training loss",
            Self::TestLoss => "test loss",
            Self::RelativeError => "relative error",
            Self::TrainAccuracy => "training accuracy",
            Self::TestAccuracy => "test accuracy",
            Self::LinearizedTrainLoss => "training loss of the linearized twin",
            Self::LinearizedTestLoss => "test loss of the linearized twin",
            Self::LazyGapTrain => "lazy gap, training",
            Self::LazyGapTrainMax => "largest lazy gap, training",
            Self::LazyGapTest => "lazy gap, test",
            Self::LazyGapTestMax => "largest lazy gap, test",
            Self::FeatureMovement => "feature movement",
            Self::RelativeFeatureMovement => "relative feature movement",
            Self::FeatureMovementBound => "bound on feature movement",
            Self::NtkChange => "NTK change",
            Self::NtkMax => "largest NTK eigenvalue",
            Self::MaxNeuronDistance => "largest neuron distance",
            Self::WeightDistance => "weight distance",
            Self::RelativeWeightDistance => "relative weight distance",
            Self::OutputDistance => "output-weight distance",
            Self::PatternChanges => "sign-pattern changes",
            Self::FeatureSize => "mean feature size",
            Self::NtkMin => "smallest NTK eigenvalue",
            Self::NtkChangeOperator => "NTK change, operator norm",
            Self::KernelAlignment => "kernel–target alignment",
            Self::PathLength => "path length",
            Self::GradientNorm => "gradient norm",
            Self::PlRatio => "PL ratio",
            Self::MuPhi => "μ_Φ",
            Self::NuPhi => "ν_Φ",
            Self::BetaPhi => "β_Φ",
            Self::ActiveFraction => "active fraction",
            Self::ActiveFractionBound => "bound on the active fraction",
            Self::ImbalanceMax => "largest imbalance",
            Self::ImbalanceC => "imbalance c",
            Self::ImbalanceDrift => "imbalance drift",
            Self::MinNormDistance => "distance to the min-norm solution",
            Self::MinNormDistanceFrobenius => "distance to the min-norm solution (Frobenius)",
            Self::NullSpaceProduct => "‖U₂Vᵀ‖_F",
        }
    }

    /// The definition shown in tooltips.
    pub fn definition(self) -> &'static str {
        match self {
            Self::TrainLoss => {
                "½ Σₐ ‖f(xₐ) − yₐ‖² over the training points, divided by n where the loss is the mean"
            }
            Self::TestLoss => {
                "½ Σₐ ‖f(xₐ) − yₐ‖² over the test points, divided by their number where the loss is the mean"
            }
            Self::RelativeError => "‖f − y‖_F / ‖y‖_F on the training set",
            Self::TrainAccuracy => {
                "share of training points whose output has the target's sign (or whose largest output is the true class)"
            }
            Self::TestAccuracy => {
                "share of test points whose output has the target's sign (or whose largest output is the true class)"
            }
            Self::LinearizedTrainLoss => {
                "training loss of the network linearized at its start, trained by the same steps: r̄ₖ = Π(I − sK₀) r₀"
            }
            Self::LinearizedTestLoss => {
                "test loss of the network linearized at its start, trained by the same steps"
            }
            Self::LazyGapTrain => {
                "‖f(Θₜ) − f̄(Θ̄ₜ)‖_F on the training points, f̄ the network linearized at its start"
            }
            Self::LazyGapTrainMax => {
                "largest ‖f − f̄‖_F on the training points over the records so far"
            }
            Self::LazyGapTest => {
                "‖f(Θₜ) − f̄(Θ̄ₜ)‖_F on the test points, f̄ the network linearized at its start"
            }
            Self::LazyGapTestMax => {
                "largest ‖f − f̄‖_F on the test points over the records so far that look at them"
            }
            Self::FeatureMovement => "1/(mn) Σᵢₐ |hᵢᵗ(xₐ) − hᵢ⁰(xₐ)|",
            Self::RelativeFeatureMovement => "Σ |hᵢᵗ(xₐ) − hᵢ⁰(xₐ)| / Σ |hᵢ⁰(xₐ)|",
            Self::FeatureMovementBound => {
                "mean over the training points of |fᵗ(x) − f⁰(x)| / (a·m·max|v|·L_σ): Chen et al. (15), for one output and V fixed"
            }
            Self::NtkChange => "‖Kₜ − K₀‖_F / ‖K₀‖_F, K = JJᵀ on the training set",
            Self::NtkMax => "largest eigenvalue of JJᵀ on the training set",
            Self::MaxNeuronDistance => "maxᵣ ‖wᵣ(t) − wᵣ(0)‖₂",
            Self::WeightDistance => "‖W(t) − W(0)‖_F",
            Self::RelativeWeightDistance => "‖W(t) − W(0)‖_F / ‖W(0)‖_F",
            Self::OutputDistance => "‖V(t) − V(0)‖_F",
            Self::PatternChanges => "1/(mn) Σᵢₐ 1{sign hᵢ⁰(xₐ) ≠ sign hᵢᵗ(xₐ)}",
            Self::FeatureSize => "1/(mn) Σᵢₐ |hᵢᵗ(xₐ)|",
            Self::NtkMin => "smallest eigenvalue of JJᵀ on the training set",
            Self::NtkChangeOperator => {
                "‖Kₜ − K₀‖₂, the largest singular value of the change of K = JJᵀ"
            }
            Self::KernelAlignment => "⟨Kₜ, yyᵀ⟩_F / (‖Kₜ‖_F ‖y‖²), K = JJᵀ on the training set",
            Self::PathLength => "Σ ‖W_{τ+1} − W_τ‖_F over all steps so far",
            Self::GradientNorm => "‖∇L‖₂ in the trained weights, L the training loss",
            Self::PlRatio => {
                "‖∇L‖² / L, L the training loss: above 0 uniformly means a linear rate"
            }
            Self::MuPhi => "a·σ_min(σ(H)): Song et al., Lemma 3, with the current weights",
            Self::NuPhi => {
                "ab·max|σ′|·σ_max(Φ)·σ_max(V) + a·σ_max(σ(H)): Song et al., Lemma 3, with the current weights"
            }
            Self::BetaPhi => {
                "√2·ab·σ_max(Φ)·(max|σ′| + max|σ″|·χ·b·maxₐ‖φₐ‖), χ the largest σ_max(V) over the records so far that measure it: Song et al., Lemma 3"
            }
            Self::ActiveFraction => {
                "min over a of 1/m · #{i : hᵢ(xₐ) ∈ I}, I the active interval of σ"
            }
            Self::ActiveFractionBound => {
                "Chen et al., Lemma 1: η^{3/2} ≥ η̃^{3/2} − κ(√E₀ − √Eₜ)/(a·m·|v|), E = ½‖f − y‖², η̃ the share in the middle third of I at the start, κ = 9λ_max/(√2·λ_min·K_σ′·(I_r − I_l)) of the data's Gram matrix; for gradient flow with V fixed"
            }
            Self::ImbalanceMax => {
                "largest singular value of U₁ᵀU₁ − ρVᵀV; of a ReLU network maxᵣ |‖wᵣ‖² − ρ‖vᵣ‖²|; ρ the step of W over that of V"
            }
            Self::ImbalanceC => {
                "σ_{n+m−1}(U₁ᵀU₁ − ρVᵀV), ρ the step of W over that of V, n the rank of the data and m the number of outputs"
            }
            Self::ImbalanceDrift => {
                "‖(U₁ᵀU₁ − ρVᵀV)(t) − (U₁ᵀU₁ − ρVᵀV)(0)‖_F, ρ the step of W over that of V; of a ReLU network the root of the sum over r of the squared changes of ‖wᵣ‖² − ρ‖vᵣ‖²; zero under gradient flow"
            }
            Self::MinNormDistance => "‖ab·UVᵀ − Θ̂‖₂, Θ̂ the minimum-norm least-squares solution",
            Self::MinNormDistanceFrobenius => {
                "‖ab·UVᵀ − Θ̂‖_F, Θ̂ the minimum-norm least-squares solution"
            }
            Self::NullSpaceProduct => {
                "ab·‖U₂(0)V(t)ᵀ‖_F, the part of ab·UVᵀ that no data point sees"
            }
        }
    }
}
