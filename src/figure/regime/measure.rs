//! The five measures and their names.

use crate::history::{ArmHistory, RunHistory};
use crate::spec::Quantity;

/// A measure of the regime.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Measure {
    /// What is measured.
    pub quantity: Quantity,
    /// Name.
    pub title: &'static str,
    /// Formula in short.
    pub formula: &'static str,
    /// What lies at the left and at the right end.
    pub ends: [&'static str; 2],
    /// The observable that measures it.
    pub observable: &'static str,
}

impl Measure {
    /// Definition, with what the axis and its marks mean.
    pub fn definition(&self) -> String {
        let anchor = match self.quantity {
            Quantity::RelativeFeatureMovement => {
                "\nThe upright tick is the lower bound (15) of Chen et al. 2022, divided by the same mean size at the start."
            }
            Quantity::LazyGapTest | Quantity::LazyGapTrainMax => {
                "\nAnchor: the linearized twin itself has gap 0."
            }
            _ => "",
        };
        let axis = "Logarithmic axis; what is below 10⁻⁴ stands as a ring at its left end.";
        format!("{}{anchor}\n{axis}", self.quantity.definition())
    }
}

const NTK: Measure = Measure {
    quantity: Quantity::NtkChange,
    title: "NTK change",
    formula: "‖Kₜ − K₀‖ / ‖K₀‖",
    ends: ["frozen", "changed"],
    observable: "NtkChange",
};
const FEATURES: Measure = Measure {
    quantity: Quantity::RelativeFeatureMovement,
    title: "feature movement",
    formula: "Σ|hᵗ − h⁰| / Σ|h⁰|",
    ends: ["frozen", "moved"],
    observable: "FeatureMovement",
};
const WEIGHTS: Measure = Measure {
    quantity: Quantity::RelativeWeightDistance,
    title: "weight distance",
    formula: "‖Wₜ − W₀‖ / ‖W₀‖",
    ends: ["at the start", "far"],
    observable: "Distances",
};
const FLIPS: Measure = Measure {
    quantity: Quantity::PatternChanges,
    title: "sign flips",
    formula: "share of sign hᵢ(xₐ)",
    ends: ["none", "all"],
    observable: "PatternChanges",
};
const GAP_TEST: Measure = Measure {
    quantity: Quantity::LazyGapTest,
    title: "lazy gap",
    formula: "‖f − f̄‖, test points",
    ends: ["linear", "apart"],
    observable: "LazyGap",
};
const GAP_TRAIN: Measure = Measure {
    quantity: Quantity::LazyGapTrainMax,
    title: "lazy gap",
    formula: "largest ‖f − f̄‖, training",
    ends: ["linear", "apart"],
    observable: "LazyGap",
};

/// The five measures. On the training set the gap goes back to zero once both networks fit, so it
/// is read on the test set, or as the largest so far.
pub(super) fn measures(history: &RunHistory) -> [Measure; 5] {
    let newest = || history.own_arms().iter().filter_map(ArmHistory::last);
    let measured = |q| newest().any(|r| r.get(q).is_some());
    let train_only = measured(Quantity::LazyGapTrainMax) && !measured(Quantity::LazyGapTest);
    let gap = if train_only { GAP_TRAIN } else { GAP_TEST };
    [NTK, FEATURES, WEIGHTS, FLIPS, gap]
}
