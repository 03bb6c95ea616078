//! Claims: their columns, arms and bounds.

use crate::spec::{Expectation, Moment, Preset, Quantity};

use super::range::{finite, not_negative, number};
use super::sweep_claims::SweepChecker;
use crate::preset::error::Place;
use crate::preset::{Arm, PresetError, SweepAxis, number_at};

/// Checks that every claim can be decided by the run.
///
/// # Errors
/// Columns that don't exist or are not observed, arms that don't exist, claims without a bound.
pub(in super::super) fn check_claims(
    preset: &Preset,
    arms: &[Arm],
    axes: &[SweepAxis],
) -> Result<(), PresetError> {
    preset.claims.iter().enumerate().try_for_each(|(i, claim)| {
        Checker {
            path: format!("claims.{i}.expect"),
            preset,
            arms,
            axes,
        }
        .check(&claim.expect)
    })
}

struct Checker<'a> {
    path: String,
    preset: &'a Preset,
    arms: &'a [Arm],
    axes: &'a [SweepAxis],
}

impl Checker<'_> {
    fn check(&self, expectation: &Expectation) -> Result<(), PresetError> {
        match expectation {
            Expectation::Ratio {
                of,
                arm,
                over,
                over_column,
                at,
                over_at,
                at_least,
                at_most,
            } => {
                self.column("of", of)?;
                self.arm("arm", arm)?;
                self.arm("over", over)?;
                if let Some(column) = over_column {
                    self.column("over_column", column)?;
                }
                self.moment("at", at)?;
                if let Some(at) = over_at {
                    self.moment("over_at", at)?;
                }
                self.bounds(*at_least, *at_most)
            }
            Expectation::Value {
                of,
                arm,
                at,
                at_least,
                at_most,
            } => {
                self.column("of", of)?;
                self.arm("arm", arm)?;
                self.moment("at", at)?;
                self.bounds(*at_least, *at_most)
            }
            Expectation::Order { of, arms, at, .. } => {
                self.column("of", of)?;
                self.moment("at", at)?;
                self.arms("arms", arms, 2)
            }
            Expectation::Slope {
                of,
                arms,
                against,
                at,
                at_least,
                at_most,
            } => {
                self.column("of", of)?;
                self.moment("at", at)?;
                self.arms("arms", arms, 3)?;
                self.numbers(arms, against)?;
                self.bounds(*at_least, *at_most)
            }
            Expectation::Steeper {
                of,
                arms,
                than,
                against,
                at,
            } => {
                self.column("of", of)?;
                self.moment("at", at)?;
                self.arms("arms", arms, 3)?;
                self.arms("than", than, 3)?;
                self.numbers(arms, against)?;
                self.numbers(than, against)
            }
            Expectation::Bounded { arm, floor, .. } => {
                self.arm("arm", arm)?;
                not_negative(&self.field("floor"), *floor)
            }
            Expectation::Monotone { of, arm, .. } => {
                self.column("of", of)?;
                self.arm("arm", arm)
            }
            Expectation::Sweep(expected) => SweepChecker {
                path: self.path.clone(),
                preset: self.preset,
                arms: self.arms,
                axes: self.axes,
            }
            .check(expected),
        }
    }

    fn arms(&self, field: &str, arms: &[String], least: usize) -> Result<(), PresetError> {
        if arms.len() < least || arms.len() > self.arms.len() {
            let allowed = format!("{least} to {} arms", self.arms.len().max(least));
            return Err(PresetError::value(
                self.field(field),
                format!("{} arms", arms.len()),
                allowed,
            ));
        }
        arms.iter()
            .enumerate()
            .try_for_each(|(i, arm)| self.arm(&format!("{field}.{i}"), arm))
    }

    /// The field holds a positive number in each of the arms.
    fn numbers(&self, arms: &[String], field: &str) -> Result<(), PresetError> {
        let named = self.arms.iter().filter(|arm| arms.contains(&arm.label));
        for arm in named {
            if number_at(&arm.preset, field).is_none_or(|x| x <= 0.0) {
                return Err(PresetError::value(
                    self.field("against"),
                    field,
                    format!("a field with a positive number in {}", arm.label),
                ));
            }
        }
        Ok(())
    }

    fn column(&self, field: &str, name: &str) -> Result<(), PresetError> {
        check_column(self.preset, &self.field(field), name)
    }

    fn arm(&self, field: &str, label: &str) -> Result<(), PresetError> {
        check_arm(self.arms, &self.field(field), label)
    }

    fn moment(&self, field: &str, moment: &Moment) -> Result<(), PresetError> {
        check_moment(self.preset, &self.field(field), moment)
    }

    fn bounds(&self, at_least: Option<f64>, at_most: Option<f64>) -> Result<(), PresetError> {
        check_bounds(&self.path, at_least, at_most)
    }

    fn field(&self, name: &str) -> String {
        format!("{}.{name}", self.path)
    }
}

/// A column of `series.csv` that the preset observes.
pub(super) fn check_column(preset: &Preset, path: &str, name: &str) -> Result<(), PresetError> {
    let Some(quantity) = Quantity::from_column(name) else {
        let columns: Vec<&str> = Quantity::ALL.iter().map(|q| q.column()).collect();
        let place = Place::field(path);
        return Err(PresetError::unknown(place, "column", name, &columns));
    };
    let observables = &preset.observe.observables;
    if observables
        .iter()
        .any(|o| o.quantities().contains(&quantity))
    {
        return Ok(());
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

/// A moment whose columns are observed and whose shares are shares.
pub(super) fn check_moment(
    preset: &Preset,
    path: &str,
    moment: &Moment,
) -> Result<(), PresetError> {
    match moment {
        Moment::End | Moment::Step(_) | Moment::Peak => Ok(()),
        Moment::FirstBelow(column, value) => {
            check_column(preset, &format!("{path}.0"), column)?;
            finite(&format!("{path}.1"), *value)
        }
        Moment::Rate { from, to, .. } => {
            let is_share = *from > 0.0 && *from <= 1.0;
            let from_path = format!("{path}.from");
            number(&from_path, *from, is_share, "above 0, at most 1")?;
            let is_below = *to > 0.0 && to < from;
            let allowed = format!("above 0, below from = {from:?}");
            number(&format!("{path}.to"), *to, is_below, &allowed)
        }
    }
}

/// A label of one of the arms, or the empty name of an only one.
pub(super) fn check_arm(arms: &[Arm], path: &str, label: &str) -> Result<(), PresetError> {
    let is_only = label.is_empty() && arms.len() == 1;
    if is_only || arms.iter().any(|arm| arm.label == label) {
        return Ok(());
    }
    let labels: Vec<&str> = arms.iter().map(|arm| arm.label.as_str()).collect();
    Err(PresetError::unknown(
        Place::field(path),
        "arm",
        label,
        &labels,
    ))
}

/// One bound at least, both finite and in order.
pub(super) fn check_bounds(
    path: &str,
    at_least: Option<f64>,
    at_most: Option<f64>,
) -> Result<(), PresetError> {
    for (field, bound) in [("at_least", at_least), ("at_most", at_most)] {
        bound.map_or(Ok(()), |bound| finite(&format!("{path}.{field}"), bound))?;
    }
    match (at_least, at_most) {
        (None, None) => Err(PresetError::value(
            path,
            "a claim without bounds",
            "at_least, at_most or both",
        )),
        (Some(low), Some(high)) if low > high => {
            let allowed = format!("a number from at_least = {low:?} up");
            let path = format!("{path}.at_most");
            Err(PresetError::value(path, format!("{high:?}"), allowed))
        }
        _ => Ok(()),
    }
}
