//! What a preset may ask to measure, and the scalars that come of it: quantities have one row each, in
//! the order of the columns of `series.csv`.

use serde::{Deserialize, Serialize};

use super::{Curve, QuantityFacts, quantities};
use crate::spec::PointRef;

/// A measured quantity or group of quantities.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub enum Observable {
    /// Training loss and relative error.
    Loss,
    /// Test loss.
    TestLoss,
    /// Share of points on the right side (or with the right class), train and test.
    Accuracy,
    /// Gap to the linearized twin, train, test and running maximum; and the twin's own losses.
    LazyGap,
    /// Mean movement of the hidden features and its lower bound.
    FeatureMovement,
    /// Relative change of the tangent kernel.
    NtkChange,
    /// All singular values of the Jacobian.
    JacobianSpectrum,
    /// All eigenvalues of the tangent kernel.
    NtkSpectrum,
    /// Distances of the weights from their start.
    Distances,
    /// Share of sign patterns that changed.
    PatternChanges,
    /// Length of the path of the hidden weights, summed over every step.
    PathLength,
    /// Distance ‖w_r(t) − w_r(0)‖ of each of a sample of neurons.
    NeuronDistances,
    /// Imbalance of the two layers: of a linear network its singular values, of a homogeneous
    /// activation ‖w_r‖² − ‖v_r‖² of each neuron.
    Imbalance,
    /// Distance of a linear network's product to the minimum-norm solution.
    MinNorm,
    /// Share of neurons whose feature lies in the activation's active interval, and its bound.
    ActiveFraction,
    /// Size of the gradient and its ratio to the loss.
    Gradient,
    /// Constants μ_Φ, ν_Φ, β_Φ of the features of a network whose layers are both trained.
    FeatureJacobian,
    /// Alignment of the tangent kernel with the targets.
    Alignment,
    /// Effective rank and trace of the tangent kernel.
    KernelRank,
    /// The tangent kernel as an image.
    KernelImage,
    /// The output of the network over the plane of the first two coordinates, all others 0.
    DecisionSurface {
        /// Cells of a side of the square that is looked at.
        grid: usize,
    },
    /// Features h_i(x1) against h_i(x2).
    FeatureMap {
        /// Horizontal point.
        x1: PointRef,
        /// Vertical point.
        x2: PointRef,
    },
}

impl Observable {
    /// Points beside the data at which outputs are evaluated for it.
    pub fn plane_points(self) -> usize {
        match self {
            Self::DecisionSurface { grid } => grid.saturating_mul(grid),
            _ => 0,
        }
    }
}

quantities! {
    /// Training loss in the stated normalization.
    TrainLoss {
        column: "train_loss", title: "training loss", curve: Curve::Losses, summed_up: true,
        definition: "the loss that is trained, on the training set",
    }
    /// Test loss in the same normalization.
    TestLoss {
        column: "test_loss", title: "test loss", curve: Curve::Losses, summed_up: true,
        definition: "the loss that is trained, on the test set",
    }
    /// ‖f − y‖/‖y‖ on the training set.
    RelativeError {
        column: "relative_error", title: "relative error", curve: Curve::Other, summed_up: false,
        definition: "‖f − y‖_F / ‖y‖_F on the training set",
    }
    /// Share of training points on the right side.
    TrainAccuracy {
        column: "train_accuracy", title: "training accuracy", curve: Curve::Losses, summed_up: true,
        definition: "share of training points whose output has the target's sign (or whose largest output is the true class)",
    }
    /// Share of test points on the right side.
    TestAccuracy {
        column: "test_accuracy", title: "test accuracy", curve: Curve::Losses, summed_up: true,
        definition: "share of test points whose output has the target's sign (or whose largest output is the true class)",
    }
    /// Training loss of the linearized twin.
    LinearizedTrainLoss {
        column: "linearized_train_loss", title: "training loss of the linearized twin", curve: Curve::Losses, summed_up: false,
        definition: "training loss of the network linearized at its start, trained by the same steps: r̄ₖ = Π(I − sK₀) r₀",
    }
    /// Test loss of the linearized twin.
    LinearizedTestLoss {
        column: "linearized_test_loss", title: "test loss of the linearized twin", curve: Curve::Losses, summed_up: false,
        definition: "test loss of the network linearized at its start, trained by the same steps",
    }
    /// ‖f − f̄‖_F on the training set.
    LazyGapTrain {
        column: "lazy_gap_train", title: "lazy gap, training", curve: Curve::Other, summed_up: false,
        definition: "‖f(Θₜ) − f̄(Θ̄ₜ)‖_F on the training points, f̄ the network linearized at its start",
    }
    /// Largest training gap so far.
    LazyGapTrainMax {
        column: "lazy_gap_train_max", title: "largest lazy gap, training", curve: Curve::Other, summed_up: false,
        definition: "largest ‖f − f̄‖_F on the training points over the records so far",
    }
    /// ‖f − f̄‖_F on the test set.
    LazyGapTest {
        column: "lazy_gap_test", title: "lazy gap, test", curve: Curve::Other, summed_up: false,
        definition: "‖f(Θₜ) − f̄(Θ̄ₜ)‖_F on the test points, f̄ the network linearized at its start",
    }
    /// Largest test gap so far.
    LazyGapTestMax {
        column: "lazy_gap_test_max", title: "largest lazy gap, test", curve: Curve::Other, summed_up: false,
        definition: "largest ‖f − f̄‖_F on the test points over the records so far that look at them",
    }
    /// Mean |h_i^t(x) − h_i^0(x)| over neurons and training points.
    FeatureMovement {
        column: "feature_movement", title: "feature movement", curve: Curve::Other, summed_up: true,
        definition: "1/(mn) Σᵢₐ |hᵢᵗ(xₐ) − hᵢ⁰(xₐ)|",
    }
    /// Movement divided by the mean |h_i^0(x)|.
    RelativeFeatureMovement {
        column: "relative_feature_movement", title: "relative feature movement", curve: Curve::Other, summed_up: false,
        definition: "Σ |hᵢᵗ(xₐ) − hᵢ⁰(xₐ)| / Σ |hᵢ⁰(xₐ)|",
    }
    /// Lower bound on the movement by the change of the output.
    FeatureMovementBound {
        column: "feature_movement_bound", title: "bound on feature movement", curve: Curve::BoundOn(Quantity::FeatureMovement), summed_up: false,
        definition: "mean over the training points of |fᵗ(x) − f⁰(x)| / (a·m·max|v|·L_σ): Chen et al. (15), for one output and V fixed",
    }
    /// ‖K_t − K_0‖_F/‖K_0‖_F.
    NtkChange {
        column: "ntk_change", title: "NTK change", curve: Curve::Other, summed_up: true,
        definition: "‖Kₜ − K₀‖_F / ‖K₀‖_F, K = JJᵀ on the training set",
    }
    /// Largest eigenvalue of JJᵀ.
    NtkMax {
        column: "ntk_max", title: "largest NTK eigenvalue", curve: Curve::Other, summed_up: false,
        definition: "largest eigenvalue of JJᵀ on the training set",
    }
    /// max_r ‖w_r(t) − w_r(0)‖.
    MaxNeuronDistance {
        column: "max_neuron_distance", title: "largest neuron distance", curve: Curve::Movement(0), summed_up: false,
        definition: "maxᵣ ‖wᵣ(t) − wᵣ(0)‖₂",
    }
    /// ‖W(t) − W(0)‖_F.
    WeightDistance {
        column: "weight_distance", title: "weight distance", curve: Curve::Movement(1), summed_up: false,
        definition: "‖W(t) − W(0)‖_F",
    }
    /// ‖W(t) − W(0)‖_F/‖W(0)‖_F.
    RelativeWeightDistance {
        column: "relative_weight_distance", title: "relative weight distance", curve: Curve::Movement(2), summed_up: false,
        definition: "‖W(t) − W(0)‖_F / ‖W(0)‖_F",
    }
    /// ‖V(t) − V(0)‖_F.
    OutputDistance {
        column: "output_distance", title: "output-weight distance", curve: Curve::Movement(5), summed_up: false,
        definition: "‖V(t) − V(0)‖_F",
    }
    /// Share of signs of h_i(x_a) that differ from the start.
    PatternChanges {
        column: "pattern_changes", title: "sign-pattern changes", curve: Curve::Movement(4), summed_up: false,
        definition: "1/(mn) Σᵢₐ 1{sign hᵢ⁰(xₐ) ≠ sign hᵢᵗ(xₐ)}",
    }
    /// Mean |h_i^t(x)| over neurons and training points.
    FeatureSize {
        column: "feature_size", title: "mean feature size", curve: Curve::Other, summed_up: false,
        definition: "1/(mn) Σᵢₐ |hᵢᵗ(xₐ)|",
    }
    /// Smallest eigenvalue of JJᵀ.
    NtkMin {
        column: "ntk_min", title: "smallest NTK eigenvalue", curve: Curve::Other, summed_up: false,
        definition: "smallest eigenvalue of JJᵀ on the training set",
    }
    /// ‖K_t − K_0‖₂.
    NtkChangeOperator {
        column: "ntk_change_operator", title: "NTK change, operator norm", curve: Curve::Other, summed_up: false,
        definition: "‖Kₜ − K₀‖₂, the largest singular value of the change of K = JJᵀ",
    }
    /// ⟨K_t, yyᵀ⟩_F/(‖K_t‖_F·‖y‖²).
    KernelAlignment {
        column: "kernel_alignment", title: "kernel–target alignment", curve: Curve::Other, summed_up: false,
        definition: "⟨Kₜ, yyᵀ⟩_F / (‖Kₜ‖_F ‖y‖²), K = JJᵀ on the training set",
    }
    /// Σ ‖W_{τ+1} − W_τ‖_F over all steps.
    PathLength {
        column: "path_length", title: "path length", curve: Curve::Movement(3), summed_up: false,
        definition: "Σ ‖W_{τ+1} − W_τ‖_F over all steps so far",
    }
    /// ‖∇L‖ in the trained weights.
    GradientNorm {
        column: "gradient_norm", title: "gradient norm", curve: Curve::Other, summed_up: false,
        definition: "‖∇L‖₂ in the trained weights, L the training loss",
    }
    /// ‖∇L‖²/L.
    PlRatio {
        column: "pl_ratio", title: "PL ratio", curve: Curve::Other, summed_up: false,
        definition: "‖∇L‖² / L, L the training loss: above 0 uniformly means a linear rate",
    }
    /// a·σ_min(σ(H)).
    MuPhi {
        column: "mu_phi", title: "μ_Φ", curve: Curve::Other, summed_up: false,
        definition: "a·σ_min(σ(H)): Song et al., Lemma 3, with the current weights",
    }
    /// ab·max|σ'|·σ_max(Φ)·σ_max(V) + a·σ_max(σ(H)).
    NuPhi {
        column: "nu_phi", title: "ν_Φ", curve: Curve::Other, summed_up: false,
        definition: "ab·max|σ′|·σ_max(Φ)·σ_max(V) + a·σ_max(σ(H)): Song et al., Lemma 3, with the current weights",
    }
    /// √2·ab·σ_max(Φ)·(max|σ'| + max|σ''|·χ·b·max_a‖φ_a‖).
    BetaPhi {
        column: "beta_phi", title: "β_Φ", curve: Curve::Other, summed_up: false,
        definition: "√2·ab·σ_max(Φ)·(max|σ′| + max|σ″|·χ·b·maxₐ‖φₐ‖), χ the largest σ_max(V) over the records so far that measure it: Song et al., Lemma 3",
    }
    /// min_a (1/m)·#{i : h_i(x_a) ∈ I}.
    ActiveFraction {
        column: "active_fraction", title: "active fraction", curve: Curve::Other, summed_up: false,
        definition: "min over a of 1/m · #{i : hᵢ(xₐ) ∈ I}, I the active interval of σ",
    }
    /// Lower bound of Chen et al., Lemma 1.
    ActiveFractionBound {
        column: "active_fraction_bound", title: "bound on the active fraction", curve: Curve::BoundOn(Quantity::ActiveFraction), summed_up: false,
        definition: "Chen et al., Lemma 1: η^{3/2} ≥ η̃^{3/2} − κ(√E₀ − √Eₜ)/(a·m·|v|), E = ½‖f − y‖², η̃ the share in the middle third of I at the start, κ = 9λ_max/(√2·λ_min·K_σ′·(I_r − I_l)) of the data's Gram matrix; for gradient flow with V fixed",
    }
    /// Largest singular value of the imbalance.
    ImbalanceMax {
        column: "imbalance_max", title: "largest imbalance", curve: Curve::Other, summed_up: false,
        definition: "largest singular value of U₁ᵀU₁ − ρVᵀV; of a ReLU network maxᵣ |‖wᵣ‖² − ρ‖vᵣ‖²|; ρ the step of W over that of V",
    }
    /// σ_{n+m−1} of U₁ᵀU₁ − VᵀV.
    ImbalanceC {
        column: "imbalance_c", title: "imbalance c", curve: Curve::Other, summed_up: false,
        definition: "σ_{n+m−1}(U₁ᵀU₁ − ρVᵀV), ρ the step of W over that of V, n the rank of the data and m the number of outputs",
    }
    /// Change of the imbalance from its start, Frobenius.
    ImbalanceDrift {
        column: "imbalance_drift", title: "imbalance drift", curve: Curve::Other, summed_up: false,
        definition: "‖(U₁ᵀU₁ − ρVᵀV)(t) − (U₁ᵀU₁ − ρVᵀV)(0)‖_F, ρ the step of W over that of V; of a ReLU network the root of the sum over r of the squared changes of ‖wᵣ‖² − ρ‖vᵣ‖²; zero under gradient flow",
    }
    /// ‖UVᵀ − Θ̂‖₂.
    MinNormDistance {
        column: "min_norm_distance", title: "distance to the min-norm solution", curve: Curve::Other, summed_up: false,
        definition: "‖ab·UVᵀ − Θ̂‖₂, Θ̂ the minimum-norm least-squares solution",
    }
    /// ‖UVᵀ − Θ̂‖_F.
    MinNormDistanceFrobenius {
        column: "min_norm_distance_frobenius", title: "distance to the min-norm solution (Frobenius)", curve: Curve::Other, summed_up: false,
        definition: "‖ab·UVᵀ − Θ̂‖_F, Θ̂ the minimum-norm least-squares solution",
    }
    /// ‖U₂(0)V(t)ᵀ‖_F.
    NullSpaceProduct {
        column: "null_space_product", title: "‖U₂Vᵀ‖_F", curve: Curve::Other, summed_up: false,
        definition: "ab·‖U₂(0)V(t)ᵀ‖_F, the part of ab·UVᵀ that no data point sees",
    }
    /// exp(−Σ pₖ ln pₖ), pₖ the shares of the eigenvalues of JJᵀ in their sum.
    NtkEffectiveRank {
        column: "ntk_effective_rank", title: "effective rank of the NTK", curve: Curve::Other, summed_up: false,
        definition: "exp(−Σₖ pₖ ln pₖ), pₖ = λₖ / Σ λ over the eigenvalues of JJᵀ on the training set: as many directions as would be learned at one speed",
    }
    /// tr JJᵀ = ‖J‖_F².
    NtkTrace {
        column: "ntk_trace", title: "trace of the NTK", curve: Curve::Other, summed_up: false,
        definition: "tr JJᵀ = ‖J‖_F², the sum of all eigenvalues on the training set",
    }
}
