//! What a panel draws from.

use crate::history::RunHistory;
use crate::preset::Experiment;
use crate::ui::{SweepView, Theme};

/// What a panel draws from.
#[derive(Clone, Copy, Debug)]
pub struct PanelInput<'a> {
    /// The experiment that runs.
    pub experiment: &'a Experiment,
    /// What it recorded so far.
    pub history: &'a RunHistory,
    /// Step shown: the newest record or an earlier one chosen with the scrubber.
    pub cursor: u64,
    /// Whether the cursor follows the run.
    pub live: bool,
    /// The sweep of the preset.
    pub sweep: Option<&'a SweepView>,
    /// Colours.
    pub theme: &'a Theme,
}
