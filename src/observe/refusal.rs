//! Why an observable has no place in a preset.

use crate::spec::{LossKind, Preset};

/// Why an observable has no place in a preset.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// What is at fault.
    pub at: At,
    /// What is allowed instead.
    pub allowed: String,
}

/// What of the list of observables is at fault.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum At {
    /// That the list has it at all.
    List,
    /// Its entry.
    Entry,
    /// A field of its entry.
    Field {
        /// Name of the field.
        name: &'static str,
        /// The field as written.
        value: String,
    },
}

impl Refusal {
    /// Refuses the entry of the list.
    pub(super) fn entry(allowed: impl Into<String>) -> Self {
        Self {
            at: At::Entry,
            allowed: allowed.into(),
        }
    }
}

/// Of an observable that every network has.
pub(super) fn never(_: &Preset) -> Option<Refusal> {
    None
}

/// Of what is defined for the squared loss.
pub(super) fn unless_squared(preset: &Preset) -> Option<Refusal> {
    (preset.loss.kind != LossKind::Squared).then(|| {
        Refusal::entry(
            "observables other than LazyGap, Gradient and MinNorm with loss.kind CrossEntropy: \
             they are defined for the squared loss",
        )
    })
}
