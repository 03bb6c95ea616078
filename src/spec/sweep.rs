//! Trials over the axes of a sweep, and what is made of them.

use serde::{Deserialize, Serialize};

use crate::fit::Statistic;

use super::Moment;

/// Trials over the axes shown as [`super::Show::XAxis`] or [`super::Show::Grid`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct SweepSpec {
    /// Trials of a cell; each draws its own data and weights.
    pub trials: u32,
    /// Whether cells share their draws.
    pub draws: Draws,
    /// What is read of every trial, beside its success and its steps.
    pub measures: Vec<MeasureSpec>,
    /// What is shown of a cell.
    pub value: SweepValue,
    /// How its trials are summed up.
    pub statistic: Statistic,
    /// Lines of the theory drawn over the cells.
    pub lines: Vec<LineSpec>,
}

impl Default for SweepSpec {
    fn default() -> Self {
        Self {
            trials: 1,
            draws: Draws::default(),
            measures: Vec::new(),
            value: SweepValue::default(),
            statistic: Statistic::default(),
            lines: Vec::new(),
        }
    }
}

/// Whether cells share their draws. The arms of a cell always do: a trial has one seed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Draws {
    /// Every trial of every cell has a seed of its own, so that cells are independent.
    #[default]
    PerCell,
    /// The i-th trials of all cells share their seed, so that cells differ by the axes alone.
    Common,
}

/// A number read of a trial's records.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MeasureSpec {
    /// Its name, a column of the sweep's table: lower-case letters, digits and `_`.
    pub name: String,
    /// Column of `series.csv`.
    pub of: String,
    /// Where it is read.
    pub at: Moment,
}

/// What is shown of a cell.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum SweepValue {
    /// Share of trials that reached a limit of `train.stop` other than the steps.
    #[default]
    Success,
    /// Steps until such a limit was reached; the cap where it was not.
    Steps,
    /// A measure, by its name.
    Measure(String),
}

impl SweepValue {
    /// Its name in tables.
    pub fn name(&self) -> &str {
        match self {
            Self::Success => "success",
            Self::Steps => "steps",
            Self::Measure(name) => name,
        }
    }
}

impl Statistic {
    /// The statistic that this means for a value: never `Auto`, and `Share` for successes only.
    pub fn of(self, value: &SweepValue) -> Self {
        match (self, value) {
            (Self::Auto | Self::Share, SweepValue::Success) => Self::Share,
            (Self::Auto, SweepValue::Steps) => Self::Quartiles,
            (Self::Auto | Self::Share, _) => Self::Confidence,
            (other, _) => other,
        }
    }
}

/// A line Π fieldᵖ = equals over the cells, fields by their paths: kd = n is width¹·d¹·n⁻¹ = 1.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LineSpec {
    /// Its name, for example `kd = n`.
    pub name: String,
    /// Fields with their powers.
    pub powers: Vec<(String, f64)>,
    /// Value of the product on the line.
    #[serde(default = "one")]
    pub equals: f64,
}

fn one() -> f64 {
    1.0
}
