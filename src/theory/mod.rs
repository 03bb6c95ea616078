//! The papers' theory on the data and weights of a run: assumptions checked, bounds as curves,
//! required widths and steps as numbers.

mod report;

pub use report::{Assumption, Bound, Curve, Need, PaperReport, Requirement};
