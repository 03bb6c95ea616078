//! Quantities that are read of a run, and where.

use crate::preset::PresetError;
use crate::preset::error::Place;
use crate::spec::{Moment, Preset, Quantity};

use super::range::{finite, number};

/// The quantity of a column of `series.csv`.
pub(super) fn check_name(path: &str, name: &str) -> Result<Quantity, PresetError> {
    Quantity::from_column(name).ok_or_else(|| {
        let columns: Vec<&str> = Quantity::ALL.iter().map(|q| q.column()).collect();
        PresetError::unknown(Place::field(path), "column", name, &columns)
    })
}

/// The quantity of a column of `series.csv` that the preset observes.
pub(super) fn check_column(
    preset: &Preset,
    path: &str,
    name: &str,
) -> Result<Quantity, PresetError> {
    let quantity = check_name(path, name)?;
    let observables = &preset.observe.observables;
    if observables
        .iter()
        .any(|o| o.quantities().contains(&quantity))
    {
        return Ok(quantity);
    }
    let observed = observables
        .iter()
        .flat_map(|o| o.quantities())
        .map(|q| q.column());
    let allowed = format!(
        "a column of observe.observables ({})",
        observed.collect::<Vec<_>>().join(", ")
    );
    Err(PresetError::value(path, name, allowed))
}

/// A moment whose quantity is observed and whose shares are shares.
pub(super) fn check_moment(
    preset: &Preset,
    path: &str,
    moment: &Moment,
) -> Result<Moment<Quantity>, PresetError> {
    match moment {
        Moment::End => Ok(Moment::End),
        Moment::Step(step) => Ok(Moment::Step(*step)),
        Moment::Peak => Ok(Moment::Peak),
        Moment::FirstBelow(column, value) => {
            let quantity = check_column(preset, &format!("{path}.0"), column)?;
            finite(&format!("{path}.1"), *value)?;
            Ok(Moment::FirstBelow(quantity, *value))
        }
        &Moment::Rate { clock, from, to } => {
            let is_share = from > 0.0 && from <= 1.0;
            let from_path = format!("{path}.from");
            number(&from_path, from, is_share, "above 0, at most 1")?;
            let is_below = to > 0.0 && to < from;
            let allowed = format!("above 0, below from = {from:?}");
            number(&format!("{path}.to"), to, is_below, &allowed)?;
            Ok(Moment::Rate { clock, from, to })
        }
    }
}
