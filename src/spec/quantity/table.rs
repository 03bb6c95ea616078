//! The quantities: one row each, in the order of the columns of `series.csv`.

use super::{Curve, QuantityFacts, quantities};

quantities! {
    /// Training loss in the stated normalization.
    TrainLoss {
        column: "train_loss",
        title: "training loss",
        definition: "½ Σₐ ‖f(xₐ) − yₐ‖² over the training points, divided by n where the loss is the mean",
        curve: Curve::Losses,
        summed_up: true,
    }
    /// Test loss in the same normalization.
    TestLoss {
        column: "test_loss",
        title: "test loss",
        definition: "½ Σₐ ‖f(xₐ) − yₐ‖² over the test points, divided by their number where the loss is the mean",
        curve: Curve::Losses,
        summed_up: true,
    }
    /// ‖f − y‖/‖y‖ on the training set.
    RelativeError {
        column: "relative_error",
        title: "relative error",
        definition: "‖f − y‖_F / ‖y‖_F on the training set",
        curve: Curve::Other,
        summed_up: false,
    }
    /// Share of training points on the right side.
    TrainAccuracy {
        column: "train_accuracy",
        title: "training accuracy",
        definition: "share of training points whose output has the target's sign (or whose largest output is the true class)",
        curve: Curve::Losses,
        summed_up: true,
    }
    /// Share of test points on the right side.
    TestAccuracy {
        column: "test_accuracy",
        title: "test accuracy",
        definition: "share of test points whose output has the target's sign (or whose largest output is the true class)",
        curve: Curve::Losses,
        summed_up: true,
    }
    /// Training loss of the linearized twin.
    LinearizedTrainLoss {
        column: "linearized_train_loss",
        title: "training loss of the linearized twin",
        definition: "training loss of the network linearized at its start, trained by the same steps: r̄ₖ = Π(I − sK₀) r₀",
        curve: Curve::Losses,
        summed_up: false,
    }
    /// Test loss of the linearized twin.
    LinearizedTestLoss {
        column: "linearized_test_loss",
        title: "test loss of the linearized twin",
        definition: "test loss of the network linearized at its start, trained by the same steps",
        curve: Curve::Losses,
        summed_up: false,
    }
    /// ‖f − f̄‖_F on the training set.
    LazyGapTrain {
        column: "lazy_gap_train",
        title: "lazy gap, training",
        definition: "‖f(Θₜ) − f̄(Θ̄ₜ)‖_F on the training points, f̄ the network linearized at its start",
        curve: Curve::Other,
        summed_up: false,
    }
    /// Largest training gap so far.
    LazyGapTrainMax {
        column: "lazy_gap_train_max",
        title: "largest lazy gap, training",
        definition: "largest ‖f − f̄‖_F on the training points over the records so far",
        curve: Curve::Other,
        summed_up: false,
    }
    /// ‖f − f̄‖_F on the test set.
    LazyGapTest {
        column: "lazy_gap_test",
        title: "lazy gap, test",
        definition: "‖f(Θₜ) − f̄(Θ̄ₜ)‖_F on the test points, f̄ the network linearized at its start",
        curve: Curve::Other,
        summed_up: false,
    }
    /// Largest test gap so far.
    LazyGapTestMax {
        column: "lazy_gap_test_max",
        title: "largest lazy gap, test",
        definition: "largest ‖f − f̄‖_F on the test points over the records so far that look at them",
        curve: Curve::Other,
        summed_up: false,
    }
    /// Mean |h_i^t(x) − h_i^0(x)| over neurons and training points.
    FeatureMovement {
        column: "feature_movement",
        title: "feature movement",
        definition: "1/(mn) Σᵢₐ |hᵢᵗ(xₐ) − hᵢ⁰(xₐ)|",
        curve: Curve::Other,
        summed_up: true,
    }
    /// Movement divided by the mean |h_i^0(x)|.
    RelativeFeatureMovement {
        column: "relative_feature_movement",
        title: "relative feature movement",
        definition: "Σ |hᵢᵗ(xₐ) − hᵢ⁰(xₐ)| / Σ |hᵢ⁰(xₐ)|",
        curve: Curve::Other,
        summed_up: false,
    }
    /// Lower bound on the movement by the change of the output.
    FeatureMovementBound {
        column: "feature_movement_bound",
        title: "bound on feature movement",
        definition: "mean over the training points of |fᵗ(x) − f⁰(x)| / (a·m·max|v|·L_σ): Chen et al. (15), for one output and V fixed",
        curve: Curve::BoundOn(Quantity::FeatureMovement),
        summed_up: false,
    }
    /// ‖K_t − K_0‖_F/‖K_0‖_F.
    NtkChange {
        column: "ntk_change",
        title: "NTK change",
        definition: "‖Kₜ − K₀‖_F / ‖K₀‖_F, K = JJᵀ on the training set",
        curve: Curve::Other,
        summed_up: true,
    }
    /// Largest eigenvalue of JJᵀ.
    NtkMax {
        column: "ntk_max",
        title: "largest NTK eigenvalue",
        definition: "largest eigenvalue of JJᵀ on the training set",
        curve: Curve::Other,
        summed_up: false,
    }
    /// max_r ‖w_r(t) − w_r(0)‖.
    MaxNeuronDistance {
        column: "max_neuron_distance",
        title: "largest neuron distance",
        definition: "maxᵣ ‖wᵣ(t) − wᵣ(0)‖₂",
        curve: Curve::Movement(0),
        summed_up: false,
    }
    /// ‖W(t) − W(0)‖_F.
    WeightDistance {
        column: "weight_distance",
        title: "weight distance",
        definition: "‖W(t) − W(0)‖_F",
        curve: Curve::Movement(1),
        summed_up: false,
    }
    /// ‖W(t) − W(0)‖_F/‖W(0)‖_F.
    RelativeWeightDistance {
        column: "relative_weight_distance",
        title: "relative weight distance",
        definition: "‖W(t) − W(0)‖_F / ‖W(0)‖_F",
        curve: Curve::Movement(2),
        summed_up: false,
    }
    /// ‖V(t) − V(0)‖_F.
    OutputDistance {
        column: "output_distance",
        title: "output-weight distance",
        definition: "‖V(t) − V(0)‖_F",
        curve: Curve::Movement(5),
        summed_up: false,
    }
    /// Share of signs of h_i(x_a) that differ from the start.
    PatternChanges {
        column: "pattern_changes",
        title: "sign-pattern changes",
        definition: "1/(mn) Σᵢₐ 1{sign hᵢ⁰(xₐ) ≠ sign hᵢᵗ(xₐ)}",
        curve: Curve::Movement(4),
        summed_up: false,
    }
    /// Mean |h_i^t(x)| over neurons and training points.
    FeatureSize {
        column: "feature_size",
        title: "mean feature size",
        definition: "1/(mn) Σᵢₐ |hᵢᵗ(xₐ)|",
        curve: Curve::Other,
        summed_up: false,
    }
    /// Smallest eigenvalue of JJᵀ.
    NtkMin {
        column: "ntk_min",
        title: "smallest NTK eigenvalue",
        definition: "smallest eigenvalue of JJᵀ on the training set",
        curve: Curve::Other,
        summed_up: false,
    }
    /// ‖K_t − K_0‖₂.
    NtkChangeOperator {
        column: "ntk_change_operator",
        title: "NTK change, operator norm",
        definition: "‖Kₜ − K₀‖₂, the largest singular value of the change of K = JJᵀ",
        curve: Curve::Other,
        summed_up: false,
    }
    /// ⟨K_t, yyᵀ⟩_F/(‖K_t‖_F·‖y‖²).
    KernelAlignment {
        column: "kernel_alignment",
        title: "kernel–target alignment",
        definition: "⟨Kₜ, yyᵀ⟩_F / (‖Kₜ‖_F ‖y‖²), K = JJᵀ on the training set",
        curve: Curve::Other,
        summed_up: false,
    }
    /// Σ ‖W_{τ+1} − W_τ‖_F over all steps.
    PathLength {
        column: "path_length",
        title: "path length",
        definition: "Σ ‖W_{τ+1} − W_τ‖_F over all steps so far",
        curve: Curve::Movement(3),
        summed_up: false,
    }
    /// ‖∇L‖ in the trained weights.
    GradientNorm {
        column: "gradient_norm",
        title: "gradient norm",
        definition: "‖∇L‖₂ in the trained weights, L the training loss",
        curve: Curve::Other,
        summed_up: false,
    }
    /// ‖∇L‖²/L.
    PlRatio {
        column: "pl_ratio",
        title: "PL ratio",
        definition: "‖∇L‖² / L, L the training loss: above 0 uniformly means a linear rate",
        curve: Curve::Other,
        summed_up: false,
    }
    /// a·σ_min(σ(H)).
    MuPhi {
        column: "mu_phi",
        title: "μ_Φ",
        definition: "a·σ_min(σ(H)): Song et al., Lemma 3, with the current weights",
        curve: Curve::Other,
        summed_up: false,
    }
    /// ab·max|σ'|·σ_max(Φ)·σ_max(V) + a·σ_max(σ(H)).
    NuPhi {
        column: "nu_phi",
        title: "ν_Φ",
        definition: "ab·max|σ′|·σ_max(Φ)·σ_max(V) + a·σ_max(σ(H)): Song et al., Lemma 3, with the current weights",
        curve: Curve::Other,
        summed_up: false,
    }
    /// √2·ab·σ_max(Φ)·(max|σ'| + max|σ''|·χ·b·max_a‖φ_a‖).
    BetaPhi {
        column: "beta_phi",
        title: "β_Φ",
        definition: "√2·ab·σ_max(Φ)·(max|σ′| + max|σ″|·χ·b·maxₐ‖φₐ‖), χ the largest σ_max(V) over the records so far that measure it: Song et al., Lemma 3",
        curve: Curve::Other,
        summed_up: false,
    }
    /// min_a (1/m)·#{i : h_i(x_a) ∈ I}.
    ActiveFraction {
        column: "active_fraction",
        title: "active fraction",
        definition: "min over a of 1/m · #{i : hᵢ(xₐ) ∈ I}, I the active interval of σ",
        curve: Curve::Other,
        summed_up: false,
    }
    /// Lower bound of Chen et al., Lemma 1.
    ActiveFractionBound {
        column: "active_fraction_bound",
        title: "bound on the active fraction",
        definition: "Chen et al., Lemma 1: η^{3/2} ≥ η̃^{3/2} − κ(√E₀ − √Eₜ)/(a·m·|v|), E = ½‖f − y‖², η̃ the share in the middle third of I at the start, κ = 9λ_max/(√2·λ_min·K_σ′·(I_r − I_l)) of the data's Gram matrix; for gradient flow with V fixed",
        curve: Curve::BoundOn(Quantity::ActiveFraction),
        summed_up: false,
    }
    /// Largest singular value of the imbalance.
    ImbalanceMax {
        column: "imbalance_max",
        title: "largest imbalance",
        definition: "largest singular value of U₁ᵀU₁ − ρVᵀV; of a ReLU network maxᵣ |‖wᵣ‖² − ρ‖vᵣ‖²|; ρ the step of W over that of V",
        curve: Curve::Other,
        summed_up: false,
    }
    /// σ_{n+m−1} of U₁ᵀU₁ − VᵀV.
    ImbalanceC {
        column: "imbalance_c",
        title: "imbalance c",
        definition: "σ_{n+m−1}(U₁ᵀU₁ − ρVᵀV), ρ the step of W over that of V, n the rank of the data and m the number of outputs",
        curve: Curve::Other,
        summed_up: false,
    }
    /// Change of the imbalance from its start, Frobenius.
    ImbalanceDrift {
        column: "imbalance_drift",
        title: "imbalance drift",
        definition: "‖(U₁ᵀU₁ − ρVᵀV)(t) − (U₁ᵀU₁ − ρVᵀV)(0)‖_F, ρ the step of W over that of V; of a ReLU network the root of the sum over r of the squared changes of ‖wᵣ‖² − ρ‖vᵣ‖²; zero under gradient flow",
        curve: Curve::Other,
        summed_up: false,
    }
    /// ‖UVᵀ − Θ̂‖₂.
    MinNormDistance {
        column: "min_norm_distance",
        title: "distance to the min-norm solution",
        definition: "‖ab·UVᵀ − Θ̂‖₂, Θ̂ the minimum-norm least-squares solution",
        curve: Curve::Other,
        summed_up: false,
    }
    /// ‖UVᵀ − Θ̂‖_F.
    MinNormDistanceFrobenius {
        column: "min_norm_distance_frobenius",
        title: "distance to the min-norm solution (Frobenius)",
        definition: "‖ab·UVᵀ − Θ̂‖_F, Θ̂ the minimum-norm least-squares solution",
        curve: Curve::Other,
        summed_up: false,
    }
    /// ‖U₂(0)V(t)ᵀ‖_F.
    NullSpaceProduct {
        column: "null_space_product",
        title: "‖U₂Vᵀ‖_F",
        definition: "ab·‖U₂(0)V(t)ᵀ‖_F, the part of ab·UVᵀ that no data point sees",
        curve: Curve::Other,
        summed_up: false,
    }
    /// exp(−Σ pₖ ln pₖ), pₖ the shares of the eigenvalues of JJᵀ in their sum.
    NtkEffectiveRank {
        column: "ntk_effective_rank",
        title: "effective rank of the NTK",
        definition: "exp(−Σₖ pₖ ln pₖ), pₖ = λₖ / Σ λ over the eigenvalues of JJᵀ on the training set: as many directions as would be learned at one speed",
        curve: Curve::Other,
        summed_up: false,
    }
    /// tr JJᵀ = ‖J‖_F².
    NtkTrace {
        column: "ntk_trace",
        title: "trace of the NTK",
        definition: "tr JJᵀ = ‖J‖_F², the sum of all eigenvalues on the training set",
        curve: Curve::Other,
        summed_up: false,
    }
}
