//! What the feature map shows, where the user chose it.

use crate::spec::PointRef;

/// What the feature map shows, where the user chose it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FeatureMapChoice {
    /// Horizontal point, where another than the preset's.
    pub x1: Option<PointRef>,
    /// Vertical point, likewise.
    pub x2: Option<PointRef>,
    /// Whether the paths of some neurons are drawn.
    pub trails: bool,
    /// Whether the maps of all arms share one extent.
    pub same_scale: bool,
}

/// Paths on one scale: what is frozen then looks frozen beside what moves.
impl Default for FeatureMapChoice {
    fn default() -> Self {
        Self {
            x1: None,
            x2: None,
            trails: true,
            same_scale: true,
        }
    }
}
