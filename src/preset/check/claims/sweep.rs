//! Claims on the cells of a sweep.

use crate::preset::error::Place;
use crate::preset::{ArmRef, PresetError};
use crate::spec::{CellRef, Direction, LineSpec, SweepExpectation, SweepValue};

use super::{Checker, Within};

/// What is claimed of the cells of a sweep.
#[derive(Clone, Debug, PartialEq)]
pub enum SweepForm {
    /// The transition along a line.
    Transition(SweepTransition),
    /// No success below a line.
    NoneBelow(SweepNoneBelow),
    /// Curves of arms in an order.
    Order(SweepOrder),
    /// The exponent of a power law along the horizontal axis.
    Slope(SweepSlope),
    /// Such an exponent below that of another arm.
    Steeper(SweepSteeper),
    /// A curve that never goes the other way.
    Monotone(SweepMonotone),
    /// A cell, or its quotient with another.
    Cell(SweepCell),
}

/// A number of the transition from failure to success along a line's own coordinate.
#[derive(Clone, Debug, PartialEq)]
pub struct SweepTransition {
    /// Which number.
    pub of: OfTransition,
    /// The line.
    pub along: LineSpec,
    /// Arm.
    pub arm: ArmRef,
    /// Bounds.
    pub within: Within,
}

/// A number of a transition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OfTransition {
    /// Where success passes ½; 1 is on the line.
    Location,
    /// Slope of the log-odds of success against the logarithm of the coordinate.
    Sharpness,
}

/// No trial of any cell below a line succeeds.
#[derive(Clone, Debug, PartialEq)]
pub struct SweepNoneBelow {
    /// The line.
    pub line: LineSpec,
    /// Arm.
    pub arm: ArmRef,
}

/// At every value of the horizontal axis arms rise (or fall) in the order given.
#[derive(Clone, Debug, PartialEq)]
pub struct SweepOrder {
    /// What is compared.
    pub of: SweepValue,
    /// Arms, in order.
    pub arms: Vec<ArmRef>,
    /// Direction.
    pub direction: Direction,
}

/// The exponent p of centre ∝ xᵖ along the horizontal axis.
#[derive(Clone, Debug, PartialEq)]
pub struct SweepSlope {
    /// Of what.
    pub of: SweepValue,
    /// Arm.
    pub arm: ArmRef,
    /// First number taken, if not all from the first.
    pub from: Option<f64>,
    /// Last number taken, if not all to the last.
    pub to: Option<f64>,
    /// Bounds.
    pub within: Within,
}

/// The exponent p of centre ∝ xᵖ of one arm is below that of another.
#[derive(Clone, Debug, PartialEq)]
pub struct SweepSteeper {
    /// Of what.
    pub of: SweepValue,
    /// Arm with the lower exponent.
    pub arm: ArmRef,
    /// Arm with the higher exponent.
    pub than: ArmRef,
}

/// Along the horizontal axis a value never goes the other way.
#[derive(Clone, Debug, PartialEq)]
pub struct SweepMonotone {
    /// Of what.
    pub of: SweepValue,
    /// Arm.
    pub arm: ArmRef,
    /// Direction.
    pub direction: Direction,
}

/// The centre of a cell, or its quotient with that of another.
#[derive(Clone, Debug, PartialEq)]
pub struct SweepCell {
    /// Of what.
    pub of: SweepValue,
    /// The cell.
    pub cell: ClaimedCell,
    /// What it is divided by, if by anything.
    pub over: Option<ClaimedCell>,
    /// Bounds.
    pub within: Within,
}

/// A cell that a claim names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClaimedCell {
    /// Arm.
    pub arm: ArmRef,
    /// Position on the horizontal axis.
    pub x: usize,
    /// Position on the vertical axis.
    pub y: usize,
}

impl Checker<'_> {
    pub(super) fn sweep(&self, expected: &SweepExpectation) -> Result<SweepForm, PresetError> {
        if self.preset.sweep.is_none() {
            let allowed = "a claim on a run, as the preset has no `sweep`";
            return Err(PresetError::value(&self.path, "Sweep(…)", allowed));
        }
        match expected {
            SweepExpectation::Transition {
                along,
                arm,
                at_least,
                at_most,
            } => self.transition(OfTransition::Location, (along, arm), (*at_least, *at_most)),
            SweepExpectation::Sharpness {
                along,
                arm,
                at_least,
                at_most,
            } => self.transition(OfTransition::Sharpness, (along, arm), (*at_least, *at_most)),
            SweepExpectation::NoneBelow { line, arm } => Ok(SweepForm::NoneBelow(SweepNoneBelow {
                line: self.line("0.line", line)?,
                arm: self.arm("0.arm", arm)?,
            })),
            SweepExpectation::Order {
                of,
                arms,
                direction,
            } => {
                let of = self.value_along_axis(of)?;
                if arms.len() < 2 {
                    let (field, found) = (self.field("0.arms"), format!("{} arms", arms.len()));
                    return Err(PresetError::value(field, found, "two arms or more"));
                }
                Ok(SweepForm::Order(SweepOrder {
                    of,
                    arms: self.arms("0.arms", arms)?,
                    direction: *direction,
                }))
            }
            SweepExpectation::Slope {
                of,
                arm,
                from,
                to,
                at_least,
                at_most,
            } => Ok(SweepForm::Slope(SweepSlope {
                of: self.value_along_axis(of)?,
                arm: self.arm("0.arm", arm)?,
                from: *from,
                to: *to,
                within: self.within(*at_least, *at_most)?,
            })),
            SweepExpectation::Steeper { of, arm, than } => Ok(SweepForm::Steeper(SweepSteeper {
                of: self.value_along_axis(of)?,
                arm: self.arm("0.arm", arm)?,
                than: self.arm("0.than", than)?,
            })),
            SweepExpectation::Monotone { of, arm, direction } => {
                Ok(SweepForm::Monotone(SweepMonotone {
                    of: self.value_along_axis(of)?,
                    arm: self.arm("0.arm", arm)?,
                    direction: *direction,
                }))
            }
            SweepExpectation::Cell {
                of,
                cell,
                over,
                at_least,
                at_most,
            } => {
                let (of, cell) = (self.value(of)?, self.cell("0.cell", cell)?);
                let over = over.as_ref().map(|over| self.cell("0.over", over));
                Ok(SweepForm::Cell(SweepCell {
                    of,
                    cell,
                    over: over.transpose()?,
                    within: self.within(*at_least, *at_most)?,
                }))
            }
        }
    }

    fn transition(
        &self,
        of: OfTransition,
        (along, arm): (&str, &str),
        (at_least, at_most): (Option<f64>, Option<f64>),
    ) -> Result<SweepForm, PresetError> {
        Ok(SweepForm::Transition(SweepTransition {
            of,
            along: self.line("0.along", along)?,
            arm: self.arm("0.arm", arm)?,
            within: self.within(at_least, at_most)?,
        }))
    }

    fn line(&self, field: &str, name: &str) -> Result<LineSpec, PresetError> {
        let lines = || self.preset.sweep.iter().flat_map(|sweep| &sweep.lines);
        if let Some(line) = lines().find(|line| line.name == name) {
            return Ok(line.clone());
        }
        let names: Vec<&str> = lines().map(|line| line.name.as_str()).collect();
        let place = Place::field(self.field(field));
        Err(PresetError::unknown(place, "line", name, &names))
    }

    /// A value of a sweep along one axis, whose cells make a curve.
    fn value_along_axis(&self, value: &SweepValue) -> Result<SweepValue, PresetError> {
        if self.axes.len() == 1 {
            return self.value(value);
        }
        let allowed = "such a claim on a sweep with one axis, show: XAxis";
        Err(PresetError::value(&self.path, "a claim on curves", allowed))
    }

    fn value(&self, value: &SweepValue) -> Result<SweepValue, PresetError> {
        let SweepValue::Measure(name) = value else {
            return Ok(value.clone());
        };
        let measures = self.preset.sweep.iter().flat_map(|sweep| &sweep.measures);
        let names: Vec<&str> = measures.map(|measure| measure.name.as_str()).collect();
        if names.contains(&name.as_str()) {
            return Ok(value.clone());
        }
        let place = Place::field(self.field("0.of.0"));
        Err(PresetError::unknown(place, "measure", name, &names))
    }

    fn cell(&self, field: &str, cell: &CellRef) -> Result<ClaimedCell, PresetError> {
        let arm = self.arm(&format!("{field}.arm"), &cell.arm)?;
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
        let CellRef { x, y, .. } = *cell;
        Ok(ClaimedCell { arm, x, y })
    }
}
