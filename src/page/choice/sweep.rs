//! What the panels of a sweep show, where the user chose it.

use crate::figure::sweep_values;
use crate::spec::SweepValue;
use crate::sweep::Plan;

use super::log_axis::LogAxis;

/// What the panels of a sweep show, where the user chose it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SweepChoice {
    /// What is shown of a cell.
    pub value: Option<SweepValue>,
    /// Whether the horizontal axis is logarithmic.
    pub log_x: LogAxis,
    /// Whether the vertical axis is.
    pub log_y: LogAxis,
    /// Whether the colours are.
    pub log_value: LogAxis,
}

impl SweepChoice {
    /// What is shown of a cell: what was chosen as long as the sweep has it, else the preset's choice.
    pub fn value(&self, plan: &Plan) -> SweepValue {
        let values = sweep_values(plan);
        let chosen = self.value.clone().filter(|value| values.contains(value));
        chosen.unwrap_or_else(|| plan.spec().value.clone())
    }
}
