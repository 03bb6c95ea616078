//! Whose records an arm's are: the run's own, or a guest's beside it.

use std::sync::Arc;

use crate::preset::{Arm, Experiment};

/// Whose records an arm's are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Role {
    /// An arm of the run itself.
    #[default]
    Trained,
    /// A run that was pinned.
    Pinned,
    /// The run before.
    Before {
        /// Index of the run's own arm that takes its place, where there is one.
        of: Option<usize>,
    },
}

impl Role {
    /// Whether it is not an arm of the run itself.
    pub fn is_guest(self) -> bool {
        self != Self::Trained
    }

    /// Whether it is one of the run before.
    pub fn is_before(self) -> bool {
        matches!(self, Self::Before { .. })
    }
}

/// What a guest was trained with.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The experiment of its run.
    pub experiment: Arc<Experiment>,
    /// Index of the arm.
    pub index: usize,
}

impl Settings {
    /// The arm.
    pub fn arm(&self) -> Option<&Arm> {
        self.experiment.arms.get(self.index)
    }
}
