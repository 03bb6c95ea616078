//! Fields that vary.

use ron::value::RawValue;
use serde::de::{Error, SeqAccess, Visitor};
use serde::{Deserialize, Serialize};

/// A field that varies.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AxisSpec {
    /// Path of the field, as in `--set`.
    pub field: String,
    /// Its values, each written as the field itself is; empty where `range` gives them.
    #[serde(default, deserialize_with = "without_comments")]
    pub values: Vec<Box<RawValue>>,
    /// Evenly spaced numbers instead of `values`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub range: Option<AxisRange>,
    /// Name of each value, where the values themselves are no good names; empty for none.
    #[serde(default)]
    pub names: Vec<String>,
    /// Fields that vary with it, value by value.
    #[serde(default)]
    pub linked: Vec<LinkedField>,
    /// How the variation is shown.
    #[serde(default)]
    pub show: Show,
}

impl AxisSpec {
    /// Paths of the fields that vary along it, its own first.
    pub fn fields(&self) -> impl Iterator<Item = &str> {
        let linked = self.linked.iter().map(|linked| linked.field.as_str());
        std::iter::once(self.field.as_str()).chain(linked)
    }
}

/// Evenly spaced numbers, both ends among them. Of a field of whole numbers they are rounded, and
/// those that came out equal are taken once.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub enum AxisRange {
    /// from, from + h, …, to.
    Linear {
        /// First value.
        from: f64,
        /// Last value.
        to: f64,
        /// Number of values.
        count: usize,
    },
    /// from, from·q, …, to; both ends above 0.
    Log {
        /// First value.
        from: f64,
        /// Last value.
        to: f64,
        /// Number of values.
        count: usize,
    },
}

/// A field that varies with an axis: its i-th value goes with the axis's i-th value.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LinkedField {
    /// Path of the field, as in `--set`.
    pub field: String,
    /// Its values, as many as the axis has; empty where `power` gives them.
    #[serde(default, deserialize_with = "without_comments")]
    pub values: Vec<Box<RawValue>>,
    /// A power of the axis's number instead of `values`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub power: Option<PowerLaw>,
}

/// factor·xᵉˣᵖᵒⁿᵉⁿᵗ of the axis's number x: ω₁ = p/ω₂ is factor p, exponent −1.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PowerLaw {
    /// Factor.
    pub factor: f64,
    /// Exponent.
    pub exponent: f64,
}

/// Most values of an axis that are read. A preset with more than a few arms is refused anyway, but
/// only after all of it was read.
const MAX_VALUES: usize = 1024;

/// Reads values without the comments around them, which would otherwise be carried into every text
/// a value is written to.
fn without_comments<'de, D>(deserializer: D) -> Result<Vec<Box<RawValue>>, D::Error>
where
    D: serde::Deserializer<'de>,
{
    struct Values;

    impl<'de> Visitor<'de> for Values {
        type Value = Vec<Box<RawValue>>;

        fn expecting(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
            write!(f, "a list of at most {MAX_VALUES} values")
        }

        fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
            let mut values = Vec::new();
            while let Some(value) = list.next_element::<Box<RawValue>>()? {
                if values.len() == MAX_VALUES {
                    return Err(A::Error::invalid_length(MAX_VALUES + 1, &self));
                }
                values.push(value.trim_boxed());
            }
            Ok(values)
        }
    }

    deserializer.deserialize_seq(Values)
}

/// How an axis is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Show {
    /// One curve or one panel each, on one clock.
    #[default]
    Arms,
    /// The horizontal axis of a sweep's curves: a point with its error bar each, over trials.
    XAxis,
    /// A side of a sweep's phase diagram: of two the first is horizontal.
    Grid,
}

impl Show {
    /// Whether the axis is carried out by a sweep, and not by the arms of one run.
    pub fn is_sweep(self) -> bool {
        self != Self::Arms
    }
}
