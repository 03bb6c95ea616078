//! Fits and statistics: lines, exponents, rates, logistic curves, intervals and quadrature.

#[cfg(test)]
mod coverage;
mod difference;
mod exponent;
mod half_point;
mod interval;
mod line;
mod logistic;
mod quadrature;
mod rate;

pub(crate) use difference::{Pairing, difference};
pub use exponent::{Exponent, fit_exponent};
pub(crate) use half_point::half_width_of_half_point;
pub(crate) use interval::interval;
pub use interval::{Interval, Statistic};
pub(crate) use logistic::{Outcome, logistic};
pub use quadrature::GaussHermite;
pub use rate::{Rate, fit_rate, part_way};
