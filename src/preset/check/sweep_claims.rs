//! Claims on a sweep: its lines, arms, values and cells.

use super::claims::{check_arm, check_bounds};
use crate::preset::error::Place;
use crate::preset::{Arm, PresetError, SweepAxis};
use crate::spec::{CellRef, Preset, SweepExpectation, SweepValue};

/// Checks a claim on the sweep of a preset.
pub(super) struct SweepChecker<'a> {
    pub path: String,
    pub preset: &'a Preset,
    pub arms: &'a [Arm],
    pub axes: &'a [SweepAxis],
}

impl SweepChecker<'_> {
    pub(super) fn check(&self, expected: &SweepExpectation) -> Result<(), PresetError> {
        use SweepExpectation as E;
        if self.preset.sweep.is_none() {
            let allowed = "a claim on a run, as the preset has no `sweep`";
            return Err(PresetError::value(&self.path, "Sweep(…)", allowed));
        }
        match expected {
            E::Transition {
                along,
                arm,
                at_least,
                at_most,
            }
            | E::Sharpness {
                along,
                arm,
                at_least,
                at_most,
            } => {
                self.line("along", along)?;
                self.arm("arm", arm)?;
                check_bounds(&self.path, *at_least, *at_most)
            }
            E::NoneBelow { line, arm } => {
                self.line("line", line)?;
                self.arm("arm", arm)
            }
            E::Order { of, arms, .. } => {
                self.curves()?;
                self.value(of)?;
                if arms.len() < 2 {
                    let found = format!("{} arms", arms.len());
                    let allowed = "two arms or more";
                    return Err(PresetError::value(self.field("arms"), found, allowed));
                }
                let mut numbered = arms.iter().enumerate();
                numbered.try_for_each(|(i, arm)| self.arm(&format!("arms.{i}"), arm))
            }
            E::Slope {
                of,
                arm,
                at_least,
                at_most,
                ..
            } => {
                self.curves()?;
                self.value(of)?;
                self.arm("arm", arm)?;
                check_bounds(&self.path, *at_least, *at_most)
            }
            E::Monotone { of, arm, .. } => {
                self.curves()?;
                self.value(of)?;
                self.arm("arm", arm)
            }
            E::Cell {
                of,
                cell,
                over,
                at_least,
                at_most,
            } => {
                self.value(of)?;
                self.cell("cell", cell)?;
                if let Some(over) = over {
                    self.cell("over", over)?;
                }
                check_bounds(&self.path, *at_least, *at_most)
            }
        }
    }

    /// A claim on curves speaks of one axis.
    fn curves(&self) -> Result<(), PresetError> {
        if self.axes.len() == 1 {
            return Ok(());
        }
        let allowed = "such a claim on a sweep with one axis, show: XAxis";
        Err(PresetError::value(&self.path, "a claim on curves", allowed))
    }

    fn line(&self, field: &str, name: &str) -> Result<(), PresetError> {
        let lines = self.preset.sweep.iter().flat_map(|sweep| &sweep.lines);
        let names: Vec<&str> = lines.map(|line| line.name.as_str()).collect();
        if names.contains(&name) {
            return Ok(());
        }
        let place = Place::field(self.field(field));
        Err(PresetError::unknown(place, "line", name, &names))
    }

    fn value(&self, value: &SweepValue) -> Result<(), PresetError> {
        let SweepValue::Measure(name) = value else {
            return Ok(());
        };
        let measures = self.preset.sweep.iter().flat_map(|sweep| &sweep.measures);
        let names: Vec<&str> = measures.map(|measure| measure.name.as_str()).collect();
        if names.contains(&name.as_str()) {
            return Ok(());
        }
        let place = Place::field(self.field("of.0"));
        Err(PresetError::unknown(place, "measure", name, &names))
    }

    fn arm(&self, field: &str, label: &str) -> Result<(), PresetError> {
        check_arm(self.arms, &self.field(field), label)
    }

    fn cell(&self, field: &str, cell: &CellRef) -> Result<(), PresetError> {
        self.arm(&format!("{field}.arm"), &cell.arm)?;
        let count = |k: usize| self.axes.get(k).map_or(1, |axis| axis.values.len());
        for (name, at, count) in [("x", cell.x, count(0)), ("y", cell.y, count(1))] {
            if at >= count {
                return Err(PresetError::value(
                    self.field(&format!("{field}.{name}")),
                    at.to_string(),
                    format!("0 to {}", count.saturating_sub(1)),
                ));
            }
        }
        Ok(())
    }

    fn field(&self, name: &str) -> String {
        format!("{}.0.{name}", self.path)
    }
}
