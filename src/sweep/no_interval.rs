//! Why a fit over the cells of a sweep has no interval.

use crate::spec::Draws;

use super::Plan;

/// Why a fit over the cells of a sweep has no 95 % interval.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoInterval {
    /// [`Draws::Common`]: what one cell owes to its draws, all do.
    SharedDraws,
    /// Some value of the axis has one trial only.
    OneTrial,
    /// Fewer than three rows or columns of cells tell where the transition lies.
    FewRows,
}

impl NoInterval {
    /// In plain text, to stand after "no 95 % interval:".
    pub fn in_words(self) -> &'static str {
        match self {
            Self::SharedDraws => "cells share their seeds, so they don't scatter independently",
            Self::OneTrial => "a value with one trial does not show how seeds disagree",
            Self::FewRows => "too few rows or columns of cells cross the transition",
        }
    }

    /// The reason that lies in how a sweep draws, if there is one.
    pub(super) fn of_draws(plan: &Plan) -> Result<(), Self> {
        match plan.spec().draws {
            Draws::PerCell => Ok(()),
            Draws::Common => Err(Self::SharedDraws),
        }
    }
}
