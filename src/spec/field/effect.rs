//! Whether a change acts on the run or starts another.

use super::{Field, STEP};

/// Whether a change of a field acts on the run or starts another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// The run goes on with the new value, where nothing else of the preset changes.
    Live(LiveField),
    /// The run starts again with the same data and seed.
    Restart,
}

impl Effect {
    /// The effect in words.
    pub fn words(self) -> &'static str {
        match self {
            Self::Live(_) => "acts on the run as it goes on",
            Self::Restart => "restarts with the same data and seed",
        }
    }
}

/// A field with which a run can go on. Each has its own command to the worker
/// (`worker::Command::going_on`), so that no other field can be changed in a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LiveField {
    /// The step δ of the method.
    Step,
}

impl LiveField {
    /// All of them.
    pub const ALL: [Self; 1] = [Self::Step];

    /// The field.
    pub fn field(self) -> &'static Field {
        match self {
            Self::Step => &STEP,
        }
    }
}
