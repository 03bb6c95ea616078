//! The losses at which a network is looked at.

/// Part of a limit by which the losses seen on the way may be off, and more: who comes nearer to it is
/// looked at exactly.
const MARGIN: f64 = 1e-3;

/// The losses at which somebody wants to look at a network between two steps, as [`super::Trainer::loss`]
/// gives them. NaN is one of them.
#[derive(Clone, Copy, Debug)]
pub struct Watch {
    /// At and below this.
    pub low: f64,
    /// Above this.
    pub high: f64,
}

impl Watch {
    /// All losses.
    pub const EVERYTHING: Self = Self {
        low: f64::INFINITY,
        high: f64::INFINITY,
    };

    /// Whether a loss could be one of them.
    pub(super) fn wants(self, loss: f64) -> bool {
        let is_between = loss > self.low * (1.0 + MARGIN) && loss < self.high * (1.0 - MARGIN);
        !is_between
    }
}
