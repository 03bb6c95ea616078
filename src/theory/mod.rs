//! The papers' theory on the data and weights of a run: assumptions checked, bounds as curves,
//! required widths and steps as numbers.

mod accuracy;
mod change;
mod chen;
mod delta_change;
mod draft;
mod du;
mod entries;
mod flips;
mod min;
mod oymak;
mod report;
mod song;
mod start;
mod tools;

pub use accuracy::Accuracy;
pub use change::{after_change, change_of};
pub use chen::feature_learning;
pub use delta_change::DeltaChange;
pub use du::provable_descent;
pub use min::imbalance;
pub use oymak::moderate;
pub use report::{Assumption, Bound, BoundEnd, Curve, Need, PaperReport, Requirement};
pub use song::subquadratic;
pub use start::{LARGEST_SIDE, RunStart};
pub use tools::covariance::{Extremes, kappa, khatri_rao_gram, slope_covariance, value_covariance};
pub use tools::dual::{Part, dual, dual_matrix, second_moment};
pub use tools::hermite::{hermite_coefficients, mu};
pub use tools::kernel_limit::KernelLimit;
pub use tools::neurons::{Neurons, fold_blocks, neuron_gram};

use crate::task::{Cancel, Cancelled};

/// What the five papers say about a run: Song et al., Chen et al., Du et al., Oymak and
/// Soltanolkotabi, Min et al., in this order. Those that do not speak of such a network are left out.
///
/// A run evaluates them at its start and keeps them among its facts:
///
/// ```
/// use widescope::data;
/// use widescope::experiment::ArmRun;
/// use widescope::preset::library;
/// use widescope::task::Cancel;
///
/// let experiment = library::load("min-fig2")?;
/// let arm = experiment.arms.iter().find(|arm| arm.label == "imbalanced, flow");
/// let arm = arm.ok_or("no such arm")?;
/// let folder = &experiment.folder;
/// let data = data::load(&arm.preset.data, arm.preset.seed, folder)?;
/// let run = ArmRun::start(arm, &data, folder, &Cancel::new(), &mut Vec::new())?;
///
/// let reports = &run.facts().theory;
/// let min = reports.iter().find(|report| report.paper.starts_with("Min")).ok_or("no report")?;
/// let theorem = min.bounds.iter().find(|bound| bound.name == "Thm 1").ok_or("no bound")?;
/// assert!(theorem.applies(), "{:?}", theorem.failing);
/// // It bounds the loss by something that falls.
/// assert!(theorem.curve.at(500, 1.0) < theorem.curve.at(0, 0.0));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// [`Cancelled`] once `cancel` is raised.
pub fn reports(start: &RunStart<'_>, cancel: &Cancel) -> Result<Vec<PaperReport>, Cancelled> {
    let papers = [
        subquadratic,
        feature_learning,
        provable_descent,
        moderate,
        imbalance,
    ];
    let mut reports = Vec::new();
    for paper in papers {
        cancel.check()?;
        reports.extend(paper(start, cancel)?);
    }
    let bounds = reports
        .iter_mut()
        .flat_map(|r: &mut PaperReport| &mut r.bounds);
    let accuracy = Accuracy::of(start, cancel)?;
    bounds.for_each(|bound| bound.accuracy = accuracy.on(bound.quantity));
    Ok(reports)
}
