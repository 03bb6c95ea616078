//! What the summary panel shows of every arm at the start.

use serde::{Deserialize, Serialize};

/// What the summary panel shows of every arm at the start, as it is written in a preset.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SummarySpec {
    /// The quantity, by its column in `series.csv`.
    pub of: String,
    /// When every arm is read.
    pub at: SummaryMoment,
    /// The field along the horizontal axis, one that the arms vary; where it is not given, of the fields of
    /// the first axis that which tells the most arms apart.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub against: Option<String>,
}

/// The moment at which every arm is read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub enum SummaryMoment {
    /// The step shown, or the last one that all arms have reached.
    #[default]
    Shown,
    /// The end of each arm.
    End,
    /// Where the quantity is largest.
    Largest,
    /// Where each arm first has the lowest training loss that all of them reach.
    EqualLoss,
    /// The last record at or before this step.
    Step(u64),
}
