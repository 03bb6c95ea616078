//! Claims, checked: their quantities, arms, moments and bounds.

mod run;
mod sweep;
mod within;

use crate::preset::error::Place;
use crate::preset::{Arm, ArmRef, PresetError, SweepAxis};
use crate::spec::{Moment, Preset, Quantity};

use super::moment::{check_column, check_moment};

pub use run::*;
pub use sweep::*;
pub use within::Within;

/// A claim that a run or a sweep of its experiment can decide.
#[derive(Clone, Debug, PartialEq)]
pub struct Claim {
    /// The claim in words.
    pub name: String,
    /// The claim in checkable form.
    pub form: Form,
}

/// A claim in checkable form, with nothing left to be looked up by its name.
#[derive(Clone, Debug, PartialEq)]
pub enum Form {
    /// About the records of a run.
    Run(RunForm),
    /// About the cells of a sweep.
    Sweep(SweepForm),
}

impl Claim {
    /// Whether a sweep decides it, and not a run.
    pub fn is_on_sweep(&self) -> bool {
        matches!(self.form, Form::Sweep(_))
    }
}

/// Checks that every claim can be decided by the run or by the sweep.
///
/// # Errors
/// Columns that don't exist or are not observed, arms, lines, measures and cells that don't exist,
/// claims without a bound.
pub(in crate::preset) fn check_claims(
    preset: &Preset,
    arms: &[Arm],
    axes: &[SweepAxis],
) -> Result<Vec<Claim>, PresetError> {
    let claims = preset.claims.iter().enumerate();
    let checked = claims.map(|(i, claim)| {
        let checker = Checker {
            path: format!("claims.{i}.expect"),
            preset,
            arms,
            axes,
        };
        Ok(Claim {
            name: claim.name.clone(),
            form: checker.form(&claim.expect)?,
        })
    });
    checked.collect()
}

/// Checks the fields of one claim.
struct Checker<'a> {
    /// Path of the claim's form.
    path: String,
    preset: &'a Preset,
    arms: &'a [Arm],
    axes: &'a [SweepAxis],
}

impl Checker<'_> {
    fn column(&self, field: &str, name: &str) -> Result<Quantity, PresetError> {
        check_column(self.preset, &self.field(field), name)
    }

    fn moment(&self, field: &str, moment: &Moment) -> Result<Moment<Quantity>, PresetError> {
        check_moment(self.preset, &self.field(field), moment)
    }

    /// The arm of a name; the empty name is an only arm's.
    fn arm(&self, field: &str, name: &str) -> Result<ArmRef, PresetError> {
        let is_only = name.is_empty() && self.arms.len() == 1;
        let mut arms = self.arms.iter();
        if let Some(index) = arms.position(|arm| is_only || arm.label == name) {
            let name = name.to_owned();
            return Ok(ArmRef { index, name });
        }
        let labels: Vec<&str> = self.arms.iter().map(|arm| arm.label.as_str()).collect();
        let place = Place::field(self.field(field));
        Err(PresetError::unknown(place, "arm", name, &labels))
    }

    fn arms(&self, field: &str, names: &[String]) -> Result<Vec<ArmRef>, PresetError> {
        let names = names.iter().enumerate();
        names
            .map(|(i, name)| self.arm(&format!("{field}.{i}"), name))
            .collect()
    }

    fn within(&self, at_least: Option<f64>, at_most: Option<f64>) -> Result<Within, PresetError> {
        Within::checked(&self.path, at_least, at_most)
    }

    fn field(&self, name: &str) -> String {
        format!("{}.{name}", self.path)
    }
}
