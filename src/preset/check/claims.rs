//! Claims: their columns, arms and bounds.

use crate::observe::Quantity;

use super::super::error::Place;
use super::super::{Arm, Expectation, Moment, Preset, PresetError};
use super::range::finite;

/// Checks that every claim can be decided by the run.
///
/// # Errors
/// Columns that don't exist or are not observed, arms that don't exist, claims without a bound.
pub(in super::super) fn check_claims(preset: &Preset, arms: &[Arm]) -> Result<(), PresetError> {
    preset.claims.iter().enumerate().try_for_each(|(i, claim)| {
        Checker {
            path: format!("claims.{i}.expect"),
            preset,
            arms,
        }
        .check(&claim.expect)
    })
}

struct Checker<'a> {
    path: String,
    preset: &'a Preset,
    arms: &'a [Arm],
}

impl Checker<'_> {
    fn check(&self, expectation: &Expectation) -> Result<(), PresetError> {
        match expectation {
            Expectation::Ratio {
                of,
                arm,
                over,
                at,
                at_least,
                at_most,
            } => {
                self.column("of", of)?;
                self.arm("arm", arm)?;
                self.arm("over", over)?;
                self.moment(at)?;
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
                self.moment(at)?;
                self.bounds(*at_least, *at_most)
            }
            Expectation::Order { of, arms, at, .. } => {
                self.column("of", of)?;
                self.moment(at)?;
                self.order(arms)
            }
        }
    }

    fn order(&self, arms: &[String]) -> Result<(), PresetError> {
        if arms.len() < 2 || arms.len() > self.arms.len() {
            let allowed = format!("2 to {} arms", self.arms.len().max(2));
            return Err(PresetError::value(
                self.field("arms"),
                format!("{} arms", arms.len()),
                allowed,
            ));
        }
        arms.iter()
            .enumerate()
            .try_for_each(|(i, arm)| self.arm(&format!("arms.{i}"), arm))
    }

    fn column(&self, field: &str, name: &str) -> Result<(), PresetError> {
        let place = Place::field(self.field(field));
        let Some(quantity) = Quantity::from_column(name) else {
            let columns: Vec<&str> = Quantity::ALL.iter().map(|q| q.column()).collect();
            return Err(PresetError::unknown(place, "column", name, &columns));
        };
        let observables = &self.preset.observe.observables;
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
        Err(PresetError::value(place.path, name, allowed))
    }

    fn arm(&self, field: &str, label: &str) -> Result<(), PresetError> {
        if self.arms.iter().any(|arm| arm.label == label) {
            return Ok(());
        }
        let labels: Vec<&str> = self.arms.iter().map(|arm| arm.label.as_str()).collect();
        Err(PresetError::unknown(
            Place::field(self.field(field)),
            "arm",
            label,
            &labels,
        ))
    }

    fn moment(&self, moment: &Moment) -> Result<(), PresetError> {
        match moment {
            Moment::End | Moment::Step(_) => Ok(()),
            Moment::FirstBelow(column, value) => {
                self.column("at.0", column)?;
                finite(&self.field("at.1"), *value)
            }
        }
    }

    fn bounds(&self, at_least: Option<f64>, at_most: Option<f64>) -> Result<(), PresetError> {
        for (field, bound) in [("at_least", at_least), ("at_most", at_most)] {
            bound.map_or(Ok(()), |bound| finite(&self.field(field), bound))?;
        }
        match (at_least, at_most) {
            (None, None) => Err(PresetError::value(
                &self.path,
                "a claim without bounds",
                "at_least, at_most or both",
            )),
            (Some(low), Some(high)) if low > high => {
                let allowed = format!("a number from at_least = {low:?} up");
                Err(PresetError::value(
                    self.field("at_most"),
                    format!("{high:?}"),
                    allowed,
                ))
            }
            _ => Ok(()),
        }
    }

    fn field(&self, name: &str) -> String {
        format!("{}.{name}", self.path)
    }
}
