//! Settings under which a preset's claims have to fail.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// What a preset says of one kind of mistake that a program could make.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub enum WrongSpec {
    /// Under this setting at least one claim fails.
    Set {
        /// Kind of the mistake.
        kind: WrongKind,
        /// Paths and values, as in `--set`; a field comes before the fields in it.
        changes: BTreeMap<String, String>,
    },
    /// The finding does not depend on it.
    Excused {
        /// Kind of the mistake.
        kind: WrongKind,
        /// Why not, in a sentence.
        because: String,
    },
}

impl WrongSpec {
    /// Kind of the mistake.
    pub fn kind(&self) -> WrongKind {
        match self {
            Self::Set { kind, .. } | Self::Excused { kind, .. } => *kind,
        }
    }
}

/// Kind of a mistake that a program could make and still train.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum WrongKind {
    /// Factors a and b, and those of the step.
    Scaling,
    /// σ.
    Activation,
    /// Law of the output weights v.
    OutputLaw,
    /// Law of the points and the labels, and their number.
    DataLaw,
    /// Width m.
    Width,
    /// Step and number of steps.
    Step,
}

impl WrongKind {
    /// Every kind.
    pub const ALL: [Self; 6] = [
        Self::Scaling,
        Self::Activation,
        Self::OutputLaw,
        Self::DataLaw,
        Self::Width,
        Self::Step,
    ];
}

impl std::fmt::Display for WrongKind {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(match self {
            Self::Scaling => "scaling",
            Self::Activation => "activation",
            Self::OutputLaw => "law of v",
            Self::DataLaw => "law of the data",
            Self::Width => "width",
            Self::Step => "step",
        })
    }
}
