//! What several panels of a run show alike, where the user chose it.

use std::collections::BTreeSet;

use super::log_axis::LogAxis;
use super::time_axis::TimeAxis;

/// What several panels of a run show alike, where the user chose it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SharedChoice {
    /// The axis over the run.
    pub time: TimeAxis,
    /// Whether the value axes of quantities over the run are logarithmic; usually they are.
    pub log_y: LogAxis,
    /// Whether the theory's bounds are drawn; they are not until they are asked for.
    pub bounds: bool,
    /// Arm of the panels that show one arm only.
    pub shown_arm: usize,
    /// Arms hidden by the user, by index.
    pub hidden_arms: BTreeSet<usize>,
}
