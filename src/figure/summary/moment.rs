//! When every arm is read.

use std::borrow::Cow;

use crate::figure::{ArmStatus, visible_arms};
use crate::history::{ArmHistory, RunHistory};
use crate::number;
use crate::spec::{Moment, Quantity, SummaryMoment};

use super::SummaryOptions;

impl SummaryMoment {
    /// Every moment that needs no step.
    pub const ALL: [Self; 4] = [Self::Shown, Self::End, Self::Largest, Self::EqualLoss];

    /// Name.
    pub fn title(self) -> Cow<'static, str> {
        match self {
            Self::Shown => "at the step shown".into(),
            Self::End => "at the end".into(),
            Self::Largest => "largest".into(),
            Self::EqualLoss => "at equal loss".into(),
            Self::Step(step) => format!("at step {}", number::count(step)).into(),
        }
    }

    /// What it means.
    pub fn definition(self) -> &'static str {
        match self {
            Self::Shown => {
                "at the step shown, or at the last step that all arms have reached where that is earlier"
            }
            Self::End => "at the last record of each arm that has ended",
            Self::Largest => "the largest value over all records of each arm that has ended",
            Self::EqualLoss => {
                "at the first record of each arm whose training loss is at or below the lowest that every arm shown reaches"
            }
            Self::Step(_) => {
                "at the last record of each arm at or before this step, once it has come to it"
            }
        }
    }
}

/// The moment as the history reads it; why there is none.
pub(super) fn moment(
    history: &RunHistory,
    options: &SummaryOptions<'_>,
) -> Result<Moment<Quantity>, String> {
    // Guests are read where the run's own arms are: they don't move what is said of these.
    let arms = || {
        let arms = visible_arms(history, options.hidden).map(|(_, arm)| arm);
        arms.filter(|arm| !arm.role.is_guest())
    };
    match options.moment {
        SummaryMoment::End => Ok(Moment::End),
        SummaryMoment::Largest => Ok(Moment::Peak),
        SummaryMoment::Step(step) => Ok(Moment::Step(step)),
        SummaryMoment::Shown => {
            let at_work = arms().filter(|arm| arm.outcome.is_none());
            let reached = at_work.map(|arm| arm.last().map_or(0, |record| record.step));
            Ok(Moment::Step(reached.fold(options.cursor, u64::min)))
        }
        SummaryMoment::EqualLoss => {
            let sound = arms().filter(|arm| !ArmStatus::of(arm).is_bad());
            let lowest = sound.filter_map(lowest_loss).reduce(f64::max);
            let missing = || "no training loss was measured".to_owned();
            Ok(Moment::FirstBelow(
                Quantity::TrainLoss,
                lowest.ok_or_else(missing)?,
            ))
        }
    }
}

fn lowest_loss(arm: &ArmHistory) -> Option<f64> {
    let losses = arm.series(Quantity::TrainLoss).map(|(.., loss)| loss);
    losses.filter(|loss| loss.is_finite()).reduce(f64::min)
}
