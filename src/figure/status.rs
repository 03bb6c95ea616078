//! How far a run and its arms are.

use crate::history::{ArmHistory, Outcome, RunHistory};

use crate::number;

/// How far a run is, as far as a panel is concerned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RunStage {
    /// No run was asked for.
    Empty,
    /// Nothing was measured yet.
    Starting,
    /// Every arm failed before its first record.
    Failed,
    /// There is something to show.
    Measured,
}

impl RunStage {
    /// The stage of a history.
    pub fn of(history: &RunHistory) -> Self {
        let arms = history.own_arms();
        if arms.is_empty() {
            Self::Empty
        } else if arms.iter().any(|a| a.first().is_some()) {
            Self::Measured
        } else if arms.iter().all(|a| a.outcome.is_some()) {
            Self::Failed
        } else {
            Self::Starting
        }
    }
}

/// How far an arm is.
#[derive(Clone, Debug, PartialEq)]
pub enum ArmStatus {
    /// It trains, or waits to.
    Running,
    /// A stop rule held.
    Finished,
    /// The loss left all bounds after this step.
    Diverged(u64),
    /// It could not start or its computation broke off.
    Failed,
}

impl ArmStatus {
    /// The status of an arm.
    pub fn of(arm: &ArmHistory) -> Self {
        match &arm.outcome {
            None => Self::Running,
            Some(Outcome::Finished(_)) => Self::Finished,
            Some(Outcome::Diverged { step, .. }) => Self::Diverged(*step),
            Some(Outcome::Failed { .. }) => Self::Failed,
        }
    }

    /// In few words; empty while the arm runs.
    pub fn text(&self) -> String {
        match self {
            Self::Running => String::new(),
            Self::Finished => "finished".to_owned(),
            Self::Diverged(step) => format!("diverged at step {}", number::count(*step)),
            Self::Failed => "failed".to_owned(),
        }
    }

    /// Whether the arm broke off.
    pub fn is_bad(&self) -> bool {
        matches!(self, Self::Diverged(_) | Self::Failed)
    }
}

/// How an arm ended, in one sentence with numbers; `None` while it runs.
pub fn ending(arm: &ArmHistory) -> Option<String> {
    arm.outcome.as_ref().map(|outcome| match outcome {
        Outcome::Diverged {
            step,
            last_finite_loss,
            stable_step,
        } => {
            let limit =
                stable_step.map(|s| format!("; the stable step is below {}", number::number(s, 3)));
            format!(
                "diverged at step {}, last finite loss {}{}",
                number::count(*step),
                number::number(*last_finite_loss, 3),
                limit.unwrap_or_default()
            )
        }
        other => other.to_string(),
    })
}
