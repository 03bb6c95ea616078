//! The papers' theory on the data and weights of a run: assumptions checked, bounds as curves,
//! required widths and steps as numbers.

mod chen;
mod draft;
mod du;
mod min;
mod oymak;
mod report;
mod song;
mod start;
mod tools;

pub use chen::feature_learning;
pub use du::provable_descent;
pub use min::imbalance;
pub use oymak::moderate;
pub use report::{Assumption, Bound, Curve, Need, PaperReport, Requirement};
pub use song::subquadratic;
pub use start::{LARGEST_SIDE, RunStart};
pub use tools::covariance::{Extremes, kappa, khatri_rao_gram, slope_covariance, value_covariance};
pub use tools::dual::{Part, dual, dual_matrix, second_moment};
pub use tools::hermite::{hermite_coefficients, mu};
pub use tools::kernel_limit::KernelLimit;
pub use tools::neurons::{Neurons, fold_blocks, neuron_gram};

use crate::task::{Cancel, Cancelled};

/// What the five papers say about a run, in the order A to E of their subjects; those that do not
/// speak of such a network are left out.
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
    Ok(reports)
}
