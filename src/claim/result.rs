//! What a claim came to.

use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};

use crate::history::NotReached;

use super::measured::Measured;

/// A claim, what it expects, and what the run or the sweep gave.
#[derive(Clone, Debug, PartialEq)]
pub struct ClaimResult {
    /// The claim in words.
    pub name: String,
    /// Quantity, arms, moment and bounds in plain text.
    pub expected: String,
    /// What was measured, or what is missing, in plain text.
    pub measured: String,
    /// The measured number; `None` where the claim is about none, and where nothing could be
    /// measured.
    pub value: Option<f64>,
    /// Whether the claim holds.
    pub verdict: Verdict,
}

/// Whether a claim holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It holds.
    Pass,
    /// It does not hold, or what it speaks of is not a finite number.
    Fail,
    /// The run has not come to the moment it speaks of. After the end of a run this is no pass.
    NotReached,
}

impl ClaimResult {
    pub(super) fn new(
        name: &str,
        expected: String,
        measured: Result<Measured, NotReached>,
    ) -> Self {
        let (measured, value, verdict) = match measured {
            Ok(Measured { text, value, holds }) => {
                let verdict = if holds { Verdict::Pass } else { Verdict::Fail };
                (text, value, verdict)
            }
            Err(NotReached(text)) => (text, None, Verdict::NotReached),
        };
        Self {
            name: name.to_owned(),
            expected,
            measured,
            value,
            verdict,
        }
    }

    /// Whether the claim holds at the end of a run, where a moment that never came is a failure.
    pub fn holds(&self) -> bool {
        self.verdict == Verdict::Pass
    }
}

/// For programs: `name`, `holds`, `expected`, `got` and `value`, whose numbers that are not finite are
/// `null`.
impl Serialize for ClaimResult {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut fields = serializer.serialize_struct("ClaimResult", 5)?;
        fields.serialize_field("name", &self.name)?;
        fields.serialize_field("holds", &self.holds())?;
        fields.serialize_field("expected", &self.expected)?;
        fields.serialize_field("got", &self.measured)?;
        fields.serialize_field("value", &self.value)?;
        fields.end()
    }
}
