//! Fits and statistics: lines, rates, logistic curves, intervals and quadrature.

mod interval;
mod logistic;
mod quadrature;
mod rate;

pub use interval::{Interval, Statistic};
pub(crate) use interval::{interval, student_95};
pub(crate) use logistic::logistic;
pub use quadrature::GaussHermite;
pub use rate::{Rate, fit_line, fit_rate};
