//! What a script measures, and what of a run it leaves out.

use std::collections::BTreeSet;

use super::ScriptArm;
use super::part::{Part, template};
use crate::experiment::InitialState;
use crate::spec::{LossKind, Method, Observable, Quantity};

/// Largest tangent kernel that a script computes, rows.
const MAX_KERNEL: usize = 4000;

/// A function of the script that measures, and what it gives.
pub(super) struct Measure {
    /// The function.
    pub(super) part: Part,
    /// What it gives.
    quantities: &'static [Quantity],
    /// Whether it needs the tangent kernel.
    pub(super) needs_kernel: bool,
}

/// All of them.
pub(super) static MEASURES: [Measure; 5] = [
    Measure {
        part: template!("measure_outputs"),
        quantities: &[
            Quantity::TrainLoss,
            Quantity::TestLoss,
            Quantity::RelativeError,
            Quantity::TrainAccuracy,
            Quantity::TestAccuracy,
        ],
        needs_kernel: false,
    },
    Measure {
        part: template!("measure_features"),
        quantities: &[
            Quantity::FeatureMovement,
            Quantity::RelativeFeatureMovement,
            Quantity::FeatureMovementBound,
            Quantity::FeatureSize,
            Quantity::PatternChanges,
        ],
        needs_kernel: false,
    },
    Measure {
        part: template!("measure_weights"),
        quantities: &[
            Quantity::MaxNeuronDistance,
            Quantity::WeightDistance,
            Quantity::RelativeWeightDistance,
            Quantity::OutputDistance,
            Quantity::PathLength,
        ],
        needs_kernel: false,
    },
    Measure {
        part: template!("measure_gradient"),
        quantities: &[Quantity::GradientNorm, Quantity::PlRatio],
        needs_kernel: false,
    },
    Measure {
        part: template!("measure_kernel"),
        quantities: &[
            Quantity::NtkChange,
            Quantity::NtkTrace,
            Quantity::KernelAlignment,
        ],
        needs_kernel: true,
    },
];

/// What the arms of a run measure that a script measures too, in the order of the columns.
pub(super) fn quantities(arms: &[ScriptArm]) -> Vec<Quantity> {
    let asked = asked(arms);
    let is_known = |quantity: &Quantity| is_known(*quantity, arms);
    let in_order = Quantity::ALL.into_iter();
    in_order
        .filter(|quantity| asked.contains(quantity) && is_known(quantity))
        .collect()
}

/// The functions that give any of these.
pub(super) fn measures(of: &[Quantity]) -> impl Iterator<Item = &'static Measure> {
    let gives_any = move |measure: &&Measure| measure.quantities.iter().any(|q| of.contains(q));
    MEASURES.iter().filter(gives_any)
}

/// What a run measures and the script does not, in words.
pub(super) fn left_out(arms: &[ScriptArm]) -> Vec<String> {
    let unknown = asked(arms).into_iter().filter(|q| !is_known(*q, arms));
    let columns: Vec<String> = unknown.map(|q| q.column().to_owned()).collect();
    let mut left_out = Vec::new();
    if !columns.is_empty() {
        left_out.push(format!("the quantities {}", columns.join(", ")));
    }
    let mut observables = arms
        .iter()
        .flat_map(|of| &of.arm.preset.observe.observables);
    let has_more = |observable: &Observable| {
        let has_spectrum = matches!(
            observable,
            Observable::JacobianSpectrum | Observable::NtkSpectrum | Observable::Imbalance
        );
        has_spectrum || observable.facts().quantities.is_empty()
    };
    if observables.any(has_more) {
        left_out.push("spectra, single neurons and images".to_owned());
    }
    left_out
}

/// All that the arms measure; losses are measured in any case.
fn asked(arms: &[ScriptArm]) -> BTreeSet<Quantity> {
    let observables = arms
        .iter()
        .flat_map(|of| &of.arm.preset.observe.observables);
    let quantities = observables.flat_map(|observable| observable.facts().quantities);
    quantities.copied().chain([Quantity::TrainLoss]).collect()
}

fn is_known(quantity: Quantity, arms: &[ScriptArm]) -> bool {
    let Some(measure) = MEASURES.iter().find(|m| m.quantities.contains(&quantity)) else {
        return false;
    };
    let of_flow =
        |of: &ScriptArm| matches!(of.arm.preset.train.method, Method::GradientFlow { .. });
    // Under gradient flow the path has a piece an inner step, and these are the integrator's own.
    let has_no_path = quantity == Quantity::PathLength && arms.iter().any(of_flow);
    let is_large = |of: &ScriptArm| kernel_rows(&of.start) > MAX_KERNEL;
    let has_no_kernel = measure.needs_kernel && arms.iter().any(is_large);
    let is_squared = |of: &ScriptArm| of.arm.preset.loss.kind == LossKind::Squared;
    let needs_squared = matches!(quantity, Quantity::GradientNorm | Quantity::PlRatio);
    !(has_no_path || has_no_kernel || needs_squared && !arms.iter().all(is_squared))
}

fn kernel_rows(start: &InitialState) -> usize {
    start.data.y.len()
}
