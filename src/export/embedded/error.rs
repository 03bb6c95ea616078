//! Why no experiment comes out of a file.

use super::Kind;

/// Why no experiment comes out of a file.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EmbeddedError {
    /// It could hold one and does not.
    #[error(
        "is {kind} without an experiment: widescope did not write it, or a program that changed it since \
         took the experiment out"
    )]
    NoExperiment {
        /// What it is.
        kind: Kind,
    },
    /// Nothing of its kind holds one.
    #[error(
        "is {what}, which holds no experiment; allowed: a preset, or a PNG, SVG, PDF or HTML file that \
         widescope wrote"
    )]
    Foreign {
        /// What it is.
        what: &'static str,
    },
    /// It is not whole.
    #[error("is {kind} and damaged: {problem}")]
    Damaged {
        /// What it is.
        kind: Kind,
        /// What is wrong with it.
        problem: String,
    },
}
