//! What comes with the start of a run.

use crate::sweep::Unit;

use super::arrival::Arrival;

/// What comes with the start of a run.
pub(super) enum Then {
    /// The change of this field is accepted.
    Accept(String),
    /// The same, and the run is asked to train whether the one before was paused or not.
    AcceptAndTrain(String),
    /// Controls and panels are those of another preset.
    Replace,
    /// It is the run of this trial of the sweep.
    Open(Unit),
    /// It came by the doors: controls and panels are its, and so is what came with it.
    Arrive(Box<Arrival>),
    /// Nothing: it runs again.
    Again,
    /// Nothing: a change was taken back, or done again.
    Back,
}
