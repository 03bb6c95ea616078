//! Schedule, observables and panels.

use std::mem::discriminant;

use super::range::{MAX_STEPS, whole};
use crate::preset::PresetError;
use crate::spec::{Preset, Schedule};

/// Most records a decade of steps.
const MAX_PER_DECADE: u32 = 1000;

fn check_also(also: &[u64]) -> Result<(), PresetError> {
    for (i, step) in also.iter().enumerate() {
        let path = format!("observe.also.{i}");
        let before = i.checked_sub(1).and_then(|i| also.get(i));
        whole(&path, *step, before.map_or(1, |step| step + 1)..=MAX_STEPS)?;
    }
    Ok(())
}

pub(super) fn check(preset: &Preset) -> Result<(), PresetError> {
    match preset.observe.schedule {
        Schedule::Every(steps) => whole("observe.schedule.0", steps, 1..=MAX_STEPS)?,
        Schedule::Log { per_decade } => whole(
            "observe.schedule.per_decade",
            per_decade,
            1..=MAX_PER_DECADE,
        )?,
    }
    check_also(&preset.observe.also)?;
    let observables = &preset.observe.observables;
    for (i, observable) in observables.iter().enumerate() {
        let kind = discriminant(observable);
        // There are few kinds, so a list without repetition is short and this stays cheap.
        if observables.iter().take(i).any(|o| discriminant(o) == kind) {
            return Err(PresetError::value(
                format!("observe.observables.{i}"),
                format!("{observable:?}"),
                "each observable once",
            ));
        }
    }
    for (i, panel) in preset.panels.iter().enumerate() {
        if preset.panels.iter().take(i).any(|p| p == panel) {
            return Err(PresetError::value(
                format!("panels.{i}"),
                format!("{panel:?}"),
                "each panel once",
            ));
        }
    }
    Ok(())
}
