//! Claims on the records of a run.

use crate::preset::check::range::{finite, not_negative};
use crate::preset::{ArmRef, PresetError, number_at};
use crate::spec::{CountedIn, Direction, Expectation, Moment, Quantity};

use super::{Checker, Form, Within};

/// What is claimed of the records of a run.
#[derive(Clone, Debug, PartialEq)]
pub enum RunForm {
    /// A number within bounds.
    Value(RunValue),
    /// Numbers of arms in an order.
    Order(RunOrder),
    /// The exponent of a power law through arms.
    Slope(RunSlope),
    /// A law that all records of an arm obey.
    Curve(RunCurve),
}

/// A quantity of an arm at a moment, or its quotient with another, within bounds.
#[derive(Clone, Debug, PartialEq)]
pub struct RunValue {
    /// Quantity.
    pub of: Quantity,
    /// Arm.
    pub arm: ArmRef,
    /// Where it is read.
    pub at: Moment<Quantity>,
    /// What it is divided by, if by anything.
    pub over: Option<Over>,
    /// Bounds.
    pub within: Within,
}

/// What a quantity is divided by.
#[derive(Clone, Debug, PartialEq)]
pub struct Over {
    /// Arm.
    pub arm: ArmRef,
    /// Quantity, where it is named again.
    pub of: Option<Quantity>,
    /// Where it is read, if elsewhere.
    pub at: Option<Moment<Quantity>>,
}

/// A quantity strictly falls (or rises) from arm to arm.
#[derive(Clone, Debug, PartialEq)]
pub struct RunOrder {
    /// Quantity.
    pub of: Quantity,
    /// Arms, in order.
    pub arms: Vec<ArmRef>,
    /// Where each arm is read.
    pub at: Moment<Quantity>,
    /// Direction.
    pub direction: Direction,
}

/// The exponent p of quantity ∝ fieldᵖ over arms.
#[derive(Clone, Debug, PartialEq)]
pub struct RunSlope {
    /// Quantity.
    pub of: Quantity,
    /// Arms, at least three.
    pub arms: Vec<ArmNumber>,
    /// Path of the field.
    pub against: String,
    /// Where each arm is read.
    pub at: Moment<Quantity>,
    /// What is claimed of the exponent.
    pub exponent: Exponent,
}

/// An arm with the positive number in its field.
#[derive(Clone, Debug, PartialEq)]
pub struct ArmNumber {
    /// Arm.
    pub arm: ArmRef,
    /// Number in the field.
    pub number: f64,
}

/// What is claimed of an exponent.
#[derive(Clone, Debug, PartialEq)]
pub enum Exponent {
    /// It lies within bounds.
    Within(Within),
    /// It is below the exponent over these arms, at least three.
    Below(Vec<ArmNumber>),
}

/// A law that all records of an arm obey.
#[derive(Clone, Debug, PartialEq)]
pub struct RunCurve {
    /// Arm.
    pub arm: ArmRef,
    /// The law.
    pub law: CurveLaw,
}

/// What holds of all records of an arm.
#[derive(Clone, Debug, PartialEq)]
pub enum CurveLaw {
    /// A bound of the theory is met.
    Bounded {
        /// Name of the bound; the start of the run says whether there is one.
        by: String,
        /// Records where the quantity is below this are not compared.
        floor: f64,
    },
    /// A quantity never goes the other way.
    Monotone {
        /// Quantity.
        of: Quantity,
        /// Direction.
        direction: Direction,
    },
    /// A quantity first comes to a level within bounds of the clock.
    Crosses {
        /// Quantity.
        of: Quantity,
        /// The level.
        level: f64,
        /// Where it comes from.
        direction: Direction,
        /// What the bounds are counted in.
        clock: CountedIn,
        /// Bounds.
        within: Within,
    },
}

impl Checker<'_> {
    pub(super) fn form(&self, expectation: &Expectation) -> Result<Form, PresetError> {
        let form = match expectation {
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
                let (of, arm) = (self.column("of", of)?, self.arm("arm", arm)?);
                let over = self.arm("over", over)?;
                let over_of = over_column.as_ref();
                let over_of = over_of.map(|column| self.column("over_column", column));
                let over_of = over_of.transpose()?;
                let at = self.moment("at", at)?;
                let over_at = over_at.as_ref().map(|at| self.moment("over_at", at));
                let over = Over {
                    arm: over,
                    of: over_of,
                    at: over_at.transpose()?,
                };
                RunForm::Value(RunValue {
                    of,
                    arm,
                    at,
                    over: Some(over),
                    within: self.within(*at_least, *at_most)?,
                })
            }
            Expectation::Value {
                of,
                arm,
                at,
                at_least,
                at_most,
            } => RunForm::Value(RunValue {
                of: self.column("of", of)?,
                arm: self.arm("arm", arm)?,
                at: self.moment("at", at)?,
                over: None,
                within: self.within(*at_least, *at_most)?,
            }),
            Expectation::Order {
                of,
                arms,
                at,
                direction,
            } => RunForm::Order(RunOrder {
                of: self.column("of", of)?,
                at: self.moment("at", at)?,
                arms: self.counted("arms", arms, 2)?,
                direction: *direction,
            }),
            Expectation::Slope {
                of,
                arms,
                against,
                at,
                at_least,
                at_most,
            } => {
                let (of, at) = (self.column("of", of)?, self.moment("at", at)?);
                let arms = self.counted("arms", arms, 3)?;
                RunForm::Slope(RunSlope {
                    of,
                    at,
                    arms: self.numbers(arms, against)?,
                    against: against.clone(),
                    exponent: Exponent::Within(self.within(*at_least, *at_most)?),
                })
            }
            Expectation::Steeper {
                of,
                arms,
                than,
                against,
                at,
            } => {
                let (of, at) = (self.column("of", of)?, self.moment("at", at)?);
                let arms = self.counted("arms", arms, 3)?;
                let than = self.counted("than", than, 3)?;
                RunForm::Slope(RunSlope {
                    of,
                    at,
                    arms: self.numbers(arms, against)?,
                    against: against.clone(),
                    exponent: Exponent::Below(self.numbers(than, against)?),
                })
            }
            Expectation::Bounded { arm, by, floor } => {
                let arm = self.arm("arm", arm)?;
                not_negative(&self.field("floor"), *floor)?;
                let (by, floor) = (by.clone(), *floor);
                let law = CurveLaw::Bounded { by, floor };
                RunForm::Curve(RunCurve { arm, law })
            }
            Expectation::Monotone { of, arm, direction } => {
                let (of, direction) = (self.column("of", of)?, *direction);
                let law = CurveLaw::Monotone { of, direction };
                let arm = self.arm("arm", arm)?;
                RunForm::Curve(RunCurve { arm, law })
            }
            Expectation::Crosses {
                of,
                arm,
                level,
                direction,
                clock,
                at_least,
                at_most,
            } => {
                let (of, arm) = (self.column("of", of)?, self.arm("arm", arm)?);
                finite(&self.field("level"), *level)?;
                let law = CurveLaw::Crosses {
                    of,
                    level: *level,
                    direction: *direction,
                    clock: *clock,
                    within: self.within(*at_least, *at_most)?,
                };
                RunForm::Curve(RunCurve { arm, law })
            }
            Expectation::Sweep(expected) => return self.sweep(expected).map(Form::Sweep),
        };
        Ok(Form::Run(form))
    }

    /// So many arms at least, and no more than there are.
    fn counted(
        &self,
        field: &str,
        names: &[String],
        least: usize,
    ) -> Result<Vec<ArmRef>, PresetError> {
        if names.len() < least || names.len() > self.arms.len() {
            let allowed = format!("{least} to {} arms", self.arms.len().max(least));
            return Err(PresetError::value(
                self.field(field),
                format!("{} arms", names.len()),
                allowed,
            ));
        }
        self.arms(field, names)
    }

    /// The positive numbers that a field holds in the arms.
    fn numbers(&self, arms: Vec<ArmRef>, field: &str) -> Result<Vec<ArmNumber>, PresetError> {
        let number = |arm: &ArmRef| {
            let preset = self.arms.get(arm.index).map(|arm| &arm.preset)?;
            number_at(preset, field).filter(|x| *x > 0.0)
        };
        let numbers = arms.into_iter().map(|arm| (number(&arm), arm));
        let numbers: Vec<_> = numbers.collect();
        let without = numbers.iter().filter(|(number, _)| number.is_none());
        if let Some((_, arm)) = without.min_by_key(|(_, arm)| arm.index) {
            return Err(PresetError::value(
                self.field("against"),
                field,
                format!("a field with a positive number in {}", arm.name),
            ));
        }
        let numbers = numbers.into_iter();
        let numbers = numbers.filter_map(|(number, arm)| Some((arm, number?)));
        Ok(numbers
            .map(|(arm, number)| ArmNumber { arm, number })
            .collect())
    }
}
