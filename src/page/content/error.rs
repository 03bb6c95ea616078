//! Why a panel has no figure.

use thiserror::Error;

/// Why a panel has no figure, and what can be done about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum NoFigure {
    /// It is text.
    #[error(
        "{0} is text and has no figure. Allowed: a picture of the panel (render --as-window), or a panel that \
         draws: loss, spectrum, feature-map, regime, imbalance, kernel, data, weights, summary, phase, curves"
    )]
    Text(&'static str),
    /// It shows pictures of the data.
    #[error(
        "the data are handwritten digits, pictures without axes. Allowed: a picture of the panel \
         (render --panel data --as-window)"
    )]
    Digits,
    /// Nothing has run yet.
    #[error("nothing has been run yet: there is no record to draw")]
    NotRun,
    /// Nothing could be run.
    #[error("nothing could be run, so there is no record to draw")]
    Failed,
    /// The run has not measured it.
    #[error("{title}. {remedy}")]
    Unmeasured {
        /// What there is not.
        title: &'static str,
        /// What to do about it, in a sentence.
        remedy: &'static str,
    },
    /// Every arm is hidden.
    #[error("every arm is hidden. Show one to draw it")]
    Hidden,
    /// No arm shown has a finite value.
    #[error("no arm shown has a finite value to draw at this step")]
    NoValue,
    /// There is no sweep of the kind.
    #[error("the preset has no sweep over {fields}: {remedy}")]
    NoSweep {
        /// What it would be over.
        fields: &'static str,
        /// What to do about it.
        remedy: &'static str,
    },
}

impl NoFigure {
    /// There is no sweep over two fields.
    pub const NO_PHASE: Self = Self::NoSweep {
        fields: "two fields",
        remedy: "give it a `sweep` and two axes with show: Grid",
    };
    /// There is no sweep over one field.
    pub const NO_CURVES: Self = Self::NoSweep {
        fields: "one field",
        remedy: "give it a `sweep` and an axis with show: XAxis",
    };
}
