//! Whether an axis is logarithmic.

/// Whether an axis is logarithmic, where the user chose it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LogAxis(pub Option<bool>);

impl LogAxis {
    /// What was chosen, else what is usual.
    pub fn or(self, usual: bool) -> bool {
        self.0.unwrap_or(usual)
    }
}
