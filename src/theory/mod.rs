//! The papers' theory on the data and weights of a run: assumptions checked, bounds as curves,
//! required widths and steps as numbers.

mod covariance;
mod digits;
mod draft;
mod dual;
mod feature_embedding;
mod feature_learning;
mod flips;
mod hermite;
mod imbalance;
mod kernel_limit;
mod moderate;
mod moderate_needs;
mod moderate_output;
mod moderate_rates;
mod moderate_separated;
mod neurons;
mod provable_descent;
mod provable_joint;
mod quadrature;
mod report;
mod start;
mod subquadratic;
mod subquadratic_gap;

pub use covariance::{Extremes, kappa, khatri_rao_gram, slope_covariance, value_covariance};
pub(crate) use digits::four_digits;
pub use dual::{Part, dual, dual_matrix};
pub use feature_learning::feature_learning;
pub use hermite::{hermite_coefficients, mu, second_moment};
pub use imbalance::imbalance;
pub use kernel_limit::KernelLimit;
pub use moderate::moderate;
pub use neurons::{Neurons, fold_blocks, neuron_gram};
pub use provable_descent::provable_descent;
pub use quadrature::GaussHermite;
pub use report::{Assumption, Bound, Curve, Need, PaperReport, Requirement};
pub use start::{LARGEST_SIDE, RunStart};
pub use subquadratic::subquadratic;

use crate::train::{Cancel, Cancelled};

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
