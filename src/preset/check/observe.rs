//! Schedule, observables and panels.

use std::mem::discriminant;

use super::range::{MAX_STEPS, whole};
use crate::preset::PresetError;
use crate::spec::{Observable, PointRef, Preset, Schedule};

/// Most records a decade of steps.
const MAX_PER_DECADE: u32 = 1000;

pub(super) fn check(preset: &Preset) -> Result<(), PresetError> {
    match preset.observe.schedule {
        Schedule::Every(steps) => whole("observe.schedule.0", steps, 1..=MAX_STEPS)?,
        Schedule::Log { per_decade } => whole(
            "observe.schedule.per_decade",
            per_decade,
            1..=MAX_PER_DECADE,
        )?,
    }
    let observables = &preset.observe.observables;
    for (i, observable) in observables.iter().enumerate() {
        let path = format!("observe.observables.{i}");
        let kind = discriminant(observable);
        // There are few kinds, so a list without repetition is short and this stays cheap.
        if observables.iter().take(i).any(|o| discriminant(o) == kind) {
            return Err(PresetError::value(
                path,
                format!("{observable:?}"),
                "each observable once",
            ));
        }
        if let Observable::FeatureMap { x1, x2 } = *observable {
            check_point(preset, &format!("{path}.x1"), x1)?;
            check_point(preset, &format!("{path}.x2"), x2)?;
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

/// Points of a file's dataset can be checked only once it is read.
fn check_point(preset: &Preset, path: &str, point: PointRef) -> Result<(), PresetError> {
    let Some(sizes) = preset.data.sizes() else {
        return Ok(());
    };
    let (name, index, points) = match point {
        PointRef::Train(index) => ("Train", index, sizes.n),
        PointRef::Test(index) => ("Test", index, sizes.n_test),
    };
    if index < points {
        return Ok(());
    }
    let allowed = match points.checked_sub(1) {
        Some(last) => format!("{name}(0) to {name}({last}), as many as the data have"),
        None => "a Train(…) point, since data.n_test is 0".to_owned(),
    };
    Err(PresetError::value(path, format!("{point:?}"), allowed))
}
