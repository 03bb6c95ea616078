//! What a paper's theory says about one run.

use crate::spec::Quantity;

use super::{Accuracy, DeltaChange};

/// What one paper's theory says about one run, evaluated on its data and initial weights.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PaperReport {
    /// Authors and year.
    pub paper: String,
    /// Assumptions, in the paper's order.
    pub assumptions: Vec<Assumption>,
    /// Bounds that can be drawn over a measurement.
    pub bounds: Vec<Bound>,
    /// Required widths and steps.
    pub requirements: Vec<Requirement>,
    /// The change of the step since the start that the numbers here are of; `None` where bounds of it ended
    /// by none.
    pub since: Option<DeltaChange>,
}

/// An assumption, its value on this run's data and weights, and whether it holds.
#[derive(Clone, Debug, PartialEq)]
pub struct Assumption {
    /// The quantity in the paper's symbols, for example `λ_min(H^∞)`.
    pub symbol: String,
    /// What it is, and where the paper asks for it.
    pub definition: String,
    /// Its value; NaN where it could not be computed, and then the assumption does not hold.
    pub value: f64,
    /// What the paper needs of it.
    pub need: Need,
}

/// What a value has to be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Need {
    /// Above this number.
    Above(f64),
    /// This number or more.
    AtLeast(f64),
    /// This number or less.
    AtMost(f64),
    /// Exactly this number, to rounding.
    Equal(f64),
    /// This number to within some room.
    Within {
        /// The number.
        number: f64,
        /// Largest difference from it.
        room: f64,
    },
}

impl Need {
    /// Whether a value is as needed; NaN never is. Equality allows 10⁻⁹ of the larger of the number and 1.
    pub fn holds(self, value: f64) -> bool {
        match self {
            Self::Above(limit) => value > limit,
            Self::AtLeast(limit) => value >= limit,
            Self::AtMost(limit) => value <= limit,
            Self::Equal(number) => (value - number).abs() <= 1e-9 * number.abs().max(1.0),
            Self::Within { number, room } => (value - number).abs() <= room,
        }
    }
}

impl Assumption {
    /// Whether the value is as needed.
    pub fn holds(&self) -> bool {
        self.need.holds(self.value)
    }
}

/// A bound on a measured quantity.
#[derive(Clone, Debug, PartialEq)]
pub struct Bound {
    /// Theorem or equation, for example `Thm 4.1`; unique within a run.
    pub name: String,
    /// The bound as a formula, with what it needs.
    pub definition: String,
    /// The quantity it bounds, in the quantity's own units.
    pub quantity: Quantity,
    /// Whether the quantity stays below the curve; above it otherwise.
    pub upper: bool,
    /// The curve.
    pub curve: Curve,
    /// By how much records may lie beyond it by the errors of the computation.
    pub accuracy: Accuracy,
    /// What fails of the assumptions it rests on, in words with numbers; empty where all hold.
    pub failing: Vec<String>,
    /// What it is stated for, in words, where that is one step of the method throughout; `None` where
    /// another step makes no difference to it.
    pub one_step: Option<String>,
    /// Where it ends; `None` where it is one of the whole run.
    pub end: Option<BoundEnd>,
}

/// Where a bound ends that is not one of the whole run.
#[derive(Clone, Debug, PartialEq)]
pub struct BoundEnd {
    /// The last step it says something of.
    pub step: u64,
    /// The time t of that step.
    pub time: f64,
    /// Why, in words with numbers.
    pub reason: String,
}

impl std::fmt::Display for BoundEnd {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "ends at step {}: {}", self.step, self.reason)
    }
}

/// A curve over a run.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Curve {
    /// start·e^{−rate·t} in the time t of the records.
    Exponential {
        /// Value at t = 0.
        start: f64,
        /// Rate per unit of time.
        rate: f64,
    },
    /// floor + start·e^{−rate·t}: what falls, above what can't be fitted.
    ExponentialTo {
        /// Limit for t → ∞.
        floor: f64,
        /// Value at t = 0, less the floor.
        start: f64,
        /// Rate per unit of time.
        rate: f64,
    },
    /// start·factor^k in steps k.
    Geometric {
        /// Value at step 0.
        start: f64,
        /// Factor of one step.
        factor: f64,
    },
    /// The same number throughout.
    Constant(f64),
}

impl Curve {
    /// Value after `step` steps at time `time`.
    pub fn at(self, step: u64, time: f64) -> f64 {
        match self {
            Self::Exponential { start, rate } => start * (-rate * time).exp(),
            Self::ExponentialTo { floor, start, rate } => floor + start * (-rate * time).exp(),
            Self::Geometric { start, factor } => start * factor.powf(step as f64),
            Self::Constant(value) => value,
        }
    }
}

impl Bound {
    /// Whether every assumption it rests on holds.
    pub fn applies(&self) -> bool {
        self.failing.is_empty()
    }

    /// Where it ended, if that is before a step.
    pub fn ended_before(&self, step: u64) -> Option<&BoundEnd> {
        self.end.as_ref().filter(|end| end.step < step)
    }
}

/// A width, a number of points or a step that a paper asks for.
#[derive(Clone, Debug, PartialEq)]
pub struct Requirement {
    /// What is asked for, in the paper's symbols, for example `m ≳ n⁶/(λ₀⁴δ³)`.
    pub symbol: String,
    /// Where it is asked for, and which unknown constants were set to 1.
    pub definition: String,
    /// The number asked for, its unknown constants set to 1.
    pub required: f64,
    /// The run's own number.
    pub actual: f64,
    /// Whether the run's number has to be at least (or at most) the required one.
    pub at_least: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nan_is_never_as_needed() {
        for need in [
            Need::Above(0.0),
            Need::AtLeast(0.0),
            Need::AtMost(0.0),
            Need::Equal(0.0),
            Need::Within {
                number: 0.0,
                room: 1.0,
            },
        ] {
            assert!(!need.holds(f64::NAN));
        }
        assert!(Need::AtLeast(1.0).holds(1.0) && !Need::Above(1.0).holds(1.0));
    }

    #[test]
    fn curves_fall_by_time_or_by_step() {
        let exponential = Curve::Exponential {
            start: 2.0,
            rate: 0.5,
        };
        assert!((exponential.at(7, 2.0) - 2.0 / 1f64.exp()).abs() < 1e-15);
        let geometric = Curve::Geometric {
            start: 2.0,
            factor: 0.5,
        };
        assert_eq!(geometric.at(3, 100.0), 0.25);
    }
}
