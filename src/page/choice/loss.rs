//! What the loss panel shows, where the user chose it.

use super::log_axis::LogAxis;

/// What the loss panel shows, where the user chose it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LossChoice {
    /// Whether the loss axis is logarithmic; usually it is.
    pub log_y: LogAxis,
}

impl LossChoice {
    /// Whether the loss axis is.
    pub fn is_log_y(&self) -> bool {
        self.log_y.or(true)
    }
}
